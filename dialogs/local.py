"""What a municipality says about itself: who receives reports, its schools, its calendar, its forums, its patience."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from dialogs.meetings.reminders import Offset
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
    no_school: frozenset[date] = frozenset()  # weeks without school: the municipality is open, no team meets

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
    """A team that meets: its step on the ladder, what it is called, who sits in it (profession ids), and how often.

    `takes` says what belongs there and `sends` who may bring it; `one_child` is false where only common things are met.
    """

    id: str
    name: str
    members: tuple[str, ...]
    rhythm: str
    level: int = 1
    takes: str = ""
    sends: str = ""
    one_child: bool = True
    reminders: tuple[Offset, ...] | None = None  # which reminders its meetings send; None is what is usual
    must_substitute: bool = False  # whether nobody stays away without naming who comes instead


FRESH_FOR = timedelta(days=90)  # a number that nobody has tried for longer may lead nowhere


@dataclass(frozen=True)
class Contact:
    """How a profession is reached here: its local name, phone, hours and deputy, and when somebody last checked."""

    profession: str
    name: str
    phone: str
    hours: str
    deputy: str
    checked: date
    school: str | None = None

    def stale(self, today: date) -> bool:
        """Whether it is so long since it was checked that it may be wrong."""
        return today - self.checked > FRESH_FOR


@dataclass(frozen=True)
class Jurist:
    """What the municipality's jurist has decided where the law leaves a choice; the defaults are the careful ones."""

    approved_by: str = ""  # a function, never a person's name
    approved_on: date | None = None
    relaxed: tuple[str, ...] = ()  # switches of the sharing table
    leader_first: bool = False  # leader_confirms_first_exchange
    own_unit: tuple[str, ...] = ()  # authority_map: who else counts as the own unit


@dataclass(frozen=True)
class Local:
    """All of it; the defaults are those of a municipality that has said nothing."""

    intake: str = "modtagelsen"
    intake_phone: str = ""  # as it is dialled, in pairs: "12 34 56 78"
    schools: tuple[School, ...] = ()
    calendar: Calendar = Calendar()
    forums: tuple[Forum, ...] = ()
    patience: Patience = field(default_factory=Patience)
    contacts: tuple[Contact, ...] = ()
    jurist: Jurist = Jurist()
    leader_confirms_first_exchange: bool = False  # then she must say yes to the first meeting too

    @property
    def leader_says_yes_first(self) -> bool:
        """Whether the leader must say yes to a first meeting too, by whichever of the two places it was asked for."""
        return self.leader_confirms_first_exchange or self.jurist.leader_first

    def contact(self, profession: str, school: str | None) -> Contact | None:
        """How to reach a profession from a school: the school's own entry before the municipality's."""
        found = [one for one in self.contacts if one.profession == profession and one.school in (school, None)]
        return min(found, key=lambda one: one.school is None, default=None)

    def workdays(self, zone: ZoneInfo, years: Iterable[int]) -> Workdays:
        """The municipality's working days, with how long it waits before it reminds."""
        return replace(self.calendar.workdays(zone, years), patience=self.patience, no_school=self.calendar.no_school)
