"""The administrator's list of people, each deed in one transaction in the hands of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.entry import roll as rolls
from bot.app.entry import rolldeeds, vouching
from bot.app.entry.acting import as_person
from bot.app.entry.roll import Roll, Row, Waiting
from bot.app.entry.rolldeeds import Deed, Made
from bot.app.entry.vouching import Waiter
from bot.app.turns.handbook import Handbook
from bot.ports import Clock, Ids, Store
from dialogs.access import Actor
from dialogs.people import School
from dialogs.types import Problem

_GONE = Problem("person_unknown")


class RollDesk:
    """The Roll port of a real store. Raises Forbidden for anybody else than an administrator."""

    def __init__(self, store: Store, handbook: Handbook, clock: Clock, ids: Ids) -> None:
        self.store, self.handbook, self.clock, self.ids = store, handbook, clock, ids

    async def everybody(self, actor: Actor) -> Roll:
        """The whole list."""
        nobody = Roll((), (), (), ())
        return await as_person(self.store, actor, self.clock.now(), nobody, rolls.roll)

    async def schools(self, actor: Actor) -> Sequence[School]:
        """All schools, by name."""
        return await self.store.submit(actor, lambda uow: uow.people.schools())

    async def one(self, actor: Actor, person_id: str) -> tuple[Row, tuple[Waiting, ...]] | None:
        """One person; None when there is no such one."""
        return await as_person(
            self.store, actor, self.clock.now(), None, lambda uow, me, now: rolls.one(uow, me, person_id, now)
        )

    async def do(self, actor: Actor, deed: Deed, key: str | None) -> Made | Problem:
        """Do it once a key; the code it made is in the first answer only."""
        return await as_person(
            self.store,
            actor,
            self.clock.now(),
            _GONE,
            lambda uow, me, now: rolldeeds.do(uow, self.ids, me, deed, now, key),
        )

    async def waiting(self, actor: Actor) -> tuple[Waiter, ...]:
        """Those whom this person can vouch for; nobody for most."""
        nobody: tuple[Waiter, ...] = ()
        now = self.clock.now()
        return await as_person(self.store, actor, now, nobody, lambda uow, me, _: vouching.waiting(uow, me))

    async def vouch(self, actor: Actor, person_id: str, *, known: bool) -> Problem | None:
        """Say whether it is them; None when it is written down."""
        now = self.clock.now()
        return await as_person(
            self.store, actor, now, _GONE, lambda uow, me, at: vouching.vouch(uow, me, person_id, at, known=known)
        )

    def words(self, problem: Problem) -> str:
        """Why not, in Danish."""
        return self.handbook.words.problem(problem)
