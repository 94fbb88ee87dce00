"""Ten thousand reminders of the same minute, on one token's budget, by several processes; and people with answers.

virtual   two senders over one database in a time that jumps; Telegram's limits are counted as the tests' server does
real      as many processes, sockets and a clock on the wall, against the tests' own Bot API server, which refuses
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.delivery.telegram import PER_SECOND, Telegram, road_of
from bot.guard import GuardedStore
from bot.ports import DeliveryError
from bot.runtime import SystemClock
from bot.worker import Outfit, Road, Worker, serve, wait_for_event
from dialogs.notice_texts import NoticeText, standard
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Membership, Person, School
from storage import open_store, upgrade
from tests.botapi.errors import ApiError
from tests.botapi.faults import Flood, FloodLimits
from tests.botapi.server import BotApi
from tests.faults.outbox_worker import ALWAYS_OPEN
from tests.keys import KEYS
from tests.simulate.people import Ids, Inline
from tests.simulate.virtual import LoopClock, VirtualLoop
from tests.simulate.virtual import run as run_virtual

MESSAGES: Final = 10_500
PROCESSES, SENDERS = 2, 4
REPLY_EVERY: Final = 7.0  # seconds between two people who get an answer meanwhile
START: Final = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
ROAD: Final = Road(road_of("12345:prøve"), timedelta(seconds=1 / PER_SECOND))
LATE: Final = 1.0  # second, at p99, behind what the budget allows
ENOUGH: Final = 0.95
FULL_SECOND: Final = 1.0


@dataclass
class Report:
    """What one run came to."""

    kind: str
    messages: int
    arrived: int = 0
    seconds: float = 0.0
    share: float = 0.0  # of the token's configured budget
    p99_late: float = 0.0  # seconds behind the ideal place of each in the queue
    floods: int = 0
    most_in_a_second: int = 0
    replies: int = 0
    slowest_reply: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether the promises hold."""
        return (
            self.arrived == self.messages
            and self.floods == 0
            and self.share >= ENOUGH
            and self.p99_late <= LATE
            and self.slowest_reply <= FULL_SECOND
        )

    def line(self) -> str:
        """The run in one line."""
        return (
            f"fan-out, {self.kind}: {self.arrived} of {self.messages} in {self.seconds:.1f} s = {self.share:.1%} of "
            f"{PER_SECOND}/s, p99 {self.p99_late * 1000:.0f} ms behind the budget, {self.floods} floods, at most "
            f"{self.most_in_a_second} in a second; {self.replies} answers, the slowest after "
            f"{self.slowest_reply * 1000:.0f} ms"
        )


@dataclass
class Arrivals:
    """When what arrived, in seconds since the beginning."""

    bulk: list[float] = field(default_factory=list[float])
    replies: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])  # wanted, came

    def judge(self, kind: str, messages: int, floods: int) -> Report:
        """The figures of a run; bulk was due at second zero."""
        at = sorted(self.bulk)
        began = at[0] if at else 0.0
        late = [one - began - place / PER_SECOND for place, one in enumerate(at)]
        seconds = (at[-1] - began if at else 0.0) + 1 / PER_SECOND
        return Report(
            kind,
            messages,
            len(at),
            seconds,
            len(at) / PER_SECOND / seconds,
            max(statistics.quantiles(late, n=100)[98], 0.0) if len(late) > 1 else 0.0,
            floods,
            _most_in_a_second(sorted([*at, *(came for _, came in self.replies)])),
            len(self.replies),
            max((came - wanted for wanted, came in self.replies), default=0.0),
        )


def _most_in_a_second(at: Sequence[float]) -> int:
    most = first = 0
    for last, one in enumerate(at):
        while at[first] <= one - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def person_of(number: int) -> Person:
    """An invented person with a chat."""
    return Person(f"p{number}", "Fiktiv", (Membership("skov", "teacher"),), telegram_chat=10_000 + number)


def fill(uow: Any, messages: int, due: datetime) -> None:
    """People and a reminder for each, all due at the same moment."""
    uow.people.add_school(School("skov", "Skovskolen"))
    for number in range(messages):
        uow.people.add(person_of(number))
        uow.outbox.add(reminder(number, due))


def reminder(number: int, due: datetime) -> Wish:
    """A reminder of tomorrow's meeting; it hangs on no state, so that all of them are wanted."""
    params: dict[str, str | int] = {"code": "K7RT-Måge", "date": "2026-11-25"}
    return Wish(f"m{number}", f"p{number}", "draft_expiring", due, params, draft_id=f"d{number}")


def answer(number: int, due: datetime) -> Wish:
    """What the chat owes a person who has just done something."""
    return Wish(
        f"t{number}", f"p{number}", "chat_next", due, {"code": "K7RT-Måge"}, delivery="turn", draft_id=f"d{number}"
    )


# --- virtual ---


class Counting:
    """A messenger on the road to Telegram: 90 ms a message, and refused as Telegram would."""

    def __init__(self, loop: VirtualLoop, flood: Flood, arrivals: Arrivals, wanted: dict[int, float]) -> None:
        self.loop, self.flood, self.arrivals, self.wanted = loop, flood, arrivals, wanted
        self.floods, self.chance = 0, random.Random(1)

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        await asyncio.sleep(self.chance.uniform(0.01, 0.02))
        at = self.loop.time()
        try:
            self.flood.check("sendmessage", to.telegram_chat or 0)
        except ApiError as error:
            self.floods += 1
            raise DeliveryError("flood", retry_after=error.retry_after) from None
        if row.wish.delivery == "turn":
            self.arrivals.replies.append((self.wanted[row.id], at))
        else:
            self.arrivals.bulk.append(at)
        await asyncio.sleep(self.chance.uniform(0.05, 0.1))
        return str(row.id)

    async def close(self) -> None:
        """Nothing is open."""


