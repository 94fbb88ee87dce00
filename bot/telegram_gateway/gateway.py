"""One update in, its transaction committed, and only then the acknowledgement with the reply inside it.

The order: secret → parse → one transaction → 200 with the last message as the webhook's answer. What
can't ride in the answer (answering the press, deleting a refused text, leaving a group) is called after the commit;
each of those may fail without harm, since the open question can be called again.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, Update

from bot.app.addresses import is_public
from bot.app.chat.handle import App
from bot.app.chat.securepages import SecurePages
from bot.app.chat.spoken import COMMANDS
from bot.app.turns.incoming import Command, Said
from bot.app.turns.traces import lasting
from bot.ports import StorageBusy
from bot.telegram_gateway.calls import CALL_SECONDS, Calls
from bot.telegram_gateway.incoming import ALLOWED_UPDATES, Heard, Unreadable, parse
from bot.telegram_gateway.outgoing import LINK, NO_DOORWAY, Doorway, Outgoing, messages
from dialogs.channels import TELEGRAM, Policy
from dialogs.replies import Reply

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MAX_UPDATE = 1_000_000  # bytes; Telegram's own are a hundredth of this
LONGEST_PAUSE = 60.0  # between two tries to register the webhook
MAX_TOLD = 1_000  # updates whose sender was told "not saved yet", so that a repeat does not say it again
_FINAL = (TelegramBadRequest, TelegramNotFound, TelegramUnauthorizedError)  # a repeat would end the same
_SECRET = b"x-telegram-bot-api-secret-token"
_JSON = [(b"content-type", b"application/json")]


@dataclass(frozen=True)
class Answer:
    """What goes back in the webhook's own answer: a method with its parameters, or nothing."""

    body: dict[str, Any] | None = None


