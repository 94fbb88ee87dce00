"""What a profession itself adds to its card at one school: dated, by function, and never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogs.people import Person, Role

MAX_NOTE = 400  # a note is a line or two that a colleague reads in the corridor
# Whose card a role may correct. A leader may correct all of them at their own school: many professions never sign in.
OWN_CARDS: Mapping[Role, frozenset[str]] = {
    "teacher": frozenset({"LAER"}),
    "pedagogue": frozenset({"PAED", "SFO", "DAG"}),
    "health_visitor": frozenset({"SUND"}),
    "psychologist": frozenset({"PSY", "PPR"}),
    "social_worker": frozenset({"SOC"}),
}


@dataclass(frozen=True)
class LocalNote:
    """One version of a note; an empty text takes the note back. Older versions stay, so that nothing is lost."""

    profession: str
    school_id: str
    version: int
    author_id: str
    role: Role
    text: str
    at: datetime


def may_write(person: Person, profession: str, school_id: str) -> Role | None:
    """The function in which a person may correct this card at this school, or None."""
    for role in person.roles_at(school_id):
        if role == "leader" or profession in OWN_CARDS.get(role, ()):
            return role
    return None
