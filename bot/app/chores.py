"""What is done now and then beside the sending: small works, each in a transaction of its own and on its own clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from bot.ports import StorageBusy, Store, UnitOfWork
from dialogs.access import WORKER

log = logging.getLogger(__name__)

T = TypeVar("T")
EACH_ROUND: Final = timedelta(0)


@dataclass(frozen=True)
class Chore(Generic[T]):
    """A work and how often it is done.

    `work` may be run again after a conflict, so it remembers nothing itself: `done` is told what was committed.
    """

    name: str
    work: Callable[[UnitOfWork, datetime], T]
    every: timedelta = EACH_ROUND
    done: Callable[[T, datetime], None] | None = None


class Rounds:
    """Does the chores that are due, one after another. One that fails is named, tried again next time, and stops no
    other; `troubles` holds the kind of what went wrong by the chore's name until it has gone well."""

    def __init__(self, store: Store, chores: Sequence[Chore[Any]]) -> None:
        self._store, self._chores = store, chores
        self._next: dict[str, datetime] = {}
        self.troubles: dict[str, str] = {}

    async def go(self, now: datetime) -> None:
        """One round. Never raises for a chore's sake."""
        for chore in self._chores:
            if now < self._next.get(chore.name, now):
                continue
            try:
                result = await self._store.submit(WORKER, lambda uow, chore=chore: chore.work(uow, now))
                if chore.done is not None:
                    chore.done(result, now)
            except StorageBusy:
                self.troubles[chore.name] = "storage_busy"
            except Exception as error:  # its text may be personal; the others have their own work to do
                self.troubles[chore.name] = type(error).__name__
                log.error("chore %s: unexpected %s", chore.name, type(error).__name__)
            else:
                self._next[chore.name] = now + chore.every
                self.troubles.pop(chore.name, None)
