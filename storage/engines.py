"""Connections to the two databases, with the settings that durability and privacy need."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

LOCK_SECONDS = 3.0  # how long one turn waits for somebody else's lock before the person is told
PG_WORKERS = 8
# A commit is told to people as saved: it waits for the disk, and for the standby that the server names, whatever the
# server, the database or the role is set to.
_PG_SETTINGS = (
    "-c synchronous_commit=on -c timezone=UTC"
    " -c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=30s"
)

_WRONG_URL = "DATABASE_URL must start with sqlite:/// or postgresql://"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # WAL's own default may lose the last commits at a power cut, and a commit is a promise here
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten, since a discarded draft may name a child
    "trusted_schema=OFF",  # a doctored file must not run functions of ours
    "journal_size_limit=67108864",
)


def parse(url: str) -> URL:
    """The URL with our drivers; ValueError when it names a database that we don't know."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError(_WRONG_URL) from None  # SQLAlchemy's words would quote the password
    match parsed.get_backend_name():
        case "sqlite" if parsed.database:
            return parsed
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case _:
            raise ValueError(_WRONG_URL)


def sqlite_path(url: URL) -> Path:
    """The database file."""
    return Path(url.database or "").absolute()


def connect_sqlite(path: Path, lock_seconds: float = LOCK_SECONDS) -> sqlite3.Connection:
    """Open an existing file. `mode=rw`, since a missing database must not come back as an empty one."""
    uri = f"file:{quote(str(path))}?mode=rw"
    # No isolation_level: the driver begins nothing by itself, so BEGIN IMMEDIATE is the only way in.
    connection = sqlite3.connect(uri, uri=True, timeout=lock_seconds, isolation_level=None, cached_statements=256)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def engine_for(url: str, lock_seconds: float = LOCK_SECONDS) -> Engine:
    """An engine: unpooled and in autocommit on SQLite, pooled and REPEATABLE READ on PostgreSQL."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        path = sqlite_path(parsed)
        return create_engine(
            "sqlite+pysqlite://",
            creator=lambda: connect_sqlite(path, lock_seconds),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
        )
    # One work sees one state of the database, as it does on SQLite; whoever changes a row second is told (40001) and
    # runs again. READ COMMITTED would let a work read a case and its timeline from two different moments.
    return create_engine(
        parsed,
        isolation_level="REPEATABLE READ",
        pool_size=PG_WORKERS,
        max_overflow=0,
        pool_timeout=LOCK_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": _PG_SETTINGS, "connect_timeout": 3},
    )
