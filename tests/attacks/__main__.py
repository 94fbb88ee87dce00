"""Attacks by the ten thousand, from a seed: `python -m tests.attacks NAME [--seed 1] [--count 10000]`.

`access` (T09): so many lives of a school, in which everybody tries everything. `ids` (T10): guessed ids of cases.
`audit` (T14): changes to the log, and the time to check it.
`cpr` (T11): disguised CPR numbers, ten times as many school texts without one, and the time for 100,000 characters.
`hostile` (T07), `initdata` (T34) and `render` (T08): see the functions.
`identity` (T34): spoilt invitations, sessions, links and codes. `routes`: hostile requests at every route of the web;
`schema`: what schemathesis makes up for the same routes.
`editions` (T22): drafts on later editions of their form.
`packs` (T24): overlays of a municipality that try to run, reach, hide or swell.
`crypto` (T13): flipped bits, values in other places, wrong keys, shredded keys and half rotations on a sealed database.
Exit code 1 when a figure misses its target; the texts that went wrong are shown, since all of them are generated.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as hypothesis_seed
from hypothesis.strategies import data

from bot.app.entry.initdata import check
from dialogs.audit import verify
from tests.attacks import entrances, judging, packs, piles, school, sealed, tampering, trespass
from tests.attacks import initdata as proofs
from tests.attacks import render as renderers
from tests.attacks import routes as web
from tests.properties.test_draft_machine import comes_home, later

LONG, LONG_MS = 100_000, 60
VERIFIED = 50_000


class Attack(Protocol):
    """One attack: returns whether every figure met its target."""

    def __call__(self, seed: int, count: int) -> bool: ...


def cpr(seed: int, count: int) -> bool:
    """T11."""
    figures = judging.judge(seed, count, 10 * count)
    long = " ".join(school.texts(seed, LONG // 40))[:LONG]
    took = judging.milliseconds(long)
    print(f"disguises {figures.numbers}: held {figures.held}, asked {figures.asked}, missed {len(figures.missed)}")
    print(f"recall {figures.recall:.4f} (target {judging.RECALL})")
    print(f"school texts {figures.others}: held {len(figures.blocked)}, asked {figures.asked_in_vain}")
    print(f"false blocks {figures.false_blocks:.4f} (target {judging.FALSE_BLOCKS})")
    print(f"{LONG} characters: {took:.0f} ms (target {LONG_MS} ms)")
    for text in (*figures.missed[:10], *figures.blocked[:10]):
        print(f"  {text!r}")
    return figures.recall >= judging.RECALL and figures.false_blocks <= judging.FALSE_BLOCKS and took <= LONG_MS


def initdata(seed: int, count: int) -> bool:
    """T34: Telegram's proof, spoilt in every way."""
    now = datetime.now(UTC)
    taken = [one for one in proofs.spoilt(seed, count, now) if check(one.text, proofs.TOKEN, now) is not None]
    good = sum(check(proofs.good(user, now), proofs.TOKEN, now) is not None for user in range(1, 101))
    print(f"spoilt proofs {count}: taken {len(taken)} (target 0); good ones taken {good} of 100")
    return not taken and good == 100


def render(seed: int, count: int) -> bool:
    """T08: any text through every renderer; the files last, of all texts that were made."""
    passes = settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    seen: list[str] = []

    def each(text: str) -> None:
        renderers.every(text)
        seen.append(text)

    passes(hypothesis_seed(seed)(given(renderers.texts)(each)))()
    print(
        f"texts {len(seen)} through {', '.join(renderers.RENDERERS)}: nothing crashed, nothing was left unescaped",
        flush=True,
    )
    word = piles.in_word(seen)
    print(f"texts {word.texts} in {word.files} Word files: no link, field or object", flush=True)
    pdf = piles.in_pdf(seen)
    print(f"texts {pdf.texts} in {pdf.files} PDFs: no link or script; stopped by the limit on work: {pdf.stopped}")
    return len(seen) >= count


