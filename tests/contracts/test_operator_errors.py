"""An operator's mistake is one line that names the setting, without its value, and exit code 2."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import log_lines
from tests.commands import Run, run
from tests.migrated import migrated

__all__ = ["run"]

SECRET = "hemmelig"


@pytest.mark.parametrize(
    "url", [f"postgresql://u:{SECRET}@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.db", f"mysql://{SECRET}"]
)
def test_a_database_that_cannot_be_opened(url: str, run: Run) -> None:
    code, (line,) = run("migrate", {"DATABASE_URL": url})
    assert code == 2
    assert line.startswith("DATABASE_URL: ") and SECRET not in line


def test_a_mail_server_that_is_no_address(tmp_path: Path, run: Run) -> None:
    code, lines = run("worker", {"DATABASE_URL": migrated(tmp_path / "a.db"), "SMTP_URL": SECRET})
    assert code == 2
    assert lines[-1].startswith("SMTP_URL ")
    assert not any("Traceback" in line or SECRET in line for line in lines)


def test_a_line_of_the_log_begins_with_its_time_in_utc() -> None:
    record = logging.LogRecord("trivselsbot.web", logging.ERROR, "", 1, "code %d", (7,), None)
    record.created = datetime(2026, 7, 1, 10, 30, tzinfo=UTC).timestamp()  # summer: two hours from the wall clock here
    assert log_lines().format(record) == "2026-07-01T10:30:00Z ERROR trivselsbot.web code 7"
