"""Reminders by everybody's own choice over many days, with a sender that is often away; against rules worked out anew.

Whoever wants them one by one gets each when it is due. Whoever wants the important ones only gets those. Whoever wants
one message a day gets it at the hour they chose, on the next day with school, telling of all that is due before the
next one and still stands; a single one goes as itself when it is due. What others count on comes by itself, whatever is
chosen.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.app.notices.gathering import Gatherer, choose
from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.guard import GuardedStore
from bot.worker import Outfit, Worker
from dialogs.access import Actor
from dialogs.notice_texts import NoticeText, standard
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Membership, Person, Reminding
from dialogs.types import Draft
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.simulate.letterbox import Post
from tests.simulate.oracle import CPH, UTC
from tests.simulate.people import SCHOOL, Ids
from tests.simulate.year import AUTUMN, BEGINS, CALENDAR, PATTERNS, SUMMER, _joined

ON_TIME: Final = timedelta(seconds=60)  # one message a second in a chat
CHOICES: Final = (Reminding(), *(Reminding("daily", hour) for hour in (7, 8, 9, 12)), Reminding("important"))
OWN, OTHERS = ("draft_waiting", "draft_rest"), "draft_expiring"  # one's own memory; what others or the law count on
_COUNT: Final = re.compile(r"Der er (\d+)\.")


@dataclass
class One:
    """A reminder: about a draft of its own, so that it stops itself when the draft is gone."""

    key: str
    person: str
    template: str
    due: datetime
    made: datetime
    gone: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Whether it is there and still of use."""
        return self.made < at and (self.gone is None or at < self.gone)


Said = dict[str, tuple[datetime, frozenset[str]]]  # by key: when a message came, and which reminders it told of


@dataclass
class Report:
    """What one run came to."""

    pattern: str
    days: int
    sent: int = 0
    expected: int = 0
    gathered: int = 0
    told_of: int = 0
    wrong: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def clean(self) -> bool:
        """Whether what was sent is what should have been."""
        return not any(self.wrong.values()) and self.sent == self.expected and self.gathered > 0

    def line(self) -> str:
        """The run in one line."""
        wrong = ", ".join(f"{name} {number}" for name, number in self.wrong.items())
        return (
            f"{self.pattern:<24} {self.sent:>5} sent == {self.expected:>5} expected, {self.gathered} of them gathered "
            f"({self.told_of} reminders); {wrong}"
        )


