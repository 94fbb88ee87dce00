"""A person in front of Telegram: writes, presses, waits for what the bot says. Nothing here sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tests.botapi import updates
from tests.botapi.updates import Json
from tests.botapi.world import Chat, Event, Query

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

PATIENCE = 30.0  # only a failure waits so long; a busy machine may take seconds for what takes a millisecond
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of the bot as the person sees it."""

    message_id: int
    text: str
    labels: tuple[str, ...]

    @staticmethod
    def of(message: Any) -> Reply:
        """Read a Message document."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = tuple(button["text"] for row in rows for button in row)
        return Reply(int(message["message_id"]), str(message.get("text", "")), labels)


class Person:
    """One private chat, seen from the person's side; make it with `BotApi.person`."""

    def __init__(self, api: BotApi, chat: Chat) -> None:
        self._api = api
        self._chat = chat
        self.user = updates.user(chat.id, chat.document["first_name"])
        self._since = len(api.world.events)
        self._query: Query | None = None

    @property
    def chat_id(self) -> int:
        """The id of the chat, which is the id of the person."""
        return self._chat.id

    # What she does

    async def says(self, text: str) -> int:
        """Write a text; returns its message_id."""
        body = updates.text_message(self._new_id(), self._chat.document, self.user, text, date=self._now())
        return self._write(body)

    async def sends(self, **content: Any) -> int:
        """Send something that is not text, e.g. `**updates.photo()`; returns its message_id."""
        body = updates.bare_message(self._new_id(), self._chat.document, self.user, date=self._now(), **content)
        return self._write(body)

    async def edits(self, message_id: int, text: str) -> None:
        """Change one of her own texts."""
        self._begin()
        body = self._chat.messages[message_id]
        update = updates.edited_message(self._api.queue.new_id(), body, text, edit_date=self._now())
        self._chat.messages[message_id] = update["edited_message"]
        self._api.send(update)

    async def presses(self, label: str, *, message_id: int | None = None, timeout: float = PATIENCE) -> str:
        """Press the button with this label, or else the first that contains it; returns the query's id.

        The newest message counts first. Waits for the button to appear; when the same label stood in an
        earlier message, call `expects` first. `message_id` picks a message, an old one too.
        """

        def find() -> tuple[Json, Json] | None:
            return self._button(label, message_id)

        message, button = await self._wait(find, f"no button «{label}»", timeout)
        if "callback_data" not in button:
            raise AssertionError(f"«{button['text']}» opens a link and sends nothing to the bot")
        return await self.presses_data(button["callback_data"], message=message)

    async def presses_data(self, data: str, *, message: Json | None = None) -> str:
        """Send a press with this data, as an old or a doctored client could; returns the query's id."""
        self._begin()
        query = self._api.world.new_query(self._chat.id)
        self._query = query
        self._api.send(
            updates.callback_query(self._api.queue.new_id(), query.id, self.user, message, data),
        )
        return query.id

    async def blocks(self) -> None:
        """Block the bot."""
        self._begin()
        self._chat.blocked = True
        self._membership("member", "kicked")

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self._begin()
        self._chat.blocked = False
        self._membership("kicked", "member")

    # What she sees

    async def expects(self, text: str = "", *, timeout: float = PATIENCE) -> Reply:
        """The first message sent or edited since her last act that contains `text`; fails after `timeout` s."""

        def find() -> Reply | None:
            return next((reply for reply in self._seen() if text in reply.text), None)

        return await self._wait(find, f"nothing with «{text}»", timeout)

    async def expects_answer(self, *, timeout: float = PATIENCE) -> str:
        """Wait until the last press is answered; returns the toast's text, often ""."""
        query = self._query
        if query is None:
            raise AssertionError("no button has been pressed")

        def find() -> Any:
            return query.answer

        return str((await self._wait(find, "the press is not answered", timeout))["text"])

    def sees(self, text: str) -> bool:
        """Whether a message with this text stands in the chat now."""
        return any(text in message.get("text", "") for message in self._api.messages(self._chat.id))

    @property
    def last(self) -> Reply | None:
        """The bot's newest message in the chat."""
        messages = self._api.messages(self._chat.id)
        return Reply.of(messages[-1]) if messages else None

    @property
    def heard(self) -> list[str]:
        """The texts the bot sent or edited since her last act."""
        return [reply.text for reply in self._seen()]

    # How it is done

    def _write(self, body: Json) -> int:
        self._begin()
        self._chat.started = True
        self._chat.messages[body["message_id"]] = body
        self._api.send(updates.message(self._api.queue.new_id(), body))
        return int(body["message_id"])

    def _begin(self) -> None:
        self._since = len(self._api.world.events)

    def _new_id(self) -> int:
        return self._api.world.new_message_id()

    def _now(self) -> int:
        return int(self._api.now())

    def _membership(self, old: str, new: str) -> None:
        self._api.send(
            updates.my_chat_member(
                self._api.queue.new_id(),
                self._chat.document,
                self.user,
                self._api.world.bot,
                old=old,
                new=new,
                date=self._now(),
            )
        )

    def _events(self) -> Iterator[Event]:
        return (event for event in self._api.world.events[self._since :] if event.chat_id == self._chat.id)

    def _seen(self) -> list[Reply]:
        return [Reply.of(event.message) for event in self._events() if event.kind in {"sent", "edited"}]

    def _button(self, label: str, message_id: int | None) -> tuple[Json, Json] | None:
        messages = [
            message
            for message in reversed(self._api.messages(self._chat.id))
            if message_id in (None, message["message_id"])
        ]
        buttons = [
            (message, button)
            for message in messages
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]
        exact = (pair for pair in buttons if pair[1]["text"] == label)
        partial = (pair for pair in buttons if label.casefold() in pair[1]["text"].casefold())
        return next(exact, None) or next(partial, None)

    async def _wait(self, find: Callable[[], T | None], complaint: str, timeout: float) -> T:
        try:
            async with asyncio.timeout(timeout):
                while (found := find()) is None:
                    await self._api.world.change()
                return found
        except TimeoutError:
            raise AssertionError(f"{complaint}\n{self._picture()}") from None

    def _picture(self) -> str:
        since = [f"  {event.kind}: {event.message.get('text', '')!r}" for event in self._events()]
        labels = [button["text"] for row in self._api.keyboard(self._chat.id) for button in row]
        refused = [f"  {call.method}: {call.description}" for call in self._api.calls if not call.ok][-5:]
        return "\n".join(
            ["since the last act:", *(since or ["  nothing"]), f"buttons: {labels}", "refused calls:", *refused]
        )
