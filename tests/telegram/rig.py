"""The worker beside the gateway in one test: Telegram by the real messenger, mail into a list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.delivery.telegram import Telegram
from bot.runtime import RandomIds
from bot.worker import Outfit, Worker
from dialogs.notices import OutboxRow
from dialogs.people import Person
from dialogs.workdays import COPENHAGEN, Workdays
from tests.core.form_kit import danish
from tests.telegram.kit import PUBLIC, Room

ALWAYS_OPEN = Workdays(COPENHAGEN, time(0), time(23, 59, 59, 999_999), weekend=frozenset())


@dataclass
class Mailbox:
    """The second channel: whom it was sent to, and what."""

    sent: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    async def send(self, row: OutboxRow, to: Person, text: Any, link: str | None) -> str:
        """Keep the mail."""
        self.sent.append((to.email or "", f"{text}"))
        return str(len(self.sent))

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def worker_of(room: Room, mail: Mailbox | None = None) -> AsyncIterator[Worker]:
    """A worker on the room's store, with Telegram and perhaps mail."""

    async def moved(person: str, chat: int) -> None:
        raise AssertionError("nobody moves here")

    messenger = Telegram(room.api.token, room.api.url, moved, read_seconds=1.0)
    messengers: dict[Any, Any] = {"telegram": messenger, **({"email": mail} if mail else {})}
    outfit = Outfit(
        store=room.app.store,
        messengers=messengers,
        texts=danish().notices,
        rules=Policy(ALWAYS_OPEN, frozenset(messengers)),
        pace=Budget(),
        clock=room.clock,
        ids=RandomIds(),
        base_url=PUBLIC,
    )
    try:
        yield Worker(outfit)
    finally:
        await messenger.close()
