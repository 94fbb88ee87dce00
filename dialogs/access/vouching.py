"""Somebody else has to say that it is them: a way in that an administrator made opens nothing by itself (ADR 63)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dialogs.cases.team import TEAM_ROLES
from dialogs.people import Person, Role

# Functions that open cases, or the log, or let others in.
OPENING: Final[tuple[Role, ...]] = (*TEAM_ROLES, "dpo", "admin")


def locked(person: Person) -> bool:
    """Whether nothing about a child opens for this person until somebody else has said that it is them.

    Somebody new who only writes is not held up: there is nothing of theirs to read yet, and a worry must not wait.
    """
    return bool(person.let_in_by) and (person.came_back or any(seat.role in OPENING for seat in person.memberships))


def let_in(person: Person, by: str, *, again: bool) -> Person:
    """The person after `by` made a way in for them, `again` where somebody has been in as them before.

    Everybody who made one is remembered: the first one may be in already when the second one makes another code.
    """
    makers = person.let_in_by if by in person.let_in_by else (*person.let_in_by, by)
    return replace(person, let_in_by=makers, came_back=person.came_back or again)


def vouched(person: Person) -> Person:
    """The person after somebody else said that it is them."""
    return replace(person, let_in_by=(), came_back=False)


def may_vouch(me: Person, person: Person) -> bool:
    """Whether this one may say so at all: not for oneself, not for one's own code, and not while one is locked out."""
    return person.active and me.id != person.id and me.id not in person.let_in_by and not locked(me)
