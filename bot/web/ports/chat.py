"""What the chat and the notices of one person need from the use cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.app.turns.incoming import Incoming
from dialogs.access import Actor
from dialogs.replies import Reply, Row


class ChatPage(Protocol):
    """A whole conversation as it stands: what has been answered, and what the bot says now."""

    @property
    def reply(self) -> Reply: ...

    @property
    def history(self) -> tuple[Row, ...]:
        """Answered questions: label = the short question, text = the answer, act = where to change it."""
        ...

    @property
    def title(self) -> str:
        """What the conversation is about, e.g. "Bekymring · K7RT-Måge"; "" for nothing."""
        ...

    @property
    def drafts(self) -> int: ...


class Chat(Protocol):
    async def handle(self, actor: Actor, incoming: Incoming, key: str | None = None) -> Reply:
        """Do one thing once; the same key gets the same reply. Raises StorageBusy when nothing was saved."""
        ...

    async def chat_page(self, actor: Actor) -> ChatPage: ...
    async def urgent(self, actor: Actor, incoming: Incoming) -> bool: ...


@dataclass(frozen=True)
class Notice:
    """One content-free notice, as it was or would have been sent; new until what it is about has been looked at."""

    text: str
    when: str  # in words: "mandag den 23. november kl. 9.12"
    act: str  # the label of the link
    path: str
    new: bool


class Notices(Protocol):
    async def unread(self, actor: Actor) -> int: ...

    async def listing(self, actor: Actor) -> Sequence[Notice]:
        """The person's notices, newest first."""
        ...
