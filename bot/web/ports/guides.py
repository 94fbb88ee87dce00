"""What the pages with cards to read need from the use cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.app.guides.library import AcuteHelp, ProfilePage
from dialogs.access import Actor
from dialogs.guides.directory import Profession
from dialogs.guides.knowledge import Knowledge


class Library(Protocol):
    """The cards that can be read: of the professions and of knowledge."""

    @property
    def professions(self) -> Sequence[Profession]: ...

    @property
    def knowledge(self) -> Mapping[str, Knowledge]: ...

    @property
    def acute(self) -> Sequence[AcuteHelp]: ...

    async def profile(self, actor: Actor, profession: str) -> ProfilePage | None: ...
    async def write(self, actor: Actor, profession: str, text: str, key: str | None) -> tuple[str, ...] | None:
        """Store the note once per key; the reasons why not, or None where this person may not write."""
        ...
