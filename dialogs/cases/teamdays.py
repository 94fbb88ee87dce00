"""When a school's team really meets: its ordinary time, passing over what was moved or called off once.

Whoever promises somebody a meeting asks here. The ordinary time alone (`next_meeting`) is for the watchdog, whose plan
is made when a worry is sent and is never made again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dialogs.people import School
from dialogs.workdays import Workdays

_MAX_WEEKS = 20  # a summer closes six weeks; longer means that the meeting day is never a working day


@dataclass(frozen=True)
class Weekly:
    """One weekly meeting of a school's calendar: the ordinary day that it took, when it is now, whether it stands."""

    day: date
    at: datetime
    stands: bool


@dataclass(frozen=True)
class TeamDays:
    """A school's weekly meetings: what its calendar has, and beyond that the ordinary time."""

    school: School
    workdays: Workdays
    calendar: Sequence[Weekly] = ()

    def next(self, after: datetime) -> datetime:
        """The next meeting after this moment that somebody comes to."""
        taken = {one.day for one in self.calendar}
        ordinary = next_meeting(self.school, self.workdays.school(), after, taken)
        return min([ordinary, *(one.at for one in self.calendar if one.stands and one.at > after)])

    def with_line(self, line: Weekly) -> TeamDays:
        """The same calendar with this line in place of the one that took the same ordinary day."""
        return replace(self, calendar=(*(one for one in self.calendar if one.day != line.day), line))

    def on(self, day: date) -> datetime:
        """When the meeting is that a case was put on for this day, wherever it has been moved to since."""
        zone = self.workdays.zone
        here = [one for one in self.calendar if one.at.astimezone(zone).date() == day]
        stand = [one for one in here if one.stands]
        # A day may be named before a meeting is moved away from it, or after one was moved there and called off.
        found = next(iter((*stand, *(one for one in self.calendar if one.day == day), *here)), None)
        if found is None:
            return datetime.combine(day, time.fromisoformat(self.school.trio_time), zone)
        return found.at if found.stands else self.next(datetime.combine(day, time.min, zone))


def next_meeting(
    school: School, workdays: Workdays, after: datetime, taken: Collection[date] = frozenset()
) -> datetime:
    """The team's next ordinary meeting after this moment, passing over closed days and those that are `taken`."""
    clock = time.fromisoformat(school.trio_time)
    local = after.astimezone(workdays.zone)
    day = local.date() + timedelta(days=(school.trio_weekday - local.weekday()) % 7)
    for week in range(_MAX_WEEKS):
        at = datetime.combine(day + timedelta(weeks=week), clock, workdays.zone)
        if at > after and at.date() not in taken and workdays.is_open(at):
            return at
    return workdays.plus_days(after, 5, clock)  # a date that somebody works beats no date at all
