"""The operator's invitation for the web alone: it may wait over a weekend, and then binds no chat."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.app.entry.admission import hashed
from bot.cli import app
from storage import open_store, upgrade
from storage.keys import kek_from_secret

SECRET = "only-for-the-tests-0123456789abcdef0123456789"
ASKED = ("invite", "--role", "leder", "--school", "Skovskolen", "--json")


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    found = f"sqlite:///{tmp_path / 'sag.db'}"
    monkeypatch.setenv("DATABASE_URL", found)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    upgrade(found)
    return found


def made(*more: str) -> dict[str, Any]:
    answer = CliRunner().invoke(app, [*ASKED, *more])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout.splitlines()[-1])


def takes(url: str, code: str, *, after: timedelta, chat: bool) -> bool:
    store = open_store(url, keys=[kek_from_secret(SECRET)])
    when = datetime.now(UTC) + after
    found = store.run(lambda uow: uow.doors.take_invite(hashed(code), when, chat=chat))
    store.close()
    return found is not None


def test_a_code_for_the_web_lives_for_days_and_never_binds_a_chat(url: str) -> None:
    told = made("--web-only", "--hours", "72")
    assert told["telegram_link"] == ""
    lives = datetime.fromisoformat(told["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=71) < lives <= timedelta(hours=72)
    assert not takes(url, told["code"], after=timedelta(hours=70), chat=True)
    assert takes(url, told["code"], after=timedelta(hours=70), chat=False)


def test_an_ordinary_code_lives_ten_minutes(url: str) -> None:
    assert not takes(url, made()["code"], after=timedelta(minutes=11), chat=False)


@pytest.mark.parametrize("more", [("--hours", "5"), ("--web-only", "--hours", "73"), ("--web-only", "--hours", "-1")])
def test_hours_that_make_no_sense_are_one_line(url: str, more: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(app, [*ASKED, *more])
    assert answer.exit_code == 2 and "--hours" in answer.output and answer.output.count("\n") == 1
