"""The Reminders port of a real store: a person's own coming reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.app.entry.acting import as_person
from bot.app.notices import choosing, comingup
from bot.app.notices.choosing import Choices
from bot.app.notices.comingup import Coming
from bot.app.turns.turn import World
from bot.ports import Clock, Store, UnitOfWork
from bot.web.desk import in_words
from bot.web.once import Done, once
from dialogs.access import Actor
from dialogs.people import Person


class ComingDesk:
    """Each deed once per key."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self.store, self.world, self.clock = store, world, clock

    async def listing(self, actor: Actor) -> Sequence[Coming]:
        """What is still to come to this person."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> tuple[Coming, ...]:
            return comingup.listing(self.world, uow, me, now)

        return await as_person(self.store, actor, self.clock.now(), (), work)

    async def choices(self, actor: Actor) -> Choices:
        """How this person may be reminded, and what holds now."""
        nothing = Choices((), (), ())

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Choices:
            return choosing.choices(self.world, me)

        return await as_person(self.store, actor, self.clock.now(), nothing, work)

    async def choose(self, actor: Actor, code: str) -> bool:
        """Choose it; False when there is no such choice. Once more is the same, so it needs no key."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> bool:
            return choosing.pick(self.world, uow, me, code, now) is not None

        return await as_person(self.store, actor, self.clock.now(), False, work)

    async def settle(self, actor: Actor, row_id: int, key: str | None, *, off: bool) -> tuple[str, ...]:
        """Put a reminder off, or turn it off: nothing, or why not."""

        def first(uow: UnitOfWork, me: Person, now: datetime) -> Done:
            problems = (
                comingup.turn_off(uow, me, row_id, now) if off else comingup.put_off(self.world, uow, me, row_id, now)
            )
            return Done(in_words(self.world, problems, self.world.content.meetings))

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Done | None:
            return once(uow, key, now, lambda: first(uow, me, now))

        done = await as_person(self.store, actor, self.clock.now(), None, work)
        return done.refusals if done is not None else ()
