"""The use cases behind the meeting pages, each in one transaction and each deed once per key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.app.meetings import agenda
from bot.app.meetings import deeds as meetings
from bot.app.meetings import views as meetingviews
from bot.app.meetings.deeds import Booking, Gathering
from bot.app.meetings.views import MeetingList, MeetingPage
from bot.ports import UnitOfWork
from bot.web.desk import DeskOfMeeting, Refusals
from bot.web.once import Done, once
from dialogs.access import Actor
from dialogs.cases.acts import Act as CaseAct
from dialogs.meetings.moves import Act
from dialogs.people import Person

T = TypeVar("T")


class MeetingDesk(DeskOfMeeting):
    """The Meetings port of a real store."""

    def words(self, key: str, **params: str | int) -> str:
        """A text about meetings."""
        return self.world.content.meetings(key, **params)

    async def listing(self, actor: Actor, case_id: str = "") -> MeetingList | None:
        """The person's meetings, and what booking another one needs."""
        return await self.ask(actor, lambda uow, me, now: meetingviews.listing(self.world, uow, me, now, case_id))

    async def page(self, actor: Actor, meeting_id: str) -> MeetingPage | None:
        """One meeting."""
        return await self.look(actor, meeting_id, meetingviews.page)

    async def book(self, actor: Actor, wanted: Booking, people: tuple[str, ...], key: str | None) -> str | Refusals:
        """Book a meeting with these people: its id, or why not."""

        def first(uow: UnitOfWork, me: Person, now: datetime) -> Done:
            seats = tuple(meetings.seat_for(self.world, uow, wanted.school_id, one) for one in dict.fromkeys(people))
            room, problems = meetings.book(self.world, uow, me, replace(wanted, seats=(*wanted.seats, *seats)), now)
            return Done(self.refusals(problems), made=room.meeting.id if room is not None else "")

        done = await self.ask(actor, lambda uow, me, now: once(uow, key, now, lambda: first(uow, me, now)))
        return (done.made or done.refusals) if done is not None else ()

    async def act(self, actor: Actor, meeting_id: str, what: Act, key: str | None) -> Refusals | None:
        """Do one act once per key; None where the meeting does not exist to this person."""
        return await self.deed(actor, meeting_id, key, lambda room: meetings.act(room, what))

    async def decide(
        self, actor: Actor, meeting_id: str, case_id: str, what: CaseAct, key: str | None
    ) -> Refusals | None:
        """One decision about the case in front of the team, heard as on the case's own page."""

        def deed(room: Gathering) -> Done:
            return Done(self.refusals(agenda.do(room, case_id, what)))

        done = await self.once(actor, meeting_id, key, deed)
        return done.refusals if done is not None else None
