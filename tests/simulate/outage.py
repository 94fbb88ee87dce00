"""Six hours without Telegram, then six without mail: nothing is lost, nobody gets things in another order, and what is
out of date is not sent. The time jumps, so each takes seconds."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.delivery.telegram import PER_SECOND
from bot.guard import GuardedStore
from bot.ports import DeliveryError
from bot.worker import Outfit, Road, Worker, wait_for_event
from dialogs.notice_texts import NoticeText, standard
from dialogs.notices import Channel, OutboxRow, Wish
from dialogs.people import Membership, Person, School
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore
from tests.simulate.people import Ids, Inline
from tests.simulate.virtual import LoopClock, VirtualLoop, run

MORNING: Final = datetime(2026, 11, 24, 8, 0, tzinfo=COPENHAGEN)
BREAKS, MENDS = timedelta(minutes=30), timedelta(hours=6, minutes=30)
DAYS: Final = danish(COPENHAGEN, range(2026, 2028))
PEOPLE, EACH, SHORT_LIVED = 200, 5, 50
CATCH_UP: Final = timedelta(minutes=10)
LOST_ANSWERS: Final = 0.05  # of the tries in an outage: the request was written, and no answer came


@dataclass
class Report:
    """What one outage came to."""

    channel: str
    hours: float
    waiting: int = 0
    arrived: int = 0
    uncertain: int = 0
    followed: int = 0
    lost: list[str] = field(default_factory=list[str])
    out_of_order: int = 0
    expired: int = 0
    expired_sent: int = 0
    repeated: int = 0
    tries: int = 0
    catch_up: float = 0.0  # seconds from the mending to the last of what had waited

    @property
    def clean(self) -> bool:
        """Whether the promises hold."""
        broken = self.lost or self.out_of_order or self.expired_sent or self.repeated
        return not broken and self.expired > 0 and self.waiting > 0 and self.catch_up <= CATCH_UP.total_seconds()

    def line(self) -> str:
        """The outage in one line."""
        return (
            f"{self.channel} away for {self.hours:g} h: {self.waiting} waited, {self.arrived} arrived, "
            f"{len(self.lost)} lost, {self.out_of_order} out of order, {self.repeated} repeated; in doubt "
            f"{self.uncertain}, each followed by a numbered one ({self.followed}); {self.expired} out of date, "
            f"{self.expired_sent} of them sent; caught up {self.catch_up:.0f} s after it was back; {self.tries} tries"
        )


class Away:
    """A channel that is away for some hours, in all the ways in which channels are."""

    def __init__(self, clock: LoopClock, seed: int) -> None:
        self.clock, self.chance = clock, random.Random(seed)
        self.tries = 0
        self.got: list[tuple[datetime, str, str]] = []  # when, who, which

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        await asyncio.sleep(self.chance.uniform(0.05, 0.12))
        self.tries += 1
        since = self.clock.now() - MORNING
        if BREAKS <= since < MENDS:
            raise self._trouble()
        self.got.append((self.clock.now(), to.id, row.wish.dedupe_key))
        return str(row.id)

    def _trouble(self) -> DeliveryError:
        if self.chance.random() < LOST_ANSWERS:
            return DeliveryError("no_answer", uncertain=True)  # a connection that is open on one side only
        return self.chance.choice((
            DeliveryError("unreachable"), DeliveryError("unreachable"), DeliveryError("server_error"),
            DeliveryError("flood", retry_after=self.chance.choice((5, 35))),
        ))  # fmt: skip

    async def close(self) -> None:
        """Nothing is open."""


def away(channel: Channel, people: int = PEOPLE, each: int = EACH, seed: int = 1) -> Report:
    """One outage from beginning to end, and half a day after it."""
    loop = VirtualLoop()
    clock = LoopClock(loop, MORNING)
    raw: Any = Inline(MemoryStore(clock.now))
    raw.run(lambda uow: _fill(uow, channel, people, each))
    road = Away(clock, seed)
    worker = Worker(
        Outfit(
            store=GuardedStore(raw, clock, DAYS),
            messengers={channel: road},
            texts=standard(),
            rules=Policy(DAYS, frozenset({channel})),
            pace=Budget(),
            clock=clock,
            ids=Ids(),
            base_url="https://trivsel.example.org",
            roads={"telegram": Road("telegram:prøve", timedelta(seconds=1 / PER_SECOND))},
            senders=4,
        ),
        _look_less_often,
    )

    async def work() -> None:
        running = asyncio.ensure_future(worker.run())
        await asyncio.sleep((MENDS + timedelta(hours=4)).total_seconds())
        worker.stop()
        await running

    run(loop, work())
    return _judge(channel, raw, road)


async def _look_less_often(event: asyncio.Event, seconds: float) -> None:
    """Every five seconds where it would be every second: ten hours have enough of those."""
    await wait_for_event(event, seconds if seconds < 1.0 else 5.0)


def _fill(uow: Any, channel: Channel, people: int, each: int) -> None:
    """For each person some reminders about one matter, due one after another while the channel is away."""
    uow.people.add_school(School("skov", "Skovskolen"))
    span = (MENDS - BREAKS - timedelta(minutes=30)) / max(people * each, 1)
    for number in range(people):
        chat = 10_000 + number if channel == "telegram" else None
        email = f"p{number}@skov.example" if channel == "email" else None
        uow.people.add(Person(f"p{number}", "Fiktiv", (Membership("skov", "teacher"),), email, chat))
        for place in range(each):
            due = MORNING + BREAKS + timedelta(minutes=5) + span * (place * people + number)
            uow.outbox.add(_wish(f"m{number:04}-{place}", number, due))
    for number in range(min(SHORT_LIVED, people)):
        due = MORNING + BREAKS + timedelta(hours=1)
        uow.outbox.add(_wish(f"x{number:04}", number, due, until=due + timedelta(hours=2)))


def _wish(key: str, number: int, due: datetime, until: datetime | None = None) -> Wish:
    params: dict[str, str | int] = {"code": "K7RT-Måge", "date": "2026-11-25"}
    return Wish(key, f"p{number}", "draft_expiring", due, params, until=until, draft_id=f"d{number}")


def _judge(channel: str, raw: Any, road: Away) -> Report:
    states = ["pending", "sending", "sent", "uncertain", "dropped", "failed"]
    rows: Sequence[OutboxRow] = raw.run(lambda uow: uow.outbox.listing(states, 100_000))
    fate = {row.wish.dedupe_key: row.state for row in rows}
    report = Report(channel, (MENDS - BREAKS).total_seconds() / 3600, tries=road.tries)
    keys = [key for _, _, key in road.got]
    report.repeated = len(keys) - len(set(keys))
    for row in rows:
        key = row.wish.dedupe_key
        if "~" in key:
            continue
        chain = [key, *(f"{key}~{number}" for number in (2, 3))]
        report.uncertain += sum(fate.get(one) == "uncertain" for one in chain)
        report.followed += sum(
            fate.get(one) == "uncertain" and chain[place + 1] in fate for place, one in enumerate(chain[:-1])
        )
        if key.startswith("x"):
            report.expired += row.reason == "expired"
            report.expired_sent += any(one in keys for one in chain)
            continue
        report.waiting += 1
        arrived = any(one in keys for one in chain)
        report.arrived += arrived
        if not arrived:
            report.lost.append(key)
    after = [(at, who, key) for at, who, key in road.got if at >= MORNING + MENDS and "~" not in key]
    report.catch_up = max(((at - MORNING - MENDS).total_seconds() for at, _, _ in after), default=0.0)
    last: dict[str, str] = {}
    for _, who, key in after:
        report.out_of_order += key < last.get(who, "")
        last[who] = key
    return report
