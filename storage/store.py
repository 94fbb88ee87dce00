"""Opens the store that a URL names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.engines import parse
from storage.keys import Keks
from storage.memory import MemoryStore
from storage.postgres import PostgresStore
from storage.schema import require_head
from storage.sqlite import SqliteStore
from storage.uow import SqlUnitOfWork, utc_now


def open_store(
    url: str, now: Callable[[], datetime] = utc_now, *, keys: Keks = ()
) -> SqliteStore | PostgresStore | MemoryStore:
    """The store for `sqlite:///file`, `postgresql://…` or `memory:`.

    Raises ValueError for another URL, SchemaMismatch when the schema is old, StorageBusy when the server is away, and
    KeyProblem when none of the keys opens what is stored. Memory needs no keys.
    """
    if url == "memory:":
        return MemoryStore(now)
    sqlite = parse(url).get_backend_name() == "sqlite"
    require_head(url)
    store = SqliteStore(url, now, keys=keys) if sqlite else PostgresStore(url, now, keys=keys)
    try:
        store.run(_nothing)  # unlocks, so that a wrong key is told now and not to the first person who writes
    except BaseException:
        store.close()
        raise
    return store


def _nothing(unit: SqlUnitOfWork) -> None:
    """A work that does nothing."""
