"""Four hundred days of a team's meetings with a sender that is often away; what went out against what should have.

Both clock changes, Christmas, Easter and a week without school lie within the days. Meetings are booked, moved and
cancelled, people say no, worries lie unsent and are sent: at random, by a seed.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.app.meetings import deeds as meetings
from bot.app.meetings import weekly
from bot.app.meetings.deeds import Booking
from bot.app.turns.handbook import handbook_of
from bot.app.turns.turn import World
from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.guard import GuardedStore
from bot.worker import Outfit, Worker
from dialogs.access import WORKER, Actor
from dialogs.meetings.model import Meeting, Wall
from dialogs.meetings.moves import Act, Cancel, Move, Reply
from dialogs.meetings.weekly import is_weekly
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.people import Person
from dialogs.types import Draft
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.form_kit import danish as content
from tests.simulate.oracle import CPH, UTC, Calendar, Version, due_times, expected
from tests.simulate.people import SCHOOL, TEAM, WRITERS, Ids, settle_in

BEGINS: Final = datetime(2026, 9, 1, 6, 0, tzinfo=CPH)
AUTUMN: Final = frozenset(date(2026, 10, 12) + timedelta(days=n) for n in range(5))
SUMMER: Final = frozenset(date(2027, 7, 5) + timedelta(days=n) for n in range(26))
FULL_DAYS: Final = 400
OFTEN: Final = timedelta(hours=1)
PATIENCE: Final = timedelta(seconds=5)
ON_TIME: Final = timedelta(seconds=30)  # one message a second in a chat
# Written down by hand: the oracle must not learn what a holiday is from the program.
HOLIDAYS: Final = frozenset({
    date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29),
    date(2027, 5, 6), date(2027, 5, 17),
})  # fmt: skip
CALENDAR: Final = Calendar(HOLIDAYS | SUMMER, frozenset({date(2026, 12, 31)}), AUTUMN)
Span = tuple[datetime, datetime]


@dataclass
class Report:
    """What one run came to."""

    pattern: str
    days: int
    sent: int = 0
    expected: int = 0
    missed: list[str] = field(default_factory=list[str])
    too_much: list[str] = field(default_factory=list[str])
    wrong_time: list[str] = field(default_factory=list[str])
    after_start: int = 0
    closed_day: int = 0
    without_reason: int = 0
    dropped: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def clean(self) -> bool:
        """Whether what was sent is what should have been."""
        wrong = (self.missed, self.too_much, self.wrong_time)
        return not any(wrong) and not (self.after_start or self.closed_day or self.without_reason) and self.sent > 0

    def line(self) -> str:
        """The run in one line."""
        wrong = {
            "missed": len(self.missed),
            "too much": len(self.too_much),
            "at another time": len(self.wrong_time),
            "after the start": self.after_start,
            "on a closed day": self.closed_day,
            "without a reason": self.without_reason,
        }
        told = ", ".join(f"{name} {number}" for name, number in wrong.items())
        let_go = sum(self.dropped.values())
        return f"{self.pattern:<24} {self.sent:>5} sent == {self.expected:>5} expected; {told}; let go {let_go}"


class Post:
    """Where messages end: who, which, when, and whether it said why."""

    def __init__(self, clock: HandClock, report: Report) -> None:
        self.clock, self.report = clock, report
        self.sent: dict[str, datetime] = {}

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        now, key = self.clock.at, row.wish.dedupe_key
        self.report.sent += 1
        self.report.too_much += [key] * (key in self.sent)
        self.sent[key] = now
        self.report.after_start += row.wish.until is not None and now >= row.wish.until
        self.report.closed_day += not CALENDAR.is_open(now)
        self.report.without_reason += (
            "Du får den, fordi" not in notice.text or str(row.wish.params["code"]) not in notice.text
        )
        return str(row.id)

    async def close(self) -> None:
        """Nothing is open."""


class Year:
    """One run."""

    def __init__(self, pattern: str, downs: Callable[[random.Random, int], list[Span]], days: int, seed: int) -> None:
        self.days, self.chance = days, random.Random(f"{pattern}-{seed}")
        self.report = Report(pattern, days)
        self.clock = HandClock(BEGINS.astimezone(UTC))
        self.end = self.clock.at + timedelta(days=days)
        self.downs = _joined(downs(self.chance, days))
        self.versions: dict[str, Version] = {}
        self.drafts: dict[str, list[Span]] = {}
        self._furnish()

    def _furnish(self) -> None:
        workdays = replace(danish(COPENHAGEN, range(2026, 2030), SUMMER), no_school=AUTUMN)
        self.store = GuardedStore(MemoryStore(self.clock.now), self.clock, workdays)
        self.raw: Any = self.store._raw  # pyright: ignore[reportPrivateUsage]
        self.raw.run(settle_in)
        words = content()
        handbook = handbook_of(words, workdays)
        self.world = World(words, Ids(), handbook)
        self.post = Post(self.clock, self.report)
        self.worker = Worker(
            Outfit(
                store=self.store,
                messengers={"telegram": self.post},
                texts=words.notices,
                rules=Policy(workdays, frozenset({"telegram"})),
                pace=Budget(),
                clock=self.clock,
                ids=Ids(),
                base_url="https://trivsel.example.org",
            )
        )

    # --- the passing of time ---

    def go(self) -> Report:
        """All days; then what was sent is held against what should have been."""
        asyncio.run(self._go())
        for spans in self.drafts.values():  # what still lies there at the end
            spans[-1] = (spans[-1][0], min(spans[-1][1], self.end + timedelta(days=1)))
        last, kinds = self.end - timedelta(hours=1), ("week", "two_days", "day", "hour", "drafts")
        wanted = expected(self.versions.values(), CALENDAR, self.up, self.drafts)
        wanted = {key: at for key, at in wanted.items() if at < last}
        told = {key: at for key, at in self.post.sent.items() if at < last and key.split(":")[3] in kinds}
        self.report.sent, self.report.expected = len(told), len(wanted)
        self.report.missed = sorted(wanted.keys() - told.keys())
        self.report.too_much += sorted(told.keys() - wanted.keys())
        self.report.wrong_time = [key for key in told.keys() & wanted.keys() if abs(told[key] - wanted[key]) > ON_TIME]
        return self.report

    async def _go(self) -> None:
        swept = self.clock.at
        while self.clock.at < self.end:
            up = self.up(self.clock.at) == self.clock.at
            if up:
                await self._work()
            if self._at_work() and self.chance.random() < 0.2:
                self._something_happens()
            if self.clock.at - swept > timedelta(days=20):
                swept = self.clock.at
                self._forget()
            self.clock.at = self._next_look()

    async def _work(self) -> None:
        for chore in (weekly.prepare_all, weekly.remind_writers):
            self.store.run(WORKER, lambda uow, do=chore: do(self.world, uow, self.clock.at))
        self._see_weekly()
        await self.worker.drain()
        while (due := self.raw.run(lambda uow: uow.outbox.next_due())) is not None and due <= self.clock.at + PATIENCE:
            self.clock.at = max(due, self.clock.at)  # one message a second in a chat
            await self.worker.drain()

    def _next_look(self) -> datetime:
        """The next full hour, the next message, the end of an outage, or when those with drafts are looked for."""
        now = self.clock.at
        times = [now + OFTEN - timedelta(minutes=now.minute, seconds=now.second, microseconds=now.microsecond)]
        due = self.raw.run(lambda uow: uow.outbox.next_due())
        if due is not None and due > now:
            times.append(due)
        elif due is not None and self.up(now) == now:
            times.append(now + timedelta(seconds=1))  # it waits for its chat
        times += [end for start, end in self.downs if start <= now < end]
        for version in self.versions.values():
            if version.weekly and version.alive and version.starts > now:
                times.append(due_times(replace(version, offsets=("two_days",)), CALENDAR)["two_days"])
        return min(at for at in times if at > now)

    def up(self, at: datetime) -> datetime | None:
        """The first moment from then on when the sender is up."""
        for start, end in self.downs:
            if start <= at < end:
                return end
        return at

    # --- what happens ---

    def _at_work(self) -> bool:
        return CALENDAR.is_open(self.clock.at, school=True) and self.clock.at.minute == 0

    def _something_happens(self) -> None:
        soon = self.clock.at + timedelta(minutes=12)
        if any(self.clock.at < end <= soon for _, end in self.downs):
            return  # a sender that comes back looks at once, and nothing may happen in its place
        self.clock.at += timedelta(minutes=7)  # between two looks of the sender
        if self.up(self.clock.at) == self.clock.at and self.chance.random() < 0.5:
            self.clock.at += timedelta(minutes=4)
        deeds = (
            *(self._book, self._book, self._book, self._move, self._say_no, self._say_no),
            *(self._begin_draft, self._begin_draft, self._end_draft, self._cancel),
        )
        self.chance.choice(deeds)()

    def _book(self) -> None:
        day = self.clock.at.astimezone(CPH).date() + timedelta(days=self.chance.randint(1, 16))
        clock = time(self.chance.randint(8, 15), self.chance.choice((0, 15, 30)))
        if CALENDAR.hours(day, school=True) is None:
            return

        def work(uow: Any) -> Meeting | None:
            people = [one.id for one in (*TEAM[1:], *WRITERS[:2])]
            seats = tuple(meetings.seat_for(self.world, uow, "skov", one) for one in people)
            wanted = Booking("staff", "skov", Wall(day, clock), 45, seats, forum="skoleteam")
            room, problems = meetings.book(self.world, uow, uow.people.get("lars"), wanted, self.clock.at)
            assert not problems
            return room.meeting if room is not None else None

        made = self._as("lars", work)
        if made is not None:
            self._stands(made)

    def _move(self) -> None:
        meeting = self._some_meeting()
        if meeting is None:
            return
        day = self.clock.at.astimezone(CPH).date() + timedelta(days=self.chance.randint(1, 12))
        if CALENDAR.hours(day, school=True) is not None and self._act(meeting, Move(Wall(day, time(9, 30)), 45, "")):
            self._over(meeting)
            self._stands(self.raw.run(lambda uow: uow.meetings.get(meeting.id)))

    def _cancel(self) -> None:
        meeting = self._some_meeting()
        if meeting is not None and self._act(meeting, Cancel("Vi er for få.")):
            self._over(meeting)

    def _say_no(self) -> None:
        meeting = self._some_meeting()
        if meeting is None:
            return
        seat = self.chance.choice(meeting.seats)
        assert seat.person_id is not None
        if self._act(meeting, Reply(seat.id, "no", "Jeg er på kursus."), seat.person_id):
            self.versions[_key(meeting)].noes.setdefault(seat.person_id, []).append([self.clock.at, None])

    def _begin_draft(self) -> None:
        who = self.chance.choice(WRITERS).id
        spans = self.drafts.setdefault(who, [])
        if spans and self.clock.at < spans[-1][1]:
            return
        name = f"{who}-{len(spans)}"
        draft = Draft(name, "worry", 1, "", who, "K7RT-Måge", self.clock.at, self.clock.at + timedelta(days=90))
        self._as(who, lambda uow: uow.drafts.add(draft))
        spans.append((self.clock.at, datetime.max.replace(tzinfo=UTC)))

    def _end_draft(self) -> None:
        lying = [who for who, spans in self.drafts.items() if spans and self.clock.at < spans[-1][1]]
        if not lying:
            return
        who = self.chance.choice(lying)
        name = f"{who}-{len(self.drafts[who]) - 1}"

        def work(uow: Any) -> None:
            draft = uow.drafts.get(name)
            assert uow.drafts.close(replace(draft, status="submitted", revision=draft.revision + 1), draft.revision)

        self._as(who, work)
        self.drafts[who][-1] = (self.drafts[who][-1][0], self.clock.at)

    # --- telling the oracle ---

    def _see_weekly(self) -> None:
        for one in self.raw.run(lambda uow: uow.meetings.of_school("skov", self.clock.at)):
            if is_weekly(one) and _key(one) not in self.versions and one.status == "planned":
                self._stands(one)

    def _stands(self, meeting: Meeting) -> None:
        offsets = ("day", "hour") if is_weekly(meeting) else ("week", "two_days", "day", "hour")
        wall, fixed = meeting.starts, is_weekly(meeting)
        version = self.versions.get(_key(meeting))
        if version is None:
            version = Version(_key(meeting), wall.day, wall.clock, offsets, self.clock.at, weekly=fixed)
            version.seats = {seat.person_id: self.clock.at for seat in meeting.seats if seat.person_id is not None}
            self.versions[version.key] = version
        version.spans.append([self.clock.at, None])

    def _over(self, meeting: Meeting) -> None:
        version = self.versions[_key(meeting)]
        version.spans[-1][1] = self.clock.at
        for spans in version.noes.values():  # everybody answers anew
            spans[-1][1] = spans[-1][1] or self.clock.at

    def _some_meeting(self) -> Meeting | None:
        found = self.raw.run(lambda uow: uow.meetings.of_school("skov", self.clock.at))
        ahead = [one for one in found if one.status == "planned" and _key(one) in self.versions]
        return self.chance.choice(ahead) if ahead else None

    def _act(self, meeting: Meeting, what: Act, who: str = "lars") -> bool:
        def work(uow: Any) -> bool:
            room = meetings.enter(self.world, uow, uow.people.get(who), meeting.id, self.clock.at)
            return room is not None and not meetings.act(room, what)

        return bool(self._as(who, work))

    def _as(self, who: str, work: Callable[[Any], Any]) -> Any:
        return self.store.run(Actor(who, "web", 2, "two"), work)

    def _forget(self) -> None:
        """What was over long ago goes, as the worker's sweep would have it."""
        old = self.clock.at - timedelta(days=20)
        for row in self.raw.run(lambda uow: uow.outbox.listing(["dropped"], 100_000)):
            self.report.dropped[row.reason] = self.report.dropped.get(row.reason, 0) + 1
        self.raw.run(lambda uow: (uow.retention.sweep_outbox(old), uow.meetings.sweep(old)))


