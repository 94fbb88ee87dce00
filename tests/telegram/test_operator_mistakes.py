"""An operator's mistake is one line that names the setting, and exit code 2; and nothing of a secret is printed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Run, run
from tests.migrated import migrated
from tests.telegram.processes import ROOT, town

__all__ = ["run"]

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
KEY = "only-for-the-tests-0123456789abcdef0123456789"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """Good settings for every command, with a migrated database; the test spoils one of them."""
    url = migrated(tmp_path / "bot.db")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "DATABASE_URL": url,
        "PORT": str(port),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "TELEGRAM_WEBHOOK_SECRET": "abc_DEF-123",
        "SECRET_KEY": KEY,
    }


MISTAKES = [
    ("web", "DATABASE_URL", "mysql://x"),
    ("web", "DATABASE_URL", "bot.db"),
    ("web", "DATABASE_URL", "sqlite:////no/such/folder/bot.db"),
    ("web", "PORT", "0"),
    ("web", "PORT", "70000"),
    ("web", "PORT", "http"),
    ("web", "PUBLIC_URL", "trivsel.example.org"),
    ("web", "PUBLIC_URL", "ftp://trivsel.example.org"),
    ("web", "TELEGRAM_BOT_TOKEN", "not-a-token"),
    ("web", "TELEGRAM_BOT_TOKEN", "12:"),
    ("web", "TELEGRAM_BOT_NAME", "@botten"),
    ("web", "TELEGRAM_API_URL", "localhost:8081"),
    ("web", "TELEGRAM_WEBHOOK_SECRET", "med mellemrum"),
    ("web", "TELEGRAM_WEBHOOK_SECRET", "x" * 257),
    ("web", "TELEGRAM_POLICY", "open"),
    ("web", "TELEGRAM_POLICY", "STRICT"),
    ("web", "SECRET_KEY", "short"),
    ("web", "CONTENT_OVERLAY", "/no/such/folder"),
    ("web", "TZ_NAME", "Mars/Olympus"),
    ("web", "TZ_NAME", "../etc/passwd"),
    ("web", "DATABASE_URL", "sqlite:////proc/bot.db"),  # a folder that nobody can write in, root neither
    ("worker", "DATABASE_URL", "sqlite:////no/such/folder/bot.db"),
    ("telegram", "TELEGRAM_BOT_TOKEN", "not-a-token"),
    ("telegram", "TELEGRAM_POLICY", "off"),
    ("migrate", "DATABASE_URL", "postgres//x"),
]


@pytest.mark.parametrize(("command", "name", "value"), MISTAKES)
def test_a_bad_setting_is_one_line_with_its_name(
    command: str,
    name: str,
    value: str,
    settings: dict[str, str],
    run: Run,
) -> None:
    code, said = run(command, {**settings, name: value})
    assert code == 2
    assert len(said) == 1, said
    assert said[0].startswith(f"{name}: ")
    if name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "SECRET_KEY"):
        assert value not in said[0]


@pytest.mark.parametrize(
    ("command", "name"),
    [("web", "SECRET_KEY"), ("web", "TELEGRAM_WEBHOOK_SECRET"), ("telegram", "TELEGRAM_BOT_TOKEN")],
)
def test_a_missing_setting_is_one_line_with_its_name(
    command: str,
    name: str,
    settings: dict[str, str],
    run: Run,
) -> None:
    del settings[name]
    code, said = run(command, settings)
    assert (code, len(said)) == (2, 1), said
    assert said[0].startswith(f"{name}: is missing")


def test_several_bad_settings_are_named_at_once(settings: dict[str, str], run: Run) -> None:
    bad = {"PORT": "x", "TELEGRAM_POLICY": "open", "TZ_NAME": "Mars", "SECRET_KEY": "short"}
    code, said = run("web", {**settings, **bad})
    assert code == 2
    assert {line.partition(":")[0] for line in said} == set(bad)


def test_a_port_in_use_is_named(settings: dict[str, str], run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(settings["PORT"])))
        taken.listen()
        code, said = run("web", settings)
    assert (code, len(said)) == (2, 1), said
    assert said[0].startswith("PORT: ")


@pytest.mark.parametrize("command", ["web", "worker", "telegram"])
def test_a_database_without_its_tables_says_which_command_makes_them(
    command: str,
    settings: dict[str, str],
    tmp_path: Path,
    run: Run,
) -> None:
    settings["DATABASE_URL"] = f"sqlite:///{tmp_path / 'empty.db'}"
    code, said = run(command, settings)
    assert (code, len(said)) == (2, 1), said
    assert said[0].startswith("DATABASE_URL: ")
    assert "python -m bot migrate" in said[0]


def test_a_database_that_is_no_database_is_named(settings: dict[str, str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "text.db").write_text("this is a letter, not a database\n" * 200)
    settings["DATABASE_URL"] = f"sqlite:///{tmp_path / 'text.db'}"
    code, said = run("web", settings)
    assert (code, len(said)) == (2, 1), said
    assert said[0].startswith("DATABASE_URL: ")


@pytest.mark.process
async def test_a_token_that_telegram_does_not_know_ends_the_polling_with_its_name(tmp_path: Path) -> None:
    async with town(tmp_path, webhook=False) as stage:
        stage.env["TELEGRAM_BOT_TOKEN"] = "110201543:another-token-altogether"
        process = stage.start("telegram")
        assert await stage.ended(process) == 2
        assert "TELEGRAM_BOT_TOKEN: Telegram does not know it" in stage.log()
        assert "another-token" not in stage.log()
        assert "Traceback" not in stage.log()


@pytest.mark.process
def test_a_whole_process_ends_with_two_and_one_line(settings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "web"],
        env={**os.environ, **settings, "TELEGRAM_POLICY": "open"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("TELEGRAM_POLICY: ")
    assert len(done.stderr.splitlines()) == 1
