"""A copy of the database without its keys, the wrapped keys apart, and the way back.

    FILE            the database as it was at one moment, its key tables empty: worthless alone
    FILE.keys       the wrapped keys; kept in another place and for days only, so that what is shredded stays shredded
    DATABASE.ledger what is deleted for good, written beside the database at each backup and sweep

Restoring puts both together, then deletes once more whatever any ledger knows to be gone.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from dialogs.records import StorageBusy
from dialogs.retention import Deletion
from storage.engines import connect_sqlite, engine_for, parse, sqlite_path
from storage.keyring import KeyRing
from storage.keys import Keks
from storage.retention import SqlRetention, forget_again
from storage.vault import Vault

_KEY_TABLES = ("tenant_keys", "data_keys")  # in the order in which they can be filled
_PAGES = 500


class NotForThisDatabase(Exception):  # noqa: N818 - an operator's choice
    """Backup and restore are for SQLite; on PostgreSQL use pg_dump and pg_restore, then `restore --ledger-only`."""


def backup(url: str, target: Path) -> None:
    """Write a consistent copy to `target` while the database is in use, and the wrapped keys to `target`.keys."""
    source = _path_of(url)
    for path in (target, keys_beside(target)):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with _open(source) as from_, _open(target) as to:
        from_.backup(to, pages=_PAGES)
        to.execute("PRAGMA journal_mode=DELETE")
        keys = {table: [_plain(row) for row in _rows(to, table)] for table in _KEY_TABLES}
        to.execute("PRAGMA foreign_keys=OFF")
        to.execute("PRAGMA secure_delete=ON")
        for table in reversed(_KEY_TABLES):
            to.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        to.commit()
        to.execute("VACUUM")
    keys_beside(target).write_text(json.dumps(keys), "utf-8")


def restore(url: str, source: Path, keys: Keks, ledger: Sequence[Deletion]) -> int:
    """Put a copy in place of the database and delete again what the ledger names; how many rows that were.

    1. the copy is made whole in a new file beside the database; 2. the ledger is applied to it and the WAL emptied;
    3. only then it takes the database's place. Stop `web` and `worker` first.
    """
    target = _path_of(url)
    fresh = target.with_name(target.name + ".restoring")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    fresh.write_bytes(source.read_bytes())
    with _open(fresh) as connection:
        for table, rows in json.loads(keys_beside(source).read_text("utf-8")).items():
            for row in rows:
                _insert(connection, table, row)
        connection.commit()
    gone = apply_ledger(f"sqlite:///{fresh}", keys, ledger)
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
        Path(f"{fresh}{suffix}").unlink(missing_ok=True)
    fresh.replace(target)
    return gone


def apply_ledger(url: str, keys: Keks, ledger: Sequence[Deletion]) -> int:
    """Delete what the ledger names from a database that was restored, and keep the ledger in it; rows deleted."""
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            connection.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else "SELECT 1")
            gone = _apply(connection, keys, ledger)
            if sqlite:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                connection.commit()
            return gone
    finally:
        engine.dispose()


def _apply(connection: Connection, keys: Keks, ledger: Sequence[Deletion]) -> int:
    ring = KeyRing(keys)
    ring.unlock(connection, create=False)
    vault = Vault(connection, ring)
    kept = SqlRetention(connection, vault)
    known = {(line.kind, line.owner) for line in kept.ledger()}
    gone = forget_again(connection, vault, ledger)
    for line in ledger:
        if (line.kind, line.owner) not in known:
            kept.record(line)
    return gone


# --- the ledger outside the database ---


def keys_beside(path: Path) -> Path:
    """Where the wrapped keys of a copy lie."""
    return path.with_name(path.name + ".keys")


def ledger_file(url: str) -> Path:
    """Where the ledger of a database is kept outside it."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        path = sqlite_path(parsed)
        return path.with_name(path.name + ".ledger")
    return Path("var") / f"{parsed.database}.ledger"


def write_ledger(path: Path, lines: Sequence[Deletion]) -> None:
    """Add to the file the lines that it does not hold; on disk when this returns."""
    known = {(line.kind, line.owner) for line in read_ledger(path)}
    fresh = [line for line in lines if (line.kind, line.owner) not in known]
    if not fresh:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n")  # the line before may have been cut short by a crash
        for line in fresh:
            file.write(json.dumps(_as_json(line)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_ledger(path: Path) -> list[Deletion]:
    """The lines of the file; a last line that was cut by a crash is passed over, since the database has it too."""
    found: list[Deletion] = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            data = json.loads(line)
        except ValueError:
            continue
        found.append(Deletion(**data | {"at": datetime.fromisoformat(data["at"])}))
    return found


def ledger_of(url: str) -> list[Deletion]:
    """What the database itself says is gone; nothing when it can't be asked."""
    try:
        engine = engine_for(url)
        with engine.connect() as connection:
            return list(SqlRetention(connection, Vault(connection, KeyRing(()))).ledger())
    except Exception:  # a lost database is why one restores: the file beside it then speaks alone
        return []


def _as_json(line: Deletion) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "owner": line.owner,
        "rule": line.rule,
        "at": line.at.astimezone(UTC).isoformat(),
        "code": line.code,
        "counts": dict(line.counts),
        "seq": line.seq,
    }


# --- plain sqlite3, since SQLAlchemy has no backup ---


def _path_of(url: str) -> Path:
    parsed = parse(url)
    if parsed.get_backend_name() != "sqlite":
        raise NotForThisDatabase(NotForThisDatabase.__doc__)
    return sqlite_path(parsed)


class _open:  # noqa: N801 - reads as a function
    """A connection that is closed at the end, as sqlite3's own `with` does not."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = connect_sqlite(path)
        except sqlite3.Error:
            raise StorageBusy("gone") from None
        self._connection.row_factory = sqlite3.Row

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, *error: object) -> None:
        self._connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[sqlite3.Row]:
    yield from connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours


def _plain(row: sqlite3.Row) -> dict[str, Any]:
    return {name: {"hex": row[name].hex()} if isinstance(row[name], bytes) else row[name] for name in row.keys()}  # noqa: SIM118


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    values = [bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for value in row.values()]
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names of ours
