"""The store for several processes: PostgreSQL through psycopg 3, one transaction for each work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import BigInteger, Connection, bindparam, func, select
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
_NUMBER = bindparam("number", type_=BigInteger)
_ENTER, _LEAVE = select(func.pg_advisory_lock(_NUMBER)), select(func.pg_advisory_unlock(_NUMBER))


class PostgresStore:
    """Runs work in a small pool of threads; works of one lane one after another, whichever process was asked."""

    def __init__(self, url: str, now: Callable[[], datetime] = utc_now, *, keys: Keks = ()) -> None:
        self._engine = engine_for(url)
        self._stamps, self._ring = Stamps(now), KeyRing(keys)
        self._threads = ThreadPoolExecutor(PG_WORKERS, thread_name_prefix="storage")
        self._closed = False
        self._lanes = WeakValueDictionary[str, asyncio.Lock]()  # one for each lane that somebody is in

    def run(self, work: Callable[[SqlUnitOfWork], T], lane: str = "") -> T:
        """Run, commit, return; raise StorageBusy when it can't be saved now.

        A connection that breaks during the commit also ends in StorageBusy, though the commit may have arrived: the
        receipt in it then answers the repeated event.
        """
        if self._closed:
            raise StorageBusy("closed")
        try:
            with self._engine.connect() as connection, _in_lane(connection, lane):
                return self._until_done(connection, work)
        except Moved:
            raise StorageBusy("moved") from None
        except (StatementError, TimeoutError) as error:
            raise translate(error) from None

    async def submit(self, work: Callable[[SqlUnitOfWork], T], lane: str = "") -> T:
        """The same from an event loop."""
        if not lane:
            return await self._in_thread(work, lane)
        # Threads would come to the database in any order; and whoever waits here takes none from others.
        async with self._lanes.setdefault(lane, asyncio.Lock()):
            return await self._in_thread(work, lane)

    async def _in_thread(self, work: Callable[[SqlUnitOfWork], T], lane: str) -> T:
        try:
            waiting = asyncio.get_running_loop().run_in_executor(self._threads, self.run, work, lane)
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

    def _until_done(self, connection: Connection, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run, and run again after a conflict; the last one ends as it ends."""
        for tries in range(RERUNS):
            try:
                return self._once(connection, work, first=tries == 0)
            except Moved:
                continue
            except DBAPIError as error:
                if classify(error)[0] != "conflict":
                    raise
        return self._once(connection, work, first=False)

    def _once(self, connection: Connection, work: Callable[[SqlUnitOfWork], T], *, first: bool) -> T:
        """One transaction. A rerun waits for the log before it looks at anything, since that is where most of them
        met: so it is the last one."""
        if not self._ring.tenant:
            with connection.begin():
                self._ring.unlock(connection)
        with connection.begin():
            if not first:
                my_turn(connection)
            unit = SqlUnitOfWork(connection, self._stamps, self._ring)
            result = work(unit)
        unit.vault.committed()
        return result


def lane_number(lane: str) -> int:
    """What the server knows a lane by; nobody can tell from it whose lane it is."""
    return int.from_bytes(sha256(lane.encode()).digest()[:8], signed=True)


@contextmanager
def _in_lane(connection: Connection, lane: str) -> Iterator[None]:
    """Hold the lane's lock of the server, which hands it on in the order in which it was asked for.

    The session holds it and not the transaction: asking for it is a query, and fixes what a transaction sees, so one
    that waited inside would not see what it waited for. It also stays held between the reruns of a work.
    """
    if not lane:
        yield
        return
    number = {"number": lane_number(lane)}
    with connection.begin():
        connection.execute(_ENTER, number)
    try:
        yield
    finally:
        try:
            with connection.begin():
                connection.execute(_LEAVE, number)
        except DBAPIError:
            connection.invalidate()  # the server frees what a session held that is gone
