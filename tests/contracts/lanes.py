"""Look at the lanes of a PostgreSQL server from outside: block one, and wait until so many wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from storage.engines import engine_for
from storage.postgres import lane_number

_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


class Gate:
    """A lane that is blocked until `open`."""

    def __init__(self, url: str, lane: str) -> None:
        self._engine = engine_for(url)
        self._held = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._held.execute(text("SELECT pg_advisory_lock(:n)"), {"n": lane_number(lane)})

    async def has_waiting(self, count: int, seconds: float = 30) -> None:
        """Return when so many works wait for the lane."""
        async with asyncio.timeout(seconds):
            while await asyncio.to_thread(self._waiting) != count:
                pass  # the question itself takes its time

    def _waiting(self) -> int:
        with self._engine.connect() as looking:
            return int(looking.execute(_WAITING).scalar_one())

    def open(self) -> None:
        """Let the first of those who wait in: the lane is free when its session ends. Once is enough."""
        if not self._held.closed:
            self._held.invalidate()
            self._held.close()
            self._engine.dispose()


@contextmanager
def blocked(url: str, lane: str) -> Iterator[Gate]:
    """A lane that nobody gets into before its gate is opened."""
    gate = Gate(url, lane)
    try:
        yield gate
    finally:
        gate.open()
