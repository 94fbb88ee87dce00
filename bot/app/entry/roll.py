"""Who works where, for the municipality's administrator: names and functions, and never a word of any case."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Invite, UnitOfWork
from dialogs.access.vouching import locked
from dialogs.people import Membership, Person, School


@dataclass(frozen=True)
class Row:
    """One person: who, which functions, and whether they can come in."""

    id: str
    name: str
    email: str
    seats: tuple[Membership, ...]
    active: bool
    telegram: bool
    own: bool  # the administrator's own line: nothing can be changed there
    waits: bool = False  # for somebody else to say that it is them


@dataclass(frozen=True)
class Waiting:
    """An invitation that nobody has used. `id` can take it back, and nothing else."""

    id: str
    name: str
    role: str
    school_id: str
    expires_at: datetime


@dataclass(frozen=True)
class Roll:
    """Everybody: school by school, those without a function, those who have left, and open invitations."""

    schools: tuple[tuple[School, tuple[Row, ...]], ...]
    loose: tuple[Row, ...]
    gone: tuple[Row, ...]
    waiting: tuple[Waiting, ...]


def roll(uow: UnitOfWork, me: Person, now: datetime) -> Roll:
    """The whole list. Raises Forbidden for anybody else than an administrator."""
    people = uow.people.everyone()
    rows = [_row(one, me) for one in people]
    schools = uow.people.schools()
    names = {one.id: one.name for one in people}
    return Roll(
        tuple((school, _at(rows, school)) for school in schools),
        tuple(row for row in rows if row.active and not row.seats),
        tuple(row for row in rows if not row.active),
        tuple(waiting(one, names) for one in uow.doors.open_invites(now)),
    )


def one(uow: UnitOfWork, me: Person, person_id: str, now: datetime) -> tuple[Row, tuple[Waiting, ...]] | None:
    """One person with their open invitations; None when there is no such person."""
    found = next((person for person in uow.people.everyone() if person.id == person_id), None)
    if found is None:
        return None
    mine = [invite for invite in uow.doors.open_invites(now) if invite.person_id == person_id]
    return _row(found, me), tuple(waiting(invite, {found.id: found.name}) for invite in mine)


def waiting(invite: Invite, names: Mapping[str, str]) -> Waiting:
    """An invitation as it may be shown: without its code, which nobody has any more."""
    name = names.get(invite.person_id or "", "")
    return Waiting(public(invite), name, invite.role, invite.school_id, invite.expires_at)


def public(invite: Invite) -> str:
    """A name for an invitation that can stand in a page."""
    return hashlib.sha256(f"invite:{invite.code_hash}".encode()).hexdigest()[:16]


def _row(person: Person, me: Person) -> Row:
    bound = person.telegram_chat is not None
    own, waits = person.id == me.id, locked(person)
    return Row(person.id, person.name, person.email or "", person.memberships, person.active, bound, own, waits)


def _at(rows: Sequence[Row], school: School) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.active and any(seat.school_id == school.id for seat in row.seats))
