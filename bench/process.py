"""A bot as a process of its own: pinned to a core, watched from outside, ended politely."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cores:
    """Which core the bot has and which the load generator; None when there is only one."""

    bot: int | None
    load: int | None

    @staticmethod
    def choose() -> Cores:
        """The last allowed core for the bot, the first for the generator."""
        allowed = sorted(os.sched_getaffinity(0))
        return Cores(allowed[-1], allowed[0]) if len(allowed) > 1 else Cores(None, None)

    def pin_load(self) -> None:
        """Keep this process off the bot's core."""
        if self.load is not None:
            os.sched_setaffinity(0, {self.load})


class BotProcess:
    """Start a bot with these arguments of Python; use as an async context manager."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], core: int | None, log: Path) -> None:
        self._arguments = [sys.executable, *arguments]
        self._env = {**os.environ, **env}
        self._core = core
        self._log_path = log
        self._process: subprocess.Popen[bytes] | None = None
        self.started = 0.0  # by time.perf_counter

    async def __aenter__(self) -> Self:
        self.started = time.perf_counter()
        own = os.sched_getaffinity(0)
        if self._core is not None:
            os.sched_setaffinity(0, {self._core})  # the child inherits it
        try:
            with self._log_path.open("wb") as log:
                self._process = subprocess.Popen(
                    self._arguments, env=self._env, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL
                )
        finally:
            os.sched_setaffinity(0, own)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # In a thread: while it stops, a bot may still call the Bot API that this loop serves.
        if self._process is not None:
            await asyncio.to_thread(_end, self._process)

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self._process is None or self._process.poll() is not None

    def last_words(self) -> str:
        """The end of what it printed, on one line."""
        lines = self._log_path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return " / ".join(line.strip() for line in lines[-2:]) or "no output"

    def cpu_seconds(self) -> float:
        """User and system time of the process and its living children."""
        return cpu_seconds(self._process.pid) if self._process is not None else 0.0

    def rss_mb(self) -> float:
        """Resident memory of the process and its children, in MB."""
        return sum(_rss_kb(pid) for pid in self._tree()) / 1000

    def _tree(self) -> Iterator[int]:
        if self._process is not None:
            yield from _with_children(self._process.pid)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its living children so far; 0.0 when it is gone."""
    return sum(_stat_ticks(one) for one in _with_children(pid)) / TICKS


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(children).split():
            yield from _with_children(int(child))


def _stat_ticks(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _rss_kb(pid: int) -> int:
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # the process ended between two looks
        return ""
