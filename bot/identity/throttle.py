"""Slowing down guesses: so many tries an hour for each account and each address. Nothing but signing in is slowed.

A try is counted before it is made and given back when it succeeds, so that a hundred at once count as a hundred.
Nobody is ever stopped from writing, from sending a red worry or from reading what to do in danger.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.ports import Tries, UnitOfWork
from dialogs.identity import TRIES_WINDOW

Guess = Literal["account", "second", "address"]
LIMITS: dict[Guess, int] = {
    "account": 10,  # passphrases for one login name
    "second": 5,  # codes of one person: one in 200,000 guesses is right
    "address": 60,  # failed tries from one address; a whole school may sit behind it
}


@dataclass(frozen=True)
class Throttle:
    """Counts under keyed hashes, so that the table names nobody and no address."""

    secret: bytes

    def begin(self, uow: UnitOfWork, now: datetime, *guesses: tuple[Guess, str]) -> bool:
        """Count one try under each of these; False, and nothing counted, when one of them has had its share."""
        counted: list[tuple[Guess, Tries]] = [
            (kind, self._now(uow, kind, value, now)) for kind, value in guesses if value
        ]
        if any(tries.count >= LIMITS[kind] for kind, tries in counted):
            return False
        for _, tries in counted:
            uow.identity.put_tries(replace(tries, count=tries.count + 1))
        return True

    def succeeded(self, uow: UnitOfWork, now: datetime, *guesses: tuple[Guess, str]) -> None:
        """The try was right: the account begins anew, the address gets its one try back."""
        for kind, value in guesses:
            tries = self._now(uow, kind, value, now)
            if kind == "address" and tries.count > 1:
                uow.identity.put_tries(replace(tries, count=tries.count - 1))
            else:
                uow.identity.forget_tries(tries.key)

    def _now(self, uow: UnitOfWork, kind: Guess, value: str, now: datetime) -> Tries:
        text = f"tries:{kind}:{value.casefold()}"
        key = hmac.new(self.secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:40]
        found = uow.identity.tries(key)
        return found if found is not None and found.since + TRIES_WINDOW > now else Tries(key, 0, now)
