"""The store for several processes: PostgreSQL through psycopg 3, one transaction for each work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, StatementError, TimeoutError

from dialogs.records import Moved, StorageBusy
from storage.audit import my_turn
from storage.engines import PG_WORKERS, engine_for
from storage.faults import classify, translate
from storage.keyring import KeyRing
from storage.keys import Keks
from storage.uow import SqlUnitOfWork, Stamps, utc_now

T = TypeVar("T")

RERUNS = 3  # after a conflict; turns of one person come in order, so more than one is already rare


class PostgresStore:
    """Runs work in a small pool of threads. The order of one person's turns is the caller's job."""

    def __init__(self, url: str, now: Callable[[], datetime] = utc_now, *, keys: Keks = ()) -> None:
        self._engine = engine_for(url)
        self._stamps, self._ring = Stamps(now), KeyRing(keys)
        self._threads = ThreadPoolExecutor(PG_WORKERS, thread_name_prefix="storage")
        self._closed = False

    def run(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run, commit, return; raise StorageBusy when it can't be saved now.

        A connection that breaks during the commit also ends in StorageBusy, though the commit may have arrived: the
        receipt in it then answers the repeated event.
        """
        if self._closed:
            raise StorageBusy("closed")
        for tries in range(RERUNS):
            try:
                return self._once(work, first=tries == 0)
            except Moved:
                continue
            except DBAPIError as error:
                if classify(error)[0] != "conflict":
                    raise translate(error) from None
        try:
            return self._once(work, first=False)
        except Moved:
            raise StorageBusy("moved") from None
        except DBAPIError as error:
            raise translate(error) from None

    async def submit(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """The same from an event loop."""
        try:
            waiting = asyncio.get_running_loop().run_in_executor(self._threads, self.run, work)
        except RuntimeError:  # the pool is shut down
            raise StorageBusy("closed") from None
        return await waiting

    def healthy(self) -> bool:
        """A write probe: True when the store can take a commit now."""
        try:
            self.run(SqlUnitOfWork.beat)
        except StorageBusy:
            return False
        return True

    def close(self) -> None:
        """Finish what runs and close the connections."""
        self._threads.shutdown()
        self._closed = True
        self._engine.dispose()

    def _once(self, work: Callable[[SqlUnitOfWork], T], *, first: bool) -> T:
        """One transaction. A rerun waits for the log before it looks at anything, since that is where most of them
        met: so it is the last one."""
        try:
            if not self._ring.tenant:
                with self._engine.begin() as connection:
                    self._ring.unlock(connection)
            with self._engine.begin() as connection:
                if not first:
                    my_turn(connection)
                unit = SqlUnitOfWork(connection, self._stamps, self._ring)
                result = work(unit)
            unit.vault.committed()
            return result
        except (StatementError, TimeoutError) as error:
            if isinstance(error, DBAPIError):
                raise
            raise translate(error) from None
