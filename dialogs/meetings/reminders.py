"""When people are reminded of a meeting: planned from the wall time, never on a closed day, never after it has begun.

A reminder whose hour falls in an evening, a weekend, a holiday or the school's own closed days comes *earlier*: later
would be too late for what it is about. Two that then fall close together become the nearer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from dialogs.meetings.model import FAMILY, Kind, Meeting, Seat
from dialogs.workdays import Workdays

Offset = Literal["week", "two_days", "day", "hour"]
OFFSETS: Final[tuple[Offset, ...]] = get_args(Offset)  # the farthest first
_DAYS: Final[Mapping[Offset, int]] = {"week": 7, "two_days": 2, "day": 1}
APART: Final = timedelta(hours=3)  # two reminders of one meeting within this are one too many
BEFORE_CLOSING: Final = timedelta(hours=1)  # where an evening's reminder is moved to: while people are still there


@dataclass(frozen=True)
class Policy:
    """Which reminders a forum sends, and which of them ask for preparation as long as it is missing."""

    offsets: tuple[Offset, ...] = ("week", "two_days", "day", "hour")
    prepare: tuple[Offset, ...] = ("week", "two_days")


# What is usual where the forum says nothing. The weekly meeting comes every week: a week before it is the one before.
USUAL: Final[Mapping[Kind, Policy]] = {
    "trio": Policy(("day", "hour"), ()),
    "network": Policy(),
    "staff": Policy(("week", "day"), ()),
}


@dataclass(frozen=True)
class Reminder:
    """One reminder: to whom, why, and when. It is of no use from `until`, when the meeting begins."""

    seat: str
    person_id: str
    offset: Offset
    due_at: datetime
    until: datetime
    prepare: bool

    def key(self, meeting: Meeting) -> str:
        """Unique for ever: one a time on the wall. A meeting that gets another room at the same time has the same."""
        return f"meeting:{meeting.id}:{meeting.starts.name}:{self.offset}:{self.person_id}"


def plan(meeting: Meeting, policy: Policy, workdays: Workdays, now: datetime) -> tuple[Reminder, ...]:
    """Every reminder of a planned meeting that is still to come, for everyone who may be coming and is reachable."""
    if meeting.status != "planned":
        return ()
    moments = due_times(meeting, policy.offsets, workdays)
    return tuple(
        Reminder(seat.id, seat.person_id, offset, due, meeting.starts.utc, offset in policy.prepare)
        for seat in meeting.coming()
        if seat.person_id is not None and _is_told(seat)
        for offset, due in moments
        if due > now
    )


def _is_told(seat: Seat) -> bool:
    return seat.role not in FAMILY


def due_times(meeting: Meeting, offsets: Iterable[Offset], workdays: Workdays) -> tuple[tuple[Offset, datetime], ...]:
    """The offsets with their moments, the farthest first; of two that meet, the nearer to the meeting stays."""
    wanted = frozenset(offsets)
    found: list[tuple[Offset, datetime]] = [(one, _due(meeting, one, workdays)) for one in OFFSETS if one in wanted]
    kept: list[tuple[Offset, datetime]] = []
    for offset, due in found[::-1]:
        if not kept or kept[-1][1] - due >= APART:
            kept.append((offset, due))
    return tuple(kept[::-1])


def _due(meeting: Meeting, offset: Offset, workdays: Workdays) -> datetime:
    start = meeting.starts
    wanted = start.utc - timedelta(hours=1) if offset == "hour" else start.days_before(_DAYS[offset])
    return workdays.last_open(wanted, BEFORE_CLOSING)
