"""The log of who did what: its lines, and the chain that shows when one was changed, moved, put in or taken out.

Each line's mark is an HMAC over the mark before it and the line's own words in one fixed order. Whoever can write to
the database but has no key can't make a mark. Cutting lines off the end leaves a chain that is whole but short; only a
head that was kept somewhere else shows that (`behind`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

LABEL: Final = "audit/v1"
HEAD_LABEL: Final = "audit-head/v1"
START: Final = "0" * 64
Outcome = Literal["allow", "deny"]


@dataclass(frozen=True)
class Line:
    """One line. Ids, enumerated words and times only: never a name, never a word that somebody wrote."""

    at: datetime
    actor: str  # a person's id, or the name of a service
    role: str
    action: str
    object: str  # what was touched: its kind, and its id behind a colon
    case_id: str = ""
    purpose: str = ""
    outcome: Outcome = "allow"
    channel: str = ""
    session: str = ""
    request: str = ""
    details: str = ""
    seq: int = 0
    prev: str = START
    mac: str = ""

    @property
    def object_id(self) -> str:
        """The id of what was touched."""
        return self.object.rpartition(":")[2]


@dataclass(frozen=True)
class Anchor:
    """Where older lines were cut off: the last line's number and mark, sealed so that nobody can make one up."""

    seq: int
    mac: str
    at: datetime
    seal: str


@dataclass(frozen=True)
class Head:
    """How far the log had come at a moment; kept outside, it shows later that nothing was cut off."""

    seq: int
    mac: str


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many lines are in order, and the first number that is not."""

    lines: int
    bad: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Keys:
    """The subkeys of the chain and of its anchors."""

    chain: bytes = field(repr=False)
    heads: bytes = field(repr=False)


_COLUMNS: Final = (
    "seq", "at", "actor", "role", "action", "object", "case_id", "purpose", "outcome", "channel", "session",
    "request", "details",
)  # fmt: skip


def mark(key: bytes, line: Line) -> str:
    """The line's mark: HMAC-SHA-256 over the mark before it and the line as canonical JSON."""
    values = [line.at.isoformat() if name == "at" else getattr(line, name) for name in _COLUMNS]
    words = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, f"{line.prev}{words}".encode(), hashlib.sha256).hexdigest()


def chained(key: bytes, line: Line, after: Head) -> Line:
    """The line with its number and its mark, behind the last one."""
    placed = replace(line, seq=after.seq + 1, prev=after.mac)
    return replace(placed, mac=mark(key, placed))


def seal_of(key: bytes, head: Head) -> str:
    """What makes an anchor or an exported head ours."""
    return hmac.new(key, f"{head.seq}:{head.mac}".encode(), hashlib.sha256).hexdigest()


def verify(keys: Keys, lines: Iterable[Line], anchor: Anchor | None = None, heads: Sequence[Head] = ()) -> Verdict:
    """Check every line in the order of their numbers; the first thing that is wrong ends the check.

    `anchor` is where older lines were cut off; `heads` were kept elsewhere, and each must still be found.
    """
    at, known = Head(0, START), {head.seq: head.mac for head in heads}
    if anchor is not None:
        at = Head(anchor.seq, anchor.mac)
        if not hmac.compare_digest(anchor.seal, seal_of(keys.heads, at)):
            return Verdict(0, anchor.seq, "the anchor is not ours")
        if known.get(anchor.seq, anchor.mac) != anchor.mac:
            return Verdict(0, anchor.seq, "the anchor differs from the head that was kept")
    count = 0
    for line in lines:
        why = _wrong(keys.chain, line, at, known)
        if why:
            return Verdict(count, min(line.seq, at.seq + 1), why)
        at, count = Head(line.seq, line.mac), count + 1
    if any(seq > at.seq for seq in known):
        return Verdict(count, at.seq + 1, "lines are missing at the end")
    return Verdict(count)


def _wrong(key: bytes, line: Line, after: Head, known: dict[int, str]) -> str:
    if line.seq != after.seq + 1:
        return "a number is missing or comes twice"
    if line.prev != after.mac or not hmac.compare_digest(line.mac, mark(key, line)):
        return "the line was changed, moved or put in"
    kept = known.get(line.seq)
    return "the line differs from the head that was kept" if kept is not None and kept != line.mac else ""
