"""Real processes of ours, started as an operator starts them, and knocked at until they answer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.arch.tree import ROOT

KNOCK_SECONDS = 0.02
KIND_SECONDS = 15.0  # longer than a server takes to finish its requests
PATIENCE_SECONDS = 60.0  # a busy machine is slow, and a hang is still found
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bare_environment(**settings: str) -> dict[str, str]:
    """A clean environment with these settings and our own Python first in the path."""
    kept = {key: value for key in _KEPT if (value := os.environ.get(key))}
    return {**kept, "PATH": f"{Path(sys.executable).parent}:{kept.get('PATH', '')}", **settings}


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process while the block lasts; afterwards it and its children are gone, whatever happened."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()  # first politely: a process manager ends its own children
        with suppress(subprocess.TimeoutExpired):
            process.wait(KIND_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)


def answers(process: subprocess.Popen[bytes], url: str) -> str:
    """What the address answers, as soon as it does; AssertionError when the process ends first or takes too long."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as response:
                return response.read().decode()
        except (urllib.error.URLError, ConnectionError):
            try:
                process.wait(KNOCK_SECONDS)  # the end of the process, or the time until the next knock
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"no answer from {url}; the process's end: {process.poll()}")


def says(process: subprocess.Popen[bytes], log: Path, words: str) -> None:
    """Return when the log has these words; AssertionError when the process ends first or takes too long."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up and words not in log.read_text(encoding="utf-8", errors="replace"):
        with suppress(subprocess.TimeoutExpired):
            process.wait(KNOCK_SECONDS)
            break
    assert words in log.read_text(encoding="utf-8", errors="replace"), f"never said; its end: {process.poll()}"
