"""How fast and when a channel may be used: one message a second in a chat, and a pause for a channel that is down.

The pace over all chats (25 a second per bot token) is a row of the database (`Outbox.take_turn`), one for all
processes; what a single private chat may get and the memory of an outage are here, without a clock of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.ports import DeliveryError
from dialogs.notices import Channel

CHAT_GAP = timedelta(seconds=1)  # Telegram's planning value for one private chat (its FAQ for bots)
TRUST = 3  # failures in a row before a channel counts as down: one bad minute is no outage
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)  # after an outage the queue starts again within this time
_ABOUT_ONE_PERSON = frozenset({"greylisted", "bad_request"})  # says nothing about the channel
_MANY_CHATS = 1_000


class Budget:
    """What one sending process knows about its channels; forgets at a restart, which only costs a try."""

    def __init__(self) -> None:
        self._last: dict[str, datetime] = {}
        self._misses: dict[Channel, int] = {}
        self._held: dict[Channel, datetime] = {}

    def held(self, now: datetime) -> Mapping[Channel, datetime]:
        """Channels that are not to be used now, with the time when they may be tried again."""
        return {channel: until for channel, until in self._held.items() if until > now}

    def ready_at(self, channel: Channel, recipient: str) -> datetime:
        """The earliest time for the next message to this person on this channel."""
        if channel != "telegram" or recipient not in self._last:
            return datetime.min.replace(tzinfo=UTC)
        return self._last[recipient] + CHAT_GAP

    def spent(self, channel: Channel, recipient: str, now: datetime) -> None:
        """Note a try, before it is made."""
        if channel != "telegram":
            return
        if len(self._last) >= _MANY_CHATS:
            self._last = {person: at for person, at in self._last.items() if at + CHAT_GAP > now}
        self._last[recipient] = now

    def worked(self, channel: Channel) -> None:
        """Note that the channel answered as it should."""
        for one in _together(channel):
            self._misses.pop(one, None)
            self._held.pop(one, None)

    def failed(self, channel: Channel, error: DeliveryError, now: datetime) -> None:
        """Note a try that did not succeed; hold the channel when it is told to wait, or down."""
        if error.permanent or error.code in _ABOUT_ONE_PERSON:
            return
        misses = self._misses.get(channel, 0) + 1
        pause = timedelta(seconds=error.retry_after or 0)  # flood limits are per token: everybody waits
        if misses >= TRUST:
            pause = max(pause, min(FIRST_PAUSE * 2 ** min(misses - TRUST, 16), LONGEST_PAUSE))
        for one in _together(channel):
            self._misses[one] = misses
            if pause:
                self._held[one] = now + pause


def _together(channel: Channel) -> tuple[Channel, ...]:
    """Sending and deleting on Telegram are one road, and so is every mail."""
    roads: tuple[tuple[Channel, ...], ...] = (("telegram", "telegram_delete"), ("email", "calendar"))
    return next((road for road in roads if channel in road), (channel,))
