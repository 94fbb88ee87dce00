"""The demo as an operator starts it: a real process, on a port and a database of its own, that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dialogs.workdays import COPENHAGEN, danish
from tests.arch.started import answers, bare_environment, free_port, running


def open_day(weeks: int) -> str:
    """A day so many weeks ahead on which somebody is at work; the program shares the machine's day."""
    then = datetime.now(UTC) + timedelta(weeks=weeks)
    workdays = danish(COPENHAGEN, range(then.year - 1, then.year + 2))
    return workdays.next_open(then).astimezone(COPENHAGEN).date().isoformat()


@dataclass
class Demo:
    """`python -m bot demo`, started again on the same database as often as a test wants."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: ExitStack = field(default_factory=ExitStack)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start it, and wait for its first page."""
        environment = bare_environment(DATABASE_URL=f"sqlite:///{self.folder}/demo.db", PORT=str(self.port))
        command = (sys.executable, "-m", "bot", "demo")
        self.process = self.running.enter_context(running(command, environment, self.folder / "log"))
        answers(self.process, f"{self.url}/healthz")

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.running.close()

    def stop(self) -> None:
        self.running.close()
