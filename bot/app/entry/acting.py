"""One transaction in the hands of a person who is signed in, with that person read inside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.ports import Store, UnitOfWork
from dialogs.access import Actor
from dialogs.people import Person

T = TypeVar("T")


async def as_person(
    store: Store, actor: Actor, now: datetime, nobody: T, work: Callable[[UnitOfWork, Person, datetime], T]
) -> T:
    """What the work gives; `nobody` when the person has left since the page was asked for."""

    def transaction(uow: UnitOfWork) -> T:
        me = uow.people.get(actor.person_id)
        return work(uow, me, now) if me is not None and me.active else nobody

    return await store.submit(actor, transaction)
