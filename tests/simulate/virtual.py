"""An event loop whose time passes only when everybody waits, so that seven minutes of sending take seconds."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class Stuck(RuntimeError):
    """Everybody waits for something that no time will bring."""


class _Jumping(selectors.DefaultSelector):  # type: ignore[misc, valid-type]  # which class it is, the system says
    """Looks for what has happened; when nothing has, the time that would have been waited is over at once."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if found or timeout == 0:
            return found
        if timeout is None:
            raise Stuck
        self.passed += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time begins at zero."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds that have been waited."""
        return self._jumping.passed

    def pass_by(self, seconds: float) -> None:
        """Time goes by with nobody looking."""
        self._jumping.passed += seconds


class LoopClock:
    """A clock that goes with the loop."""

    def __init__(self, loop: VirtualLoop, start: datetime) -> None:
        self._loop, self.start = loop, start

    def now(self) -> datetime:
        """The moment that the loop has come to."""
        return self.start + timedelta(seconds=self._loop.time())


def run(loop: VirtualLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, and close."""
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()
