"""An operator's mistake is one line that names the setting, without its value, and exit code 2."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import log_lines

SECRET = "hemmelig"


def run(command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", command],
        check=False,
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "url", [f"postgresql://u:{SECRET}@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.db", f"mysql://{SECRET}"]
)
def test_a_database_that_cannot_be_opened(url: str) -> None:
    done = run("migrate", DATABASE_URL=url)
    assert done.returncode == 2
    assert done.stderr.startswith("DATABASE_URL: ") and done.stderr.count("\n") == 1
    assert SECRET not in done.stderr + done.stdout


def test_a_mail_server_that_is_no_address(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/a.db"
    assert run("migrate", DATABASE_URL=database).returncode == 0
    done = run("worker", DATABASE_URL=database, SMTP_URL=SECRET)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("SMTP_URL ")
    assert "Traceback" not in done.stderr and SECRET not in done.stderr


def test_a_line_of_the_log_begins_with_its_time_in_utc() -> None:
    record = logging.LogRecord("trivselsbot.web", logging.ERROR, "", 1, "code %d", (7,), None)
    record.created = datetime(2026, 7, 1, 10, 30, tzinfo=UTC).timestamp()  # summer: two hours from the wall clock here
    assert log_lines().format(record) == "2026-07-01T10:30:00Z ERROR trivselsbot.web code 7"
