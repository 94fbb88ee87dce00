"""What should have been sent, worked out anew from the rules in words; it shares no code with what is tested.

A reminder is wanted so long before the meeting by the clock on the wall. Falls that on a time when nobody is at work,
it comes an hour before they last went home. Two within three hours are one, the later. It goes out at the first moment
from then on when a sender is up and people are at work, if that is before the meeting, the meeting still stands at that
time, and the person has not said no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

CPH: Final = ZoneInfo("Europe/Copenhagen")
UTC: Final = ZoneInfo("UTC")
OPENS, CLOSES = time(7), time(17)
DAYS: Final = {"week": 7, "two_days": 2, "day": 1}
MINUTE: Final = timedelta(minutes=1)
Lying = Mapping[str, list[tuple[datetime, datetime]]]  # by person: from when to when a worry lay unsent
Span = list[datetime | None]  # from when to when; None is until further notice
Up = Callable[[datetime], datetime | None]


@dataclass(frozen=True)
class Calendar:
    """Days off, as sets of dates, and days that end at noon; written down by hand for the years of the simulation."""

    closed: frozenset[date]
    half: frozenset[date]
    no_school: frozenset[date] = frozenset()

    def hours(self, day: date, *, school: bool) -> tuple[datetime, datetime] | None:
        """From when to when people are at work on this day; None when nobody is."""
        off = day.weekday() > 4 or day in self.closed or (school and day in self.no_school)
        closes = time(12) if day in self.half else CLOSES
        return None if off else (_at(day, OPENS), _at(day, closes))

    def is_open(self, at: datetime, *, school: bool = False) -> bool:
        """Whether somebody is at work then."""
        found = self.hours(at.astimezone(CPH).date(), school=school)
        return found is not None and found[0] <= at < found[1]

    def earlier(self, at: datetime) -> datetime:
        """`at` itself when there is school then, else an hour before people last went home."""
        day = at.astimezone(CPH).date()
        while True:
            found = self.hours(day, school=True)
            if found is not None and found[0] <= at < found[1]:
                return at
            if found is not None and found[1] <= at:
                return max(found[0], found[1] - timedelta(hours=1))
            day -= timedelta(days=1)

    def opening(self, at: datetime) -> datetime:
        """`at` itself when people are at work, else their next morning."""
        day = at.astimezone(CPH).date()
        while True:
            found = self.hours(day, school=False)
            if found is not None and at < found[1]:
                return max(found[0], at)
            day += timedelta(days=1)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, CPH).astimezone(UTC)


def within(spans: list[Span], at: datetime) -> bool:
    """Whether a moment lies in one of these."""
    return any(start is not None and start <= at and (end is None or at < end) for start, end in spans)


@dataclass
class Version:
    """A meeting at one time on the wall: from when it stood so, and until when."""

    key: str  # id and time on the wall
    day: date
    clock: time
    offsets: tuple[str, ...]
    since: datetime
    spans: list[list[datetime | None]] = field(
        default_factory=list[list[datetime | None]]
    )  # from when to when it stood
    weekly: bool = False
    seats: dict[str, datetime] = field(default_factory=dict[str, datetime])  # since when they sit there
    noes: dict[str, list[Span]] = field(default_factory=dict[str, "list[Span]"])

    @property
    def starts(self) -> datetime:
        return _at(self.day, self.clock)

    def stands(self, at: datetime) -> bool:
        """Whether it was planned for this time at this moment."""
        return within(self.spans, at)

    @property
    def alive(self) -> bool:
        """Whether it stands until further notice."""
        return bool(self.spans) and self.spans[-1][1] is None


def due_times(version: Version, calendar: Calendar) -> dict[str, datetime]:
    """When each reminder of it is due."""
    found: dict[str, datetime] = {}
    for offset in ("hour", "day", "two_days", "week"):
        if offset not in version.offsets:
            continue
        wanted = version.starts - timedelta(hours=1)
        if offset in DAYS:
            wanted = _at(version.day - timedelta(days=DAYS[offset]), version.clock)
        due = calendar.earlier(wanted)
        if not found or min(found.values()) - due >= timedelta(hours=3):
            found[offset] = due
    return found


def expected(versions: Iterable[Version], calendar: Calendar, up: Up, drafts: Lying) -> dict[str, datetime]:
    """Every reminder that should go out, by its key, and when."""
    found: dict[str, datetime] = {}
    for version in versions:
        for offset, due in due_times(version, calendar).items():
            for person, since in version.seats.items():
                if due <= since:
                    continue
                at = _goes(due, version, calendar, up)
                said_no = at is not None and within(version.noes.get(person, []), at)
                if at is not None and not said_no:
                    found[f"meeting:{version.key}:{offset}:{person}"] = at
        if version.weekly:
            found |= _of_drafts(version, calendar, up, drafts)
    return found


def _goes(due: datetime, version: Version, calendar: Calendar, up: Up) -> datetime | None:
    """When it goes out: a sender is up, people are at work, the meeting is ahead and stands."""
    at: datetime | None = due
    while at is not None and at < version.starts:
        at = up(at)
        if at is None or at >= version.starts:
            return None
        opens = calendar.opening(at)
        if opens == at:
            return at if version.stands(at) else None
        at = opens
    return None


def _of_drafts(version: Version, calendar: Calendar, up: Up, drafts: Lying) -> dict[str, datetime]:
    """Who had a worry lying when the sender looked, two days before, and still had it when the reminder went out."""
    two_days = Version(version.key, version.day, version.clock, ("two_days",), version.since)
    due = max(due_times(two_days, calendar)["two_days"], version.since)
    looked = up(due)
    if looked is None or looked >= version.starts or not version.stands(looked):
        return {}
    found: dict[str, datetime] = {}
    for person, spans in drafts.items():
        lies = next((span for span in spans if span[0] <= looked < span[1]), None)
        at = _goes(looked, version, calendar, up)
        if lies is not None and at is not None and lies[0] <= at < lies[1]:
            found[f"meeting:{version.key}:drafts:{person}"] = at
    return found
