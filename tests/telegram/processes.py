"""Real bot processes on one SQLite file, beside a stand-in for Telegram."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bot.cli import app
from tests import botapi
from tests.faults.webhook_child import serve
from tests.keys import PROCESS_SECRET
from tests.telegram.kit import ANE, SECRET

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 40.0


@dataclass
class Town:
    """The settings, the files, and who stands in front of Telegram."""

    api: botapi.BotApi
    folder: Path
    env: dict[str, str]
    _people: dict[int, botapi.Person] = field(default_factory=dict[int, botapi.Person])
    _running: list[Any] = field(default_factory=list[Any])

    @property
    def url(self) -> str:
        """The database's address."""
        return self.env["DATABASE_URL"]

    @property
    def port(self) -> int:
        """Where the web listens."""
        return int(self.env["PORT"])

    def person(self, chat_id: int = ANE) -> botapi.Person:
        """Somebody in front of Telegram; the same one each time."""
        return self._people.setdefault(chat_id, self.api.person(chat_id))

    def command(self, *arguments: str) -> str:
        """Run a command that ends; its output."""
        done = CliRunner().invoke(app, list(arguments), env=self.env)
        assert done.exit_code == 0, done.output
        return done.stdout

    def invite(self, role: str) -> str:
        """A one-time code from the command line."""
        return str(json.loads(self.command("invite", "--role", role, "--school", "Skovskolen", "--json"))["code"])

    def start(self, command: str, at: datetime | None = None, **settings: str) -> BaseProcess:
        """A process of the bot, from a warm interpreter, perhaps at another time or with settings of its own."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.webhook_child"])
        process = context.Process(
            target=serve, args=({**self.env, **settings}, str(self.folder / "bot.log"), command, at)
        )
        process.start()
        self._running.append(process)
        return process

    def start_cold(self, command: str) -> subprocess.Popen[bytes]:
        """A process of the bot as an operator starts it."""
        with (self.folder / "bot.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", command], env={**os.environ, **self.env}, cwd=ROOT, stdout=log, stderr=log
            )
        self._running.append(process)
        return process

    async def end(self, process: BaseProcess | subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> int:
        """End a process by a signal and wait for it; its exit code."""
        assert process.pid is not None
        os.kill(process.pid, how)
        if isinstance(process, subprocess.Popen):
            return await asyncio.to_thread(process.wait, STOP_SECONDS)
        await asyncio.to_thread(process.join, STOP_SECONDS)
        assert process.exitcode is not None, "it did not stop"
        return process.exitcode

    async def ended(self, process: BaseProcess) -> int:
        """Wait until a process ends by itself; its exit code."""
        await asyncio.to_thread(process.join, STOP_SECONDS)
        assert process.exitcode is not None, "it goes on"
        return process.exitcode

    def log(self) -> str:
        """All that the processes have said."""
        return (self.folder / "bot.log").read_text(encoding="utf-8", errors="replace")

    def clear(self) -> None:
        """Kill what a failed test left running."""
        for process in self._running:
            alive = process.poll() is None if isinstance(process, subprocess.Popen) else process.is_alive()
            if alive:
                process.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def town(folder: Path, *, webhook: bool, database: str = "") -> AsyncIterator[Town]:
    """A migrated database, an SQLite file unless another one is given, and the settings for the bot's processes."""
    port = free_port()
    async with botapi.BotApi() as api:
        env = {
            "DATABASE_URL": database or f"sqlite:///{folder / 'bot.db'}",
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}" if webhook else "",
            "TELEGRAM_API_URL": api.url,
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "TELEGRAM_POLICY": "pseudonym",
            "SECRET_KEY": PROCESS_SECRET,
        }
        found = Town(api, folder, env)
        found.command("migrate")
        try:
            yield found
        finally:
            found.clear()
