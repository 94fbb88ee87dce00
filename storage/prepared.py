"""Hot statements: written and compiled as Core statements, but on SQLite run straight on the driver.

A turn of the chat is six statements, and the last one of a worry some twenty. SQLAlchemy's execution of each costs more
CPU than SQLite's own work, so these few go past it: the same SQL, the same column types, the same errors.
`python -m bench.storage` shows the difference.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DBAPIError

from storage.statements import Upsert

Processor = Callable[[Any], Any]


@dataclass(frozen=True)
class _Plan:
    """One compiled form of a statement: its SQL, where each value goes, and how values and columns are converted."""

    sql: str
    names: tuple[str, ...]
    binds: tuple[Processor | None, ...]
    results: tuple[Processor | None, ...]


class Prepared:
    """A statement for the hot path. `fetch` gives rows as plain tuples, `change` the number of rows changed."""

    def __init__(self, statement: Executable | Upsert) -> None:
        self._statement = statement
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def fetch(self, connection: Connection, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """All rows, converted as their columns say."""
        if connection.dialect.name != "sqlite":
            return [tuple(row) for row in connection.execute(self._on(connection), values)]
        plan, cursor = self._run(connection, values)
        rows = cursor.fetchall()
        if not any(plan.results):
            return rows
        return [
            tuple(
                value if convert is None else convert(value) for convert, value in zip(plan.results, row, strict=True)
            )
            for row in rows
        ]

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """The number of rows that an INSERT, UPDATE or DELETE touched."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._on(connection), values).rowcount
        return self._run(connection, values)[1].rowcount

    def _on(self, connection: Connection) -> Any:
        return self._statement.on(connection) if isinstance(self._statement, Upsert) else self._statement

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> tuple[_Plan, sqlite3.Cursor]:
        keys = tuple(values)
        plan = self._plans.get(keys)
        if plan is None:
            plan = self._plans[keys] = self._compile(connection, keys)
        bound = [
            values[name] if convert is None else convert(values[name])
            for name, convert in zip(plan.names, plan.binds, strict=True)
        ]
        driver: Any = connection.connection.driver_connection
        try:
            return plan, driver.execute(plan.sql, bound)
        except sqlite3.Error as error:
            # The same exception that SQLAlchemy would raise, so that faults are told apart in one place.
            raise DBAPIError.instance(plan.sql, None, error, sqlite3.Error, hide_parameters=True) from error

    def _compile(self, connection: Connection, keys: tuple[str, ...]) -> _Plan:
        dialect, statement = connection.dialect, self._on(connection)
        compiled = statement.compile(dialect=dialect, column_keys=list(keys))
        names = tuple(compiled.positiontup or ())
        columns = getattr(statement, "selected_columns", ())
        return _Plan(
            sql=str(compiled),
            names=names,
            binds=tuple(compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names),
            results=tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns),
        )
