"""What the desks behind the pages share: one transaction in a person's hands, and a problem in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from bot.app.cases import filing, stored
from bot.app.cases.filing import Room
from bot.app.entry.acting import as_person
from bot.app.meetings import deeds as meetings
from bot.app.meetings.deeds import Gathering
from bot.app.turns.turn import World
from bot.ports import Clock, Store, UnitOfWork
from bot.web.once import Done, once
from dialogs.access import Actor
from dialogs.people import Person
from dialogs.types import Problem
from dialogs.words import Words

R = TypeVar("R")
T = TypeVar("T")
Refusals = tuple[str, ...]


def in_words(world: World, problems: Sequence[Problem], *books: Words) -> Refusals:
    """Problems in the words of the first book that has any; those of the case itself have theirs in cases.yaml."""
    return tuple(_in_words(world, one, books) for one in problems)


def _in_words(world: World, problem: Problem, books: Sequence[Words]) -> str:
    key = f"problems.{problem.code}"
    book = next((words for words in books if words.has(key)), None)
    return book(key, **dict(problem.params)) if book is not None else stored.said(world.content, problem)


class DeskOf(ABC, Generic[R]):
    """The use cases around one kind of thing that a person steps into: a case, or a meeting."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self.store, self.world, self.clock = store, world, clock

    @property
    @abstractmethod
    def books(self) -> tuple[Words, ...]:
        """Where a problem's words are looked for, the nearest first."""

    @abstractmethod
    def enter(self, uow: UnitOfWork, me: Person, thing_id: str, now: datetime) -> R | None:
        """The thing with this person in it; None when it does not exist to them."""

    def refusals(self, problems: Sequence[Problem]) -> Refusals:
        """Problems in words."""
        return in_words(self.world, problems, *self.books)

    async def look(self, actor: Actor, thing_id: str, look: Callable[[R], T | None]) -> T | None:
        """What somebody sees of it; None when it does not exist to them."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> T | None:
            room = self.enter(uow, me, thing_id, now)
            return look(room) if room is not None else None

        return await self.ask(actor, work)

    async def once(self, actor: Actor, thing_id: str, key: str | None, deed: Callable[[R], Done]) -> Done | None:
        """One deed with its receipt: a form sent twice does it once."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Done | None:
            def first() -> Done | None:
                room = self.enter(uow, me, thing_id, now)
                return deed(room) if room is not None else None

            return once(uow, key, now, first)

        return await self.ask(actor, work)

    async def deed(
        self, actor: Actor, thing_id: str, key: str | None, deed: Callable[[R], Sequence[Problem]]
    ) -> Refusals | None:
        """The same where only what stands in its way is of interest."""
        done = await self.once(actor, thing_id, key, lambda room: Done(self.refusals(deed(room))))
        return done.refusals if done is not None else None

    async def ask(self, actor: Actor, work: Callable[[UnitOfWork, Person, datetime], T | None]) -> T | None:
        """One transaction in the actor's hands; None for somebody who has meanwhile left."""
        return await as_person(self.store, actor, self.clock.now(), None, work)


class DeskOfCase(DeskOf[Room]):
    """Use cases around one case."""

    def enter(self, uow: UnitOfWork, me: Person, thing_id: str, now: datetime) -> Room | None:
        """The case with this person in it."""
        return filing.enter(self.world, uow, me, thing_id, now)


class DeskOfMeeting(DeskOf[Gathering]):
    """Use cases around one meeting."""

    @property
    def books(self) -> tuple[Words, ...]:
        """Meetings of both kinds, and the papers that decide who may come."""
        content = self.world.content
        return content.meetings, content.network, content.papers

    def enter(self, uow: UnitOfWork, me: Person, thing_id: str, now: datetime) -> Gathering | None:
        """The meeting with this person in it."""
        return meetings.enter(self.world, uow, me, thing_id, now)
