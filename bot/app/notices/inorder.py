"""In which order one person's notices go: what must wait for an earlier one, and for the chat itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.ports import Outbox
from dialogs.gathering import MAY_GATHER, TEMPLATE
from dialogs.notices import SUBJECT, Channel, OutboxRow, urgency_of

POLL_SECONDS: Final = 1.0
LONGEST_WAIT: Final = timedelta(
    minutes=10
)  # how long a notice waits for an earlier one of the same case to be tried again
CHAT_GAP: Final = timedelta(seconds=1)  # Telegram's planning value for one private chat
_MOMENT: Final = timedelta(milliseconds=1)


def after_earlier(outbox: Outbox, row: OutboxRow, now: datetime) -> datetime:
    """When an earlier notice about the same thing has had its turn: "answered" must not arrive before "opened".

    Red waits for nothing, an answer not for bulk, and nobody for a notice that has been in trouble for long.
    """
    if row.wish.red or not any(getattr(row.wish, name) for name in SUBJECT):
        return now
    waiting = [now]
    for other in outbox.ahead_of(row):
        if urgency_of(other.wish) > urgency_of(row.wish):
            continue
        due = _due(other)
        if other.state == "sending":
            waiting.append(now + timedelta(seconds=POLL_SECONDS))
        elif other.state == "pending" and other.wish.due_at <= row.wish.due_at and due <= now + LONGEST_WAIT:
            waiting.append(max(due, now + _MOMENT))  # put off earlier, it may be due by now: let it go first
    return max(waiting)


def after_gathering(outbox: Outbox, row: OutboxRow, now: datetime) -> datetime:
    """When the day's one message has had its turn, for what it would tell of: after an outage that is one, not many."""
    if row.wish.template not in MAY_GATHER:
        return now
    waiting = outbox.pending_of_person(row.wish.recipient)
    return now + _MOMENT if any(one.wish.template == TEMPLATE and _due(one) <= now for one in waiting) else now


def chat_free(outbox: Outbox, row: OutboxRow, channel: Channel, now: datetime) -> datetime:
    """When this person's chat takes the next message, whichever process sent the one before."""
    if channel != "telegram":
        return now
    last = outbox.last_sent(row.wish.recipient, channel)
    return now if last is None else max(now, last + CHAT_GAP)


def _due(row: OutboxRow) -> datetime:
    return row.due_at or row.wish.due_at
