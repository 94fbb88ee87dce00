"""The real `bot web` on SQLite is killed again and again while people fill in worries over its webhook (T01, T05).

Every update comes one to three times, in shuffled order over the chats; what the bot acknowledged is written to a file
outside it. After each kill the receipts of what was acknowledged must be there; at the end every acknowledged answer
must stand in its draft or case, once and in order, and the invariants must hold.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bench.ours import prepare_ours
from tests.botapi import BotApi, Call
from tests.botapi.client import HttpClient
from tests.faults.webhook_child import serve
from tests.faults.webhook_history import NO_WORKER, History, judge
from tests.faults.webhook_people import STORY, Crowd, Person
from tests.keys import LOOP_SECRET

PEOPLE = 24
MOST_UPDATES = 150  # acknowledged before a kill, at the latest
SECRET = "kill-loop-0123456789"
START_SECONDS = 60.0
_HARMLESS = ("query is too old", "message is not modified")  # what Telegram says to a repeated answer


@dataclass
class Report:
    """What the run came to; all below `unanswered_presses` should be zero or empty."""

    kills: int = 0
    updates: int = 0
    deliveries: int = 0
    drafts: int = 0
    cases: int = 0
    texts: int = 0
    seconds: float = 0.0
    unanswered_presses: int = 0  # acknowledged, and killed before the spinner was stopped: allowed, once a kill
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    breaches: int = 0
    check_failed: bool = False
    wrong: list[str] = field(default_factory=list[str])

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong that must not."""
        counts = (self.lost, self.doubled, self.out_of_order, self.breaches)
        return not any(counts) and not self.wrong and not self.check_failed


class _Calls(list[Call]):
    """The server's list of calls, which says when the bot is up and keeps only what Telegram refused."""

    def __init__(self, up: asyncio.Event) -> None:
        super().__init__()
        self._up = up
        self.refused = Counter[str]()

    def append(self, call: Call) -> None:
        if call.method == "setwebhook":
            self._up.set()
        if not call.ok and not call.description.removeprefix("Bad Request: ").startswith(_HARMLESS):
            self.refused[f"{call.method}: {call.description}"] += 1


@dataclass
class _House:
    """Where the bot lives: its settings, its files, and how to start one more of it."""

    folder: Path
    env: dict[str, str]
    context: Any

    @property
    def database(self) -> Path:
        return self.folder / "kills.sqlite3"

    @property
    def url(self) -> str:
        return self.env["DATABASE_URL"]

    def start(self) -> tuple[BaseProcess, asyncio.Future[None]]:
        """A new `bot web`, and a future for its end."""
        process: BaseProcess = self.context.Process(target=serve, args=(self.env, str(self.folder / "bot.log")))
        process.start()
        return process, asyncio.ensure_future(asyncio.to_thread(process.join))

    def said(self) -> str:
        """All that the bots have written to their logs."""
        log = self.folder / "bot.log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


async def run(kills: int, *, seed: int = 1, people: int = PEOPLE, progress: bool = True) -> Report:
    """Kill the web process so many times while people fill in worries; the report."""
    dice, began = random.Random(seed), time.monotonic()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.webhook_child"])
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi(seed=seed) as api:
            house = _house(Path(folder), api, context)
            chats = await asyncio.to_thread(prepare_ours, people, house.env)
            for chat in chats:
                api.person(chat, started=True)
            history = History(Path(folder) / "history.jsonl")
            client = HttpClient("127.0.0.1", int(house.env["PORT"]), connections=60, timeout=START_SECONDS)
            crowd = Crowd(api, client, SECRET, dice, history)
            api.calls = calls = _Calls(crowd.up)
            report = Report()
            await _live_and_die(house, crowd, [Person(chat) for chat in chats], kills, report, progress)
            report.unanswered_presses = sum(query.answer is None for query in api.world.queries.values())
            client.close()
            history.close()
        report.wrong += [*crowd.wrong, *(f"{count} × refused: {what}" for what, count in calls.refused.items())]
        await asyncio.to_thread(_judge, house, crowd, chats, report)
    report.seconds = round(time.monotonic() - began, 1)
    return report


def _house(folder: Path, api: BotApi, context: Any) -> _House:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        "DATABASE_URL": f"sqlite:///{folder / 'kills.sqlite3'}",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM_API_URL": api.url,
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_POLICY": "pseudonym",
        "SECRET_KEY": LOOP_SECRET,
    }
    return _House(folder, env, context)


