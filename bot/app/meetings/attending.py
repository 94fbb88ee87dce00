"""Who may be in the room of a meeting about a child, by the consents and the exchanges filed on its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.app.papers import consenting
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.law.room import Ground, entry, ground_for, named_in
from dialogs.meetings.model import FAMILY, Meeting, Seat
from dialogs.meetings.notes import note
from dialogs.papers import exchanges
from dialogs.people import Role
from dialogs.types import Problem

# Who fills the place of a profession where somebody at the school has that role; the others are asked by people.
ROLE_OF: Final[Mapping[str, Role]] = {
    "LED": "leader",
    "PSY": "psychologist",
    "PPR": "psychologist",
    "SOC": "social_worker",
    "SUND": "health_visitor",
    "LAER": "teacher",
    "PAED": "pedagogue",
}
PROFESSION_OF: Final[Mapping[str, str]] = {role: one for one, role in reversed(ROLE_OF.items())}


def profession_of(role: str) -> str:
    """The profession of a seat, whichever way it was asked for; "" where it has none."""
    return role if role.isupper() else PROFESSION_OF.get(role, "")


def ground_on(uow: UnitOfWork, case_id: str, today: date) -> tuple[Ground, frozenset[str]]:
    """What a meeting about the child of this case stands on today, and the professions that a yes names."""
    given = consenting.of_case(uow, case_id)
    tie = next(iter(uow.filings.of_case(case_id, "child")), None)
    filed = uow.filings.of_group(tie.group, "exchange") if tie is not None else ()
    here = [exchanges.load(filing) for filing in filed if filing.case_id == case_id]
    return ground_for(given, here, today), named_in(given, today)


def may_not_come(world: World, uow: UnitOfWork, meeting: Meeting, seat: Seat, today: date) -> Problem | None:
    """Why this seat can't be added to a network meeting; None where it may.

    Whoever comes in the place of the same profession is as lawful as who was asked.
    """
    if meeting.kind != "network" or meeting.case_id is None or seat.role in FAMILY:
        return None
    profession = world.content.directory.professions.get(profession_of(seat.role))
    if profession is None or any(profession_of(other.role) == profession.id for other in meeting.seats):
        return None
    found = entry(profession, *ground_on(uow, meeting.case_id, today))
    return None if found.verdict == "yes" else Problem("meeting_not_yet")


def no_longer(world: World, uow: UnitOfWork, meeting: Meeting, today: date) -> tuple[str, ...]:
    """The names of professions at the table whom nothing filed today lets in: a yes may have been taken back."""
    if meeting.kind != "network" or meeting.case_id is None or meeting.status != "planned":
        return ()
    ground, named = ground_on(uow, meeting.case_id, today)
    asked: list[str] = note(meeting, "ground").get("asked", [])
    found = [world.content.directory.professions.get(profession_of(seat.role)) for seat in meeting.coming()]
    entries = [(one.name, entry(one, ground, named)) for one in found if one is not None]
    doubtful = [
        name for name, one in entries if one.verdict == "no" or (one.verdict == "ask" and one.profession not in asked)
    ]
    return tuple(dict.fromkeys(doubtful))
