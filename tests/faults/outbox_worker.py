"""One worker process for the kill loops: sends over Telegram's test server until told to stop or nothing is left."""

from __future__ import annotations

import asyncio
import os
from datetime import time

from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.delivery.telegram import Telegram
from bot.guard import GuardedStore
from bot.runtime import SystemClock
from bot.worker import Outfit, Worker, serve, wait_for_event
from dialogs.notice_texts import standard
from dialogs.workdays import COPENHAGEN, Workdays
from storage import open_store
from tests.keys import KEYS

ALWAYS_OPEN = Workdays(COPENHAGEN, time(0), time(23, 59, 59, 999_999), weekend=frozenset())
LEASE_SECONDS = 3.0  # short, so that a killed worker's row is seen to within the test
READ_SECONDS = 1.0


class _Ids:
    def new(self) -> str:
        return os.urandom(8).hex()

    def code(self) -> str:
        return "K7RT-Måge"

    def secret(self) -> str:
        return os.urandom(16).hex()


def work(url: str, api_url: str, token: str) -> None:
    """One worker process: sends until told to stop, or until the outbox has nothing left."""
    asyncio.run(_work(url, api_url, token))


async def _work(url: str, api_url: str, token: str) -> None:
    async def moved(person: str, chat: int) -> None:
        raise AssertionError("nobody moves here")

    store = open_store(url, keys=KEYS)
    telegram = Telegram(token, api_url, moved, read_seconds=READ_SECONDS)
    outfit = Outfit(
        store=GuardedStore(store, SystemClock(), ALWAYS_OPEN),
        messengers={"telegram": telegram},
        texts=standard(),
        rules=Policy(ALWAYS_OPEN, frozenset({"telegram"})),
        pace=Budget(),
        clock=SystemClock(),
        ids=_Ids(),
        base_url="https://trivsel.example.org",
        lease_seconds=LEASE_SECONDS,
    )

    async def wait(event: asyncio.Event, seconds: float) -> None:
        counts = await store.submit(lambda uow: uow.outbox.count())
        if counts["pending"] + counts["sending"] == 0:
            worker.stop()
        await wait_for_event(event, min(seconds, 0.2))

    worker = Worker(outfit, wait)
    await serve(worker)
    await telegram.close()
    store.close()
