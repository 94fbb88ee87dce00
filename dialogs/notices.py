"""Notices and reminders: a row before it is a message. Content-free by contract: codes, colours, times, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

# "calendar" is a mail beside a message on Telegram: a message there can't put anything into a calendar.
Channel = Literal["any", "telegram", "email", "web", "telegram_delete", "calendar"]
State = Literal["pending", "sending", "sent", "uncertain", "dropped", "failed"]
DeliveryClass = Literal["turn", "reminder", "alert", "nudge"]  # reliability_security.md § 4.3, A–D


@dataclass(frozen=True)
class Wish:
    """A notice somebody should get: ids and enumerated words only, never an answer (style.md 5).

    `dedupe_key` makes the wish unique for ever; `until` is when it is no longer of use; `still` names the case state
    that must hold at the time of sending (see bot/app/cases/wanted.py), so that a reminder stops itself.
    """

    dedupe_key: str
    recipient: str
    template: str
    due_at: datetime
    params: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    channel: Channel = "any"
    delivery: DeliveryClass = "reminder"
    until: datetime | None = None
    case_id: str | None = None
    draft_id: str | None = None
    still: str | None = None
    red: bool = False  # may ring in quiet hours (features row 67)
    meeting_id: str | None = None


def lane_of(wish: Wish) -> int:
    """Where a notice stands in the queue: 0 for an answer to a person, a deletion and red, 1 for all else.

    Ten thousand reminders of the same minute take seven of them; nobody's red may wait behind those. Two lanes and no
    more: what is told of one matter in several notices keeps its order, since all but the first lane is one queue.
    """
    return 0 if wish.red or wish.delivery == "turn" or wish.channel == "telegram_delete" else 1


def takes_turn(wish: Wish) -> bool:
    """Whether a notice keeps to the pace of bulk; an answer to what somebody just did does not."""
    return wish.delivery != "turn" and wish.channel != "telegram_delete"


@dataclass(frozen=True)
class OutboxRow:
    """A wish with its fate. `tried` are channels already used up; the lease tells who is sending it now."""

    id: int
    wish: Wish
    state: State = "pending"
    attempts: int = 0
    due_at: datetime | None = None
    lease_token: str | None = None
    lease_until: datetime | None = None
    tried: tuple[Channel, ...] = ()
    sent_via: Channel | None = None
    sent_ref: str | None = None
    sent_at: datetime | None = None
    seen_at: datetime | None = None
    last_error: str | None = None  # a code, never a text from outside
    reason: str | None = None  # why it was dropped
