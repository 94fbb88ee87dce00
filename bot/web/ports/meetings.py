"""What the web needs from the use cases of meetings, and what comes of a deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from bot.app.meetings.deeds import Booking, Gathering
from bot.app.meetings.network import Offer, Wanted
from bot.app.meetings.views import MeetingList, MeetingPage
from bot.app.notices.choosing import Choices
from bot.app.notices.comingup import Coming
from bot.web.once import Done
from dialogs.access import Actor
from dialogs.cases.acts import Act as CaseAct
from dialogs.types import Problem

T = TypeVar("T")


class Meetings(Protocol):
    """A person's meetings. None always means "not found" to this person."""

    def words(self, key: str, **params: str | int) -> str:
        """A text about meetings, in Danish."""
        ...

    def refusals(self, problems: Sequence[Problem]) -> tuple[str, ...]:
        """Problems in words."""
        ...

    async def listing(self, actor: Actor, case_id: str = "") -> MeetingList | None: ...
    async def page(self, actor: Actor, meeting_id: str) -> MeetingPage | None: ...
    async def book(
        self, actor: Actor, wanted: Booking, people: tuple[str, ...], key: str | None
    ) -> str | tuple[str, ...]:
        """Book a meeting with these people: its id, or why not."""
        ...

    async def decide(
        self, actor: Actor, meeting_id: str, case_id: str, what: CaseAct, key: str | None
    ) -> tuple[str, ...] | None:
        """One decision about the case that a meeting has come to: nothing, or why not."""
        ...

    async def look(self, actor: Actor, thing_id: str, look: Callable[[Gathering], T | None]) -> T | None:
        """What somebody sees in a meeting that they may see."""
        ...

    async def deed(
        self, actor: Actor, thing_id: str, key: str | None, deed: Callable[[Gathering], Sequence[Problem]]
    ) -> tuple[str, ...] | None:
        """Do it once per key: nothing, or why not."""
        ...


class Networks(Protocol):
    """Network meetings and their tools. None always means "not found" to this person."""

    def words(self, key: str, **params: str | int) -> str:
        """A text about network meetings, in Danish."""
        ...

    async def offer(self, actor: Actor, case_id: str) -> Offer | None: ...
    async def create(
        self, actor: Actor, case_id: str, wanted: Wanted, key: str | None
    ) -> tuple[str, tuple[str, ...]] | None:
        """Book it once per key: its id, or "" and why not."""
        ...

    async def look(self, actor: Actor, thing_id: str, look: Callable[[Gathering], T | None]) -> T | None:
        """What this person sees of one meeting."""
        ...

    async def heard(
        self,
        actor: Actor,
        meeting_id: str,
        deed: Callable[[Gathering], Sequence[Problem]],
        key: str | None,
        words: tuple[str, ...] = (),
    ) -> Done | None:
        """Do one deed once per key; `words` are listened to for danger when they have been kept."""
        ...

    async def calendar(self, actor: Actor, meeting_id: str) -> str | None:
        """The meeting as a calendar object."""
        ...


class Reminders(Protocol):
    """A person's own coming reminders."""

    async def listing(self, actor: Actor) -> Sequence[Coming]: ...
    async def choices(self, actor: Actor) -> Choices: ...
    async def choose(self, actor: Actor, code: str) -> bool:
        """Choose how to be reminded; False when there is no such choice."""
        ...

    async def settle(self, actor: Actor, row_id: int, key: str | None, *, off: bool) -> tuple[str, ...]:
        """Put one off, or turn it off: nothing, or why not."""
        ...
