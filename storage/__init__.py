"""The database behind one door: SQLite in one process, PostgreSQL for several, memory for tests."""

from __future__ import annotations

from storage.checks import Breach, invariants
from storage.faults import Refused, SchemaMismatch
from storage.memory import MemoryStore
from storage.postgres import PostgresStore
from storage.schema import schema_at_head, upgrade
from storage.sqlite import SqliteStore
from storage.store import open_store

__all__ = [
    "Breach",
    "MemoryStore",
    "PostgresStore",
    "Refused",
    "SchemaMismatch",
    "SqliteStore",
    "invariants",
    "open_store",
    "schema_at_head",
    "upgrade",
]
