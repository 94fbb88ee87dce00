"""When somebody stops: everything that opens for them ends in the one transaction that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.ports import UnitOfWork

UNSEEN = timedelta(days=60)  # longer than the summer holidays


def deactivate(uow: UnitOfWork, person_id: str) -> bool:
    """The person has left: sessions, ways in, the chat and memberships end. False when there is no such person."""
    if not suspend(uow, person_id):
        return False
    person = uow.people.get(person_id)
    if person is not None:
        uow.people.save(replace(person, memberships=()))
    uow.exits.shut(person_id, ways=True)
    return True


def suspend(uow: UnitOfWork, person_id: str) -> bool:
    """The person is shut out for now: sessions and the chat end; roles and ways in wait for their return."""
    person = uow.people.get(person_id)
    if person is None:
        return False
    uow.people.save(replace(person, active=False, telegram_chat=None))
    uow.exits.shut(person_id, ways=False)
    return True


def activate(uow: UnitOfWork, person_id: str, now: datetime) -> bool:
    """The person is back; sixty days count from now. False when there is no such person."""
    person = uow.people.get(person_id)
    if person is None:
        return False
    uow.people.save(replace(person, active=True))
    uow.exits.renew(person_id, now)
    return True


def reset(uow: UnitOfWork, person_id: str) -> bool:
    """The person has lost what they sign in with: all of it goes, and they come back by an invitation."""
    person = uow.people.get(person_id)
    if person is None:
        return False
    uow.people.save(replace(person, telegram_chat=None))  # a lost telephone has Telegram on it
    uow.exits.shut(person_id, ways=True)
    return True


def suspend_unseen(uow: UnitOfWork, now: datetime) -> Sequence[str]:
    """Shut out everybody whom nobody has seen for sixty days; their ids."""
    gone = uow.identity.unseen_since(now - UNSEEN)
    for person_id in gone:
        suspend(uow, person_id)
    return gone