async def _live_and_die(
    house: _House, crowd: Crowd, people: list[Person], kills: int, report: Report, progress: bool
) -> None:
    """1. Everybody acts. 2. Bot after bot is killed on the way. 3. The last one hears everybody out and is stopped."""
    lives = [asyncio.create_task(crowd.live(person)) for person in people]
    for _ in range(kills):
        process, ended = house.start()
        await _some_work(crowd, ended, crowd.dice.randint(1, MOST_UPDATES))
        # The moment is drawn from the whole of a turn: before, within and after its commit.
        await asyncio.wait({ended}, timeout=crowd.dice.uniform(0, 0.04))
        await _kill(house, crowd, process, ended, report)
        if crowd.wrong:
            break
        if progress:
            sys.stderr.write(f"\r{report.kills}/{kills} kills, {crowd.acknowledged} updates acknowledged ")
            sys.stderr.flush()
    if not crowd.wrong:
        process, ended = house.start()
        await _some_work(crowd, ended, 10)
        crowd.ending = True
        await asyncio.gather(*lives)
        await crowd.come_down()
        process.terminate()
        await ended
        if process.exitcode not in (0, -signal.SIGTERM):  # uvicorn cleans up, then lets the signal end it
            crowd.wrong.append(f"told to stop, the bot ended with {process.exitcode}")
    for life in lives:
        life.cancel()
    for outcome in await asyncio.gather(*lives, return_exceptions=True):
        if isinstance(outcome, Exception):
            crowd.wrong.append(f"the driver broke: {outcome!r}")


async def _some_work(crowd: Crowd, ended: asyncio.Future[None], count: int) -> None:
    """Return when so many updates more are acknowledged; note when the bot ends by itself or does not come up."""
    working = asyncio.create_task(crowd.progress(count))
    done, _ = await asyncio.wait({working, ended}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if working not in done:
        working.cancel()
        crowd.wrong.append("the bot ended by itself" if ended in done else "the bot acknowledges nothing")


async def _kill(house: _House, crowd: Crowd, process: BaseProcess, ended: asyncio.Future[None], report: Report) -> None:
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    await ended
    if process.exitcode != -signal.SIGKILL:
        crowd.wrong.append(f"the bot ended by itself with {process.exitcode}")
    crowd.up.clear()
    report.kills += 1
    if crowd.dice.random() < 0.5:  # the other half of the time the next bot is the first to open what the kill left
        missing = await asyncio.to_thread(crowd.history.missing_receipts, house.database)
        crowd.wrong += [
            f"kill {report.kills}: update {update_id} was acknowledged and is gone" for update_id in missing
        ]


def _judge(house: _House, crowd: Crowd, chats: list[int], report: Report) -> None:
    found = judge(house.url, crowd.history.read(), chats)
    report.updates, report.deliveries = crowd.acknowledged, crowd.delivered
    report.drafts, report.cases, report.texts = found.drafts, found.cases, found.texts
    report.lost, report.doubled, report.out_of_order = found.lost, found.doubled, found.out_of_order
    report.breaches = found.breaches
    report.wrong += found.examples
    report.wrong += _leaks(house.said())
    command = [sys.executable, "-m", "bot", "check"]
    checked = subprocess.run(command, env={**os.environ, **house.env}, capture_output=True, text=True, check=False)
    lines = (checked.stdout + checked.stderr).splitlines()
    bad = [line for line in lines if "Breach(" in line and not any(words in line for words in NO_WORKER)]
    report.check_failed = bool(bad) or checked.returncode not in (0, 1) or (checked.returncode == 1 and not lines)
    if report.check_failed:
        report.wrong += [f"check: {line}" for line in (bad or lines)[-3:]]


def _leaks(log: str) -> list[str]:
    """Nothing that anybody wrote may stand in a log, nor the token; an error is worth a look."""
    found = [f"«{word}» stands in the log" for word in ("zyx", STORY[:20], "AAHdqTcv") if word in log]
    lines = [line for line in log.splitlines() if line.startswith(("ERROR", "CRITICAL", "Traceback"))]
    return [*found, *(f"log: {line[:120]}" for line in lines[:5])]
