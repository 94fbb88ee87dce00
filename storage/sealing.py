"""Every sealed column of the schema, found by its type: what seals old plain text, and what looks for any left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, LargeBinary, bindparam, select, type_coerce, update

from storage.columns import Sealed
from storage.keyring import KeyRing
from storage.keys import Keks, KeyProblem
from storage.tables import Row
from storage.vault import VERSION, Field, Vault, key_of_day

BATCH = 500
# What an older version stored as a bare text; everything else in a sealed column was JSON.
_BARE_TEXT = frozenset({("people", "name"), ("people", "email")})


def sealed_fields() -> list[Field]:
    """Every sealed column of every table, in a stable order."""
    tables = sorted(Row.metadata.tables.values(), key=lambda table: table.name)
    return [Field(column) for table in tables for column in table.c if isinstance(column.type, Sealed)]


def seal_plain(connection: Connection, keys: Keks) -> int:
    """Seal what stands in sealed columns as plain text; the number of values. In the caller's transaction."""
    plain = [(field, rows) for field in sealed_fields() if (rows := list(plain_rows(connection, field)))]
    if not plain:
        return 0
    if not keys:
        raise KeyProblem("SECRET_KEY: is missing; set it, or KEY_FILE: the database holds text to be sealed")
    ring = KeyRing(keys)
    ring.unlock(connection)
    vault = Vault(connection, ring)
    for field, rows in plain:
        _seal_rows(connection, vault, field, rows)
    return sum(len(rows) for _, rows in plain)


def plain_rows(connection: Connection, field: Field) -> Iterator[Any]:
    """Rows whose value is not sealed: the primary key, the key's owner (`owner`) and the value (`text`)."""
    table, column = field.column.table, field.column
    owner = table.c[column.info["of"]].label("owner")
    rows = select(*table.primary_key.columns, owner, type_coerce(column, LargeBinary).label("text"))
    for row in connection.execute(rows.where(column.is_not(None)), execution_options={"yield_per": BATCH}):
        if not as_bytes(row.text).startswith(VERSION):
            yield row


def as_bytes(value: Any) -> bytes:
    """A stored value as bytes, whatever the driver made of it."""
    return value.encode() if isinstance(value, str) else bytes(value)


def row_name(field: Field, row: Any) -> str:
    """What a sealed value is bound to besides its column: its row's primary key."""
    return ":".join(str(getattr(row, column.name)) for column in field.column.table.primary_key.columns)


def owner_name(owner: Any) -> str:
    """Whose key it is: an id, or a day."""
    return key_of_day(owner) if isinstance(owner, datetime) else str(owner)


def _seal_rows(connection: Connection, vault: Vault, field: Field, rows: list[Any]) -> None:
    table, column = field.column.table, field.column
    names = [key.name for key in table.primary_key.columns]
    where = [table.c[name] == bindparam(f"key_{name}") for name in names]
    statement = update(table).where(*where).values({column.name: bindparam("value")})
    for row in rows:
        text = as_bytes(row.text)
        value = text.decode() if (table.name, column.name) in _BARE_TEXT else orjson.loads(text)
        sealed = field.seal(vault, row_name(field, row), owner_name(row.owner), value)
        connection.execute(statement, {f"key_{name}": getattr(row, name) for name in names} | {"value": sealed})
