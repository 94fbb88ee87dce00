"""What storage costs: CPU per chat turn inside a group, and commits per second alone and grouped.

    python -m bench.storage [--turns 4000] [--url sqlite:///path]

One turn is what a chat message does: receipts.get, people.by_chat, conversations.get, drafts.get, drafts.save,
conversations.save, receipts.put, in one transaction; the draft holds 18 answers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dialogs.people import Membership, Person, School
from dialogs.records import Receipt
from dialogs.types import Draft
from storage import open_store, upgrade
from storage.keys import Kek

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PEOPLE = 500
KEYS = (Kek(bytes(range(32)), "KEY_FILE"),)
REPLY = {
    "cards": [{"text": "Et svar på omtrent to hundrede tegn. " * 6, "buttons": [["Ja", "a:1:7"], ["Nej", "a:2:7"]]}]
}


def fill(unit: Any) -> None:
    """One school, many teachers, a draft each."""
    unit.people.add_school(School("skole", "Skovskolen"))
    for n in range(PEOPLE):
        unit.people.add(Person(f"p{n}", f"Lærer {n}", (Membership("skole", "teacher"),), telegram_chat=1_000 + n))
        answers = {f"q{i:02}": "Barnet har siddet alene i frikvarteret tre dage i træk." for i in range(18)}
        unit.drafts.add(Draft(f"d{n}", "worry", 1, "x", f"p{n}", "K7RT-Måge", NOW, NOW + timedelta(30), answers))


def turn(number: int) -> Callable[[Any], bool]:
    """The work of one chat message."""

    def work(unit: Any) -> bool:
        key = f"tg:{number}"
        if unit.receipts.get(key) is not None:
            return False
        person = unit.people.by_chat(1_000 + number % PEOPLE)
        talk = unit.conversations.get(person.id)
        draft = unit.drafts.get(f"d{number % PEOPLE}")
        saved = unit.drafts.save(replace(draft, revision=draft.revision + 1), draft.revision)
        moved = unit.conversations.save(replace(talk, place=f"draft:{draft.id}", reply=REPLY))
        unit.receipts.put(Receipt(key, REPLY, NOW))
        return saved and moved

    return work


async def measure(store: Any, turns: int, at_once: int, first: int) -> dict[str, float]:
    """Run turns from so many askers at once; each asks again when it has been answered."""
    numbers = iter(range(first, first + turns))

    async def ask() -> None:
        for number in numbers:
            assert await store.submit(turn(number))

    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(ask() for _ in range(at_once)))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"at_once": at_once, "cpu_us_per_turn": round(cpu / turns * 1e6), "turns_per_s": round(turns / wall)}


def main() -> None:
    """Print one JSON line for each number of askers."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--turns", type=int, default=4_000)
    options.add_argument("--url", help="default: a fresh SQLite file")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        store = open_store(url, keys=KEYS)
        store.run(fill)
        first = 0
        for at_once in (1, 20, 64, 500):
            turns = given.turns if at_once > 1 else given.turns // 4
            figures = asyncio.run(measure(store, turns, at_once, first))
            first += turns
            sys.stdout.write(json.dumps(figures) + "\n")
        store.close()


if __name__ == "__main__":
    main()