def hostile(seed: int, count: int) -> bool:
    """T07: hostile updates against a bot with a sent worry and an open draft, half of them under each policy."""
    from tests.telegram.test_hostile import withstands

    for policy in ("pseudonym", "strict"):
        heard = Heard()
        logging.getLogger().addHandler(heard)
        asyncio.run(withstands(seed, count // 2, policy, heard))
        logging.getLogger().removeHandler(heard)
    print(f"hostile updates {count}: nothing changed, nothing failed, nothing said in a group")
    return True


class Heard(logging.Handler):
    """The errors that were logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.records.append(record)

    def set_level(self, level: int) -> None:
        """As pytest's own."""
        self.setLevel(level)


def crypto(seed: int, count: int) -> bool:
    """T13."""
    report = sealed.attack(seed, count)
    for kind, number in sorted(report.tried.items()):
        print(f"{kind}: {number}")
    print(f"noticed {count - len(report.missed)} of {count} (target: all)")
    for missed in report.missed[:10]:
        print(f"  {missed}")
    return not report.missed


def identity(seed: int, count: int) -> bool:
    """T34: invitations, sessions, links, codes and form tokens, spoilt; and Telegram's proof."""
    found = asyncio.run(entrances.attack(seed, count))
    for kind, number in sorted(found.tried.items()):
        print(f"{kind}: {number}")
    print(f"spoilt ones taken {len(found.taken)}, good ones refused {len(found.refused)} (target 0 and 0)")
    return _none_wrong([*found.taken, *found.refused]) and initdata(seed, count)


def routes(seed: int, count: int) -> bool:
    """Hostile requests at every route of the web."""
    found = asyncio.run(web.attack(seed, count))
    told = ", ".join(f"{status}: {number}" for status, number in sorted(found.answers.items()))
    print(f"requests {found.tried} at {len(found.routes)} routes and methods; answers {told}; wrong {len(found.wrong)}")
    return _none_wrong(found.wrong)


def schema(seed: int, count: int) -> bool:
    """Every route as an OpenAPI schema, asked by schemathesis."""
    from tests.attacks import schemas  # a second to import, and for this alone

    found = schemas.ask(seed, count)
    told = ", ".join(f"{status}: {number}" for status, number in sorted(found.answers.items()))
    print(f"requests {found.tried} at {len(found.operations)} operations; answers {told}; wrong {len(found.wrong)}")
    return _none_wrong(found.wrong)


def access(seed: int, count: int) -> bool:
    """T09."""
    found = trespass.trespass(seed, count)
    print(f"lives {count}: looks {found.tried}, refused {found.refused}, wrong {len(found.wrong)} (target 0)")
    return _none_wrong(found.wrong)


def ids(seed: int, count: int) -> bool:
    """T10."""
    found = trespass.guess(seed, count)
    print(f"guesses {found.tried}: another answer {len(found.wrong)} (target 0)")
    return _none_wrong(found.wrong)


def editions(seed: int, count: int) -> bool:
    """T22: any draft on any later edition of its form."""
    passes = settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    passes(hypothesis_seed(seed)(given(later(), data())(comes_home)))()
    print(f"drafts {count} on a later edition each: no answer was dropped or came to mean something else")
    return True


def overlays(seed: int, count: int) -> bool:
    """T24: hostile overlays of a municipality."""
    found = packs.attack(seed, count)
    for kind, number in sorted(found.tried.items()):
        print(f"{kind}: {number}")
    print(f"without an issue {found.taken}, of them read and shown in whole {found.whole}")
    print(f"slowest to read: {found.slowest_ms:.0f} ms of CPU (target {packs.LOAD_MS}); wrong {len(found.wrong)}")
    return _none_wrong(found.wrong)


def audit(seed: int, count: int) -> bool:
    """T14."""
    found = tampering.tamper(seed, count)
    print(f"changes {found.tried}: unseen {len(found.missed)} (target 0)")
    log = tampering.a_log(random.Random(seed), VERIFIED)
    began = time.perf_counter()
    whole = verify(tampering.KEYS, log).lines == VERIFIED
    rate = VERIFIED / (time.perf_counter() - began)
    print(f"lines checked a second: {rate:.0f}")
    return _none_wrong(found.missed) and whole


def _none_wrong(wrong: Sequence[str]) -> bool:
    for line in wrong[:10]:
        print(f"  {line}")
    return not wrong


ATTACKS: Mapping[str, tuple[Attack, int]] = {
    "access": (access, 500),
    "audit": (audit, 10_000),
    "cpr": (cpr, 10_000),
    "crypto": (crypto, 10_000),
    "editions": (editions, 10_000),
    "hostile": (hostile, 200_000),
    "identity": (identity, 20_000),
    "initdata": (initdata, 20_000),
    "packs": (overlays, 5_000),
    "render": (render, 50_000),
    "routes": (routes, 20_000),
    "schema": (schema, 20_000),
    "ids": (ids, 100_000),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one attack; 0 when its targets are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks")
    parser.add_argument("attack", choices=sorted(ATTACKS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int)
    given = parser.parse_args(arguments)
    attack, usual = ATTACKS[given.attack]
    return 0 if attack(seed=given.seed, count=given.count or usual) else 1


if __name__ == "__main__":
    sys.exit(main())
