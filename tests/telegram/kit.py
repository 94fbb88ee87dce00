"""A bot in the test's own process, and Telegram beside it: the real gateway behind a real socket, over a store.

All people are made up: Ane teaches; Birgit, Nadia and Torben are the team of her school.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import orjson
import uvicorn

from bot.app.chat.handle import App
from bot.app.entry import admission
from bot.app.turns.handbook import handbook_of
from bot.app.turns.turn import World
from bot.bootstrap import WithWebhook
from bot.guard import GuardedStore
from bot.ports import RawStore, StorageBusy, UnitOfWork
from bot.runtime import RandomIds
from bot.settings import Policy
from bot.telegram_gateway import Gateway
from dialogs.people import Membership, Person, Role, School
from dialogs.workdays import COPENHAGEN
from storage import MemoryStore, SqliteStore
from tests import botapi
from tests.botapi.client import ClientAnswer, HttpClient
from tests.clocks import HandClock
from tests.core.form_kit import danish
from tests.keys import KEYS
from tests.migrated import migrated

T = TypeVar("T")

ANE, BIRGIT, NADIA, TORBEN, STRANGER = 1001, 1002, 1003, 1004, 1999
SECRET = "a-secret-of-the-tests-0123456789"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PUBLIC = "https://trivsel.example.org"
LOCK_SECONDS = 2.0
FACT = "Hun tegnede i sin bog hele timen. Hun lavede sine opgaver og spurgte om hjælp til dansk."
_TEAM: tuple[tuple[str, str, Role, int], ...] = (
    ("ane", "Ane Fiktiv", "teacher", ANE),
    ("birgit", "Birgit Opdigtet", "leader", BIRGIT),
    ("nadia", "Nadia Opdigtet", "psychologist", NADIA),
    ("torben", "Torben Opdigtet", "social_worker", TORBEN),
)


@dataclass
class Trouble:
    """A store that can be told to save nothing for so many works: what a locked or full database looks like."""

    inner: Any
    refuse: int = 0
    broken: int = 0
    refused: list[str] = field(default_factory=list[str])

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """As the store inside, when there is no trouble."""
        self._trouble()
        return self.inner.run(work)

    async def submit(self, work: Callable[[UnitOfWork], T], lane: str = "") -> T:
        """The same from an event loop."""
        self._trouble()
        return await self.inner.submit(work, lane)

    def healthy(self) -> bool:
        """Whether the store inside is well."""
        return bool(self.inner.healthy())

    def close(self) -> None:
        """Close the store inside."""
        self.inner.close()

    def _trouble(self) -> None:
        if self.refuse > 0:
            self.refuse -= 1
            self.refused.append("busy")
            raise StorageBusy("locked")
        if self.broken > 0:
            self.broken -= 1
            raise KeyError("Uglen and what was said about the pupil")


@dataclass
class Room:
    """Everything of one running bot, for tests to look into."""

    api: botapi.BotApi
    gateway: Gateway
    app: App
    store: Trouble
    clock: HandClock
    url: str
    client: HttpClient
    _people: dict[int, botapi.Person] = field(default_factory=dict[int, botapi.Person])

    def person(self, chat_id: int = ANE) -> botapi.Person:
        """Somebody in front of Telegram; the same one each time."""
        return self._people.setdefault(chat_id, self.api.person(chat_id))

    async def tap(self, data: str, chat_id: int = ANE) -> str:
        """Press a button with this code under the chat's newest message; returns the query's id."""
        bot = self.api.world.bot
        stub = botapi.updates.text_message(1, botapi.updates.private_chat(chat_id), bot, "?")
        message = next(reversed(self.api.messages(chat_id)), stub)
        return await self.person(chat_id).presses_data(data, message=message)

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Look into the store, or change it."""
        return self.store.inner.run(work)

    def drafts(self, person_id: str = "ane") -> list[Any]:
        """The person's open drafts."""
        return list(self.run(lambda uow: uow.drafts.open_of(person_id)))

    def draft(self) -> Any:
        """Ane's one open draft."""
        (found,) = self.drafts()
        return found

    def invite(self, role: Role = "teacher", person_id: str | None = None) -> str:
        """A fresh one-time code."""
        return self.run(
            lambda uow: admission.invite(uow, RandomIds(), role, "skov", self.clock.now(), person_id=person_id)
        )

    async def post(self, body: bytes | dict[str, Any], secret: str | None = SECRET) -> ClientAnswer:
        """Deliver an update by hand, past Telegram's queue."""
        headers = b"" if secret is None else b"x-telegram-bot-api-secret-token: %s\r\n" % secret.encode()
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        return await self.client.post("/telegram/webhook", content, headers)

    async def quiet(self) -> None:
        """Return when the gateway has made all the calls that it owes."""
        await self.api.settled()
        while self.gateway._calls:
            await asyncio.wait(set(self.gateway._calls))


def fill(uow: UnitOfWork) -> None:
    """The school and its people."""
    uow.people.add_school(School("skov", "Skovskolen"))
    for person_id, name, role, chat in _TEAM:
        email = f"{person_id}@example.org"
        uow.people.add(Person(person_id, name, (Membership("skov", role),), email=email, telegram_chat=chat))


def new_app(store: RawStore, clock: HandClock) -> App:
    """The conversation on the real content."""
    content = danish()
    workdays = content.local.calendar.workdays(COPENHAGEN, range(2025, 2030))
    world = World(content, RandomIds(), handbook_of(content, workdays), PUBLIC)
    return App(GuardedStore(store, clock, workdays), world, clock)


@asynccontextmanager
async def telegram(
    policy: Policy = "pseudonym", *, folder: Path | None = None, lock_seconds: float = LOCK_SECONDS
) -> AsyncIterator[Room]:
    """A bot with its people; on a SQLite file in `folder`, or in memory."""
    clock = HandClock(MONDAY)
    url = "memory:" if folder is None else f"sqlite:///{folder / 'bot.db'}"
    if folder is not None:
        migrated(folder / "bot.db")
    inner = MemoryStore(clock.now) if folder is None else SqliteStore(url, clock.now, lock_seconds, keys=KEYS)
    store = Trouble(inner)
    store.run(fill)
    app = new_app(store, clock)
    async with botapi.BotApi() as api:
        for _, _, _, chat in _TEAM:
            api.person(chat, started=True)
        gateway = Gateway(app, api.token, api.url, SECRET, policy)
        try:
            async with _listening(gateway) as port:
                client = HttpClient("127.0.0.1", port, timeout=20)
                await gateway.register(f"http://127.0.0.1:{port}")
                yield Room(api, gateway, app, store, clock, url, client)
                client.close()
        finally:
            await gateway.close()
            store.close()


@asynccontextmanager
async def _listening(gateway: Gateway) -> AsyncIterator[int]:
    config = uvicorn.Config(WithWebhook(None, gateway), port=0, log_level="critical", lifespan="off", ws="none")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        await server.shutdown()


def bound(uow: UnitOfWork, chat_id: int) -> str | None:
    """Who a chat belongs to."""
    person = uow.people.by_chat(chat_id)
    return person.id if person is not None else None
