"""The updates that wait for the bot: kept until they are acknowledged, or their life is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.botapi.errors import conflict
from tests.botapi.updates import Json

MESSAGE_LIFE = 24 * 3600.0
TAP_LIFE = 150.0
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
Lane = tuple[str, int]


@dataclass(slots=True)
class Waiting:
    """One update; `copies` is how many more times it must be delivered with success."""

    update: Json
    lane: Lane
    expires: float
    copies: int = 1
    failures: int = 0

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


def kind_of(update: Json) -> str:
    """The name of the update's content, such as `message`."""
    return next(name for name in update if name != "update_id")


def lane_of(update: Json) -> Lane:
    """The queue the real server puts the update in: a chat's messages, a person's taps, memberships."""
    kind = kind_of(update)
    content = update[kind]
    if kind == "callback_query":
        return ("taps", int(content["from"]["id"]))
    return ("members" if kind == "my_chat_member" else "messages", int(content["chat"]["id"]))


class Queue:
    """All unacknowledged updates in the order of their ids; feeds either `getUpdates` or the webhook."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.waiting: dict[int, Waiting] = {}
        self.allowed: frozenset[str] = frozenset()
        self._last_id = 900_000
        self._poller: asyncio.Future[None] | None = None
        self._changed = asyncio.Event()

    def new_id(self) -> int:
        """The next update_id."""
        self._last_id += 1
        return self._last_id

    def allow(self, kinds: Iterable[str]) -> None:
        """Take only these kinds from now on; none means Telegram's default list."""
        self.allowed = frozenset(kinds)

    def takes(self, update: Json) -> bool:
        """Whether the bot asked for this kind of update."""
        kind = kind_of(update)
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def add(self, update: Json, copies: int) -> Waiting:
        """Keep the update until it is acknowledged."""
        life = TAP_LIFE if "callback_query" in update else MESSAGE_LIFE
        item = Waiting(update, lane_of(update), self._now() + life, copies)
        self.waiting[item.id] = item
        self.changed()
        return item

    def remove(self, update_id: int) -> None:
        """The update was acknowledged or has expired."""
        self.waiting.pop(update_id, None)
        self.changed()

    def expired(self, item: Waiting) -> bool:
        """Whether the update has outlived its time in Telegram's queue."""
        return item.expires <= self._now()

    def changed(self) -> None:
        """Wake those who wait for the queue, the poller too."""
        self._wake()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def polled(self) -> None:
        """Return when a long poll is waiting."""
        while self._poller is None:
            await self._changed.wait()

    async def empty(self) -> None:
        """Return when every update has been acknowledged or has expired."""
        while self.waiting:
            await self._changed.wait()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """`getUpdates`: forget what lies before `offset`, then hand out at most `limit`, at once or on arrival."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(
                conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
            )
        self._forget(offset)
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            found = self._living(limit)
            if not found and timeout > 0:
                self._wake()
                await asyncio.wait([poller], timeout=timeout)
                if poller.done():
                    poller.result()
                found = self._living(limit)
            return found
        finally:
            if self._poller is poller:
                self._poller = None

    def _forget(self, offset: int) -> None:
        if offset < 0:
            dropped = list(self.waiting)[:offset]
        else:
            dropped = [update_id for update_id in self.waiting if update_id < offset]
        for update_id in dropped:
            self.remove(update_id)

    def _living(self, limit: int) -> list[Json]:
        for update_id in [item.id for item in self.waiting.values() if self.expired(item)]:
            self.remove(update_id)
        return [item.update for item in list(self.waiting.values())[:limit]]
