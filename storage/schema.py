"""The schema and its versions. Alembic is imported only when there is something to migrate: it is slow to load."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.engines import engine_for, parse, sqlite_path
from storage.faults import SchemaMismatch, translate
from storage.keys import Keks
from storage.sealing import seal_plain

HEAD = "0013"  # the newest revision in migrations/versions; a test keeps the two together
_LOCK = 7_418_311  # any number that no other user of the same PostgreSQL server takes for an advisory lock


def revision_of(connection: Connection) -> str | None:
    """The schema's version; None for a database without our tables."""
    known = connection.dialect.has_table(connection, "alembic_version")
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None


def schema_at_head(url: str) -> bool:
    """Whether the database is there with the schema that this version needs; StorageBusy when it can't be asked."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite" and not sqlite_path(parsed).exists():
        return False
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            return revision_of(connection) == HEAD
    except DBAPIError as error:
        raise translate(error) from None
    finally:
        engine.dispose()


def require_head(url: str) -> None:
    """SchemaMismatch unless the schema is the one that this version needs."""
    if not schema_at_head(url):
        raise SchemaMismatch("the database is not at this version's schema; run `python -m bot migrate`")


def upgrade(
    url: str, progress: Callable[[str], None] = lambda line: None, to: str = "head", *, keys: Keks = ()
) -> None:
    """Bring the schema to the newest version, all of it or nothing; `progress` gets a line for each step.

    `keys` seal what an older version stored as plain text; KeyProblem when there is such text and no key that fits.

    1. A missing SQLite file is created, readable by its owner only. 2. One transaction and one lock around all steps,
    so a kill leaves the old schema and two starting processes take turns. 3. Foreign keys are off while SQLite tables
    are copied, and checked before the commit. 4. What is plain text in a sealed column is sealed in the same
    transaction, and on SQLite the WAL is emptied after it.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        _create(sqlite_path(parsed))
    engine = engine_for(url, lock_seconds=60.0)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                _upgrade_sqlite(connection, progress, to, keys)
            else:
                _upgrade_postgres(connection, progress, to, keys)
    except DBAPIError as error:
        raise translate(error) from None
    finally:
        engine.dispose()


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _upgrade_sqlite(connection: Connection, progress: Callable[[str], None], to: str, keys: Keks) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    if revision_of(connection) != HEAD:
        _run(connection, progress, to, keys)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise SchemaMismatch("the migration would leave rows without what they refer to")
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # it may hold what was plain text until now


def _upgrade_postgres(connection: Connection, progress: Callable[[str], None], to: str, keys: Keks) -> None:
    connection = connection.execution_options(isolation_level="READ COMMITTED")  # see what the other process did
    with connection.begin():
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if revision_of(connection) != HEAD:
            _run(connection, progress, to, keys)


def _run(connection: Connection, progress: Callable[[str], None], to: str, keys: Keks) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["progress"] = progress
    command.upgrade(config, to)
    if revision_of(connection) == HEAD and (sealed := seal_plain(connection, keys)):
        progress(f"sealed {sealed} values")
