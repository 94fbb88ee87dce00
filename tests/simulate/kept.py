"""What should have been sent about promises on a case, worked out anew; it shares no code with what is tested.

A reminder goes out at the first moment from its hour on when a sender is up and people are at work, if what it asks for
still stands then. What stands is told to the ledger after every deed, and from when to when is written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from tests.simulate.oracle import CPH, UTC, Calendar, Span, Up, within

NINE: Final = time(9)
WEEK: Final = timedelta(days=7)
Standing = tuple[str, ...]  # something that is asked for, by kind, case and whatever tells it from others
Key = tuple[str, str, str, str]  # template, person, what it is about, the minute when it was due


@dataclass(frozen=True)
class Due:
    """A reminder as it was promised; `asks` is what must stand when it goes out."""

    template: str
    person: str
    about: str
    at: datetime
    asks: Standing
    until: datetime | None = None

    @property
    def key(self) -> Key:
        return self.template, self.person, self.about, f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M}"


@dataclass
class Ledger:
    """Everything promised, and from when to when everything stood."""

    calendar: Calendar
    promised: dict[Standing, Due] = field(default_factory=dict[Standing, Due])
    spans: dict[Standing, list[Span]] = field(default_factory=dict[Standing, list[Span]])

    def promise(self, once: Standing, due: Due) -> None:
        """A reminder; the same one is promised once for ever."""
        self.promised.setdefault(once, due)

    def stands(self, now: datetime, standing: set[Standing]) -> None:
        """What stands from now on, and nothing else."""
        for one, spans in self.spans.items():
            if spans[-1][1] is None and one not in standing:
                spans[-1][1] = now
        for one in standing:
            spans = self.spans.setdefault(one, [])
            if not spans or spans[-1][1] is not None:
                spans.append([now, None])

    def expected(self, up: Up) -> dict[Key, datetime]:
        """Every reminder that should have gone out, and when."""
        found = {due.key: self._goes(due, up) for due in self.promised.values()}
        return {key: at for key, at in found.items() if at is not None}

    def _goes(self, due: Due, up: Up) -> datetime | None:
        at = due.at
        while True:
            there = up(at)
            if there is None:
                return None
            then = self.calendar.opening(there)
            if then == at:
                break
            at = then
        late = due.until is not None and at >= due.until
        return None if late or not within(self.spans.get(due.asks, []), at) else at

    # --- days, by the clock on the wall ---

    def morning(self, day: date, now: datetime | None = None) -> datetime:
        """Nine o'clock, or when people are next at work; never before now."""
        nine = datetime.combine(day, NINE, CPH).astimezone(UTC)
        return self.calendar.opening(max(nine, now) if now is not None else nine)

    def school_morning(self, at: datetime) -> datetime:
        """This moment, or when there is next school."""
        day = at.astimezone(CPH).date()
        while True:
            hours = self.calendar.hours(day, school=True)
            if hours is not None and at < hours[1]:
                return max(hours[0], at)
            day += timedelta(days=1)

    def week_after(self, at: datetime, *, school: bool = False) -> datetime:
        """A week later by the clock on the wall, or when people are next at work."""
        then = (at.astimezone(CPH) + WEEK).astimezone(UTC)  # a zone's own datetimes are counted by the wall
        return self.school_morning(then) if school else self.calendar.opening(then)

    def later(self, at: datetime, days: int, clock: time | None = None, *, school: bool = False) -> datetime:
        """So many working days later, at the same time on the wall."""
        local = at.astimezone(CPH)
        day = local.date()
        for _ in range(days):
            day += timedelta(days=1)
            while self.calendar.hours(day, school=school) is None:
                day += timedelta(days=1)
        then = datetime.combine(day, clock or local.time(), CPH).astimezone(UTC)
        return self.school_morning(then) if school else self.calendar.opening(then)
