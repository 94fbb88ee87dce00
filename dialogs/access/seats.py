"""What an administrator may change of who works where, and what is refused: nobody changes their own function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from dialogs.cases.team import TEAM_ROLES
from dialogs.people import Membership, Person, Role
from dialogs.types import Problem

MOST_SEATS: Final = 20  # a psychologist of a small municipality has ten schools
MAX_NAME: Final = 80


@dataclass(frozen=True)
class Give:
    """A function that somebody gets."""

    seat: Membership


@dataclass(frozen=True)
class Take:
    """A function that somebody has no longer."""

    seat: Membership


SeatChange = Give | Take


def reseated(
    me: str, person: Person, change: SeatChange, everyone: Sequence[Person]
) -> tuple[Membership, ...] | Problem:
    """The person's functions after the change, or why not."""
    if person.id == me:
        return Problem("own_function")
    match change:
        case Give(seat):
            return refused if (refused := _no_room(person, seat)) else (*person.memberships, seat)
        case Take(seat):
            if seat not in person.memberships:
                return Problem("function_gone")
            after = tuple(one for one in person.memberships if one != seat)
            lost = seat.role == "admin" and all(one.role != "admin" for one in after)
            return Problem("last_administrator") if lost and _last(person, everyone) else after
        case _:
            assert_never(change)


def new_seats(seat: Membership) -> tuple[Membership, ...] | Problem:
    """The functions of somebody new."""
    return refused if (refused := _odd(seat)) else (seat,)


def may_leave(me: str, person: Person, everyone: Sequence[Person]) -> Problem | None:
    """Why this person's access can't be ended by that one; None when it can."""
    if person.id == me:
        return Problem("own_access")
    return Problem("last_administrator") if _keeps(person) and _last(person, everyone) else None


def _no_room(person: Person, seat: Membership) -> Problem | None:
    if not person.active:
        return Problem("person_left")
    if any((one.school_id, one.role) == (seat.school_id, seat.role) for one in person.memberships):
        return Problem("function_there")
    if len(person.memberships) >= MOST_SEATS:
        return Problem("functions_full")
    # Whoever watches over privacy must not answer for what is watched (GDPR art. 38(6)).
    roles = {one.role for one in person.memberships} - {seat.role}
    if roles and (seat.role == "dpo" or "dpo" in roles):
        return Problem("watcher_apart")
    return _odd(seat)


def _odd(seat: Membership) -> Problem | None:
    return Problem("no_deputy_there") if seat.deputy and seat.role not in TEAM_ROLES else None


def _keeps(person: Person) -> bool:
    administrator: Role = "admin"
    return person.active and any(one.role == administrator for one in person.memberships)


def _last(person: Person, everyone: Sequence[Person]) -> bool:
    """Whether nobody but this person keeps people and schools."""
    return not any(_keeps(other) for other in everyone if other.id != person.id)
