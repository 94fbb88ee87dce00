"""What an administrator does with people: let in, give and take functions, end access. Each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from typing import assert_never

from bot.app.entry import leaving, vouching
from bot.app.entry.admission import MAX_WEB_HOURS, invite
from bot.app.entry.roll import public
from bot.ports import Ids, Receipt, UnitOfWork
from dialogs.access.seats import MAX_NAME, Give, SeatChange, Take, may_leave, new_seats, reseated
from dialogs.people import Membership, Person
from dialogs.types import Problem


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is to be let in with a first function, and how many hours their code lives (0: ten minutes)."""

    name: str
    email: str
    seat: Membership
    hours: int = 0


@dataclass(frozen=True)
class Code:
    """A new code for somebody who is here: a first way in, or a new one after a lost telephone."""

    person_id: str
    hours: int = 0


@dataclass(frozen=True)
class Reseat:
    person_id: str
    change: SeatChange


@dataclass(frozen=True)
class Withdraw:
    """Take an invitation back; `invite` is its public name."""

    invite: str


@dataclass(frozen=True)
class Leave:
    """The person has left: everything that opens for them ends."""

    person_id: str


@dataclass(frozen=True)
class ComeBack:
    person_id: str


@dataclass(frozen=True)
class Reset:
    """The person has lost what they sign in with."""

    person_id: str


Deed = Newcomer | Code | Reseat | Withdraw | Leave | ComeBack | Reset


@dataclass(frozen=True)
class Made:
    """What came of it: whose line it was, and a code that is shown this once."""

    person_id: str = ""
    code: str = ""


def do(uow: UnitOfWork, ids: Ids, me: Person, deed: Deed, now: datetime, key: str | None) -> Made | Problem:
    """Do it, or say why not. A deed that is sent twice is done once; its code is in the first answer only."""
    if key is not None and (stored := uow.receipts.get(key)) is not None:
        return Problem("done_before", params=(("person", str(stored.get("person", ""))),))
    everyone = uow.people.everyone()
    made = _do(uow, ids, me, deed, now)
    if isinstance(made, Made):
        before = next((one for one in everyone if one.id == made.person_id), None)
        vouching.ask(uow, before, made.person_id, everyone, now)
    if isinstance(made, Made) and key is not None:
        uow.receipts.put(Receipt(key, {"person": made.person_id}, now))
    return made


def _do(uow: UnitOfWork, ids: Ids, me: Person, deed: Deed, now: datetime) -> Made | Problem:
    match deed:
        case Newcomer():
            return _let_in(uow, ids, deed, now)
        case Withdraw(public_id):
            return _withdraw(uow, public_id, now)
        case Code() | Reseat() | Leave() | ComeBack() | Reset():
            everyone = {person.id: person for person in uow.people.everyone()}
            person = everyone.get(deed.person_id)
            return Problem("person_unknown") if person is None else _with(uow, ids, me, person, deed, everyone, now)
        case _:
            assert_never(deed)


def _with(
    uow: UnitOfWork,
    ids: Ids,
    me: Person,
    person: Person,
    deed: Code | Reseat | Leave | ComeBack | Reset,
    everyone: Mapping[str, Person],
    now: datetime,
) -> Made | Problem:
    match deed:
        case Code(_, hours):
            return _code(uow, ids, me, person, hours, now)
        case Reseat(_, change):
            return _reseat(uow, me, person, change, everyone)
        case Leave():
            if refused := may_leave(me.id, person, tuple(everyone.values())):
                return refused
            leaving.deactivate(uow, person.id)
        case ComeBack():
            if not person.active:
                leaving.activate(uow, person.id, now)
        case Reset():
            if person.id == me.id:
                return Problem("own_access")
            leaving.reset(uow, person.id)
            vouching.tell_of_reset(uow, person, now)
        case _:
            assert_never(deed)
    return Made(person.id)


def _let_in(uow: UnitOfWork, ids: Ids, deed: Newcomer, now: datetime) -> Made | Problem:
    name, email = " ".join(deed.name.split()), deed.email.strip()
    if not name or len(name) > MAX_NAME:
        return Problem("person_name")
    if email and not _looks_like_email(email):
        return Problem("person_email")
    if email and any((one.email or "").casefold() == email.casefold() for one in uow.people.everyone()):
        return Problem("email_taken")
    if uow.people.school(deed.seat.school_id) is None:
        return Problem("function_unknown")
    seats = new_seats(deed.seat)
    if isinstance(seats, Problem):
        return seats
    person = Person(ids.new(), name, seats, email=email or None)
    uow.people.add(person)
    return Made(person.id, _invite(uow, ids, person, deed.hours, now))


def _code(uow: UnitOfWork, ids: Ids, me: Person, person: Person, hours: int, now: datetime) -> Made | Problem:
    if person.id == me.id:
        return Problem("own_access")
    if not person.active:
        return Problem("person_left")
    if not person.memberships:
        return Problem("person_seatless")
    if uow.exits.proves(person.id):
        return Problem("person_proves")
    for old in uow.doors.open_invites(now):  # the one that was lost may lie somewhere
        if old.person_id == person.id:
            uow.doors.withdraw_invite(old.code_hash)
    return Made(person.id, _invite(uow, ids, person, hours, now))


def _invite(uow: UnitOfWork, ids: Ids, person: Person, hours: int, now: datetime) -> str:
    seat = person.memberships[0]
    return invite(uow, ids, seat.role, seat.school_id, now, person.id, min(max(hours, 0), MAX_WEB_HOURS))


def _reseat(
    uow: UnitOfWork, me: Person, person: Person, change: SeatChange, everyone: Mapping[str, Person]
) -> Made | Problem:
    match change:
        case Give(seat) if uow.people.school(seat.school_id) is None:
            return Problem("function_unknown")
        case Give() | Take():
            after = reseated(me.id, person, change, tuple(everyone.values()))
    if isinstance(after, Problem):
        return after
    uow.people.save(replace(person, memberships=after))
    return Made(person.id)


def _withdraw(uow: UnitOfWork, public_id: str, now: datetime) -> Made | Problem:
    found = next((one for one in uow.doors.open_invites(now) if public(one) == public_id), None)
    if found is None or not uow.doors.withdraw_invite(found.code_hash):
        return Problem("invite_gone")
    return Made(found.person_id or "")


def _looks_like_email(text: str) -> bool:
    """One address and nothing else: what a mail server refuses shows itself, a second recipient must not slip in."""
    return len(text) <= 254 and parseaddr(text) == ("", text) and text.count("@") == 1 and not text.endswith("@")
