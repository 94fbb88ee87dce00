"""Real workers on a real database are killed again and again while they send; what arrived is kept outside them.

    python -m tests.faults.outbox_kills --messages 10000 --kills 200

The Bot API server of the tests is the history: it knows each message that got through. At the end every notice must be
sent, in doubt and followed by a numbered one, or let go with a record; no text may have arrived twice.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from dialogs.cases.model import Case, Colour
from dialogs.notice_texts import standard
from dialogs.notices import OutboxRow, Wish, number_of
from dialogs.people import Membership, Person, School
from storage import open_store, upgrade
from tests.botapi.faults import Fault, Faults
from tests.botapi.server import BotApi
from tests.faults.outbox_worker import work
from tests.keys import KEYS

PER_PERSON = 5
STATES = ["pending", "sending", "sent", "uncertain", "dropped", "failed"]
MAX_SECONDS = 1_800.0


@dataclass
class Report:
    """What the run came to; all but the first five should be zero."""

    messages: int
    kills: int
    dropped_replies: int
    arrived: int
    uncertain: int
    repeats: int = 0
    unaccounted: int = 0
    sent_but_not_arrived: int = 0
    out_of_order: int = 0
    too_uncertain: int = 0
    states: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong that must not."""
        wrong = (self.repeats, self.unaccounted, self.sent_but_not_arrived, self.out_of_order, self.too_uncertain)
        return not any(wrong)


# --- the run ---


def code_of(number: int) -> str:
    """A different case code for each message, so that the text tells which one it is."""
    letters = "BCDFGHJKLMNPRSTVWXZ23456"
    signs = []
    for _ in range(4):
        number, rest = divmod(number, len(letters))
        signs.append(letters[rest])
    return "".join(signs) + "-Bølge"


