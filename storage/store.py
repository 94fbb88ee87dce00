"""Opens the store that a URL names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.engines import parse
from storage.memory import MemoryStore
from storage.postgres import PostgresStore
from storage.schema import require_head
from storage.sqlite import SqliteStore
from storage.uow import utc_now


def open_store(url: str, now: Callable[[], datetime] = utc_now) -> SqliteStore | PostgresStore | MemoryStore:
    """The store for `sqlite:///file`, `postgresql://…` or `memory:`.

    Raises ValueError for another URL, SchemaMismatch when the schema is old, StorageBusy when the server is away.
    """
    if url == "memory:":
        return MemoryStore(now)
    sqlite = parse(url).get_backend_name() == "sqlite"
    require_head(url)
    return SqliteStore(url, now) if sqlite else PostgresStore(url, now)
