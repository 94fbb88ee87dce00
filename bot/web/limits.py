"""A share for everybody: so many requests for each session and each address, and then a page that says to wait.

Counted in memory, under hashes, before anything is read from the store. Nobody who types and presses comes near it; a
program that floods does. Each process counts for itself: a share keeps one from taking a process away from the others.
What a guess could win is counted in the database (bot/identity/throttle.py). What must never wait is let through by
`site.over`: help, and a red worry on its way.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True)
class Share:
    """How many requests may come at once, and how many a second in the long run."""

    burst: int
    a_second: float


PERSON: Final = Share(burst=300, a_second=2)
ADDRESS: Final = Share(burst=6_000, a_second=60)  # a whole municipality may sit behind one address
MOST_KEYS: Final = 20_000  # about five megabytes; the one not seen for longest is forgotten, and begins anew


class Limits:
    """What is left of everybody's share. `now` comes from outside; a clock that goes back gives nothing."""

    def __init__(self, person: Share = PERSON, address: Share = ADDRESS) -> None:
        self.person, self.address = person, address
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, now: datetime, session: str, address: str) -> bool:
        """Count one request; False when the session or the address has had its share."""
        mine = self._one(f"s:{session}", self.person, now) if session else True
        theirs = self._one(f"a:{address}", self.address, now) if address else True
        return mine and theirs

    def _one(self, key: str, share: Share, now: datetime) -> bool:
        left, at = self._left.pop(key, (float(share.burst), now))
        left = min(float(share.burst), left + max(0.0, (now - at).total_seconds()) * share.a_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, max(at, now))
        if len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
        return allowed
