"""The Bot API of the benchmark: answers at once, keeps next to nothing, tells people what they were sent.

The tests have a strict server; this one must cost little, since it shares a core with the load generator.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from tests.botapi import params as p
from tests.botapi.client import ClientAnswer
from tests.botapi.errors import ApiError
from tests.botapi.webhook import Target
from tests.botapi.wire import Answer, Request

BOT = {"id": 110201543, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
_TRUE = Answer(200, b'{"ok":true,"result":true}')
_ME = Answer(200, orjson.dumps({"ok": True, "result": {**BOT, "can_join_groups": False}}))
_SHOWING = frozenset({"sendmessage", "editmessagetext", "editmessagereplymarkup"})
Message = dict[str, Any]


class Sink:
    """Takes the bot's calls; `on_message(chat_id, message)` is told of all that a person sees."""

    def __init__(self, on_message: Callable[[int, Message], None]) -> None:
        self.calls = 0
        self._on_message = on_message
        self._texts: dict[int, str] = {}  # the newest text of each chat: what a new keyboard is put under
        self._last_id = 100
        self._target: asyncio.Future[Target] | None = None

    async def webhook(self) -> Target:
        """The address the bot has registered, or registers later."""
        if self._target is None:
            self._target = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._target)

    def handle(self, request: Request) -> Answer:
        """Serve one call."""
        method = request.path.rpartition("/")[2].lower()
        self.calls += 1
        if method == "answercallbackquery":
            return _TRUE
        if method == "getme":
            return _ME
        params = p.read(request.headers.get(b"content-type", b"").decode("latin-1"), request.body, request.query)
        if method == "setwebhook":
            return self._set_webhook(params)
        message = self._show(method, params)
        return _TRUE if message is None else Answer(200, orjson.dumps({"ok": True, "result": message}))

    def take_reply(self, answer: ClientAnswer) -> None:
        """Carry out the method that a webhook's answer may hold."""
        if not answer.body:
            return
        try:
            params = p.read(answer.headers.get(b"content-type", b"").decode("latin-1"), answer.body)
        except (ApiError, ValueError):
            return
        if params:
            self._show(str(params.get("method", "")).lower(), params)

    def _set_webhook(self, params: Mapping[str, Any]) -> Answer:
        target = Target.read(dict(params))
        if self._target is None or self._target.done():
            self._target = asyncio.get_running_loop().create_future()
        self._target.set_result(target)
        return _TRUE

    def _show(self, method: str, params: p.Params) -> Message | None:
        if method not in _SHOWING:
            return None
        chat_id = p.integer(params, "chat_id")
        message_id = p.integer(params, "message_id")
        if message_id == 0:
            self._last_id += 1
            message_id = self._last_id
        if method == "editmessagereplymarkup":
            text = self._texts.get(chat_id, "-")
        else:
            text = self._texts[chat_id] = str(params.get("text", ""))
        message: Message = {
            "message_id": message_id,
            "from": BOT,
            "chat": {"id": chat_id, "type": "private", "first_name": "Ane"},
            "date": int(time.time()),
            "text": text,
        }
        markup = p.nested(params, "reply_markup")
        if markup and markup.get("inline_keyboard"):
            message["reply_markup"] = markup
        self._on_message(chat_id, message)
        return message
