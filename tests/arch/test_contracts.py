"""Imports point inwards and each library has its one door; the contracts stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.arch.tree import ROOT

LINT = Path(sys.executable).parent / "lint-imports"
AREAS = ("chat", "entry", "guides", "notices", "plans", "meetings", "papers", "drafts", "cases", "turns")
EMPTY = (
    "bot/cli/__init__.py", "bot/bootstrap.py", "bot/web/__init__.py", "bot/worker.py", "bot/demo.py",
    "bot/app/__init__.py", *(f"bot/app/{area}/__init__.py" for area in AREAS),
    "bot/guard/__init__.py", "bot/logbook.py", "bot/ports.py", "bot/settings.py",
    "bot/entrance.py", "bot/postbox.py", "bot/footing.py", "bot/runtime.py", "bot/__main__.py",
    "bot/__init__.py", "bot/telegram_gateway/__init__.py", "bot/delivery/__init__.py", "storage/__init__.py",
    "bot/app/retention.py", "bot/app/addresses.py", "bot/app/chores.py",
    "bot/documents/__init__.py", "bot/identity/__init__.py",
    "dialogs/__init__.py", "dialogs/types.py",
)  # fmt: skip
DOORS = {
    "bot/telegram_gateway/gateway.py": "import aiogram, aiohttp",
    "bot/delivery/telegram.py": "import telegram",
    "bot/documents/word.py": "import docx, weasyprint",
    "storage/tables.py": "import sqlmodel",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT), "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def small_house(folder: Path, extra: dict[str, str]) -> None:
    """A house with our rooms and nothing in them, but for what the test puts there."""
    for path, source in {**dict.fromkeys(EMPTY, ""), **DOORS, **extra}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(source, encoding="utf-8")


@pytest.mark.process
def test_every_import_points_inwards() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.process
@pytest.mark.parametrize(
    ("path", "source", "broken"),
    [
        ("bot/runtime.py", "", None),
        ("dialogs/types.py", "import logging", "The core is pure"),
        ("dialogs/types.py", "import storage", "Imports point inwards"),
        ("bot/web/__init__.py", "import bot.worker", "Inside bot"),
        ("bot/extra.py", "", "Inside bot"),
        ("bot/app/__init__.py", "import telegram", "python-telegram-bot has one door"),
        ("bot/bootstrap.py", "import aiogram", "aiogram has one door"),
        ("bot/web/__init__.py", "import weasyprint", "weasyprint and python-docx have one door"),
        ("bot/app/turns/__init__.py", "import bot.app.chat", "Inside bot.app"),
        ("bot/app/drafts/__init__.py", "import bot.app.meetings", "Inside bot.app"),
        ("bot/app/extra.py", "", "Inside bot.app"),
        ("bot/app/__init__.py", "import sqlmodel", "The database has one door"),
        ("bot/web/__init__.py", "import storage", "The bare store is known"),
    ],
)
def test_a_wrong_import_breaks_its_contract(tmp_path: Path, path: str, source: str, broken: str | None) -> None:
    small_house(tmp_path, {path: source})
    found = lint(tmp_path)
    lines = [line for line in found.stdout.splitlines() if " BROKEN" in line]
    if broken is None:
        assert (found.returncode, lines) == (0, []), found.stdout
    else:
        assert found.returncode == 1, found.stdout
        assert [line.startswith(broken) for line in lines] == [True], found.stdout


@pytest.mark.process
def test_two_folders_that_import_each_other_break_their_contract(tmp_path: Path) -> None:
    one, other = "bot/web/cases/__init__.py", "bot/web/papers/__init__.py"
    small_house(tmp_path, {one: "import bot.web.papers", other: "import bot.web.cases"})
    found = lint(tmp_path)
    broken = [line for line in found.stdout.splitlines() if " BROKEN" in line]
    assert [line.startswith("No two folders import each other") for line in broken] == [True], found.stdout
