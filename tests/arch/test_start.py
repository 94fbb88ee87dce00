"""Starting is quick: heavy libraries are imported behind their doors only, and the demo is there in seconds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.process import cpu_seconds
from tests.arch.started import answers, bare_environment, free_port, running
from tests.arch.tree import ROOT

pytestmark = pytest.mark.process
HEAVY = ("aiogram", "aiohttp", "telegram", "playwright")
PROMISED_SECONDS = 3.0  # what the README says, on an idle machine
# What holds on a busy machine too: waiting costs no CPU, and sharing the caches up to half as much again.
CPU_SECONDS = 1.5 * PROMISED_SECONDS


STEPS = (
    "import storage.store",
    "import bot.app.chat.handle, bot.app.cases.team, bot.app.cases.watch",
    "import bot.web.app",
    "import bot.bootstrap",
    "from bot.cli import main; sys.argv[1:] = ['--help']; main()",
    "from bot.cli import main; sys.argv[1:] = ['content', 'triage', '--band', 'B3']; main()",
)


def heavy_after(*steps: str, heavy: tuple[str, ...] = HEAVY) -> list[list[str]]:
    """The heavy libraries that a fresh process has imported after each of these; what is imported stays imported."""
    tell = f"print('heavy:', *[n for n in {heavy!r} if n in sys.modules])"
    run = "\n".join(f"try:\n    {step}\nexcept SystemExit:\n    pass\n{tell}" for step in steps)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{run}"],
        cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("heavy:")]
    assert len(told) == len(steps), done.stderr
    return told


def test_no_telegram_library_is_imported_unasked() -> None:
    """One process for all, from the inside out: a step adds its own imports to those of the steps before it."""
    assert dict(zip(STEPS, heavy_after(*STEPS), strict=True)) == {step: [] for step in STEPS}


def test_an_editors_command_needs_no_database_and_no_web() -> None:
    assert heavy_after(STEPS[-1], heavy=("storage", "sqlalchemy", "starlette", *HEAVY)) == [[]]


def test_the_check_sees_a_heavy_import_at_its_step() -> None:
    calm, heavy = heavy_after("import storage.store", "import bot.delivery.telegram")
    assert calm == [] and "telegram" in heavy


def test_the_demo_shows_its_first_page_within_seconds(tmp_path: Path) -> None:
    port = free_port()
    environment = bare_environment(DATABASE_URL=f"sqlite:///{tmp_path}/demo.db", PORT=str(port))
    started = time.monotonic()
    with running((sys.executable, "-m", "bot", "demo"), environment, tmp_path / "log") as demo:
        page = answers(demo, f"http://127.0.0.1:{port}/")
        seconds, cpu = time.monotonic() - started, cpu_seconds(demo.pid)
    print(f"first page after {seconds:.2f} s, {cpu:.2f} s of CPU (promised on an idle machine: {PROMISED_SECONDS} s)")
    assert "Prøv som" in page
    assert cpu <= CPU_SECONDS
