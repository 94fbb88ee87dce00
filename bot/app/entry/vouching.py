"""Saying that it is them: whom an administrator let in waits for a leader or another administrator (ADR 63)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ports import UnitOfWork
from dialogs.access.vouching import locked, may_vouch
from dialogs.notices import Wish
from dialogs.people import Membership, Person
from dialogs.types import Problem


@dataclass(frozen=True)
class Waiter:
    """Somebody who waits. `mine`: by one's own code, so that another has to say it."""

    id: str
    name: str
    seats: tuple[Membership, ...]
    back: bool  # has been in before, and lost what they signed in with
    by: str  # who made the code
    mine: bool


def waiting(uow: UnitOfWork, me: Person) -> tuple[Waiter, ...]:
    """Those who wait at the schools that one leads; everywhere, for an administrator. Nobody for anybody else."""
    if locked(me):
        return ()
    people = {person.id: person for person in _mine(uow, me)}
    return tuple(_waiter(uow, me, one) for one in people.values() if locked(one) and one.active and one.id != me.id)


def vouch(uow: UnitOfWork, me: Person, person_id: str, now: datetime, *, known: bool) -> Problem | None:
    """Say whether it is them; None when it is written down. A no is told to those who watch over privacy."""
    person = uow.people.get(person_id)
    if person is None or not locked(person):
        return Problem("vouch_gone")
    if not may_vouch(me, person):
        return Problem("vouch_own")
    watchers = uow.exits.vouch(person_id, known=known)
    if watchers is None:
        return Problem("vouch_own")
    for watcher in () if known else watchers:
        uow.outbox.add(_wish("access_disputed", person, watcher, now))
    return None


def ask(uow: UnitOfWork, before: Person | None, person_id: str, everyone: Sequence[Person], now: datetime) -> None:
    """Tell those who can say so that somebody waits: their leaders, and without any the other administrators."""
    person = uow.people.get(person_id)
    if person is None or not locked(person) or not person.active or person == before:
        return
    able = [one for one in everyone if one.id != person.id and may_vouch(one, person)]
    schools = {seat.school_id for seat in person.memberships}
    leaders = [one for one in able if any(s.role == "leader" and s.school_id in schools for s in one.memberships)]
    for one in leaders or [one for one in able if any(s.role == "admin" for s in one.memberships)]:
        uow.outbox.add(_wish("access_vouch", person, one.id, now))


def tell_of_reset(uow: UnitOfWork, person: Person, now: datetime) -> None:
    """Tell the person that their ways in are gone: whoever did not ask for it can say so before anybody vouches."""
    uow.outbox.add(_wish("access_reset", person, person.id, now))


def _mine(uow: UnitOfWork, me: Person) -> Iterator[Person]:
    if any(seat.role == "admin" for seat in me.memberships):
        yield from uow.people.everyone()
        return
    for school_id in {seat.school_id for seat in me.memberships if seat.role == "leader"}:
        yield from uow.people.at_school(school_id)


def _waiter(uow: UnitOfWork, me: Person, one: Person) -> Waiter:
    makers = [uow.people.get(maker) for maker in one.let_in_by]
    names = ", ".join(maker.name for maker in makers if maker is not None and maker.name)
    return Waiter(one.id, one.name, one.memberships, one.came_back, names, not may_vouch(me, one))


def _wish(template: str, person: Person, to: str, now: datetime) -> Wish:
    key = f"{template}:{person.id}:{to}:{now.isoformat(timespec='minutes')}"
    return Wish(dedupe_key=key, recipient=to, template=template, due_at=now, delivery="alert")
