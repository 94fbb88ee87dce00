"""A start on a PostgreSQL server that forgets, whose standby lags behind, or whose clock is apart (T29)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from bot.footing import told, weaknesses
from bot.settings import Settings
from dialogs.records import StorageBusy
from storage import upgrade
from storage.engines import engine_for
from storage.footing import MAX_APART, WeakPoint, weak_points
from storage.uow import utc_now
from tests.arch.started import free_port
from tests.contracts.postgres import binaries_here, server
from tests.contracts.test_keeping_cli import SECRET, Run, run
from tests.keys import KEYS

__all__ = ["run"]
pytestmark = pytest.mark.postgres
DURABLE = "-c listen_addresses='' -c wal_level=replica -c max_wal_senders=4"
PUBLIC = "https://trivsel.kommune.example"
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def primary() -> Iterator[str]:
    """A server as it comes: durable, alone; its default for commits is the careless one."""
    with server(binaries_here(), f"{DURABLE} -c synchronous_commit=off") as url:
        upgrade(url, keys=KEYS)
        yield url


@pytest.fixture(scope="module")
def forgetful() -> Iterator[str]:
    """A server for a try, with fsync off."""
    with server(binaries_here()) as url:
        upgrade(url, keys=KEYS)
        yield url


def told_of(url: str, words: str) -> str:
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            return str(connection.execute(text(words)).scalar_one())
    finally:
        engine.dispose()


def set_system(url: str, words: str) -> None:
    engine = engine_for(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"ALTER SYSTEM {words}"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def kinds(url: str) -> list[str]:
    return [point.kind for point in weak_points(url)]


def becomes(url: str, wanted: list[str]) -> bool:
    """Whether the server comes to this in time; the question itself takes a while."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while (found := kinds(url)) != wanted and time.monotonic() < give_up:
        pass
    return found == wanted


def test_a_durable_server_that_stands_alone_has_no_weak_point(primary: str) -> None:
    assert kinds(primary) == []


def test_our_commits_wait_for_the_disk_whatever_the_server_is_set_to(primary: str) -> None:
    with psycopg.connect(primary) as plain:
        assert plain.execute("SHOW synchronous_commit").fetchone() == ("off",)
    assert told_of(primary, "SHOW synchronous_commit") == "on"


def test_a_server_without_fsync_is_seen(forgetful: str) -> None:
    assert kinds(forgetful) == ["not_durable"]


def test_a_standby_counts_until_commits_wait_for_it(primary: str) -> None:
    with server(binaries_here(), DURABLE, copy_of=primary):
        assert becomes(primary, ["standby_behind"])
        set_system(primary, "SET synchronous_standby_names = '*'")
        assert becomes(primary, [])
        set_system(primary, "RESET synchronous_standby_names")
        assert becomes(primary, ["standby_behind"])
        reader = primary.replace("postgres@", "reader@")
        engine = engine_for(primary)
        with engine.begin() as connection:
            connection.execute(text("CREATE ROLE reader LOGIN"))
        engine.dispose()
        assert kinds(reader) == ["standby_unseen"]
    assert becomes(primary, [])


@pytest.mark.parametrize("seconds", [-45, 45])
def test_a_clock_that_is_apart_is_seen_and_one_within_the_limit_is_not(primary: str, seconds: int) -> None:
    found = weak_points(primary, lambda: utc_now() + timedelta(seconds=seconds))
    assert [point.kind for point in found] == ["clock_apart"]
    assert abs(found[0].seconds - 45) <= 1
    near = MAX_APART.total_seconds() * 0.8 * (1 if seconds > 0 else -1)
    assert weak_points(primary, lambda: utc_now() + timedelta(seconds=near)) == ()


def test_sqlite_is_not_asked_and_a_server_that_is_away_is_busy() -> None:
    assert weak_points("sqlite:////nonexistent/x.db") == ()
    with pytest.raises(StorageBusy):
        weak_points("postgresql://nobody@/nowhere?host=/nonexistent")


FORGETS, BEHIND = WeakPoint("not_durable"), WeakPoint("standby_behind")
UNSEEN, APART = WeakPoint("standby_unseen"), WeakPoint("clock_apart", 45)


def test_what_stops_a_start_and_what_is_only_told() -> None:
    points = (FORGETS, BEHIND, UNSEEN, APART)
    stops, notes = told(points, Settings(public_url=PUBLIC))
    assert [line.split(":")[0] for line in stops] == ["DATABASE_URL"] * 3
    assert "fsync" in stops[0] and "DATABASE_STANDBY=asynchronous" in stops[1] and "45 seconds" in stops[2]
    assert len(notes) == 1 and "pg_read_all_stats" in notes[0]
    assert told(points, Settings()) == ([], [stops[0], stops[1], notes[0], stops[2]])  # a try at home goes on
    accepted = Settings(public_url=PUBLIC, database_standby="asynchronous")
    assert told((BEHIND,), accepted)[0] == []
    assert told((FORGETS, APART), accepted)[0] == [stops[0], stops[2]]


def test_what_is_weak_while_it_runs_stands_in_readyz() -> None:
    points = (FORGETS, BEHIND, APART)
    named = ["database_not_durable", "database_standby_behind", "database_clock_apart"]
    assert weaknesses(points, Settings(public_url=PUBLIC)) == named
    assert weaknesses(points, Settings(public_url=PUBLIC, database_standby="asynchronous")) == [named[0], named[2]]
    assert weaknesses(points, Settings()) == []


@pytest.mark.parametrize("command", ["web", "worker"])
def test_on_a_server_that_forgets_nothing_starts_for_others(run: Run, forgetful: str, command: str) -> None:
    done = run(command, DATABASE_URL=forgetful, SECRET_KEY=SECRET, PUBLIC_URL=PUBLIC, PORT=str(free_port()))
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "DATABASE_URL: the server answers before a commit is on its disk; switch fsync and full_page_writes on"
    ]
