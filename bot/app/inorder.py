"""In which order one person's notices go: what must wait for an earlier one, and for the chat itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from dialogs.gathering import MAY_GATHER, TEMPLATE
from dialogs.notices import Channel, OutboxRow, Wish, lane_of

POLL_SECONDS: Final = 1.0
PATIENCE: Final = timedelta(minutes=10)  # how long a notice waits for an earlier one of the same case to be tried again
CHAT_GAP: Final = timedelta(seconds=1)  # Telegram's planning value for one private chat
_MOMENT: Final = timedelta(milliseconds=1)


def after_earlier(told: Sequence[OutboxRow], row: OutboxRow, now: datetime) -> datetime:
    """When an earlier notice about the same thing has had its turn: "answered" must not arrive before "opened".

    Red waits for nothing, an answer not for bulk, and nobody for a notice that has been in trouble for long.
    """
    subject = _subject(row.wish)
    if row.wish.red or not any(subject):
        return now
    waiting = [now]
    for other in told:
        behind = other.id >= row.id or lane_of(other.wish) > lane_of(row.wish)
        if behind or _subject(other.wish) != subject:
            continue
        due = _due(other)
        if other.state == "sending":
            waiting.append(now + timedelta(seconds=POLL_SECONDS))
        elif other.state == "pending" and other.wish.due_at <= row.wish.due_at and due <= now + PATIENCE:
            waiting.append(max(due, now + _MOMENT))  # put off earlier, it may be due by now: let it go first
    return max(waiting)


def after_gathering(told: Sequence[OutboxRow], row: OutboxRow, now: datetime) -> datetime:
    """When the day's one message has had its turn, for what it would tell of: after an outage that is one, not many."""
    due = any(one.state == "pending" and one.wish.template == TEMPLATE and _due(one) <= now for one in told)
    return now + _MOMENT if due and row.wish.template in MAY_GATHER else now


def chat_free(told: Sequence[OutboxRow], row: OutboxRow, channel: Channel, now: datetime) -> datetime:
    """When this person's chat takes the next message, whichever process sent the one before."""
    if channel != "telegram":
        return now
    free = now
    for other in told:
        if other.id != row.id and other.sent_via == "telegram" and other.sent_at is not None:
            free = max(free, other.sent_at + CHAT_GAP)
    return free


def _due(row: OutboxRow) -> datetime:
    return row.due_at or row.wish.due_at


def _subject(wish: Wish) -> tuple[str | None, ...]:
    """What a notice is about: those about the same thing reach a person in their order."""
    return wish.case_id, wish.draft_id, wish.meeting_id
