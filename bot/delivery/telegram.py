"""Sends on Telegram with python-telegram-bot: an `ExtBot` that only sends, behind its own rate limiter.

It never receives (a second receiver would steal updates) and never tries again by itself: only the outbox knows whether
a message may be sent twice. Everything hangs on telling "not delivered" from "nobody knows":

    no connection, no free connection             nothing was written          try again
    any answer from the Bot API                   it tells what happened       known
    written, then reset, time-out or 504          it may have been carried out uncertain
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest, RequestData

from bot.app.addresses import is_public
from bot.delivery.logs import protect_logs
from bot.ports import DeliveryError
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.people import Person

PER_SECOND = 25  # bulk, below Telegram's 30, so that replies to people always have room; kept by the worker's turns
CEILING = 30  # what one process never goes above, replies and all: the last stop before Telegram's own
CONNECT_SECONDS, READ_SECONDS, WRITE_SECONDS, POOL_SECONDS = 5.0, 10.0, 5.0, 5.0
CONNECTIONS = 8

# Answers that end a subscription; any other refusal is our mistake and closes nobody's channel.
_GONE = (
    ("bot was blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("bot can't initiate conversation", "cannot_initiate"),
    ("chat not found", "chat_not_found"),
)
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_DELETED = ("message to delete not found", "message can't be deleted", "message identifier is not specified")
GATEWAY_TIMEOUT = 504

Moved = Callable[[str, int], Awaitable[None]]

os.environ.setdefault("PTB_TIMEDELTA", "true")  # PTB's own opt-in to one type of `retry_after`; else it warns each time


class Telegram:
    """One bot token's sender. `moved` stores a person's new chat when Telegram says that it has another number."""

    def __init__(self, token: str, api_url: str, moved: Moved, read_seconds: float = READ_SECONDS) -> None:
        protect_logs(token)
        self._moved = moved
        self._request = _Request(
            connection_pool_size=CONNECTIONS,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=read_seconds,
            write_timeout=WRITE_SECONDS,
            pool_timeout=POOL_SECONDS,
        )
        # A tenth of a second at a time: the same pace as 30 a second, without a burst that would make it 60.
        limiter = AIORateLimiter(overall_max_rate=CEILING / 10, overall_time_period=0.1, max_retries=0)
        self._bot: ExtBot[int] = ExtBot(
            token, base_url=f"{api_url.rstrip('/')}/bot", request=self._request, rate_limiter=limiter
        )

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        """Send the notice, or carry out a deletion; the message's number. Raise DeliveryError."""
        try:
            if row.wish.channel == "telegram_delete":
                return await self._delete(int(row.wish.params["chat"]), str(row.wish.params["message"]))
            if to.telegram_chat is None:
                raise DeliveryError("no_chat", permanent=True)
            return await self._say(to.telegram_chat, notice, link)
        except ChatMigrated as error:
            reference = await self._to_new_chat(error.new_chat_id, notice, link)
            await self._moved(to.id, error.new_chat_id)
            return reference
        except TelegramError as error:
            # From None: the chain would carry the address with the token into a traceback.
            raise delivery_error(error) from None

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()

    async def _say(self, chat: int, notice: NoticeText, link: str | None) -> str:
        button = None if link is None or not is_public(link) else InlineKeyboardButton(notice.act, url=link)
        message = await self._bot.send_message(
            chat,
            notice.text if link is None or button is not None else f"{notice.text}\n{link}",
            reply_markup=None if button is None else InlineKeyboardMarkup.from_button(button),
            protect_content=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return str(message.message_id)

    async def _to_new_chat(self, chat: int, notice: NoticeText, link: str | None) -> str:
        """Send again, once, where the refusal told us to: nothing had been delivered."""
        try:
            return await self._say(chat, notice, link)
        except TelegramError as error:
            raise delivery_error(error) from None

    async def _delete(self, chat: int, numbers: str) -> str:
        """Delete one message, or several written with commas; what is gone already, or too old to go, is done too."""
        messages = [int(number) for number in numbers.split(",")]
        try:
            if len(messages) > 1:
                await self._bot.delete_messages(chat, messages)
                return numbers
        except BadRequest:  # one of them is too old, and nothing was deleted: each by itself then
            pass
        for message in messages:
            try:
                await self._bot.delete_message(chat, message)
            except BadRequest as error:
                if not error.message.casefold().startswith(_DELETED):
                    raise
        return numbers


class _Request(HTTPXRequest):
    """PTB's own client; a gateway's 504 tells nothing of what the Bot API did, so it counts as no answer."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: object, **timeouts: object
    ) -> tuple[int, bytes]:
        """Send one request. Raise TimedOut also for a 504."""
        code, payload = await super().do_request(url, method, request_data, *args, **timeouts)  # pyright: ignore[reportArgumentType]
        if code == GATEWAY_TIMEOUT:
            raise TimedOut("gateway")
        return code, payload


def road_of(token: str) -> str:
    """The name that all processes with this token share; it tells nothing of the token."""
    return "telegram:" + hashlib.sha256(token.encode()).hexdigest()[:16]


def delivery_error(error: TelegramError) -> DeliveryError:
    """What PTB's error means for the outbox; its text stays behind."""
    match error:
        case RetryAfter():
            return DeliveryError("flood", retry_after=_seconds(error))
        case Forbidden() | BadRequest():
            return _refusal(error.message.casefold())
        case InvalidToken():
            return DeliveryError("bad_token")  # ours to mend: no person's channel is closed for it
        case TimedOut() | NetworkError():
            return _no_answer(error)
        case _:  # an answer that can't be read: carried out or not
            return DeliveryError("unreadable", uncertain=True)


def _refusal(message: str) -> DeliveryError:
    for text, code in _GONE:
        if text in message:
            return DeliveryError(code, permanent=True)
    return DeliveryError("bad_request")


def _no_answer(error: NetworkError) -> DeliveryError:
    cause = error.__cause__
    if isinstance(cause, _NOT_WRITTEN):
        return DeliveryError("unreachable")
    if isinstance(cause, httpx.HTTPError) or isinstance(error, TimedOut):
        return DeliveryError("no_answer", uncertain=True)
    if cause is None or isinstance(cause, TelegramError):  # a status such as 500 or 502, readable or not
        return DeliveryError("server_error")
    return DeliveryError("unexpected", uncertain=True)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after  # a number only where the operator has set PTB_TIMEDELTA=false
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
