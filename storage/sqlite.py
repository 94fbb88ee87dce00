"""The embedded store: one file, one connection, one writer thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, StatementError

from dialogs.records import StorageBusy
from storage.engines import LOCK_SECONDS, engine_for, parse, sqlite_path
from storage.faults import translate
from storage.group import GroupCommit, Work, WorkFailed
from storage.keyring import KeyRing
from storage.keys import Keks
from storage.schema import HEAD, revision_of
from storage.uow import SqlUnitOfWork, Stamps, utc_now

T = TypeVar("T")


class SqliteStore:
    """Runs work in groups. A connection that met trouble is thrown away, and the next work opens a new one."""

    def __init__(
        self, url: str, now: Callable[[], datetime] = utc_now, lock_seconds: float = LOCK_SECONDS, *, keys: Keks = ()
    ) -> None:
        self._file = _File(sqlite_path(parse(url)))
        self._engine = engine_for(url, lock_seconds)
        self._stamps, self._ring = Stamps(now), KeyRing(keys)
        self._connection: Connection | None = None
        self._work: SqlUnitOfWork | None = None
        self._group = GroupCommit(self._transact, self._drop, "storage")

    def run(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run, commit, return; raise StorageBusy when it can't be saved now."""
        return self._group.run(work)

    async def submit(self, work: Callable[[SqlUnitOfWork], T], lane: str = "") -> T:
        """The same from an event loop. One writer does all works in order, so every lane keeps its own."""
        return await self._group.submit(work)

    def healthy(self) -> bool:
        """A write probe: True when the store can take a commit now."""
        try:
            self.run(SqlUnitOfWork.beat)
        except StorageBusy:
            return False
        return True

    def close(self) -> None:
        """Finish what waits and let the file go."""
        self._group.close()

    # --- below: only ever called in the writer thread ---

    def _transact(self, works: Sequence[Work]) -> list[Any]:
        try:
            connection, unit = self._open()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._file.remember()
            unit.vault.begin()
            try:
                results = [_do(work, unit, index) for index, work in enumerate(works)]
            except WorkFailed:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")
            self._file.must_be_there()
            unit.vault.committed()
            self._wipe(connection, unit)
        except WorkFailed:
            raise
        except DBAPIError as error:
            self._drop()
            raise translate(error) from None
        except BaseException:
            self._drop()
            raise
        return results

    @staticmethod
    def _wipe(connection: Connection, unit: SqlUnitOfWork) -> None:
        """Empty the WAL after a shredding, since a copy of the deleted key stays in it until then.

        Another process that reads at this moment holds the WAL back: then the next commit tries again, without making
        anybody wait.
        """
        if unit.vault.shredded:
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            held, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(LOCK_SECONDS * 1000)}")
            unit.vault.shredded = bool(held)

    def _open(self) -> tuple[Connection, SqlUnitOfWork]:
        if self._connection is None or self._work is None:
            connection = self._connection = self._engine.connect()
            if revision_of(connection) != HEAD:
                raise StorageBusy("gone")  # another file lies where ours was
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # the first one to come makes a new database's keys
            self._ring.unlock(connection)
            connection.exec_driver_sql("COMMIT")
            self._work = SqlUnitOfWork(connection, self._stamps, self._ring)
        return self._connection, self._work

    def _drop(self) -> None:
        self._file.forget()
        if self._connection is not None:
            self._connection.invalidate()  # closes the file even when a rollback would fail
            self._connection.close()
        self._connection = self._work = None


def _do(work: Work, unit: SqlUnitOfWork, index: int) -> Any:
    try:
        return work(unit)
    except StatementError as error:
        meaning = translate(error)
        if isinstance(meaning, StorageBusy):
            raise meaning from None
        raise WorkFailed(index, meaning) from None
    except BaseException as error:
        raise WorkFailed(index, error) from error


class _File:
    """Which file on disk we write to. Linux lets a process write on into a file that has been deleted; a commit there
    is lost when the process ends, so it must not count as saved."""

    def __init__(self, path: Path) -> None:
        self._paths = (path, path.with_name(path.name + "-wal"))
        self._known: tuple[tuple[int, int], ...] | None = None

    def remember(self) -> None:
        """Note the files, once a transaction has made sure that both exist."""
        if self._known is None:
            self._known = self._identity()

    def must_be_there(self) -> None:
        """StorageBusy when the files are not the ones that the transaction wrote to."""
        if self._identity() != self._known:
            raise StorageBusy("gone")

    def forget(self) -> None:
        """The connection is closed."""
        self._known = None

    def _identity(self) -> tuple[tuple[int, int], ...]:
        try:
            stats = [path.stat() for path in self._paths]
        except OSError:
            raise StorageBusy("gone") from None
        return tuple((stat.st_dev, stat.st_ino) for stat in stats)
