"""The use cases behind the pages of network meetings, each in one transaction and each deed once per key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.app.cases.filing import enter
from bot.app.entry.acting import as_person
from bot.app.meetings import deeds as meetings
from bot.app.meetings import netdeeds, netviews, network
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.network import Offer, Wanted
from bot.ports import Receipt, UnitOfWork
from bot.web.meetings.desk import said
from bot.web.meetings.ports import Done
from bot.web.papers.desk import PaperDesk
from dialogs.access import Actor
from dialogs.meetings.calendar import download
from dialogs.people import Person
from dialogs.types import Problem

T = TypeVar("T")
Deed = Callable[[Gathering], tuple[Problem, ...]]


class NetworkDesk:
    """The Networks port of a real store."""

    def __init__(self, papers: PaperDesk, base_url: str, sender: str) -> None:
        self.store, self.world, self.clock = papers.store, papers.world, papers.clock
        self.base_url, self.sender = base_url, sender

    def words(self, key: str, **params: str | int) -> str:
        """A text about network meetings."""
        return self.world.content.network(key, **params)

    async def offer(self, actor: Actor, case_id: str) -> Offer | None:
        """What calling a meeting about this case needs."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Offer | None:
            room = enter(self.world, uow, me, case_id, now)
            return network.offer(room) if room is not None else None

        return await self._ask(actor, work)

    async def create(
        self, actor: Actor, case_id: str, wanted: Wanted, key: str | None
    ) -> tuple[str, tuple[str, ...]] | None:
        """Book it once a key: its id, or "" and why not; None for a case that is not theirs."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> tuple[str, tuple[str, ...]] | None:
            if key is not None and (stored := uow.receipts.get(key)) is not None:
                return str(stored["id"]), tuple(stored["refusals"])
            room = enter(self.world, uow, me, case_id, now)
            if room is None:
                return None
            gathering, problems = network.create(room, wanted)
            made, refused = gathering.meeting.id if gathering is not None else "", self.refusals(problems)
            if key is not None:
                uow.receipts.put(Receipt(key, {"id": made, "refusals": list(refused)}, now))
            return made, refused

        return await self._ask(actor, work)

    async def look(self, actor: Actor, meeting_id: str, look: Callable[[Gathering], T | None]) -> T | None:
        """What somebody sees in a meeting that they may see."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> T | None:
            room = meetings.enter(self.world, uow, me, meeting_id, now)
            return look(room) if room is not None else None

        return await self._ask(actor, work)

    async def deed(
        self, actor: Actor, meeting_id: str, deed: Deed, key: str | None, words: tuple[str, ...] = ()
    ) -> Done | None:
        """One deed with its receipt; `words` are listened to for danger once they are kept."""

        def work(uow: UnitOfWork, me: Person, now: datetime) -> Done | None:
            if key is not None and (stored := uow.receipts.get(key)) is not None:
                return Done(tuple(stored["refusals"]), stored["danger"])
            room = meetings.enter(self.world, uow, me, meeting_id, now)
            if room is None:
                return None
            refused = self.refusals(deed(room))
            done = Done(refused, netdeeds.heard(room, *words) if words and not refused else "")
            if key is not None:
                uow.receipts.put(Receipt(key, {"refusals": list(refused), "danger": done.danger}, now))
            return done

        return await self._ask(actor, work)

    async def calendar(self, actor: Actor, meeting_id: str) -> str | None:
        """The meeting as a calendar file."""

        def look(room: Gathering) -> str:
            what = netviews.appointment_of(self.world.content.network, room.meeting, self.base_url)
            return download(what, sender=self.sender, stamp=room.now)

        return await self.look(actor, meeting_id, look)

    def refusals(self, problems: tuple[Problem, ...]) -> tuple[str, ...]:
        """Problems in words."""
        return tuple(said(self.world, one) for one in problems)

    async def _ask(self, actor: Actor, work: Callable[[UnitOfWork, Person, datetime], T | None]) -> T | None:
        return await as_person(self.store, actor, self.clock.now(), None, work)
