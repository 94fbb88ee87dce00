"""The Library port of a real store: cards from the content, local notes from the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.app.entry.acting import as_person
from bot.app.guides import library
from bot.app.guides.library import AcuteHelp, ProfilePage
from bot.ports import Clock, Store, UnitOfWork
from bot.web.once import Done, once
from dialogs.access import Actor
from dialogs.content import Content
from dialogs.guides.directory import Profession
from dialogs.guides.knowledge import Knowledge
from dialogs.people import Person

Told = tuple[str, ...] | None


class Shelf:
    """Cards to read, and the notes that the professions write themselves."""

    def __init__(self, store: Store, content: Content, clock: Clock) -> None:
        self.store, self.content, self.clock = store, content, clock

    @property
    def professions(self) -> Sequence[Profession]:
        """All professions, nearest to the child first."""
        return tuple(self.content.directory.professions.values())

    @property
    def knowledge(self) -> Mapping[str, Knowledge]:
        """All knowledge cards by id."""
        return self.content.shelf.cards

    @property
    def acute(self) -> Sequence[AcuteHelp]:
        """What to do when it can't wait."""
        return library.acute_help(self.content)

    async def profile(self, actor: Actor, profession: str) -> ProfilePage | None:
        """One card with what is local."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> ProfilePage | None:
            return library.page(uow, self.content, me, profession, now)

        return await as_person(self.store, actor, self.clock.now(), None, work)

    async def write(self, actor: Actor, profession: str, text: str, key: str | None) -> Told:
        """Store a note once per key."""

        def first(uow: UnitOfWork, me: Person, now: datetime) -> Done | None:
            told = library.write(uow, self.content, me, profession, text, now)
            return Done(told) if told is not None else None

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Done | None:
            return once(uow, key, now, lambda: first(uow, me, now))

        done = await as_person(self.store, actor, self.clock.now(), None, work)
        return done.refusals if done is not None else None
