"""What the SQLite store promises beyond the common contract."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from dialogs.records import Conversation
from storage import SqliteStore, open_store, upgrade
from storage.engines import connect_sqlite
from tests.contracts.stores import NOW, a_draft, fill
from tests.keys import KEYS


@pytest.fixture
def opened(sqlite_url: str) -> Iterator[SqliteStore]:
    """A filled store on a file."""
    store = SqliteStore(sqlite_url, keys=KEYS)
    store.run(fill)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 3000),
    ],
)
def test_every_connection_is_durable_and_tidy(tmp_path: Path, sqlite_url: str, pragma: str, value: Any) -> None:
    connection = connect_sqlite(tmp_path / "test.db")
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    connection.close()


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "ny.db"
    upgrade(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_stored_is_there_for_the_next_process(sqlite_url: str) -> None:
    first = open_store(sqlite_url, keys=KEYS)
    first.run(lambda u: (fill(u), u.drafts.add(a_draft())))
    first.close()
    second = open_store(sqlite_url, keys=KEYS)
    assert second.run(lambda u: u.drafts.get("d1")) == a_draft()
    second.close()


def test_deleted_words_are_not_left_in_the_file(tmp_path: Path, opened: SqliteStore) -> None:
    marker = "kanariefugl" * 50
    opened.run(lambda u: u.drafts.add(replace(a_draft(), answers={"q01": marker})))
    opened.run(lambda u: u.drafts.delete("d1"))
    opened.close()  # the last connection empties the write-ahead log into the file
    assert all(b"kanariefugl" not in path.read_bytes() for path in tmp_path.glob("test.db*"))


def test_two_writers_of_one_file_never_meet_a_lock(opened: SqliteStore, sqlite_url: str) -> None:
    """Read, then write, from two stores at once: with a deferred BEGIN most of these fail (reliability D5)."""
    other = SqliteStore(sqlite_url, keys=KEYS)

    def step(unit: Any) -> bool:
        talk = unit.conversations.get("ada")
        return unit.conversations.save(replace(talk, misses=talk.misses + 1))

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda store: store.run(step), [opened, other] * 50))
    other.close()
    assert all(done)
    assert opened.run(lambda u: u.conversations.get("ada")) == Conversation("ada", misses=100, revision=100)


async def test_a_guilty_work_in_a_group_fails_alone(opened: SqliteStore) -> None:
    def fails(unit: Any) -> None:
        unit.drafts.delete("d3")
        raise RuntimeError("mine")

    works = [lambda u, n=n: u.drafts.add(a_draft(f"d{n}")) for n in range(8)]
    works.insert(5, fails)
    results = await asyncio.gather(*(opened.submit(work) for work in works), return_exceptions=True)
    assert [str(r) for r in results if r] == ["mine"]
    assert opened.run(lambda u: len(u.drafts.open_of("ada"))) == 8


def test_an_error_text_never_quotes_what_a_person_wrote(opened: SqliteStore) -> None:
    secret = "hemmelig sætning"
    with pytest.raises(Exception) as caught:
        opened.run(lambda u: u.people.add_school(secret))
    assert secret not in str(caught.value)
    opened.run(lambda u: u.drafts.add(replace(a_draft(), answers={"q01": secret})))
    with pytest.raises(Exception) as caught:
        opened.run(lambda u: u.drafts.add(replace(a_draft(), answers={"q01": secret})))
    assert secret not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_a_mistake_in_a_statement_is_called_a_mistake_and_the_store_goes_on(opened: SqliteStore) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        opened.run(lambda u: u.receipts._db.exec_driver_sql("SELECT * FROM nowhere"))
    assert opened.healthy() is True


def test_a_work_that_ends_the_transaction_itself_does_not_break_the_store(opened: SqliteStore) -> None:
    def ends(unit: Any) -> None:
        unit.receipts._db.exec_driver_sql("ROLLBACK")
        raise RuntimeError("mine")

    with pytest.raises(Exception, match="no transaction"):
        opened.run(ends)
    assert opened.healthy() is True


def test_the_clock_of_the_store_dates_what_changes(sqlite_url: str, tmp_path: Path) -> None:
    store = SqliteStore(sqlite_url, lambda: NOW, keys=KEYS)
    store.run(lambda u: (fill(u), u.drafts.add(a_draft())))
    store.close()
    connection = sqlite3.connect(tmp_path / "test.db")
    assert connection.execute("SELECT changed_at FROM drafts").fetchone() == (NOW.isoformat(timespec="microseconds"),)
    connection.close()
