"""A strict Bot API server over loopback, for tests in the same process or for a bot beside it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import orjson

from tests.botapi import params as p
from tests.botapi.client import ClientAnswer
from tests.botapi.errors import ApiError, bad_request, conflict
from tests.botapi.faults import Fault, Faults, Flood, FloodLimits
from tests.botapi.methods import METHODS
from tests.botapi.params import Params
from tests.botapi.person import PATIENCE, Person
from tests.botapi.queue import Queue
from tests.botapi.updates import Json, group_chat, private_chat
from tests.botapi.webhook import Pump, Target, Tuning
from tests.botapi.wire import Answer, HttpServer, Request
from tests.botapi.world import Chat, World

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
_GATEWAY_PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Call:
    """One method call by the bot, carried out or refused."""

    method: str
    params: Mapping[str, Any]
    ok: bool
    code: int
    description: str
    at: float


class BotApi:
    """The server. Use as an async context manager, then talk to the bot through `person(chat_id)`.

    `url` and `token` go to the bot; `faults`, `flood_limits`, `latency` and `tuning` make life hard for it.
    """

    def __init__(self, *, port: int = 0, token: str = TOKEN, seed: int = 1) -> None:
        self._shift = 0.0
        self.token = token
        self.world = World(token, self.now)
        self.queue = Queue(self.now)
        self.calls: list[Call] = []
        self.faults = Faults()
        self.tuning = Tuning()
        self.latency = 0.0
        self._flood: Flood | None = None
        self._pump: Pump | None = None
        self._dice = random.Random(seed)
        self._server = HttpServer(self._handle, port=port)
        self._webhook_set = asyncio.Event()
        self._webhook_methods: Mapping[str, Callable[[Params], Any]] = {
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
        }

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pump is not None:
            self._pump.close()
        await self._server.__aexit__(kind, error, trace)

    @property
    def url(self) -> str:
        """The address of the server, without the token."""
        return self._server.url

    def now(self) -> float:
        """Telegram's clock, seconds since 1970."""
        return time.time() + self._shift

    def pass_time(self, seconds: float) -> None:
        """Move Telegram's clock on; only ages and limits notice."""
        self._shift += seconds

    # People and chats

    def person(self, chat_id: int, first_name: str = "Ane", *, started: bool = False) -> Person:
        """A fictional person who uses the bot; `started` when the bot may write before she does."""
        chat = self.world.chats.setdefault(chat_id, Chat(private_chat(chat_id, first_name)))
        chat.started = chat.started or started
        return Person(self, chat)

    def group(self, chat_id: int, title: str = "Team 3", kind: str = "supergroup") -> Chat:
        """A group (id below zero) that the bot is in."""
        return self.world.chats.setdefault(chat_id, Chat(group_chat(chat_id, title, kind), started=True))

    def messages(self, chat_id: int) -> list[Json]:
        """The bot's messages that stand in the chat now, oldest first."""
        chat = self.world.chats.get(chat_id)
        found = list(chat.messages.values()) if chat else []
        return [message for message in found if message["from"]["id"] == self.world.bot["id"]]

    def keyboard(self, chat_id: int) -> list[list[Json]]:
        """The inline keyboard of the newest message that has one; [] when none has."""
        for message in reversed(self.messages(chat_id)):
            rows = message.get("reply_markup", {}).get("inline_keyboard")
            if rows:
                return rows
        return []

    def answered(self, query_id: str) -> Mapping[str, Any] | None:
        """How a button press was answered; None while the spinner turns."""
        return self.world.queries[query_id].answer

    def called(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method.lower()]

    # Updates

    def send(self, update: Json) -> None:
        """Put an update in the bot's queue, if the bot asked for its kind."""
        if not self.queue.takes(update):
            return
        item = self.queue.add(update, self._dice.randint(*self.tuning.copies))
        if self._pump is not None:
            self._pump.add(item)

    async def settled(self, timeout: float = PATIENCE) -> None:
        """Return when every update sent so far has been acknowledged."""
        async with asyncio.timeout(timeout):
            await self.queue.empty()

    async def is_polled(self, timeout: float = 60.0) -> None:
        """Return when the bot waits in a long poll."""
        async with asyncio.timeout(timeout):
            await self.queue.polled()

    async def webhook_is_set(self, timeout: float = 60.0) -> Target:
        """The webhook, when the bot has registered one."""
        async with asyncio.timeout(timeout):
            while self._pump is None:
                await self._webhook_set.wait()
        return self._pump.target

    def limit_floods(self, limits: FloodLimits | None) -> None:
        """Switch Telegram's flood limits on (`FloodLimits()` has the usual ones), or off with None."""
        self._flood = None if limits is None else Flood(limits, self.now)

    # Serving

    def _handle(self, request: Request) -> Any:
        method = self._method(request)
        if isinstance(method, Answer):
            return method
        try:
            params = p.read(request.headers.get(b"content-type", b"").decode("latin-1"), request.body, request.query)
        except ApiError as error:
            return _answer(error)
        except (UnicodeDecodeError, ValueError):
            return _answer(bad_request("can't parse the request body"))
        fault = self.faults.next(method)
        if method == "getupdates" and fault is None:
            return self._get_updates(params)
        if fault is None and self.latency <= 0:
            return self._carry_out(method, params)
        return self._with_trouble(method, params, fault)

    def _method(self, request: Request) -> str | Answer:
        head, _, method = request.path.removeprefix("/bot").partition("/")
        if not request.path.startswith("/bot") or request.method not in {"GET", "POST"}:
            return _answer(ApiError(404, "Not Found"))
        if head != self.token:
            return _answer(ApiError(401, "Unauthorized"))
        method = method.lower()
        if method not in METHODS and method not in self._webhook_methods and method != "getupdates":
            self._record(method, {}, ApiError(404, "Not Found: method not found"))
            return _answer(ApiError(404, "Not Found: method not found"))
        return method

    async def _with_trouble(self, method: str, params: Params, fault: Fault | None) -> Answer:
        if self.latency > 0:
            await asyncio.sleep(self.latency)
        match fault:
            case None:
                return self._carry_out(method, params)
            case Fault.ERROR_500:
                return self._refuse(method, params, ApiError(500, "Internal Server Error"))
            case Fault.ERROR_502:
                return Answer(502, _GATEWAY_PAGE, content_type="text/html")
            case Fault.TOO_MANY:
                error = ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
                return self._refuse(method, params, error)
            case Fault.RESET_BEFORE:
                return Answer(cut=True)
            case Fault.RESET_AFTER:
                self._carry_out(method, params)
                return Answer(cut=True)
            case Fault.SILENCE:
                self._carry_out(method, params)
                await asyncio.Event().wait()
                raise AssertionError("nothing wakes a silent answer")

    def _carry_out(self, method: str, params: Params) -> Answer:
        try:
            if self._flood is not None:
                self._flood.check(method, p.integer(params, "chat_id"))
            own = self._webhook_methods.get(method)
            result = own(params) if own is not None else METHODS[method](self.world, params)
        except ApiError as error:
            return self._refuse(method, params, error)
        self._record(method, params, None)
        return Answer(200, orjson.dumps({"ok": True, "result": result}))

    def _refuse(self, method: str, params: Params, error: ApiError) -> Answer:
        self._record(method, params, error)
        return _answer(error)

    def _record(self, method: str, params: Params, error: ApiError | None) -> None:
        code, description = (200, "") if error is None else (error.code, error.description)
        self.calls.append(Call(method, params, error is None, code, description, self.now()))

    async def _get_updates(self, params: Params) -> Answer:
        try:
            if self._pump is not None:
                raise conflict(
                    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
                )
            if "allowed_updates" in params:
                self.queue.allow(p.items(params, "allowed_updates"))
            limit = min(max(p.integer(params, "limit", 100), 1), 100)
            timeout = min(max(p.integer(params, "timeout"), 0), 50)
            found = await self.queue.poll(p.integer(params, "offset"), limit, timeout)
        except ApiError as error:
            return self._refuse("getupdates", params, error)
        return Answer(200, orjson.dumps({"ok": True, "result": found}))

    # The webhook's own methods

    def _set_webhook(self, params: Params) -> Any:
        if not p.text(params, "url"):
            return self._delete_webhook(params)
        target = Target.read(params)
        self._stop_pump(drop=p.boolean(params, "drop_pending_updates"))
        if "allowed_updates" in params:
            self.queue.allow(p.items(params, "allowed_updates"))
        self._pump = Pump(target, self.queue, self.tuning, self._dice, self._carry_out_reply)
        for item in list(self.queue.waiting.values()):
            self._pump.add(item)
        self._webhook_set.set()
        return True

    def _delete_webhook(self, params: Params) -> Any:
        self._stop_pump(drop=p.boolean(params, "drop_pending_updates"))
        self._webhook_set.clear()
        return True

    def _stop_pump(self, *, drop: bool) -> None:
        if self._pump is not None:
            self._pump.close()
            self._pump = None
        if drop:
            self.queue.waiting.clear()
            self.queue.changed()

    def _webhook_info(self, _: Params) -> Any:
        info: Json = {
            "url": self._pump.target.url if self._pump else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue.waiting),
        }
        if self._pump is not None:
            info["max_connections"] = self._pump.target.max_connections
            if self._pump.last_error:
                info["last_error_date"] = int(self.now())
                info["last_error_message"] = self._pump.last_error
        if self.queue.allowed:
            info["allowed_updates"] = sorted(self.queue.allowed)
        return info

    def _carry_out_reply(self, answer: ClientAnswer) -> None:
        """A webhook may answer with a method; its outcome is never told to the bot."""
        try:
            params = p.read(answer.headers.get(b"content-type", b"").decode("latin-1"), answer.body)
        except (ApiError, ValueError):
            return
        method = str(params.pop("method", "")).lower()
        if method in METHODS:
            self._carry_out(method, params)


def _answer(error: ApiError) -> Answer:
    headers = {"retry-after": str(error.retry_after)} if error.retry_after is not None else {}
    return Answer(error.code, orjson.dumps(error.document()), headers)
