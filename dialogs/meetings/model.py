"""What a meeting is: a wall time, the people who were asked to come, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args
from zoneinfo import ZoneInfo

from dialogs.workdays import COPENHAGEN

Kind = Literal["trio", "network", "staff"]
Status = Literal["planned", "held", "cancelled", "closed"]
Answer = Literal["open", "yes", "substitute", "no"]
PointState = Literal["open", "done", "left"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SHORTEST: Final = 5  # minutes
LONGEST: Final = 240  # minutes; a school day has no room for more
FAMILY: Final = frozenset({"parent", "child", "family"})  # invited by a letter, never by a notice


@dataclass(frozen=True)
class Wall:
    """A time on the wall of the room where people meet. 14:00 stays 14:00 when the clocks change."""

    day: date
    clock: time
    zone: ZoneInfo = COPENHAGEN

    @property
    def utc(self) -> datetime:
        """The instant. Of two equal wall times it is the first; one that a change skips comes an hour later."""
        return datetime.combine(self.day, self.clock.replace(fold=0, tzinfo=None), self.zone).astimezone(UTC)

    @property
    def name(self) -> str:
        """The time in one word, as part of a key."""
        return f"{self.day:%Y%m%d}T{self.clock:%H%M}"

    def days_before(self, days: int) -> datetime:
        """The same wall time so many days earlier, as an instant."""
        return replace(self, day=self.day - timedelta(days=days)).utc


@dataclass(frozen=True)
class Seat:
    """One place at the table. `person_id` is None for the family, and for who is invited outside the system.

    `needed` seats count towards the quorum. A substitute's seat names the one that it stands in for.
    """

    id: str
    role: str
    person_id: str | None = None
    needed: bool = False
    answer: Answer = "open"
    reason: str = ""
    stands_for: str | None = None
    prepared: bool = False  # what was asked for beforehand is here: reminders of it stop


@dataclass(frozen=True)
class Point:
    """One case of a meeting that is being held; closed for itself, so that what comes later can't lose it."""

    case_id: str
    minutes: int
    state: PointState = "open"
    at: datetime | None = None  # when it was closed
    by: str | None = None


@dataclass(frozen=True)
class Meeting:
    """One meeting. `sequence` is the calendar's count of changes (RFC 5545), `revision` our own of every write.

    `code` is what notices call it. A `slot` can be taken once: that is how a week has one weekly meeting. `notes` are
    what the meeting's own tools keep, as plain JSON, one key a tool.
    """

    id: str
    kind: Kind
    school_id: str
    starts: Wall
    minutes: int
    seats: tuple[Seat, ...]
    chair: str  # the seat of the one who leads
    scribe: str | None = None  # the seat of the one who writes
    forum: str = ""
    case_id: str | None = None
    place: str = ""
    purpose: str = ""
    status: Status = "planned"
    sequence: int = 0
    revision: int = 0
    code: str = ""
    slot: str | None = None
    reason: str = ""  # why it was cancelled
    points: tuple[Point, ...] = ()
    writers_asked: str = ""  # the time for which those with unfinished drafts have been reminded
    writers_told: str = ""  # the time that the writers of its cases have been told instead of the one promised
    notes: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def ends(self) -> datetime:
        """The instant when the room is free again."""
        return self.starts.utc + timedelta(minutes=self.minutes)

    def seat(self, seat_id: str) -> Seat | None:
        """The seat with this id, or None."""
        return next((seat for seat in self.seats if seat.id == seat_id), None)

    def seat_of(self, person_id: str) -> Seat | None:
        """Where this person sits, or None."""
        return next((seat for seat in self.seats if seat.person_id == person_id), None)

    def coming(self) -> tuple[Seat, ...]:
        """The seats of those who have not said that somebody else comes, or nobody."""
        return tuple(seat for seat in self.seats if seat.answer in ("open", "yes"))


@dataclass(frozen=True)
class Quorum:
    """Whether the meeting can decide: how many needed seats are filled, still open, and empty."""

    filled: int
    open: int
    empty: tuple[str, ...]  # the roles that nobody fills

    @property
    def reached(self) -> bool:
        """Whether nobody who is needed has stayed away."""
        return not self.empty


def quorum(meeting: Meeting) -> Quorum:
    """How the needed seats are filled; a needed person's substitute fills their seat."""
    needed = [seat for seat in meeting.seats if seat.needed]
    filled = open_ = 0
    empty: list[str] = []
    for seat in needed:
        answers = {seat.answer} | {other.answer for other in meeting.seats if other.stands_for == seat.id}
        if "yes" in answers:
            filled += 1
        elif "open" in answers:
            open_ += 1
        else:
            empty.append(seat.role)
    return Quorum(filled, open_, tuple(empty))