class Gateway:
    """Telegram's door to the conversation, the same for webhook and polling."""

    def __init__(self, app: App, token: str, api_url: str, secret: str, policy: Policy) -> None:
        self.app, self.policy, self.secret = app, policy, secret.encode()
        self.ceiling = TELEGRAM[policy]
        self.pages = SecurePages(app, token)
        self.session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), timeout=CALL_SECONDS)
        self.bot = Bot(token, session=self.session)
        self.plain = Calls(self.session, token)
        Update.model_rebuild()  # now, and not while the first person waits
        self._calls: set[asyncio.Task[object]] = set()
        self._told: set[int] = set()
        self._under_way: dict[int, asyncio.Event] = {}

    # --- webhook ---

    async def webhook(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI endpoint of POST /telegram/webhook."""
        headers = dict(scope["headers"])
        if scope["method"] != "POST":
            return await _respond(send, 405)
        if not hmac.compare_digest(headers.get(_SECRET, b""), self.secret):
            return await _respond(send, 403)
        body = await _read(receive)
        if body is None:
            return await _respond(send, 413)
        try:
            answer = await self.take(body)
        except StorageBusy:
            return await _respond(send, 503)
        return await _respond(send, 200, answer.body)

    async def take(self, raw: bytes) -> Answer:
        """Handle one raw update. Raises StorageBusy when nothing was saved, so that Telegram keeps the update."""
        try:
            heard = parse(raw)
        except Unreadable:
            log.warning("unreadable update dropped")
            return Answer()
        if heard is None:
            return Answer()
        async with self._alone(heard.update_id):
            return await self._handled(heard)

    @asynccontextmanager
    async def _alone(self, update_id: int) -> AsyncIterator[None]:
        """One copy of an update at a time: the second finds what the first has done and shown."""
        while (other := self._under_way.get(update_id)) is not None:
            await other.wait()
        self._under_way[update_id] = done = asyncio.Event()
        try:
            yield
        finally:
            del self._under_way[update_id]
            done.set()

    async def _handled(self, heard: Heard) -> Answer:
        match heard.kind:
            case "group":
                self._after(self._leave(heard.chat_id))
                return Answer()
            case "stray":
                reply = Reply(())
            case _:
                reply = await self._reply(heard)
        return await self._deliver(heard, reply)

    async def _reply(self, heard: Heard) -> Reply:
        """The reply, committed; what to say when it can't be had. Raises StorageBusy when a repeat may save it."""
        try:
            reply = await self._turn(heard)
        except StorageBusy:
            self._tell_unsaved(heard)
            raise
        except Exception as error:
            # A mistake of ours, and the same on every repeat: keeping the update would close the chat for a day. The
            # person hears that it is not saved; the log gets the place in the code, never a text.
            at = traceback.extract_tb(error.__traceback__)[-1]
            log.error("an update failed: %s at %s:%s", type(error).__name__, at.filename, at.lineno)
            return self.app.notice("problems.not_saved")
        self._told.discard(heard.update_id)
        return reply

    async def _turn(self, heard: Heard) -> Reply:
        key = f"tg:{heard.update_id}"
        if heard.kind in ("blocked", "unblocked"):
            return await self.app.reachable(heard.chat_id, on=heard.kind == "unblocked")
        if self.policy == "off":
            return self.app.notice("start.off")
        if heard.kind == "edited":
            text = heard.incoming.text if isinstance(heard.incoming, Said) else ""
            return await self.app.edited_in_chat(heard.chat_id, text, self.ceiling, heard.message_id)
        match heard.incoming:
            case None:
                return Reply(())
            case Command("start", code) if code:
                return await self.app.bind_chat(heard.chat_id, code, key)
            case incoming:
                return await self.app.handle_chat(heard.chat_id, incoming, key, self.ceiling, heard.message_id)

    async def _deliver(self, heard: Heard, reply: Reply) -> Answer:
        if heard.callback_id is not None:
            toast = {"text": reply.toast} if reply.toast else {}
            self._after(self.plain.make("answerCallbackQuery", {"callback_query_id": heard.callback_id, **toast}))
        if reply.refused and heard.message_id is not None:
            refused = {"chat_id": heard.chat_id, "message_id": heard.message_id}
            self._after(self.plain.make("deleteMessage", refused))
        out = messages(reply)
        if not out:
            return Answer()
        doorway = await self._doorway(heard.chat_id, out)
        if reply.edits and heard.message_id is not None and len(out) == 1:
            body = out[-1].body(heard.chat_id, doorway)
            body.pop("protect_content")
            return Answer({"method": "editMessageText", "message_id": heard.message_id, **body})
        # A webhook's answer is the cheapest way and tells no number. What must be taken away later needs its number.
        ahead = out if lasting(reply) else out[:-1]
        sent = [await self.plain.send(message.body(heard.chat_id, doorway)) for message in ahead]
        if lasting(reply):
            await self._note(heard.chat_id, sent, f"tg:{heard.update_id}")
        if len(ahead) == len(out) and sent[-1] is not None:
            return Answer()
        return Answer({"method": "sendMessage", **out[-1].body(heard.chat_id, doorway)})

    async def _note(self, chat_id: int, sent: Sequence[int | None], key: str | None = None) -> None:
        """Write down which messages stand in the chat. They are there already, so a busy store must not repeat them."""
        numbers = [number for number in sent if number is not None]
        try:
            await self.app.stands(chat_id, numbers, key if len(numbers) == len(sent) else None)
        except StorageBusy:
            log.warning("messages in a chat were not noted")

    async def _doorway(self, chat_id: int, out: Sequence[Outgoing]) -> Doorway:
        """The ways to the secure page in these messages. Links are made now: no stored reply holds one."""
        base = self.app.world.public_url.rstrip("/")
        if not base:
            return NO_DOORWAY
        links: dict[str, str] = {}
        for act in (act for message in out for act in message.leads_out):
            secret = await self.pages.link(chat_id, act.removeprefix(LINK))
            if secret is not None:
                links[act] = f"{base}/l/{secret}"
        return Doorway(base if base.startswith("https://") else "", links, on_buttons=is_public(base))

    async def go_on(self, person_id: str) -> None:
        """Show the next question in the person's chat, after something was written on the secure page."""
        if self.policy == "off" or (going := await self.pages.next_in_chat(person_id, self.ceiling)) is None:
            return
        out = messages(going.reply)
        doorway = await self._doorway(going.chat_id, out)
        sent: list[int] = []
        for message in out:
            number = await self.plain.send(message.body(going.chat_id, doorway))
            if number is None:
                return  # the promise in the outbox stands
            sent.append(number)
        if lasting(going.reply):
            await self._note(going.chat_id, sent)
        await self.pages.shown(going.keys)

    # --- calls after the commit ---

    def _after(self, call: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(call)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _quietly(self, call: Awaitable[object]) -> None:
        """Let a call fail in silence: what it does can be had again. The log gets the kind of failure, never a text."""
        try:
            await call
        except (AiogramError, TimeoutError, OSError) as error:
            log.info("telegram call failed: %s", type(error).__name__)

    async def _leave(self, chat_id: int) -> None:
        """One fixed sentence, and out of the group: in this order, since nobody writes in a group they have left."""
        await self._quietly(self.bot.send_message(chat_id, self.app.world.content.words("start.groups")))
        await self._quietly(self.bot.leave_chat(chat_id))

    def _tell_unsaved(self, heard: Heard) -> None:
        """Say it once an update: Telegram repeats it for hours while the database is away."""
        if heard.update_id in self._told or heard.kind in ("blocked", "unblocked"):
            return
        if len(self._told) >= MAX_TOLD:
            self._told.clear()
        self._told.add(heard.update_id)
        text = self.app.world.content.words("problems.not_saved_yet")
        self._after(self._quietly(self.bot.send_message(heard.chat_id, text)))

    async def call(self, answer: Answer) -> None:
        """Carry out by a call what a webhook's answer would have carried (for polling)."""
        if answer.body is not None:
            body = dict(answer.body)
            await self.plain.make(str(body.pop("method")), body)

    # --- set-up and end ---

    async def introduce(self) -> None:
        """Tell Telegram the commands and the descriptions, in Danish and as the default."""
        words = self.app.world.content.words
        commands = [BotCommand(command=name, description=words(f"commands.{name}")) for name in COMMANDS]
        for language in ("da", None):
            scope = BotCommandScopeAllPrivateChats()
            await self._quietly(self.bot.set_my_commands(commands, scope=scope, language_code=language))
            await self._quietly(self.bot.set_my_description(words("bot.description"), language_code=language))
            await self._quietly(self.bot.set_my_short_description(words("bot.short"), language_code=language))

    async def register(self, public_url: str) -> None:
        """Point Telegram's webhook here, with the secret and just the updates that we read; again until it is done.

        Raises what Telegram refuses for good: a token that it does not know, an address that it does not take.
        """
        pause = 1.0
        while True:
            try:
                await self.bot.set_webhook(
                    f"{public_url.rstrip('/')}/telegram/webhook",
                    secret_token=self.secret.decode(),
                    allowed_updates=list(ALLOWED_UPDATES),
                    max_connections=40,
                )
            except _FINAL:
                raise
            except (AiogramError, TimeoutError, OSError) as error:
                log.warning("the webhook is not registered yet: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return

    async def close(self) -> None:
        """Wait for the calls in flight and close the connection pool."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=5)
        await self.bot.session.close()


async def _read(receive: Receive) -> bytes | None:
    """The request's body, or None when it is larger than any update."""
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        part = event.get("body", b"")
        size += len(part)
        if size > MAX_UPDATE:
            return None
        parts.append(part)
        if not event.get("more_body"):
            return b"".join(parts)


async def _respond(send: Send, status: int, body: dict[str, Any] | None = None) -> None:
    content = orjson.dumps(body) if body is not None else b""
    length = [(b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*_JSON, *length] if body else length})
    await send({"type": "http.response.body", "body": content})