def virtual(messages: int = MESSAGES) -> Report:
    """Two processes of four senders each over one database file, in a time that jumps."""
    loop = VirtualLoop()
    clock = LoopClock(loop, START)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bulk.db'}"
        upgrade(url)
        raw: Any = Inline(open_store(url, clock.now, keys=KEYS))
        raw.run(lambda uow: fill(uow, messages, START))
        arrivals, wanted = Arrivals(), dict[int, float]()
        road = Counting(loop, Flood(FloodLimits(), loop.time), arrivals, wanted)

        async def work() -> None:
            workers = [_virtual_worker(raw, clock, road) for _ in range(PROCESSES)]
            running = [asyncio.ensure_future(worker.run()) for worker in workers]
            people = asyncio.ensure_future(_answers(raw, loop, wanted, messages))
            while len(arrivals.bulk) < messages:
                await asyncio.sleep(1.0)
            people.cancel()
            for worker in workers:
                worker.stop()
            await asyncio.gather(*running)

        run_virtual(loop, work())
        raw.close()
    return arrivals.judge("virtual time", messages, road.floods)


async def _answers(raw: Any, loop: VirtualLoop, wanted: dict[int, float], messages: int) -> None:
    number = 0
    while True:
        await asyncio.sleep(REPLY_EVERY)
        number += 1
        wish = answer(messages - number, START + timedelta(seconds=loop.time()))

        def put(uow: Any, wish: Wish = wish) -> int:
            assert uow.outbox.add(wish)
            return uow.outbox.listing(("pending",), 1)[0].id

        wanted[raw.run(put)] = loop.time()


def _virtual_worker(raw: Any, clock: LoopClock, road: Counting) -> Worker:
    async def wait(event: asyncio.Event, seconds: float) -> None:
        await wait_for_event(event, _soon(seconds))

    return Worker(_outfit(GuardedStore(raw, clock, ALWAYS_OPEN), clock, road), wait)


def _soon(seconds: float) -> float:
    """A turn on the road is waited for as it is; a look that found nothing is repeated sooner than usual."""
    return seconds if seconds < FULL_SECOND else 0.2


def _outfit(store: Any, clock: Any, messenger: Any) -> Outfit:
    return Outfit(
        store=store,
        messengers={"telegram": messenger},
        texts=standard(),
        rules=Policy(ALWAYS_OPEN, frozenset({"telegram"})),
        pace=Budget(),
        clock=clock,
        ids=Ids(),
        base_url="https://trivsel.example.org",
        roads={"telegram": ROAD},
        senders=SENDERS,
    )


# --- real ---


def real(messages: int) -> Report:
    """Processes with sockets and a clock on the wall."""
    return asyncio.run(_real(messages))


async def _real(messages: int) -> Report:
    context = get_context("forkserver")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bulk.db'}"
        upgrade(url)
        store: Any = open_store(url, keys=KEYS)
        async with BotApi() as api:
            for number in range(messages):
                api.person(10_000 + number, started=True)
            api.limit_floods(FloodLimits())
            due = datetime.now(UTC) + timedelta(seconds=3)
            store.run(lambda uow: fill(uow, messages, due))
            processes = [context.Process(target=sender, args=(url, api.url, api.token)) for _ in range(PROCESSES)]
            for process in processes:
                process.start()
            wanted = await _meanwhile(store, api, messages)
            for process in processes:
                await asyncio.to_thread(process.join)
            found, floods = _arrived(api, messages, wanted)
        store.close()
    return found.judge(f"{PROCESSES} processes, real time", messages, floods)


async def _meanwhile(store: Any, api: BotApi, messages: int) -> dict[int, float]:
    """Ask for an answer to somebody now and then, until everything has arrived."""
    wanted: dict[int, float] = {}
    number, give_up = 0, time.monotonic() + messages / PER_SECOND * 2 + 60
    while len(api.called("sendmessage")) < messages + len(wanted) and time.monotonic() < give_up:
        await asyncio.sleep(REPLY_EVERY / 3)
        if 0 < len(api.called("sendmessage")) < messages * 0.9:
            number += 1
            wanted[10_000 + messages - number] = time.time()
            wish = answer(messages - number, datetime.now(UTC))
            await store.submit(lambda uow, wish=wish: uow.outbox.add(wish))
    return wanted


def _arrived(api: BotApi, messages: int, wanted: dict[int, float]) -> tuple[Arrivals, int]:
    found, floods = Arrivals(), 0
    for call in api.called("sendmessage"):
        if not call.ok:
            floods += 1
        elif "er gemt" in str(call.params.get("text", "")):
            found.replies.append((wanted[int(call.params["chat_id"])], call.at))
        else:
            found.bulk.append(call.at)
    return found, floods


def sender(url: str, api_url: str, token: str) -> None:
    """One sending process: ends by itself when nothing is left."""
    asyncio.run(_sender(url, api_url, token))


async def _sender(url: str, api_url: str, token: str) -> None:
    async def moved(person: str, chat: int) -> None:
        raise AssertionError("nobody moves here")

    store: Any = open_store(url, keys=KEYS)
    telegram = Telegram(token, api_url, moved)

    async def wait(event: asyncio.Event, seconds: float) -> None:
        if seconds >= FULL_SECOND:  # a look that found nothing; a turn on the road is nearer
            counts = await store.submit(lambda uow: uow.outbox.count())
            if counts["pending"] + counts["sending"] == 0:
                worker.stop()
        await wait_for_event(event, _soon(seconds))

    worker = Worker(_outfit(GuardedStore(store, SystemClock(), ALWAYS_OPEN), SystemClock(), telegram), wait)
    await serve(worker)
    await telegram.close()
    store.close()
