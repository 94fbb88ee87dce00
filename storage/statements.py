"""Statements are built once, at import; the few that differ by database when that database is first asked."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Executable, Table


class Upsert:
    """An `INSERT … ON CONFLICT`, which SQLAlchemy offers per database only, though the words are the same."""

    def __init__(self, build: Callable[[Callable[[Table], Any]], Executable]) -> None:
        self._build = build
        self._by_dialect: dict[str, Executable] = {}

    def on(self, connection: Connection) -> Executable:
        """The statement for this connection's database."""
        name = connection.dialect.name
        if name not in self._by_dialect:
            # The other database's dialect stays unread: each takes megabytes.
            insert: Callable[[Table], Any] = import_module(f"sqlalchemy.dialects.{name}").insert
            # Without `preserve_rowcount` an INSERT's row count is not kept, and it says whether there was a conflict.
            self._by_dialect[name] = self._build(insert).execution_options(preserve_rowcount=True)
        return self._by_dialect[name]
