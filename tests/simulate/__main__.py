"""`make simulate`: reminders over 400 days, outages of six hours, and ten thousand messages in the same minute.

    python -m tests.simulate [reminders|promises|gathered|outage|fanout …] [--days 400] [--messages 10500] [--short]

1. `reminders` (T15, T16): a team's year with a sender that is often away, eight ways of being away, both clock changes:
   what was sent is what should have been, by rules worked out anew; `promises` the same of follow-ups, efforts, the
   baton, consents and what was agreed at meetings; `gathered` by everybody's own choice of one by one, one message a
   day, or only what matters. 2. `outage` (T17, T18): six hours without Telegram,
   and without mail. 3. `fanout`: bulk on one token's budget, in a time that jumps and by real processes (`--real`).
Machine and date go first; exit code 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bench.machine import describe
from tests.simulate import fanout, gathered, outage, promises, year

SHORT_DAYS, SHORT_MESSAGES, SHORT_REAL = 60, 500, 150


class Outcome(Protocol):
    """What a simulation came to."""

    @property
    def clean(self) -> bool: ...
    def line(self) -> str: ...


def reminders(given: argparse.Namespace) -> Iterator[Outcome]:
    """A year for each way of being away."""
    days = SHORT_DAYS if given.short else given.days
    for pattern, downs in year.PATTERNS.items():
        yield year.Year(pattern, downs, days, given.seed).go()


def choices(given: argparse.Namespace) -> Iterator[Outcome]:
    """A year of everybody's own choice of reminders, for each way of being away."""
    days = SHORT_DAYS if given.short else given.days
    for pattern in year.PATTERNS:
        yield gathered.Run(pattern, days, given.seed).go()


def kept(given: argparse.Namespace) -> Iterator[Outcome]:
    """A year of promises on cases, for each way of being away."""
    days = SHORT_DAYS if given.short else given.days
    for pattern in year.PATTERNS:
        yield promises.Run(pattern, days, given.seed).go()


def outages(given: argparse.Namespace) -> Iterator[Outcome]:
    """Each channel away."""
    people = outage.PEOPLE // 10 if given.short else outage.PEOPLE
    yield outage.away("telegram", people, seed=given.seed)
    yield outage.away("email", people, seed=given.seed)


def bulk(given: argparse.Namespace) -> Iterator[Outcome]:
    """The same minute for everybody."""
    yield fanout.virtual(SHORT_MESSAGES if given.short else given.messages)
    yield fanout.real(SHORT_REAL if given.short else given.real)


PARTS: Mapping[str, Callable[[argparse.Namespace], Iterator[Outcome]]] = {
    "reminders": reminders,
    "promises": kept,
    "gathered": choices,
    "outage": outages,
    "fanout": bulk,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts and say what came of each; 0 when every promise holds."""
    given = _options(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(f"{describe(Path(folder))}, seed {given.seed}", flush=True)
    clean = True
    for name in given.parts or PARTS:
        since = time.monotonic()
        print(f"\n{name}", flush=True)
        for found in PARTS[name](given):
            clean = clean and found.clean
            print(f"  {'ok    ' if found.clean else 'BROKEN'} {found.line()}", flush=True)
        print(f"  {time.monotonic() - since:.0f} s on this machine", flush=True)
    return 0 if clean else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--days", type=int, default=year.FULL_DAYS, help="of reminders")
    parser.add_argument("--messages", type=int, default=fanout.MESSAGES, help="due in the same minute, in virtual time")
    parser.add_argument("--real", type=int, default=1_500, help="the same by real processes: 25 of them a second")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same plan")
    parser.add_argument("--short", action="store_true", help="less of everything")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return given


if __name__ == "__main__":
    sys.exit(main())
