"""The stand-in for Telegram, one person of it, and a bot of four lines: for the tests of its strictness."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, Person
from tests.botapi.wire import Answer, HttpServer, Request

ANE = 1001
Say = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def http(api: BotApi) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{api.url}/bot{api.token}/", trust_env=False) as client:
        yield client


@pytest.fixture
def call(http: httpx.AsyncClient) -> Say:
    async def say(method: str, **params: Any) -> dict[str, Any]:
        return (await http.post(method, json=params)).json()

    return say


@pytest.fixture
def ane(api: BotApi) -> Person:
    return api.person(ANE, started=True)


def buttons(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label[:20]}] for label in labels]}


class Bot:
    """A bot of four lines: keeps what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str, str]] = []
        self.under_way: dict[str, int] = {}
        self.overlaps = 0
        self.answers: list[Answer] = []
        self.secret = ""

    async def __call__(self, request: Request) -> Answer:
        update = json.loads(request.body)
        self.secret = request.headers.get(b"x-telegram-bot-api-secret-token", b"").decode()
        kind = next(name for name in update if name != "update_id")
        content = update[kind]
        chat = str(content["from"]["id"])
        lane = kind[:5] + chat
        self.overlaps += self.under_way.get(lane, 0)
        self.under_way[lane] = self.under_way.get(lane, 0) + 1
        for _ in range(3):  # let others come in between
            await asyncio.get_running_loop().run_in_executor(None, int)
        self.under_way[lane] -= 1
        self.got.append((update["update_id"], chat, content.get("text") or content.get("data")))
        return self.answers.pop(0) if self.answers else Answer()


@pytest.fixture
async def bot(api: BotApi, call: Say) -> AsyncIterator[Bot]:
    bot = Bot()
    async with HttpServer(bot) as server:
        answer = await call("setWebhook", url=f"{server.url}/hook", secret_token="hemmelig_1")
        assert answer["ok"] is True
        yield bot
