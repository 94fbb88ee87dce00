"""What a municipality says about itself: who receives reports, its schools, its calendar, its forums, its patience."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from dialogs.people import School
from dialogs.workdays import CLOSES, OPENS, Patience, Workdays, danish


@dataclass(frozen=True)
class Calendar:
    """Opening hours, the municipality's own closed days, and the days that agreements see differently."""

    opens: time = OPENS
    closes: time = CLOSES
    closed: frozenset[date] = frozenset()
    christmas_eve: bool = True
    constitution_day: bool = False
    new_years_eve_from_noon: bool = True

    def workdays(self, zone: ZoneInfo, years: Iterable[int]) -> Workdays:
        """The working days of these years."""
        return danish(
            zone,
            years,
            self.closed,
            opens=self.opens,
            closes=self.closes,
            christmas_eve=self.christmas_eve,
            constitution_day=self.constitution_day,
            new_years_eve_from_noon=self.new_years_eve_from_noon,
        )


@dataclass(frozen=True)
class Forum:
    """A team that meets: what it is called, who sits in it (profession ids), and how often it meets."""

    id: str
    name: str
    members: tuple[str, ...]
    rhythm: str


@dataclass(frozen=True)
class Local:
    """All of it; the defaults are those of a municipality that has said nothing."""

    intake: str = "modtagelsen"
    intake_phone: str = ""  # as it is dialled, in pairs: "12 34 56 78"
    schools: tuple[School, ...] = ()
    calendar: Calendar = Calendar()
    forums: tuple[Forum, ...] = ()
    patience: Patience = field(default_factory=Patience)

    def workdays(self, zone: ZoneInfo, years: Iterable[int]) -> Workdays:
        """The municipality's working days, with how long it waits before it reminds."""
        return replace(self.calendar.workdays(zone, years), patience=self.patience)
