"""T14: a log of a few hundred lines, and somebody with the database but no key who changes it in every way."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta

from dialogs.audit import START, Anchor, Head, Keys, Line, chained, mark, seal_of, verify

KEYS = Keys(b"c" * 32, b"h" * 32)
BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FIELDS = tuple(field.name for field in fields(Line) if field.name not in ("seq", "prev", "mac"))
ACTIONS = ("case.read", "case.write", "session.open", "person.write", "glass.open")


def a_log(dice: random.Random, lines: int) -> list[Line]:
    """A chain as the house would have written it."""
    found: list[Line] = []
    at = Head(0, START)
    for n in range(lines):
        line = Line(
            at=BEGAN + timedelta(seconds=n * 7),
            actor=dice.choice(("anne", "bo", "carl")),
            role=dice.choice(("teacher", "leader")),
            action=dice.choice(ACTIONS),
            object=f"case:sag{dice.randrange(20):02}",
            case_id=f"sag{dice.randrange(20):02}",
            purpose=dice.choice(("case_work", "own_worry")),
            channel="web",
            request=f"{dice.randrange(10**8):08x}",
        )
        found.append(chained(KEYS.chain, line, at))
        at = Head(found[-1].seq, found[-1].mac)
    return found


def edited(dice: random.Random, log: list[Line]) -> list[Line]:
    """One field of one line says something else."""
    return with_field(log, dice.randrange(len(log)), dice.choice(FIELDS))


def with_field(log: list[Line], n: int, name: str) -> list[Line]:
    """The log with one field of one line changed."""
    value = log[n].at + timedelta(microseconds=1) if name == "at" else f"{getattr(log[n], name)}x"
    return [*log[:n], replace(log[n], **{name: value}), *log[n + 1 :]]


def remarked(dice: random.Random, log: list[Line]) -> list[Line]:
    """A line is changed and marked anew with a key that is not ours."""
    n = dice.randrange(len(log))
    changed = replace(log[n], actor="dorte")
    return [*log[:n], replace(changed, mac=mark(b"g" * 32, changed)), *log[n + 1 :]]


def deleted(dice: random.Random, log: list[Line]) -> list[Line]:
    """A line is gone from the middle, and the others keep their numbers."""
    n = dice.randrange(len(log) - 1)
    return [*log[:n], *log[n + 1 :]]


def closed_up(dice: random.Random, log: list[Line]) -> list[Line]:
    """A line is gone, and those behind it have moved up."""
    n = dice.randrange(len(log) - 1)
    return [*log[:n], *(replace(line, seq=line.seq - 1) for line in log[n + 1 :])]


def swapped(dice: random.Random, log: list[Line]) -> list[Line]:
    """Two lines have changed places, numbers and all, or with the numbers put right."""
    n, m = sorted(dice.sample(range(len(log)), 2))
    found = list(log)
    found[n], found[m] = found[m], found[n]
    if dice.random() < 0.5:
        found[n], found[m] = replace(found[n], seq=n + 1), replace(found[m], seq=m + 1)
    return found


def inserted(dice: random.Random, log: list[Line]) -> list[Line]:
    """A line that never was, made of one that is there."""
    n = dice.randrange(len(log))
    new = replace(log[n], actor="dorte", seq=n + 2, prev=log[n].mac)
    return [*log[: n + 1], new, *(replace(line, seq=line.seq + 1) for line in log[n + 1 :])]


def spliced(dice: random.Random, log: list[Line]) -> list[Line]:
    """A true line of the same number from another history of ours, sewn in with the marks beside it put right."""
    n, other = dice.randrange(len(log) - 1), a_log(dice, len(log))
    after = replace(log[n + 1], prev=other[n].mac)
    return [*log[:n], replace(other[n], prev=log[n].prev), after, *log[n + 2 :]]


def truncated(dice: random.Random, log: list[Line]) -> list[Line]:
    """The last lines are gone."""
    return log[: dice.randrange(len(log))]


def rolled_back(dice: random.Random, log: list[Line]) -> list[Line]:
    """The last lines are gone, and others were written by the house itself behind what was left."""
    kept = log[: dice.randrange(len(log) - 1)]
    at = Head(kept[-1].seq, kept[-1].mac) if kept else Head(0, START)
    for line in a_log(dice, len(log)):
        kept.append(chained(KEYS.chain, line, at))
        at = Head(kept[-1].seq, kept[-1].mac)
    return kept


Way = Callable[[random.Random, list[Line]], list[Line]]
WAYS: tuple[Way, ...] = (edited, remarked, deleted, closed_up, swapped, inserted, spliced, truncated, rolled_back)
NEED_A_HEAD: tuple[Way, ...] = (truncated, rolled_back)


@dataclass(frozen=True)
class Found:
    """How many changes were made, and which ones nobody saw."""

    tried: int
    missed: tuple[str, ...]


def tamper(seed: int, count: int, lines: int = 60) -> Found:
    """Change a log so many times; each must be seen, with the head that was exported where only that can tell."""
    dice = random.Random(seed)
    missed: list[str] = []
    log = a_log(dice, lines)
    head = [Head(log[-1].seq, log[-1].mac)]
    for n in range(count):
        way = WAYS[n % len(WAYS)]
        heads = head if way in NEED_A_HEAD else []
        if verify(KEYS, way(dice, log), heads=heads).bad is None:
            missed.append(way.__name__)
    return Found(count, tuple(missed))


def anchored(log: list[Line], at: int) -> tuple[Anchor, list[Line]]:
    """The log with its first lines cut off, as the house does it."""
    head = Head(log[at - 1].seq, log[at - 1].mac)
    return Anchor(head.seq, head.mac, BEGAN, seal_of(KEYS.heads, head)), log[at:]
