"""Passphrases: argon2id, two at a time, and as slow for somebody who does not exist."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from bot.identity.obvious import obvious

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

SHORTEST, LONGEST = 12, 128  # characters; the longest is a limit on work, not on safety
AT_ONCE = 2  # each takes 64 MiB and a third of a second
MOST_WAITING = 16  # more than that is a flood, and is told to come again
FEWEST_DIFFERENT = 6


class TooBusy(Exception):  # noqa: N818 - a state, not a mistake
    """More people want to sign in than can be answered now: nothing was tried."""


def weak(phrase: str, known: Collection[str] = ()) -> str | None:
    """Why this can't be a passphrase, as a code; None when it can. `known` are words that others know of them."""
    if len(phrase) < SHORTEST:
        return "phrase_short"
    if len(phrase) > LONGEST:
        return "phrase_long"
    low = phrase.casefold()
    if len(set(low)) < FEWEST_DIFFERENT or _runs(low) or obvious(phrase, known):
        return "phrase_obvious"
    return None


def _runs(text: str) -> bool:
    """Whether it is one piece said again and again, such as "hejhejhejhej"."""
    return text in (text + text)[1:-1]


class Passphrases:
    """Makes and checks hashes in a pool of two, so that a flood of tries can't take the machine."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._given = hasher
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passphrase")
        self._waiting = 0

    async def hash(self, phrase: str) -> str:
        """What is stored of a passphrase. Raises TooBusy."""
        return await self._in_pool(lambda: self._hasher.hash(phrase))

    async def fits(self, phrase: str, stored: str | None) -> bool:
        """Whether this is the passphrase. Without a stored one it takes just as long and is False. Raises TooBusy."""
        return await self._in_pool(lambda: self._verify(phrase, stored))

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return self._given or PasswordHasher()  # argon2id, t=3, 64 MiB, p=4 (RFC 9106, second choice)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("the passphrase of nobody at all")

    def _verify(self, phrase: str, stored: str | None) -> bool:
        from argon2.exceptions import Argon2Error, InvalidHashError

        nobodys = self._nobodys
        try:
            return self._hasher.verify(stored or nobodys, phrase[:LONGEST]) and stored is not None
        except (Argon2Error, InvalidHashError):
            return False

    async def _in_pool(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1
