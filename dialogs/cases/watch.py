"""The watchdog's plan for a worry that nobody has opened: who is pushed when, and so who gets in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.cases.dates import watch_times
from dialogs.cases.model import Light
from dialogs.cases.team import Seats
from dialogs.people import Person, School
from dialogs.workdays import Workdays


@dataclass(frozen=True)
class Push:
    """One step of the watchdog: when, which notice, and to whom. `line` names its line in the timeline."""

    at: datetime
    template: str
    to: tuple[Person, ...]
    line: str


def plan(light: Light, sent_at: datetime, seats: Seats, school: School, workdays: Workdays) -> tuple[Push, Push, Push]:
    """The three steps for a worry that nobody has opened: the same people, their deputies, the next level."""
    first, second, third = watch_times(light, sent_at, school, workdays)
    climb = Push(third, "leader_unopened", seats.climb, "watchdog_climb")
    # Without a deputy the next level comes a step earlier: an empty step would be a silent day.
    deputies = Push(second, "deputy_unopened", seats.deputies, "watchdog_deputy")
    middle = deputies if seats.deputies else Push(second, climb.template, climb.to, climb.line)
    return Push(first, "team_unopened", seats.members, "watchdog_same"), middle, climb
