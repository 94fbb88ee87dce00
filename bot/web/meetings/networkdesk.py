"""The use cases behind the pages of network meetings, each in one transaction and each deed once per key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.app.cases.filing import Room
from bot.app.meetings import netdeeds, netviews, network
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.network import Offer, Wanted
from bot.web.desk import DeskOfMeeting
from bot.web.once import Done
from bot.web.papers.desk import PaperDesk
from dialogs.access import Actor
from dialogs.meetings.calendar import download
from dialogs.types import Problem

T = TypeVar("T")
Deed = Callable[[Gathering], Sequence[Problem]]


class NetworkDesk(DeskOfMeeting):
    """The Networks port of a real store."""

    def __init__(self, papers: PaperDesk, base_url: str, sender: str) -> None:
        super().__init__(papers.store, papers.world, papers.clock)
        self.papers, self.base_url, self.sender = papers, base_url, sender

    def words(self, key: str, **params: str | int) -> str:
        """A text about network meetings."""
        return self.world.content.network(key, **params)

    async def offer(self, actor: Actor, case_id: str) -> Offer | None:
        """What calling a meeting about this case needs."""

        return await self.papers.look(actor, case_id, network.offer)

    async def create(
        self, actor: Actor, case_id: str, wanted: Wanted, key: str | None
    ) -> tuple[str, tuple[str, ...]] | None:
        """Book it once a key: its id, or "" and why not; None for a case that is not theirs."""

        def deed(room: Room) -> Done:
            gathering, problems = network.create(room, wanted)
            return Done(self.refusals(problems), made=gathering.meeting.id if gathering is not None else "")

        done = await self.papers.once(actor, case_id, key, deed)
        return (done.made, done.refusals) if done is not None else None

    async def heard(
        self, actor: Actor, meeting_id: str, deed: Deed, key: str | None, words: tuple[str, ...] = ()
    ) -> Done | None:
        """One deed with its receipt; `words` are listened to for danger once they are kept."""

        def listening(room: Gathering) -> Done:
            refused = self.refusals(deed(room))
            return Done(refused, netdeeds.heard(room, *words) if words and not refused else "")

        return await self.once(actor, meeting_id, key, listening)

    async def calendar(self, actor: Actor, meeting_id: str) -> str | None:
        """The meeting as a calendar file."""

        def look(room: Gathering) -> str:
            what = netviews.appointment_of(self.world.content.network, room.meeting, self.base_url)
            return download(what, sender=self.sender, stamp=room.now)

        return await self.look(actor, meeting_id, look)
