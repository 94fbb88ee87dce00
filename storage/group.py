"""Group commit: works that wait are run one after another in one transaction, and answered after its commit.

A commit that reaches the disk costs milliseconds, a turn's statements cost microseconds. So one thread takes everything
that waits, and whoever comes while it commits is in the next group.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from dialogs.records import Moved, StorageBusy

GROUP_LIMIT = 64  # bounds how long the first of a group waits for the last

Work = Callable[[Any], Any]
Transact = Callable[[Sequence[Work]], list[Any]]


class WorkFailed(Exception):  # noqa: N818 - carries a work's own exception from the transaction to the group
    """One work of a group raised; nothing of the group was saved."""

    def __init__(self, index: int, error: BaseException) -> None:
        super().__init__(index)
        self.index, self.error = index, error


@dataclass(slots=True)
class _Job:
    work: Work
    future: Future[Any] | asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop | None
    result: Any = None
    error: BaseException | None = None


class GroupCommit:
    """The one writer thread. `transact` runs works in one transaction and returns their results after its commit."""

    def __init__(self, transact: Transact, close: Callable[[], None], name: str) -> None:
        self._transact, self._close = transact, close
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._door, self._closed = Lock(), False
        # A daemon, so that it never keeps a dying process alive: nobody was promised anything before a commit.
        self._thread = Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Work) -> Any:
        """Wait for the work's commit; its result, or its exception."""
        future: Future[Any] = Future()
        self._enter(_Job(work, future, None))
        return future.result()

    async def submit(self, work: Work) -> Any:
        """The same from an event loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._enter(_Job(work, future, loop))
        return await future

    def close(self) -> None:
        """Finish what waits, then stop; later works get StorageBusy."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _enter(self, job: _Job) -> None:
        with self._door:  # nothing may enter behind the last one, where nobody would ever look
            if self._closed:
                raise StorageBusy("closed")
            self._waiting.put(job)

    def _serve(self) -> None:
        going = True
        while going:
            jobs, going = self._take()
            self._settle_all(jobs)
        self._close()

    def _take(self) -> tuple[list[_Job], bool]:
        jobs: list[_Job] = []
        try:
            job = self._waiting.get()
            while job is not None:
                jobs.append(job)
                if len(jobs) == GROUP_LIMIT:
                    return jobs, True
                job = self._waiting.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _settle_all(self, jobs: list[_Job]) -> None:
        """Commit the jobs in the order in which they came.

        1. All of them in one transaction. 2. When one raises, everything is rolled back: those before it run again as
        a group, then it alone (so that its failure is its own), then those behind it. 3. When the database can't save
        now, all that is left gets the same StorageBusy, without waiting for the lock once for each.
        """
        parts = deque([jobs] if jobs else [])
        while parts:
            part = parts.popleft()
            try:
                for job, result in zip(part, self._transact([job.work for job in part]), strict=True):
                    job.result = result
            except WorkFailed as failed:
                if len(part) == 1:
                    moved = isinstance(failed.error, Moved)  # the one writer saw another state than the work expected
                    part[0].error = StorageBusy("moved") if moved else failed.error
                else:
                    at = failed.index
                    parts.extendleft(p for p in (part[at + 1 :], [part[at]], part[:at]) if p)
            except BaseException as error:
                for job in [*part, *(job for later in parts for job in later)]:
                    job.error = error
                break
        _answer(jobs)


def _answer(jobs: list[_Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        if job.loop is None:
            _release(job)
        else:
            by_loop.setdefault(job.loop, []).append(job)
    for loop, waiting in by_loop.items():
        try:
            loop.call_soon_threadsafe(_release_all, waiting)  # one wake-up for the whole group
        except RuntimeError:
            continue  # the loop is closed: nobody waits any more


def _release_all(jobs: list[_Job]) -> None:
    for job in jobs:
        _release(job)


def _release(job: _Job) -> None:
    if job.future.cancelled():
        return  # whoever asked has gone; what was saved is saved
    if job.error is None:
        job.future.set_result(job.result)
    else:
        job.future.set_exception(job.error)
