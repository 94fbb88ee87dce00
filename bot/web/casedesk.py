"""The team's use cases over the store, each in one transaction and each deed once per key."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app import team
from bot.app.desk import Desk
from bot.app.teamviews import CasePage, Inbox, MyCase, MyCaseRow
from bot.ports import Clock, Receipt, Store, UnitOfWork
from bot.web.ears import Ears
from bot.web.ports import Done
from dialogs.caseacts import Act
from dialogs.people import Person
from dialogs.types import Problem


class CaseDesk:
    """The Team port of a real store."""

    def __init__(self, store: Store, desk: Desk, clock: Clock, ears: Ears) -> None:
        self.store, self.desk, self.clock, self.ears = store, desk, clock, ears

    async def inbox(self, person: Person, school_id: str) -> Inbox | None:
        """The open cases of one school's team."""
        now = self.clock.now()
        return await self.store.submit(lambda uow: team.inbox(self.desk, uow, person, school_id, now))

    async def case_page(self, person: Person, case_id: str) -> CasePage | None:
        """One case as a team member works with it; the first look tells the writer."""
        now = self.clock.now()
        return await self.store.submit(lambda uow: team.case_page(self.desk, uow, person, case_id, now))

    async def my_cases(self, person: Person) -> Sequence[MyCaseRow]:
        """What this person has sent."""
        now = self.clock.now()
        return await self.store.submit(lambda uow: team.my_cases(self.desk, uow, person, now))

    async def my_case(self, person: Person, case_id: str) -> MyCase | None:
        """One of this person's own cases."""
        now = self.clock.now()
        return await self.store.submit(lambda uow: team.my_case(self.desk, uow, person, case_id, now))

    async def act(self, person: Person, case_id: str, act: Act, key: str | None) -> Done | None:
        """Do one act; the same key gets the same outcome and does nothing more."""
        now = self.clock.now()

        def work(uow: UnitOfWork) -> Done | None:
            if key is not None and (stored := uow.receipts.get(key)) is not None:
                return Done(tuple(stored["refusals"]), stored.get("danger", ""))
            case = uow.cases.get(case_id)
            writer = case is not None and case.writer_id == person.id
            if refused := self.ears.refusals(act, writer=writer):
                # Whoever may not see the case hears nothing of it, not even what is wrong with their words.
                return Done(refused) if team.relates(self.desk, uow, person, case_id, now) else None
            acted = team.act(self.desk, uow, person, case_id, act, now)
            if acted.case is None:
                return None
            done = Done(
                tuple(self.refusal(problem) for problem in acted.problems),
                self.ears.danger(act) if writer and not acted.problems else "",
            )
            if key is not None:
                uow.receipts.put(Receipt(key, {"refusals": list(done.refusals), "danger": done.danger}, now))
            return done

        return await self.store.submit(work)

    def refusal(self, problem: Problem) -> str:
        """A problem in words."""
        return self.desk.words.problem(problem)
