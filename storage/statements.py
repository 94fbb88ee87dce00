"""Statements are built once, at import; the few that differ by database are built once for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: dict[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Upsert:
    """An `INSERT … ON CONFLICT`, which SQLAlchemy offers per database only, though the words are the same."""

    def __init__(self, build: Callable[[Callable[[Table], Any]], Executable]) -> None:
        # Without `preserve_rowcount` an INSERT's row count is not kept, and it says whether there was a conflict.
        self._by_dialect = {
            name: build(insert).execution_options(preserve_rowcount=True) for name, insert in _INSERTS.items()
        }

    def on(self, connection: Connection) -> Executable:
        """The statement for this connection's database."""
        return self._by_dialect[connection.dialect.name]
