"""What can go wrong between a bot and Telegram, switched on by a test."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.botapi.errors import ApiError

LIMITED = frozenset({"sendmessage", "editmessagetext", "editmessagereplymarkup"})


class Fault(Enum):
    """One kind of trouble for a call."""

    ERROR_500 = "500 before anything is done"
    ERROR_502 = "a proxy's 502 with an HTML page"
    TOO_MANY = "429 with retry_after 1"
    RESET_BEFORE = "the connection is reset before anything is done"
    RESET_AFTER = "the connection is reset after the call was carried out"
    SILENCE = "the call is carried out, the answer never comes"


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    times: int
    skip: int


class Faults:
    """A list of planned faults; each is used up call by call, in the order they were planned."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def plan(self, fault: Fault, method: str = "", *, times: int = 1, skip: int = 0) -> None:
        """Let `times` calls fail, after letting `skip` of them pass: of this method, or of any but getUpdates."""
        self._planned.append(_Planned(method.lower(), fault, times, skip))

    def clear(self) -> None:
        """Forget what is left of the plan."""
        self._planned.clear()

    def next(self, method: str) -> Fault | None:
        """The fault that this call meets, if any."""
        for planned in self._planned:
            if planned.method not in ({method} if method == "getupdates" else {"", method}):
                continue
            if planned.skip > 0:
                planned.skip -= 1
                return None
            planned.times -= 1
            if planned.times <= 0:
                self._planned.remove(planned)
            return planned.fault
        return None


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """Telegram's limits are unpublished and move; these are the commonly met ones."""

    overall_per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20


class Flood:
    """Counts sends per token and per chat in sliding windows; refused calls count as well."""

    def __init__(self, limits: FloodLimits, now: Callable[[], float]) -> None:
        self._limits = limits
        self._now = now
        self._all: deque[float] = deque()
        self._chats: defaultdict[int, deque[float]] = defaultdict(deque)

    def check(self, method: str, chat_id: int) -> None:
        """Raise 429 with `retry_after` when this send is one too many."""
        if method not in LIMITED:
            return
        limits = self._limits
        now = self._now()
        _spend(self._all, now, limits.overall_per_second, 1.0)
        recent = self._chats[chat_id]
        if chat_id < 0:
            _spend(recent, now, limits.group_per_minute, 60.0)
        else:
            _spend(recent, now, limits.chat_burst, limits.chat_burst / limits.chat_per_second)


def _spend(recent: deque[float], now: float, allowed: int, window: float) -> None:
    while recent and recent[0] <= now - window:
        recent.popleft()
    if len(recent) >= allowed:
        wait = math.ceil(recent[0] + window - now) or 1
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    recent.append(now)
