"""What Telegram knows: people, chats, messages, pressed buttons, and what has happened in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.botapi.errors import ApiError, bad_request, forbidden
from tests.botapi.updates import Json

QUERY_SECONDS = 60  # a pressed button can be answered for about a minute
DELETE_SECONDS = 48 * 3600

Happening = Literal["sent", "edited", "deleted", "answered"]


@dataclass(slots=True)
class Chat:
    """One chat and what the bot may do in it."""

    document: Json
    started: bool = False  # a bot can never write first
    blocked: bool = False
    deactivated: bool = False
    moved_to: int | None = None
    bot_left: bool = False
    messages: dict[int, Json] = field(default_factory=dict[int, Json])

    @property
    def id(self) -> int:
        return int(self.document["id"])

    @property
    def private(self) -> bool:
        return self.document["type"] == "private"


@dataclass(frozen=True, slots=True)
class Event:
    """Something the bot did that a person can see; `message` is a snapshot."""

    kind: Happening
    chat_id: int
    message: Mapping[str, Any]


@dataclass(slots=True)
class Query:
    """One press of a button."""

    id: str
    chat_id: int
    at: float
    answer: Mapping[str, Any] | None = None


class World:
    """The state behind the server; it changes only in `methods` and through the people."""

    def __init__(self, token: str, now: Callable[[], float]) -> None:
        self.now = now
        self.token = token
        bot_id = int(token.partition(":")[0])
        self.bot: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Trivselsbot",
            "username": "trivselsbot_test_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.events: list[Event] = []
        self.profile: dict[tuple[str, str, str], Any] = {}  # commands and texts by (what, scope, language)
        self._next_message = 100
        self._next_query = 70_000
        self._changed = asyncio.Event()

    def chat(self, chat_id: int) -> Chat:
        """The chat, or 400 `chat not found`."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int) -> Chat:
        """The chat if the bot may write in it; else the refusal Telegram gives."""
        chat = self.chat(chat_id)
        if chat.moved_to is not None:
            raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=chat.moved_to)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.bot_left:
            raise forbidden(f"bot was kicked from the {chat.document['type']} chat")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def new_message_id(self) -> int:
        """Message ids of a bot rise over all its chats."""
        self._next_message += 1
        return self._next_message

    def new_query(self, chat_id: int) -> Query:
        """A fresh press of a button."""
        self._next_query += 1
        query = Query(str(self._next_query), chat_id, self.now())
        self.queries[query.id] = query
        return query

    def happened(self, kind: Happening, chat_id: int, message: Mapping[str, Any]) -> None:
        """Record what people can see and wake those who wait for it."""
        self.events.append(Event(kind, chat_id, dict(message)))
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self) -> None:
        """Return after the next thing that happens."""
        await self._changed.wait()