class Run:
    """One run over some days."""

    def __init__(self, pattern: str, days: int, seed: int) -> None:
        self.pattern, self.days, self.chance = pattern, days, random.Random(f"gathered-{pattern}-{seed}")
        self.clock = HandClock(BEGINS.astimezone(UTC))
        self.end = self.clock.at + timedelta(days=days)
        self.downs = _joined(PATTERNS[pattern](self.chance, days))
        self.told = {f"p{number}": told for number, told in enumerate(CHOICES)}
        self.all: list[One] = []
        workdays = replace(danish(COPENHAGEN, range(2026, 2030), SUMMER), no_school=AUTUMN)
        self.store = GuardedStore(MemoryStore(self.clock.now), self.clock, workdays)
        self.raw: Any = self.store._raw  # pyright: ignore[reportPrivateUsage]
        self.raw.run(lambda uow: uow.people.add_school(SCHOOL))
        for number, (who, told) in enumerate(self.told.items()):
            person = Person(who, "Fiktiv", (Membership("skov", "teacher"),), None, 300 + number)
            self.raw.run(lambda uow, person=person: uow.people.add(person))
            self._as(
                who, lambda uow, who=who, told=told: choose(uow, uow.people.get(who), told, workdays, self.clock.at)
            )
        self.post = Post(self.clock)
        self.worker = Worker(
            Outfit(
                store=self.store,
                messengers={"telegram": self.post},
                texts=standard(),
                rules=Policy(workdays, frozenset({"telegram"})),
                pace=Budget(),
                clock=self.clock,
                ids=Ids(),
                base_url="https://trivsel.example.org",
                gatherer=Gatherer(workdays),
            )
        )

    def go(self) -> Report:
        """All days; then what was sent is held against what should have been."""
        asyncio.run(self._go())
        return self._judge()

    async def _go(self) -> None:
        while self.clock.at < self.end:
            if self.up(self.clock.at) == self.clock.at:
                await self._work()
            if CALENDAR.is_open(self.clock.at, school=True) and self.clock.at.minute == 0:
                self._something_happens()
            self.clock.at = self._next_look()

    async def _work(self) -> None:
        await self.worker.drain()
        while (due := self.raw.run(lambda uow: uow.outbox.next_due())) is not None:
            if due > self.clock.at + timedelta(seconds=5):
                return
            self.clock.at = max(due, self.clock.at)  # one message a second in a chat
            await self.worker.drain()

    def _next_look(self) -> datetime:
        now = self.clock.at
        half = timedelta(minutes=30)
        whole = datetime.fromtimestamp((now.timestamp() // half.total_seconds() + 1) * half.total_seconds(), UTC)
        return min([whole, *(end for start, end in self.downs if start <= now < end)])

    def up(self, at: datetime) -> datetime:
        """The first moment from then on when the sender is up."""
        return next((end for start, end in self.downs if start <= at < end), at)

    # --- what happens: seven minutes past, between two looks ---

    def _something_happens(self) -> None:
        if any(self.clock.at < end <= self.clock.at + timedelta(minutes=7) for _, end in self.downs):
            return  # a sender that comes back looks at once
        self.clock.at += timedelta(minutes=7)
        for who in self.told:
            if self.chance.random() < 0.3:
                self._make(who)
        for one in self.all:
            if one.gone is None and one.due + timedelta(days=2) > self.clock.at and self.chance.random() < 0.01:
                one.gone = self.clock.at
                self.raw.run(lambda uow, one=one: uow.drafts.delete(one.key))

    def _make(self, who: str) -> None:
        day = self.clock.at.astimezone(CPH).date() + timedelta(days=self.chance.choice((0, 0, 1, 1, 2, 5)))
        due = datetime.combine(day, time(self.chance.randint(7, 15), 30), CPH).astimezone(UTC)
        if due <= self.clock.at or not CALENDAR.is_open(due, school=True):
            return
        one = One(f"r{len(self.all)}", who, self.chance.choice((*OWN, *OWN, OTHERS)), due, self.clock.at)
        self.all.append(one)
        later = self.end + timedelta(days=400)
        draft = Draft(one.key, "worry", 1, "", who, "K7RT-Måge", one.made, later)
        params: dict[str, str | int] = {"code": "K7RT-Måge", "date": due.date().isoformat(), "days": 3}
        wish = Wish(one.key, who, one.template, due, params, draft_id=one.key, still="draft_open")

        def work(uow: Any) -> None:
            uow.drafts.add(draft)
            uow.outbox.add(wish)

        self._as(who, work)

    def _as(self, who: str, work: Any) -> Any:
        return self.store.run(Actor(who, "web", 2, "two"), work)

    # --- what should have been ---

    def _judge(self) -> Report:
        last = self.end - timedelta(days=3)
        sent = {key: said for key, said in self._sent().items() if said[0] < last}
        wanted = {key: said for who in self.told for key, said in self._wanted(who) if said[0] < last}
        report = Report(self.pattern, self.days, len(sent), len(wanted))
        both = sent.keys() & wanted.keys()
        report.wrong = {
            "missed": len(wanted.keys() - sent.keys()),
            "too much": len(sent.keys() - wanted.keys())
            + len(self.post.got)
            - len({r.id for _, r, _ in self.post.got}),
            "at another time": sum(abs(sent[key][0] - wanted[key][0]) > ON_TIME for key in both),
            "told of others": sum(sent[key][1] != wanted[key][1] for key in both),
            "miscounted": sum(not self._counted(row, notice) for _, row, notice in self.post.got),
            "on a closed day": sum(not CALENDAR.is_open(at) for at, _, _ in self.post.got),
        }
        report.gathered = sum(key.startswith("gathered") for key in sent)
        report.told_of = sum(len(said[1]) for key, said in sent.items() if key.startswith("gathered"))
        return report

    def _sent(self) -> Said:
        return {row.wish.dedupe_key: (at, self._taken(row)) for at, row, _ in self.post.got}

    def _taken(self, row: OutboxRow) -> frozenset[str]:
        if not row.wish.dedupe_key.startswith("gathered"):
            return frozenset({row.wish.dedupe_key})
        reason = f"gathered:{row.wish.params['date']}"
        rows = self.raw.run(lambda uow: uow.outbox.gathered_by(row.wish.recipient, reason))
        return frozenset(one.wish.dedupe_key for one in rows)

    def _counted(self, row: OutboxRow, notice: NoticeText) -> bool:
        if not row.wish.dedupe_key.startswith("gathered"):
            return True
        found = _COUNT.search(notice.text)
        return found is not None and int(found[1]) == len(self._taken(row)) and "K7RT-Måge" in notice.text

    def _wanted(self, who: str) -> Iterator[tuple[str, tuple[datetime, frozenset[str]]]]:
        told = self.told[who]
        mine = [one for one in self.all if one.person == who]
        if told.gathering == "important":
            mine = [one for one in mine if one.template == OTHERS]
        turns: list[tuple[datetime, int, datetime, One | None]] = [
            (self._goes(one.due), 1, one.due, one) for one in mine
        ]
        hours = [self._hour(told, day) for day in self._days()] if told.gathering == "daily" else []
        moments = [moment for moment in hours if moment is not None]
        at = BEGINS.astimezone(UTC)
        for moment in moments:
            if moment > at:  # one at a time: after an outage of days there is one for all of them
                at = self._goes(moment)
                turns.append((at, 0, moment, None))
        said: set[str] = set()
        for at, _, moment, one in sorted(turns, key=lambda turn: turn[:3]):
            if one is not None and one.key not in said and one.stands(at):
                said.add(one.key)
                yield one.key, (at, frozenset({one.key}))
            if one is None:
                before = next((other for other in moments if other > at), at)
                those = [x for x in mine if x.template in OWN and x.key not in said and x.due < before and x.stands(at)]
                if len(those) > 1:
                    said |= {x.key for x in those}
                    day = moment.astimezone(CPH).date()
                    yield f"gathered:{who}:{day}:{told.hour}", (at, frozenset(x.key for x in those))

    def _days(self) -> Iterator[date]:
        for number in range(self.days + 60):
            yield BEGINS.date() + timedelta(days=number)

    def _hour(self, told: Reminding, day: date) -> datetime | None:
        hours = CALENDAR.hours(day, school=True)
        if hours is None:
            return None
        wanted = datetime.combine(day, time(told.hour), CPH).astimezone(UTC)
        moment = wanted if hours[0] <= wanted < hours[1] else hours[1] - timedelta(hours=1)
        return moment if moment > BEGINS else None

    def _goes(self, due: datetime) -> datetime:
        """The first moment when the sender is up and people are at work."""
        at = due
        while (then := CALENDAR.opening(self.up(at))) != at:
            at = then
        return at
