"""One round of one system: start it cold, load it in several ways, look at it from outside."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.load import Crowd, Tally, Walker, clock
from bench.process import BotProcess, Cores
from bench.systems import System
from tests.botapi.server import TOKEN
from tests.botapi.wire import HttpServer

COLD_START_LIMIT = 60.0
SECRET = "bench-secret-0123456789"


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each phase lasts and how large it is."""

    rounds: int = 3
    closed_seconds: float = 8.0
    open_seconds: float = 10.0
    warm_seconds: float = 2.0
    drafts: int = 5000
    crowds: tuple[int, ...] = (50, 500)
    rates: tuple[int, ...] = (50, 200)
    steps_to_third_question: int = 3

    @staticmethod
    def quick() -> Plan:
        """About ten seconds of load per system: for a first look, not for a claim."""
        return Plan(rounds=1, closed_seconds=2.0, open_seconds=2.0, warm_seconds=1.0)


@dataclass(slots=True)
class Result:
    """What one round measured; times in ms, memory in MB, `failed` says why nothing was measured."""

    system: str
    failed: str = ""
    figures: dict[str, float] = field(default_factory=dict[str, float])

    def document(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)


Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """A bot that is started, the people who may use it, and the way to them."""

    bot: BotProcess
    crowd: Crowd
    chats: list[int]


@asynccontextmanager
async def started(system: System, people: int, cores: Cores, directory: Path) -> AsyncIterator[Bench]:
    """The system in a process of its own, with so many people prepared; raises RuntimeError when that fails."""
    crowd = Crowd()
    async with HttpServer(crowd.sink.handle) as server:
        port = _free_port()
        env = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            **system.environment(directory),
        }
        try:
            chats = await asyncio.to_thread(system.prepare, people, env)
            async with BotProcess(system.arguments, env, cores.bot, directory / f"{system.name}.log") as bot:
                yield Bench(bot, crowd, chats)
        finally:
            crowd.close()


async def first_reply(bench: Bench, walker: Walker) -> float:
    """Wait until the bot has told Telegram its address and answered; seconds since its process began."""
    bot, crowd = bench.bot, bench.crowd

    def too_long() -> bool:
        return bot.ended or clock() - bot.started > COLD_START_LIMIT

    registered = asyncio.create_task(crowd.sink.webhook())
    while not registered.done():
        await asyncio.wait([registered], timeout=0.05)
        if too_long():
            registered.cancel()
            raise RuntimeError(f"no webhook was set: {bot.last_words()}")
    crowd.aim(registered.result())
    await crowd.first_reply(walker, too_long)
    if too_long():
        raise RuntimeError(f"no first reply: {bot.last_words()}")
    return clock() - bot.started


async def measure(system: System, plan: Plan, cores: Cores, directory: Path, say: Say) -> Result:
    """Run the whole plan once against a freshly started process."""
    result = Result(system.name)
    try:
        async with started(system, max(plan.crowds) + plan.drafts, cores, directory) as bench:
            await _Round(system, plan, bench, result.figures, say).run()
    except (RuntimeError, OSError) as error:
        result.failed = str(error)
    return result


class _Round:
    def __init__(self, system: System, plan: Plan, bench: Bench, figures: dict[str, float], say: Say) -> None:
        self._plan = plan
        self._bench = bench
        self._crowd = bench.crowd
        self._bot = bench.bot
        self._figures = figures
        self._say = say
        largest = max(plan.crowds)
        self._regulars = self._crowd.people(bench.chats[:largest], system.script)
        self._newcomers = self._crowd.people(bench.chats[largest:], system.script)

    async def run(self) -> None:
        """All phases in order; raises RuntimeError when the bot does not serve."""
        self._say("cold start")
        self._figures["cold_start_s"] = await first_reply(self._bench, self._regulars[0])
        self._figures["rss_idle_mb"] = self._bot.rss_mb()
        await self._crowd.closed_loop(self._regulars[:20], self._plan.warm_seconds)
        for rate in self._plan.rates:
            self._say(f"{rate} updates a second")
            self._take(f"open{rate}", await self._open_loop(rate))
        for size in self._plan.crowds:
            self._say(f"{size} people at once")
            self._take(f"closed{size}", await self._closed_loop(size))
        await self._drafts()
        if self._bot.ended:
            raise RuntimeError(f"ended under load: {self._bot.last_words()}")

    async def _open_loop(self, rate: int) -> Load:
        with Load(self._bot) as load:
            load.tally = await self._crowd.open_loop(self._regulars, rate, self._plan.open_seconds)
        return load

    async def _closed_loop(self, size: int) -> Load:
        with Load(self._bot) as load:
            load.tally = await self._crowd.closed_loop(self._regulars[:size], self._plan.closed_seconds)
        return load

    async def _drafts(self) -> None:
        self._say(f"{self._plan.drafts} drafts")
        tally = await self._crowd.steps(self._newcomers, self._plan.steps_to_third_question)
        self._figures["drafts_lost"] = tally.lost
        self._figures["drafts_updates_per_s"] = tally.rate
        self._figures["rss_drafts_mb"] = self._bot.rss_mb()

    def _take(self, phase: str, load: Load) -> None:
        tally = load.tally
        self._figures |= {
            f"{phase}_per_s": tally.rate,
            f"{phase}_p50_ms": tally.quantile(0.5),
            f"{phase}_p99_ms": tally.quantile(0.99),
            f"{phase}_cpu_ms": load.bot_cpu * 1000 / max(tally.answered, 1),
            f"{phase}_lost": tally.lost,
            f"{phase}_forms": tally.finished,
            f"{phase}_retried": tally.retried,
            f"{phase}_late": tally.late,
            f"{phase}_load_busy": load.own_cpu / load.seconds,
        }


class Load:
    """Watches the processor time of the bot and of this process while a phase runs."""

    def __init__(self, bot: BotProcess) -> None:
        self._bot = bot
        self.tally = Tally()
        self.bot_cpu = self.own_cpu = self.seconds = 0.0

    def __enter__(self) -> Self:
        self.bot_cpu -= self._bot.cpu_seconds()
        self.own_cpu -= time.process_time()
        self.seconds -= clock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bot_cpu += self._bot.cpu_seconds()
        self.own_cpu += time.process_time()
        self.seconds += clock()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
