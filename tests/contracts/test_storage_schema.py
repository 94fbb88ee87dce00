"""The schema: the migrations build what the classes say, and every old database keeps its rows."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import storage
from dialogs.records import StorageBusy
from storage import SchemaMismatch, invariants, open_store, schema_at_head, upgrade
from storage.engines import engine_for
from storage.schema import HEAD
from storage.tables import Row
from tests.contracts.stores import KINDS, NOW
from tests.keys import KEYS
from tests.old_databases import insert_all

DATABASES = KINDS[1:]
REVISIONS = [f"{number:04}" for number in range(1, int(HEAD) + 1)]
OLD = sorted(Path("tests/fixtures/db").glob("*.json"))


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ny.db'}"
    url = request.getfixturevalue("migrated_postgres")
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    request.addfinalizer(lambda: upgrade(url))  # the other tests share this database
    return url


def test_the_head_in_the_code_is_the_newest_revision() -> None:
    scripts = ScriptDirectory(str(Path(storage.__file__).parent / "migrations"))
    assert scripts.get_heads() == [HEAD]


def test_the_migrations_build_exactly_what_the_classes_say(empty_url: str) -> None:
    upgrade(empty_url)
    engine = engine_for(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_every_old_database_keeps_its_rows(empty_url: str, old: Path) -> None:
    upgrade(empty_url, to=old.stem)
    rows = json.loads(old.read_text("utf-8"))
    insert_all(empty_url, rows)
    upgrade(empty_url, keys=KEYS)
    assert schema_at_head(empty_url)
    store = open_store(empty_url, keys=KEYS)
    assert store.run(what_is_there) == json.loads(old.with_suffix(".expected").read_text("utf-8"))
    store.close()
    assert invariants(empty_url, NOW, keys=KEYS) == []


def what_is_there(unit: Any) -> dict[str, Any]:
    """What a person would miss if a migration lost it."""
    draft, case, row = unit.drafts.get("d1"), unit.cases.by_code("K7RT-Måge"), unit.outbox.get(1)
    return {
        "people": [[p.name, p.telegram_chat, [m.role for m in p.memberships]] for p in unit.people.everyone()],
        "answers": {key: repr(value) for key, value in draft.answers.items()},
        "place": unit.conversations.get("ada").place,
        "case": [case.state, case.colour.now, sorted(case.answers), case.stored_at.isoformat()],
        "timeline": [[entry.seq, entry.kind] for entry in unit.cases.entries(case.id)],
        "outbox": [row.wish.dedupe_key, row.state, row.due_at.isoformat()],
        "receipt": unit.receipts.get("tg:1"),
    }


def test_the_newest_schema_has_a_populated_database_for_later_versions() -> None:
    assert HEAD in [path.stem for path in OLD]


def test_a_second_upgrade_does_nothing_and_says_nothing(empty_url: str) -> None:
    lines: list[str] = []
    upgrade(empty_url, lines.append)
    upgrade(empty_url, lines.append)
    assert [line.split()[0] for line in lines] == REVISIONS


def test_a_failing_migration_leaves_the_database_as_it_was(empty_url: str) -> None:
    def stop(line: str) -> None:
        raise RuntimeError(line)

    with pytest.raises(RuntimeError):
        upgrade(empty_url, stop)
    assert schema_at_head(empty_url) is False
    upgrade(empty_url)
    assert schema_at_head(empty_url) is True


def test_a_migration_that_would_leave_rows_without_their_other_half_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE other (one INTEGER REFERENCES one)")
        connection.execute("INSERT INTO other VALUES (7)")
    connection.close()
    with pytest.raises(SchemaMismatch, match="rows"):
        upgrade(f"sqlite:///{path}")
    assert schema_at_head(f"sqlite:///{path}") is False


@pytest.mark.process
def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    code = "import sys, storage; storage.upgrade(sys.argv[1], print)"
    command = [sys.executable, "-c", code, empty_url]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert [line.split()[0] for line in "".join(said).splitlines()] == REVISIONS


def test_a_store_refuses_another_schema(empty_url: str) -> None:
    with pytest.raises(SchemaMismatch, match="migrate"):
        open_store(empty_url, keys=KEYS)
    upgrade(empty_url)
    engine = engine_for(empty_url)
    for version, fits in (("9999", False), (HEAD, True)):
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        assert schema_at_head(empty_url) is fits
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "mysql://x/y", "hemmelig:kode", ""])
def test_a_url_of_another_kind_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        open_store(url, keys=KEYS)


def test_a_server_that_is_away_is_busy_when_asked_for_its_schema() -> None:
    with pytest.raises(StorageBusy, match="gone"):
        schema_at_head("postgresql://nobody@/nowhere?host=/nonexistent")
    with pytest.raises(StorageBusy, match="gone"):
        upgrade("postgresql://nobody@/nowhere?host=/nonexistent")


def test_the_memory_store_needs_no_schema() -> None:
    store = open_store("memory:")
    assert store.healthy() is True
    store.close()
