"""Kill the writer again and again, and compare what it had acknowledged with what the database holds (T01).

    python -m tests.faults.kill_storage [--kills 500] [--url sqlite:///…] [--seed 1]

1. A child takes turns for eight people at once, each turn delivered twice, and says which turn was acknowledged.
2. The parent notes that outside the database, and ends the child with SIGKILL at a random acknowledgement.
3. Then every turn must be there from the first to the last acknowledged one (at most one more, whose answer was on its
   way), once, in order, in all four tables; and the invariants must hold. The next child takes up from there, and
   repeats the last turn as a messenger would.

Prints a line of progress for every 50 kills and one JSON line at the end; exit code 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dialogs.notices import Wish
from dialogs.people import Membership, Person, School
from dialogs.records import Receipt
from dialogs.types import Draft
from storage import invariants, open_store, upgrade
from tests.keys import KEYS
from tests.told import notices_of

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PEOPLE = 8
MOST_TURNS = 400  # acknowledged turns before a kill at the latest


@dataclass
class Report:
    """What happened so far; `wrong` is what should never happen."""

    kills: int = 0
    acknowledged: int = 0
    extra: int = 0  # committed, but the answer never got out: allowed, the repeat finds its receipt
    wrong: list[str] = field(default_factory=list)


def fill(unit: Any) -> None:
    """A school, its people, a draft each."""
    unit.people.add_school(School("s", "Skovskolen"))
    for n in range(PEOPLE):
        unit.people.add(Person(f"p{n}", f"Lærer {n}", (Membership("s", "teacher"),), telegram_chat=n))
        unit.drafts.add(Draft(f"d{n}", "worry", 1, "", f"p{n}", f"kode-{n}", NOW, NOW + timedelta(30), {"q01": 0}))


def turn(person: int, number: int) -> Callable[[Any], int]:
    """One message: the answer, the place, a notice and the receipt; the number of the answer it left behind."""

    def work(unit: Any) -> int:
        key = f"{person}:{number}"
        if (seen := unit.receipts.get(key)) is not None:
            return seen["number"]
        draft, talk = unit.drafts.get(f"d{person}"), unit.conversations.get(f"p{person}")
        answers = {"q01": draft.answers["q01"] + 1}
        assert unit.drafts.save(replace(draft, answers=answers, revision=draft.revision + 1), draft.revision)
        assert unit.conversations.save(replace(talk, misses=talk.misses + 1))
        assert unit.outbox.add(Wish(key, f"p{person}", "writer_stored", NOW))
        unit.receipts.put(Receipt(key, {"number": answers["q01"]}, NOW))
        return answers["q01"]

    return work


async def talk_on(url: str, last: list[int], pipe: int) -> None:
    """The child: every person goes on from their last acknowledged turn, until the end comes from outside."""
    store = open_store(url, lambda: NOW, keys=KEYS)

    async def person(n: int) -> None:
        number = max(last[n], 1)
        while True:
            twice = await asyncio.gather(store.submit(turn(n, number)), store.submit(turn(n, number)))
            ok = twice == [number, number]
            os.write(pipe, f"{n} {number if ok else -number}\n".encode())
            number += 1

    await asyncio.gather(*(person(n) for n in range(PEOPLE)))


def one_kill(url: str, acknowledged: list[int], chance: random.Random, report: Report) -> None:
    """Start a child, hear it out for a random number of turns, kill it, and note all that it still had said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            asyncio.run(talk_on(url, acknowledged, writing))
        finally:
            os._exit(3)
    os.close(writing)
    turns, heard = chance.randint(1, MOST_TURNS), b""
    with os.fdopen(reading, "rb") as pipe:
        while heard.count(b"\n") < turns and (said := pipe.read1()):
            heard += said
        os.kill(child, signal.SIGKILL)
        heard += pipe.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        report.wrong.append(f"the child ended by itself after kill {report.kills}")
    for line in heard.splitlines():
        person, number = map(int, line.split())
        if number < 0:
            report.wrong.append(f"person {person} got another answer at turn {-number}")
        acknowledged[person] = max(acknowledged[person], abs(number))
    report.kills += 1
    report.acknowledged = sum(acknowledged)


def compare(url: str, acknowledged: list[int], report: Report) -> None:
    """Hold the database against the acknowledgements."""
    store = open_store(url, lambda: NOW, keys=KEYS)
    for n, acked in enumerate(acknowledged):
        told, drafted, misses, revision, receipts = store.run(lambda u, n=n: _counts(u, n))
        if not told == drafted == misses == revision == receipts:
            report.wrong.append(f"person {n} has half a turn after kill {report.kills}")
        if not acked <= drafted <= acked + 1:
            report.wrong.append(f"person {n}: {acked} acknowledged, {drafted} kept after kill {report.kills}")
        report.extra += drafted - acked
    store.close()
    report.wrong += [f"{b.code} {b.table} {b.key}: {b.text}" for b in invariants(url, NOW, keys=KEYS)]


def _counts(unit: Any, n: int) -> tuple[int, int, int, int, int]:
    draft, answered = unit.drafts.get(f"d{n}"), 0
    while unit.receipts.get(f"{n}:{answered + 1}") is not None:
        answered += 1
    told = [row.wish.dedupe_key for row in notices_of(unit, f"p{n}")]
    in_order = told == [f"{n}:{number}" for number in range(len(told), 0, -1)]
    return (
        len(told) if in_order else -1,
        draft.answers["q01"],
        unit.conversations.get(f"p{n}").misses,
        draft.revision,
        answered,
    )


def main() -> int:
    """Kill, compare, report."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--url", help="an empty database; default: a fresh SQLite file")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    report, chance, began = Report(), random.Random(given.seed), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'kill.db'}"
        upgrade(url)
        store = open_store(url, lambda: NOW, keys=KEYS)
        store.run(fill)
        store.close()
        acknowledged = [0] * PEOPLE
        while report.kills < given.kills and not report.wrong:
            one_kill(url, acknowledged, chance, report)
            if report.kills % 50 == 0 or report.kills == given.kills or report.kills <= 20:
                compare(url, acknowledged, report)
            if report.kills % 50 == 0:
                print(f"{report.kills} kills, {report.acknowledged} acknowledged", flush=True)
    figures = {"kills": report.kills, "acknowledged": report.acknowledged, "unheard": report.extra}
    print(json.dumps(figures | {"wrong": report.wrong, "seconds": round(time.monotonic() - began)}))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
