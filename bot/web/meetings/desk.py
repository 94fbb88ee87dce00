"""The use cases behind the meeting pages, each in one transaction and each deed once per key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.app.chat.turn import World
from bot.app.entry.acting import as_person
from bot.app.meetings import agenda
from bot.app.meetings import deeds as meetings
from bot.app.meetings import views as meetingviews
from bot.app.meetings.deeds import Booking, Gathering
from bot.app.meetings.views import MeetingList, MeetingPage
from bot.ports import Clock, Receipt, Store, UnitOfWork
from bot.web.cases.ears import Ears
from dialogs.access import Actor
from dialogs.cases.acts import Act as CaseAct
from dialogs.meetings.moves import Act
from dialogs.people import Person
from dialogs.types import Problem

T = TypeVar("T")
Refusals = tuple[str, ...]


class MeetingDesk:
    """The Meetings port of a real store."""

    def __init__(self, store: Store, world: World, clock: Clock, ears: Ears) -> None:
        self.store, self.world, self.clock, self.ears = store, world, clock, ears

    def words(self, key: str, **params: str | int) -> str:
        """A text about meetings."""
        return self.world.content.meetings(key, **params)

    def refusals(self, problems: tuple[Problem, ...]) -> Refusals:
        """Problems in words."""
        return tuple(said(self.world, one) for one in problems)

    async def listing(self, actor: Actor, case_id: str = "") -> MeetingList | None:
        """The person's meetings, and what booking another one needs."""
        return await self._ask(actor, lambda uow, me, now: meetingviews.listing(self.world, uow, me, now, case_id))

    async def page(self, actor: Actor, meeting_id: str) -> MeetingPage | None:
        """One meeting."""
        return await self.look(actor, meeting_id, meetingviews.page)

    async def book(self, actor: Actor, wanted: Booking, people: tuple[str, ...], key: str | None) -> str | Refusals:
        """Book a meeting with these people: its id, or why not."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> str | Refusals:
            if key is not None and (stored := uow.receipts.get(key)) is not None:
                return str(stored["id"]) if stored["id"] else tuple(stored["refusals"])
            seats = tuple(meetings.seat_for(self.world, uow, wanted.school_id, one) for one in dict.fromkeys(people))
            room, problems = meetings.book(self.world, uow, me, replace(wanted, seats=(*wanted.seats, *seats)), now)
            refused = self.refusals(problems)
            if key is not None:
                made = room.meeting.id if room is not None else ""
                uow.receipts.put(Receipt(key, {"id": made, "refusals": list(refused)}, now))
            return room.meeting.id if room is not None else refused

        return await as_person(self.store, actor, self.clock.now(), (), work)

    async def act(self, actor: Actor, meeting_id: str, what: Act, key: str | None) -> Refusals | None:
        """Do one act once per key; None where the meeting does not exist to this person."""
        return await self.deed(actor, meeting_id, key, lambda room: meetings.act(room, what))

    async def decide(
        self, actor: Actor, meeting_id: str, case_id: str, what: CaseAct, key: str | None
    ) -> Refusals | None:
        """One decision about the case in front of the team, heard as on the case's own page."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Refusals | None:
            if key is not None and (stored := uow.receipts.get(key)) is not None:
                return tuple(stored["refusals"])
            room = meetings.enter(self.world, uow, me, meeting_id, now)
            if room is None:
                return None
            refused = self.ears.refusals(what, writer=False) or self.refusals(agenda.do(room, case_id, what))
            if key is not None:
                uow.receipts.put(Receipt(key, {"refusals": list(refused)}, now))
            return refused

        return await self._ask(actor, work)

    async def look(self, actor: Actor, meeting_id: str, look: Callable[[Gathering], T | None]) -> T | None:
        """What somebody sees in a meeting that they may see."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> T | None:
            room = meetings.enter(self.world, uow, me, meeting_id, now)
            return look(room) if room is not None else None

        return await self._ask(actor, work)

    async def deed(
        self, actor: Actor, meeting_id: str, key: str | None, deed: Callable[[Gathering], tuple[Problem, ...]]
    ) -> Refusals | None:
        """One deed with its receipt: a form sent twice does it once."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Refusals | None:
            if key is not None and (stored := uow.receipts.get(key)) is not None:
                return tuple(stored["refusals"])
            room = meetings.enter(self.world, uow, me, meeting_id, now)
            if room is None:
                return None
            refused = self.refusals(deed(room))
            if key is not None:
                uow.receipts.put(Receipt(key, {"refusals": list(refused)}, now))
            return refused

        return await self._ask(actor, work)

    async def _ask(self, actor: Actor, work: Callable[[UnitOfWork, Person, datetime], T | None]) -> T | None:
        return await as_person(self.store, actor, self.clock.now(), None, work)


def said(world: World, problem: Problem) -> str:
    """A problem in words: those of meetings, of network meetings, of papers, and of the case itself."""
    key, content = f"problems.{problem.code}", world.content
    for words in (content.meetings, content.network, content.papers):
        if words.has(key):
            return words(key, **dict(problem.params))
    return world.desk.words.problem(problem)
