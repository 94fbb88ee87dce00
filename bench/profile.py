"""Where a turn's CPU goes: the bot's own parts, timed one by one inside one process, and the turn by a profiler.

What `bench forms` measures beside the sum of these is HTTP on both sides, the answer to each press, and the threads.
"""

from __future__ import annotations

import asyncio
import cProfile
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson

from bench import ours
from bench.script import Act, Say, Shown
from bench.shares import shares
from bot.ports import Store, UnitOfWork
from dialogs.access import Actor
from tests.botapi import updates
from tests.botapi.server import TOKEN

T = TypeVar("T")
PEOPLE = 50
PARTS = {
    "read": "reading the update",
    "turn": "the turn: guards, rules, words, statements, sealing",
    "commit": "the transaction around it: begin, commit, threads",
    "draw": "drawing the reply for Telegram",
}


@dataclass
class Timed:
    """A store that keeps count of the CPU that works take, and of all that its writer thread takes."""

    store: Store
    spent: Counter[str]
    writer: int | None = None
    profiler: cProfile.Profile | None = None

    async def submit(self, actor: Actor, work: Callable[[UnitOfWork], T], lane: str = "") -> T:
        """As the store's, with the work's own CPU added to "turn"."""

        def measured(uow: UnitOfWork) -> T:
            self.writer = threading.get_ident()
            since = time.thread_time_ns()
            try:
                return work(uow) if self.profiler is None else self.profiler.runcall(work, uow)
            finally:
                self.spent["turn"] += time.thread_time_ns() - since

        return await self.store.submit(actor, measured, lane)

    def run(self, actor: Actor, work: Callable[[UnitOfWork], T]) -> T:
        """As the store's."""
        return self.store.run(actor, work)

    def healthy(self) -> bool:
        """As the store's."""
        return self.store.healthy()

    def close(self) -> None:
        """As the store's."""
        self.store.close()

    def writer_ns(self) -> int:
        """The CPU time of the writer thread so far."""
        return time.clock_gettime_ns(time.pthread_getcpuclockid(self.writer)) if self.writer is not None else 0


@dataclass
class Profile:
    """Milliseconds of CPU an update, by part, and how many updates were timed."""

    updates: int
    parts: dict[str, float] = field(default_factory=dict[str, float])
    shares: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])

    def lines(self) -> list[str]:
        """The table."""
        rows = [f"  {PARTS[name]:<58} {ms:>6.3f}" for name, ms in self.parts.items()]
        whole = f"  {'sum':<58} {sum(self.parts.values()):>6.3f}"
        split = [f"  {area:<58} {share:>6.1%}" for area, share in self.shares]
        return [f"CPU ms/update over {self.updates} updates", *rows, whole, "Shares of the turn, by a profiler", *split]


def measure(directory: Path, seconds: float) -> Profile:
    """Let fifty people fill in worries for so long, without a network between them and the bot."""
    env = {**ours.environment(directory), "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    chats = ours.prepare_ours(PEOPLE, env)
    os.environ |= env
    return asyncio.run(_run(chats, seconds))


async def _run(chats: list[int], seconds: float) -> Profile:
    from bot.app.chat.handle import App
    from bot.bootstrap import build
    from bot.settings import read_settings

    house = build(read_settings())
    spent: Counter[str] = Counter()
    timed = Timed(house.store, spent)
    app = App(timed, house.app.world, house.clock)
    people = [_Person(chat, app, spent) for chat in chats]
    await asyncio.gather(*(person.steps(20) for person in people))  # warm: statements, stems, compiled forms
    spent.clear()
    before = timed.writer_ns()
    until = time.perf_counter() + seconds
    counts = await asyncio.gather(*(person.until(until) for person in people))
    spent["commit"] = timed.writer_ns() - before - spent["turn"]
    parts = {name: spent[name] / sum(counts) / 1e6 for name in PARTS}
    timed.profiler = cProfile.Profile()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(person.until(until) for person in people))
    await asyncio.to_thread(house.store.close)
    return Profile(sum(counts), parts, shares(timed.profiler))


class _Person:
    def __init__(self, chat_id: int, app: Any, spent: Counter[str]) -> None:
        self._chat, self._user = updates.private_chat(chat_id), updates.user(chat_id)
        self._app, self._spent = app, spent
        self._script = ours.WorryScript()
        self._act: Act = self._script.begin()
        self._message: dict[str, Any] = {}
        self._number = chat_id * 1_000_000

    async def steps(self, count: int) -> None:
        for _ in range(count):
            await self._step()

    async def until(self, until: float) -> int:
        count = 0
        while time.perf_counter() < until:
            await self._step()
            count += 1
        return count

    async def _step(self) -> None:
        from bot.telegram_gateway.incoming import parse
        from bot.telegram_gateway.outgoing import messages

        raw = self._update()
        since = time.thread_time_ns()
        heard = parse(raw)
        self._spent["read"] += time.thread_time_ns() - since
        if heard is None or heard.incoming is None:
            raise AssertionError("the script sent what the bot does not read")
        key = f"tg:{heard.update_id}"
        reply = await self._app.handle_chat(heard.chat_id, heard.incoming, key, 2, heard.message_id)
        since = time.thread_time_ns()
        bodies = [orjson.dumps(message.body(heard.chat_id)) for message in messages(reply)]
        self._spent["draw"] += time.thread_time_ns() - since
        for body in bodies:
            self._show(orjson.loads(body))

    def _update(self) -> bytes:
        self._number += 1
        match self._act:
            case Say(text):
                body = updates.text_message(self._number, self._chat, self._user, text, date=int(time.time()))
                return orjson.dumps(updates.message(self._number, body))
            case act:
                query = updates.callback_query(self._number, str(self._number), self._user, self._message, act.data)
                return orjson.dumps(query)

    def _show(self, body: dict[str, Any]) -> None:
        message = {**body, "message_id": self._number, "chat": self._chat, "date": int(time.time())}
        act = self._script.next(Shown.of(message))
        if act is not None:
            self._act, self._message = act, message