def fill(uow: Any, messages: int) -> None:
    """People, a case for each, and their notices, all due now and in a known order."""
    now = datetime.now(UTC)
    uow.people.add_school(School("skov", "Skovskolen"))
    light = Colour("yellow", "yellow")
    for number in range(max(messages // PER_PERSON, 1)):
        person = f"p{number}"
        uow.people.add(Person(person, "Fiktiv", (Membership("skov", "teacher"),), telegram_chat=10_000 + number))
        uow.cases.add(
            Case(f"c{number}", code_of(number), "skov", person, f"d{number}", "worry", 1, {}, light, "B3", "trio", (),
                 "sent", now, now)
        )  # fmt: skip
    for number in range(messages):
        owner = number % max(messages // PER_PERSON, 1)
        wish = Wish(
            dedupe_key=f"m{number}",
            recipient=f"p{owner}",
            template="writer_opened",
            due_at=now,
            params={"code": code_of(number)},
            delivery="nudge" if number % 7 == 0 else "alert",
            case_id=f"c{owner}",
        )
        assert uow.outbox.add(wish)


class _Arrivals(list[Any]):
    """The server's list of calls, which wakes the killer."""

    def __init__(self) -> None:
        super().__init__()
        self.came = asyncio.Event()

    def append(self, call: Any) -> None:
        super().append(call)
        self.came.set()


class _Drops(Faults):
    """Carries a call out and cuts its answer off, so many times in a hundred; counts how often."""

    def __init__(self, dice: random.Random, percent: float) -> None:
        super().__init__()
        self._dice, self._percent, self.count = dice, percent, 0

    def next(self, method: str) -> Fault | None:
        if method != "sendmessage" or self._dice.random() * 100 >= self._percent:
            return None
        self.count += 1
        return Fault.RESET_AFTER


async def run(
    messages: int,
    kills: int,
    *,
    how: signal.Signals = signal.SIGKILL,
    drop_percent: float = 1.0,
    seed: int = 1,
    database: str | None = None,
    beside: int = 0,
) -> Report:
    """Send all messages with so many kills on the way, and `beside` more workers that nobody kills; the report.

    `database` is an empty one with today's schema; without it a new SQLite file.
    """
    dice = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.outbox_worker"])
    with tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{Path(folder) / 'kills.db'}"
        if database is None:
            upgrade(url)
        store = open_store(url, keys=KEYS)
        store.run(lambda uow: fill(uow, messages))
        async with BotApi(seed=seed) as api:
            api.calls = _Arrivals()
            for number in range(max(messages // PER_PERSON, 1)):
                api.person(10_000 + number, started=True)
            drops = api.faults = _Drops(dice, drop_percent)
            async with asyncio.timeout(MAX_SECONDS):
                others = [_start(context, url, api) for _ in range(beside)]
                killed = await _kill_on_the_way(api, context, url, kills, messages, how, dice)
                for process, ended in others:
                    await ended
                    assert process.exitcode == 0, "a worker that nobody kills must end by itself"
            rows = store.run(lambda uow: uow.outbox.listing(STATES, 10 * messages))
            store.close()
            return _judge(rows, _texts(api, messages), messages, killed, drops.count)


async def _kill_on_the_way(
    api: BotApi, context: Any, url: str, kills: int, messages: int, how: signal.Signals, dice: random.Random
) -> int:
    """Kill worker after worker, each after some arrivals and a random moment more; then let one finish."""
    calls, killed, every = api.calls, 0, max(messages // (kills + 1), 1)
    assert isinstance(calls, _Arrivals)
    for _ in range(kills):
        process, ended = _start(context, url, api)
        await _arrivals(calls, dice.randint(1, every), ended)
        # The moment is drawn from the whole of a send: before it, within it, while its outcome is written.
        await asyncio.wait({ended}, timeout=dice.uniform(0, 0.06))
        if process.is_alive() and process.pid is not None:
            os.kill(process.pid, how)
            killed += 1
        await ended
        assert process.exitcode in (0, -how), "a worker broke by itself"
        sys.stderr.write(f"\r{killed}/{kills} kills, {len(calls)} calls ")
    process, ended = _start(context, url, api)
    await ended
    assert process.exitcode == 0, "the last worker must end by itself"
    return killed


def _start(context: Any, url: str, api: BotApi) -> tuple[BaseProcess, asyncio.Future[None]]:
    process: BaseProcess = context.Process(target=work, args=(url, api.url, api.token))
    process.start()
    return process, asyncio.ensure_future(asyncio.to_thread(process.join))


async def _arrivals(calls: _Arrivals, count: int, ended: asyncio.Future[None]) -> None:
    """Return when so many more calls have come, or the process has ended by itself."""
    wanted = len(calls) + count
    while len(calls) < wanted and not ended.done():
        calls.came.clear()
        came = asyncio.ensure_future(calls.came.wait())
        await asyncio.wait({came, ended}, return_when=asyncio.FIRST_COMPLETED)
        came.cancel()


def _texts(api: BotApi, messages: int) -> list[list[str]]:
    people = range(max(messages // PER_PERSON, 1))
    return [[message["text"] for message in api.messages(10_000 + number)] for number in people]


# --- the judgement ---


def _judge(
    rows: Sequence[OutboxRow], chats: Sequence[Sequence[str]], messages: int, kills: int, dropped: int
) -> Report:
    texts, arrived = standard(), Counter(text for chat in chats for text in chat)

    def text_of(row: OutboxRow) -> str:
        wish = row.wish
        return texts.render(wish.template, wish.params, case_id=wish.case_id, again=number_of(wish)).text

    chains: dict[str, list[OutboxRow]] = {}
    for row in rows:
        chains.setdefault(row.wish.dedupe_key.split("~")[0], []).append(row)
    uncertain = sum(row.state == "uncertain" for row in rows)
    numbers = {text_of(row): row.id for row in rows}
    return Report(
        messages=messages,
        kills=kills,
        dropped_replies=dropped,
        arrived=sum(arrived.values()),
        uncertain=uncertain,
        repeats=sum(count - 1 for count in arrived.values()),
        unaccounted=messages - sum(_accounted(chain) for chain in chains.values()),
        sent_but_not_arrived=sum(row.state == "sent" and arrived[text_of(row)] == 0 for row in rows),
        out_of_order=sum(_misplaced(chat, numbers) for chat in chats),
        too_uncertain=max(uncertain - kills - dropped, 0),
        states=dict(Counter(row.state for row in rows)),
    )


def _misplaced(chat: Sequence[str], numbers: Mapping[str, int]) -> int:
    """How many first notices came after a later one; numbered repetitions come when they come."""
    order = [numbers[text] for text in chat if not text.startswith("Det er påmindelse")]
    return sum(later < earlier for earlier, later in pairwise(order))


def _accounted(chain: Sequence[OutboxRow]) -> bool:
    """Sent; or in doubt, and then followed to the end or, for a nudge, let go."""
    if any(row.state == "sent" for row in chain):
        return True
    last = max(chain, key=lambda row: number_of(row.wish))
    return last.state == "uncertain" and (last.wish.delivery == "nudge" or number_of(last.wish) == 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run with the size that the command line asks for; 0 when nothing was repeated, lost or out of order."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--term", action="store_true", help="SIGTERM instead of kill -9: nothing may be in doubt")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    how = signal.SIGTERM if given.term else signal.SIGKILL
    drops = 0.0 if given.term else 1.0
    report = asyncio.run(run(given.messages, given.kills, how=how, drop_percent=drops, seed=given.seed))
    for name, value in asdict(report).items():
        print(f"{name:22} {value}")
    return 0 if report.clean and not (given.term and report.uncertain) else 1


if __name__ == "__main__":
    sys.exit(main())