def _key(meeting: Meeting) -> str:
    return f"{meeting.id}:{meeting.starts.day:%Y%m%d}T{meeting.starts.clock:%H%M}"


def _joined(spans: list[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _at(day: int, hour: float) -> datetime:
    local = (BEGINS + timedelta(days=day)).date()
    return datetime.combine(local, time(int(hour), round(hour % 1 * 60)), CPH).astimezone(UTC)


def _days(days: int, *, step: int = 1, first: int = 0) -> range:
    return range(first, days + 20, step)


PATTERNS: Final[dict[str, Callable[[random.Random, int], list[Span]]]] = {
    "always up": lambda chance, days: [],
    "down at night": lambda chance, days: [(_at(n, 18), _at(n + 1, 6.5)) for n in _days(days)],
    "down in the forenoon": lambda chance, days: [(_at(n, 8), _at(n, 13.25)) for n in _days(days)],
    "down on Mondays": lambda chance, days: [(_at(n, 0), _at(n + 1, 0)) for n in _days(days, step=7, first=6)],
    "three days in ten": lambda chance, days: [(_at(n, 11), _at(n + 3, 9.75)) for n in _days(days, step=10)],
    "one week in four": lambda chance, days: [(_at(n, 0), _at(n + 7, 12.5)) for n in _days(days, step=28, first=5)],
    "two weeks at each change": lambda chance, days: [
        (_at(n, 10), _at(n + 14, 10))
        for n in (48, 202)  # around 25 October and 28 March
    ],
    "at random": lambda chance, days: [
        (start, start + timedelta(minutes=chance.randint(5, 900)))
        for start in (_at(n, chance.randint(6, 17)) for n in _days(days))
        if chance.random() < 0.4
    ],
}
assert SCHOOL.trio_weekday == 2
