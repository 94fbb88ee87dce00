"""When people are at work: opening hours, weekends, Danish holidays and the school's own closed days.

All answers are in UTC. A day's opening hours are wall time, so they are found date by date: 08:00 is 08:00 on both
sides of a clock change, and an hour of work is a real hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OPENS, CLOSES = time(7), time(17)  # the ordinary day of schools and day care; a municipality may differ
NOON = time(12)
MAX_CLOSED_DAYS = 400  # more than a year without one open day is a mistake in the calendar, not a holiday


class NeverOpenError(ValueError):
    """The calendar has no open day within more than a year."""


@dataclass(frozen=True)
class Patience:
    """How long is waited before somebody is reminded: the same people, a deputy, the next level."""

    red_hours: tuple[int, int, int] = (1, 3, 5)  # working hours
    calm_days: tuple[int, int, int] = (1, 2, 3)  # working days
    draft_days: int = 3  # days until a draft that lies still is mentioned, once


@dataclass(frozen=True)
class Workdays:
    """Opening hours in one time zone. `closed` are whole days, `half` days that end at `half_closes`."""

    zone: ZoneInfo = COPENHAGEN
    opens: time = OPENS
    closes: time = CLOSES
    closed: frozenset[date] = frozenset()
    half: frozenset[date] = frozenset()
    half_closes: time = NOON
    weekend: frozenset[int] = frozenset({5, 6})  # Saturday and Sunday
    patience: Patience = Patience()
    no_school: frozenset[date] = frozenset()  # others are at work, and no school's team meets

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is at work then; the closing minute itself is closed."""
        window = self._window(at.astimezone(self.zone).date())
        return window is not None and window[0] <= at < window[1]

    def school(self) -> Workdays:
        """The days when there is school, too: for what the school's own people are asked to do."""
        return replace(self, closed=self.closed | self.no_school) if self.no_school else self

    def day_start(self, at: datetime) -> datetime:
        """Midnight before `at`, as the clock on the wall has it."""
        return self._utc(at.astimezone(self.zone).date(), time.min)

    def quiet(self, at: datetime) -> bool:
        """Whether a message that can wait should wait."""
        return not self.is_open(at)

    def opens_on(self, day: date) -> bool:
        """Whether anybody is at work on this day."""
        return self._window(day) is not None

    def open_around(self, day: date, after: date) -> tuple[date, ...]:
        """The nearest days when somebody is at work, before and after this one; never `after` itself or earlier."""
        before = next((one for one in _days(day, -1) if one <= after or self.opens_on(one)), after)
        later = next((one for one in _days(max(day, after), 1) if self.opens_on(one)), None)
        return tuple(one for one in (before, later) if one is not None and one > after)

    def next_open(self, at: datetime) -> datetime:
        """`at` itself while open, else the next opening; raise NeverOpenError when there is none."""
        at = at.astimezone(UTC)
        day = at.astimezone(self.zone).date()
        for opening, closing in self._windows(day):
            if at < closing:
                return max(opening, at)
        raise NeverOpenError(f"no open day after {day}")

    def last_open(self, at: datetime, before_closing: timedelta = timedelta()) -> datetime:
        """`at` itself while open, else so long before the last closing; raise NeverOpenError when there is none.

        A day that is shorter than `before_closing` counts from its opening.
        """
        at = at.astimezone(UTC)
        if self.is_open(at):
            return at
        day = at.astimezone(self.zone).date()
        for back in range(MAX_CLOSED_DAYS + 1):
            window = self._window(day - timedelta(days=back))
            if window is not None and window[1] <= at:
                return max(window[0], window[1] - before_closing)
        raise NeverOpenError(f"no open day before {day}")

    def plus_hours(self, at: datetime, hours: float) -> datetime:
        """The moment when `hours` of open time have passed since `at`; itself always open."""
        left = timedelta(hours=hours)
        start = self.next_open(at)
        for opening, closing in self._windows(start.astimezone(self.zone).date()):
            begin = max(opening, start)
            if begin + left < closing:
                return begin + left
            left -= max(closing - begin, timedelta())
        raise NeverOpenError(f"no open day after {start:%Y-%m-%d}")

    def plus_days(self, at: datetime, days: int, at_time: time | None = None) -> datetime:
        """The wall time `at_time` on the `days`-th working day after `at`; its next opening when that is closed.

        Without `at_time` the wall time of `at` itself counts. No days means the same day, or the next open one.
        """
        local = at.astimezone(self.zone)
        day = local.date()
        for _ in range(days):
            tomorrow = self._utc(day + timedelta(days=1), time.min)
            day = self.next_open(tomorrow).astimezone(self.zone).date()
        return self.next_open(self._utc(day, at_time or local.time()))

    def on_date(self, at: datetime, days: int) -> datetime:
        """The same wall time so many calendar days later, or the next opening: a week later is no 168 hours."""
        local = at.astimezone(self.zone)
        return self.next_open(self._utc(local.date() + timedelta(days=days), local.time()))

    def _windows(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of every open day from `first`; ends when more than a year is closed in a row."""
        day, misses = first, 0
        while misses <= MAX_CLOSED_DAYS:
            window = self._window(day)
            if window is not None:
                yield window
            misses = 0 if window else misses + 1
            day += timedelta(days=1)

    def _window(self, day: date) -> tuple[datetime, datetime] | None:
        if day in self.closed or day.weekday() in self.weekend:
            return None
        closes = min(self.half_closes, self.closes) if day in self.half else self.closes
        opening, closing = self._utc(day, self.opens), self._utc(day, closes)
        return (opening, closing) if opening < closing else None

    def _utc(self, day: date, wall: time) -> datetime:
        # fold=0: the first of two equal wall times; a wall time that a clock change skips comes out one hour later.
        return datetime.combine(day, wall.replace(fold=0, tzinfo=None), self.zone).astimezone(UTC)


def public_holidays(year: int) -> frozenset[date]:
    """Denmark's public holidays from 2024 on, when store bededag was abolished.

    Ten dates, seven of them by Easter. A package with every country's rules costs each process 20 MB; the tests hold
    these against it up to 2100.
    """
    sunday = easter(year)
    moving = (-3, -2, 0, 1, 39, 49, 50)  # Maundy Thursday, Good Friday, Easter ×2, Ascension, Whitsun ×2
    fixed = (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))
    return frozenset({*fixed, *(sunday + timedelta(days=days) for days in moving)})


def danish(
    zone: ZoneInfo,
    years: Iterable[int],
    extra_closed: Iterable[date] = (),
    *,
    opens: time = OPENS,
    closes: time = CLOSES,
    christmas_eve: bool = True,
    constitution_day: bool = False,
    new_years_eve_from_noon: bool = True,
) -> Workdays:
    """Danish working days of these years; `extra_closed` is the school calendar. Store bededag is a working day.

    24 December, 5 June and the afternoon of 31 December are no public holidays and agreements differ: settings.
    """
    span = tuple(years)
    closed = {day for year in span for day in public_holidays(year)} | set(extra_closed)
    closed |= {date(year, 12, 24) for year in span if christmas_eve}
    closed |= {date(year, 6, 5) for year in span if constitution_day}
    half = {date(year, 12, 31) for year in span if new_years_eve_from_noon}
    return Workdays(zone, opens, closes, frozenset(closed), frozenset(half))


def _days(day: date, step: int) -> Iterator[date]:
    """The days from this one on, or back, up to the longest time that a calendar may be closed."""
    return (day + timedelta(days=step * number) for number in range(1, MAX_CLOSED_DAYS))
