"""How a person wants to be reminded: what there is to choose from, and one press that chooses (`/paamindelser`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.notices.gathering import choose
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.gathering import hours_of
from dialogs.people import GATHERINGS, ROADS, Person, Reminding

_HOUR = "h"  # "h8": the hour is named in the code of a press


@dataclass(frozen=True)
class Choice:
    """One thing to choose: the code of its press, its words, and whether it is what holds now."""

    code: str
    label: str
    hint: str
    on: bool


@dataclass(frozen=True)
class Choices:
    """All there is to choose; no hours unless one message a day is chosen, no channels for who has only one."""

    gathering: tuple[Choice, ...]
    hours: tuple[Choice, ...]
    first: tuple[Choice, ...]


def choices(world: World, person: Person) -> Choices:
    """What this person may choose between, and what holds now."""
    talk, reminding = world.content.meetings, person.reminding

    def hint(code: str) -> str:
        return talk(f"reminders.gathering_hint.{code}", hour=reminding.hour)

    daily = reminding.gathering == "daily"
    hours = hours_of(world.workdays) if daily else ()
    roads = ROADS if person.telegram_chat is not None and person.email else ()
    return Choices(
        tuple(Choice(c, talk(f"reminders.gathering.{c}"), hint(c), c == reminding.gathering) for c in GATHERINGS),
        tuple(Choice(f"{_HOUR}{h}", talk("reminders.hour", hour=h), "", h == reminding.hour) for h in hours),
        tuple(Choice(c, talk(f"reminders.first.{c}"), "", c == reminding.first) for c in roads),
    )


def pick(world: World, uow: UnitOfWork, person: Person, code: str, now: datetime) -> Person | None:
    """Choose it: the person as they are from now on, or None when there is no such choice."""
    reminding = _chosen(world, person.reminding, code)
    if reminding is None:
        return None
    choose(uow, person, reminding, world.workdays, now)
    return replace(person, reminding=reminding)


def _chosen(world: World, reminding: Reminding, code: str) -> Reminding | None:
    for gathering in GATHERINGS:
        if gathering == code:
            return replace(reminding, gathering=gathering)
    for road in ROADS:
        if road == code:
            return replace(reminding, first=road)
    for hour in hours_of(world.workdays):
        if code == f"{_HOUR}{hour}":
            return replace(reminding, hour=hour)
    return None
