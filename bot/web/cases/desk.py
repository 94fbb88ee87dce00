"""The team's use cases over the store, each in one transaction and each deed once per key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.app.cases import team
from bot.app.cases.views import CasePage, Inbox, MyCase, MyCaseRow
from bot.app.entry.acting import as_person
from bot.app.turns.handbook import Handbook
from bot.ports import Clock, Store, UnitOfWork
from bot.web.cases.ears import Ears
from bot.web.once import Done, once
from dialogs.access import Actor
from dialogs.cases.acts import Act
from dialogs.people import Person
from dialogs.types import Problem

T = TypeVar("T")


class CaseDesk:
    """The Team port of a real store."""

    def __init__(self, store: Store, handbook: Handbook, clock: Clock, ears: Ears) -> None:
        self.store, self.handbook, self.clock, self.ears = store, handbook, clock, ears

    async def inbox(self, actor: Actor, school_id: str) -> Inbox | None:
        """The open cases of one school's team."""
        return await self._ask(actor, None, lambda uow, me, now: team.inbox(self.handbook, uow, me, school_id, now))

    async def case_page(self, actor: Actor, case_id: str) -> CasePage | None:
        """One case as a team member works with it; the first look tells the writer."""
        return await self._ask(actor, None, lambda uow, me, now: team.case_page(self.handbook, uow, me, case_id, now))

    async def my_cases(self, actor: Actor) -> Sequence[MyCaseRow]:
        """What this person has sent."""
        return await self._ask(actor, (), lambda uow, me, now: team.my_cases(self.handbook, uow, me, now))

    async def my_case(self, actor: Actor, case_id: str) -> MyCase | None:
        """One of this person's own cases."""
        return await self._ask(actor, None, lambda uow, me, now: team.my_case(self.handbook, uow, me, case_id, now))

    async def act(self, actor: Actor, case_id: str, act: Act, key: str | None) -> Done | None:
        """Do one act; the same key gets the same outcome and does nothing more."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Done | None:
            return once(uow, key, now, lambda: self._act(uow, me, case_id, act, now))

        return await self._ask(actor, None, work)

    def refusal(self, problem: Problem) -> str:
        """A problem in words."""
        return self.handbook.words.problem(problem)

    def _act(self, uow: UnitOfWork, me: Person, case_id: str, act: Act, now: datetime) -> Done | None:
        case = uow.cases.get(case_id)
        writer = case is not None and case.writer_id == me.id
        acted = team.act(self.handbook, uow, me, case_id, act, now)
        if acted.case is None:
            return None
        heard = self.ears.danger(act) if writer and not acted.problems else ""
        return Done(self.ears.said(acted.problems), heard)

    async def _ask(self, actor: Actor, nobody: T, work: Callable[[UnitOfWork, Person, datetime], T]) -> T:
        """One transaction in the actor's hands; `nobody` for somebody who has meanwhile left."""
        return await as_person(self.store, actor, self.clock.now(), nobody, work)
