"""Who is who: schools, people, and what a person is at a school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "teacher",
    "pedagogue",
    "health_visitor",
    "leader",
    "psychologist",
    "social_worker",
    "superior",
    "colleague",
    "admin",  # keeps people and schools, and sees no content
    "dpo",  # the data protection officer: sees who looked, and no content
]
ROLES: tuple[Role, ...] = get_args(Role)
TRIO: tuple[Role, ...] = ("leader", "psychologist", "social_worker")


@dataclass(frozen=True)
class School:
    id: str
    name: str
    trio_weekday: int = 2  # 0 = Monday; the weekly TRIO meeting
    trio_time: str = "12:30"
    trio_minutes: int = 60
    trio_chair: Role = "leader"  # who leads it; one of TRIO


@dataclass(frozen=True)
class Membership:
    """What a person is at one school; a deputy steps in when nobody has opened a worry, or when a role is excluded."""

    school_id: str
    role: Role
    deputy: bool = False


Gathering = Literal["at_once", "daily", "important"]
GATHERINGS: tuple[Gathering, ...] = get_args(Gathering)
Road = Literal["telegram", "email"]
ROADS: tuple[Road, ...] = get_args(Road)


@dataclass(frozen=True)
class Reminding:
    """How a person wants to be reminded: each at once, all of a day in one message, or only what others wait for."""

    gathering: Gathering = "at_once"
    hour: int = 8  # on the wall, of the one message a day
    first: Road = "telegram"  # which channel is tried first


@dataclass(frozen=True)
class Person:
    """A user. `telegram_chat` is the bound private chat, `email` the second channel; both may be missing."""

    id: str
    name: str
    memberships: tuple[Membership, ...]
    email: str | None = None
    telegram_chat: int | None = None
    telegram_on: bool = True  # false once Telegram said that this chat is gone for good
    active: bool = True
    reminding: Reminding = Reminding()
    # Ids of the administrators who made a way in that nobody else has vouched for (dialogs/access/vouching.py), and
    # whether somebody had been in as this person before they did.
    let_in_by: tuple[str, ...] = ()
    came_back: bool = False

    def roles_at(self, school_id: str) -> tuple[Role, ...]:
        """The roles that this person has at one school, deputies included."""
        return tuple(m.role for m in self.memberships if m.school_id == school_id)

    @property
    def home(self) -> str:
        """The school that a worry from this person goes to unless they say otherwise."""
        return self.memberships[0].school_id if self.memberships else ""
