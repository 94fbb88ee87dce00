"""Notices and reminders: a row before it is a message. Content-free by contract: codes, colours, times, links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

# "calendar" is a mail beside a message on Telegram: a message there can't put anything into a calendar.
Channel = Literal["any", "telegram", "email", "web", "telegram_delete", "calendar"]
# What goes by another channel's road: that one's messenger sends it, and the web inbox could show nothing of it.
ROAD: Final[Mapping[Channel, Channel]] = {"telegram_delete": "telegram", "calendar": "email"}
State = Literal["pending", "sending", "sent", "uncertain", "dropped", "failed"]
DeliveryClass = Literal["turn", "reminder", "alert", "nudge"]  # how hard it is tried: bot/delivery/policy.py

# What must hold for a notice when it is sent (bot/app/notices/wanted.py). Codes are stored, and never renamed.
Still = Literal[
    "question_open", "case_unopened", "followup_open", "lowering_open",
    "plan_followup", "plan_effort", "keeper_asked", "keeper_needed", "keeper_gone",
    "consent_valid", "receipt_open",
    "draft_open", "draft_short", "chat_behind",
    "meeting_on", "meeting_unanswered", "meeting_unprepared", "meeting_drafts", "agreement_open", "writer_waits",
]  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """A notice somebody should get: ids and enumerated words only, never an answer.

    `dedupe_key` makes the wish unique for ever; `until` is when it is no longer of use; `still` names the case state
    that must hold at the time of sending (see bot/app/notices/wanted.py), so that a reminder stops itself.
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
    still: Still | None = None
    red: bool = False  # may ring in quiet hours
    meeting_id: str | None = None


_NUMBER = re.compile(r"~(\d)\Z")


def number_of(wish: Wish) -> int:
    """1 for a notice, 2 and up for its numbered repetitions; the unique key of the wish carries it."""
    found = _NUMBER.search(wish.dedupe_key)
    return int(found[1]) if found else 1


def numbered(wish: Wish, number: int) -> str:
    """The key of this repetition of a wish."""
    return f"{_NUMBER.sub('', wish.dedupe_key)}~{number}"


def parts_of(wish: Wish) -> tuple[str, ...]:
    """The parts of a key, the same for every repetition: read only by the module that puts that key together."""
    return tuple(_NUMBER.sub("", wish.dedupe_key).split(":"))


# To who booked, moved or cancelled a meeting: they need no message, only the mail.
OWN_CALENDAR, OWN_CANCELLED = "meeting_yours", "meeting_yours_off"
# What is put into a calendar: by its own mail, or by the mail beside a message on Telegram.
IN_CALENDAR: Final = frozenset({
    "meeting_invited", "meeting_moved", "meeting_cancelled", OWN_CALENDAR, OWN_CANCELLED,
})  # fmt: skip
# What was planned beforehand and falls due for many in the same minute; everything else tells what somebody just did.
PLANNED: Final = frozenset({
    "meeting_soon", "meeting_prepare", "meeting_drafts", "meeting_after", "reminders_gathered",
    "followup_due", "followup_missed", "plan_followup", "plan_missed", "plan_effort", "keeper_needed",
    "agreement_due", "agreement_late", "agreement_missed",
    "consent_ends", "receipt_due", "draft_rest", "draft_waiting", "draft_expiring",
})  # fmt: skip
URGENT, NEWS, BULK = 0, 1, 2  # in the order in which they go


def urgency_of(wish: Wish) -> int:
    """How soon a notice goes: what can't wait, then what somebody just did, then what was planned.

    Ten thousand reminders of the same minute take seven of them: no alert may wait behind those. What is told of one
    matter as it happens keeps its order, since all of that is equally urgent.
    """
    if wish.red or wish.delivery == "turn" or wish.channel == "telegram_delete":
        return URGENT
    return BULK if wish.template in PLANNED and wish.delivery != "alert" else NEWS


SUBJECT: Final = ("case_id", "draft_id", "meeting_id")  # what a notice is about: fields of `Wish`
# What is done for a person and tells them nothing themselves: a deletion, and what a mail puts into a calendar.
SILENT: Final[tuple[Channel, ...]] = ("telegram_delete", "calendar")


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


@dataclass(frozen=True)
class Arrived:
    """A notice that a person has had by now; new until they have looked at what it is about."""

    row: OutboxRow
    new: bool
