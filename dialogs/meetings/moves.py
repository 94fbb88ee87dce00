"""What can happen to a meeting: one act in, the meeting and who must hear of it out. A missing key is a refusal.

The baton rule of an invitation (Esbjerg's forums): where the forum says so, nobody stays away without
naming who comes instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, assert_never

from dialogs.meetings.model import LONGEST, SHORTEST, Answer, Meeting, Point, Seat, Status, Wall
from dialogs.types import Problem

MAX_REASON: Final = 400  # characters; why somebody can't come is one sentence


@dataclass(frozen=True)
class Reply:
    """What one invited person answers. `reason` is for the chair; a substitute is a seat of their own."""

    seat: str
    answer: Answer
    reason: str = ""
    substitute: Seat | None = None


@dataclass(frozen=True)
class Move:
    """Another time, length or place."""

    starts: Wall
    minutes: int
    place: str


@dataclass(frozen=True)
class Cancel:
    reason: str


@dataclass(frozen=True)
class Invite:
    seat: Seat


@dataclass(frozen=True)
class Hold:
    """The meeting has begun, with these cases in this order."""

    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Unhold:
    """It was a slip: the meeting has not begun. Only while nothing of it has been dealt with."""


@dataclass(frozen=True)
class ClosePoint:
    """One case is done, or is left for the next time. What was agreed stands on the case itself."""

    case_id: str
    by: str
    left: bool = False


@dataclass(frozen=True)
class CloseIt:
    """What was agreed is written down."""


Act = Reply | Move | Cancel | Invite | Hold | Unhold | ClosePoint | CloseIt
ActType = type[Act]
Target = Status | Literal["same"]
# Who hears of it: everybody who was asked, only the one who is new, the one who leads, nobody.
Audience = Literal["all", "new", "chair", "none"]

MOVES: Final[Mapping[tuple[Status, ActType], tuple[Target, Audience]]] = {
    ("planned", Reply): ("same", "chair"),
    ("planned", Invite): ("same", "new"),
    ("planned", Move): ("same", "all"),
    ("planned", Cancel): ("cancelled", "all"),
    ("planned", Hold): ("held", "none"),
    ("held", Unhold): ("planned", "none"),
    ("held", ClosePoint): ("same", "none"),
    ("held", CloseIt): ("closed", "none"),
}
# What a missing key means to a person, where there is more to say than "not now".
_WHY: Final[Mapping[Status, str]] = {
    "cancelled": "meeting_cancelled",
    "closed": "meeting_closed",
    "held": "meeting_held",
}


@dataclass(frozen=True)
class MeetingStep:
    """The meeting after one act and whom to tell; or the very same meeting and why not."""

    meeting: Meeting
    audience: Audience = "none"
    problems: tuple[Problem, ...] = ()


def move(meeting: Meeting, act: Act, now: datetime, *, must_substitute: bool = False) -> MeetingStep:
    """Do one act, or refuse it and return the very same meeting. `must_substitute` is the forum's rule."""
    found = MOVES.get((meeting.status, type(act)))
    if found is None:
        return _refused(meeting, _WHY.get(meeting.status, "not_now"))
    target, audience = found
    if (code := _wrong(meeting, act, now, must_substitute=must_substitute)) is not None:
        return _refused(meeting, code)
    done = _done(meeting, act, now)
    status = meeting.status if target == "same" else target
    return MeetingStep(replace(done, status=status, revision=meeting.revision + 1), audience)


def _refused(meeting: Meeting, code: str) -> MeetingStep:
    return MeetingStep(meeting, problems=(Problem(code),))


def _wrong(meeting: Meeting, act: Act, now: datetime, *, must_substitute: bool) -> str | None:
    match act:
        case Reply():
            return _wrong_reply(meeting, act, must_substitute=must_substitute)
        case Move():
            return _wrong_time(act.starts, act.minutes, now)
        case Cancel():
            return None if act.reason.strip() else "reason_missing"
        case Invite():
            return "seat_taken" if _known(meeting, act.seat) else None
        case ClosePoint():
            closed = any(p.case_id == act.case_id and p.state != "open" for p in meeting.points)
            return "point_done" if closed else None
        case Unhold():
            return "meeting_held" if any(point.state != "open" for point in meeting.points) else None
        case Hold() | CloseIt():
            return None
        case _:
            assert_never(act)


def _wrong_reply(meeting: Meeting, act: Reply, *, must_substitute: bool) -> str | None:
    if meeting.seat(act.seat) is None:
        return "not_invited"
    if len(act.reason) > MAX_REASON:
        return "reason_too_long"
    if act.answer == "substitute":
        if act.substitute is None:
            return "substitute_missing"
        return "seat_taken" if _known(meeting, act.substitute) else None
    if act.answer == "no" and must_substitute:
        return "substitute_please"
    if act.answer == "no" and not act.reason.strip():
        return "reason_missing"
    return None


def _wrong_time(starts: Wall, minutes: int, now: datetime) -> str | None:
    if starts.utc <= now:
        return "time_past"
    return None if SHORTEST <= minutes <= LONGEST else "length_wrong"


def _known(meeting: Meeting, seat: Seat) -> bool:
    same_person = seat.person_id is not None and meeting.seat_of(seat.person_id) is not None
    return same_person or meeting.seat(seat.id) is not None


def _done(meeting: Meeting, act: Act, now: datetime) -> Meeting:
    match act:
        case Reply():
            return _answered(meeting, act)
        case Move():
            # Everybody answers anew: a yes was a yes to the old time.
            seats = tuple(replace(seat, answer="open", reason="") for seat in meeting.seats)
            moved = replace(meeting, starts=act.starts, minutes=act.minutes, place=act.place, seats=seats)
            return replace(moved, sequence=meeting.sequence + 1)
        case Cancel():
            return replace(meeting, sequence=meeting.sequence + 1, reason=act.reason.strip())
        case Invite():
            return replace(meeting, seats=(*meeting.seats, act.seat))
        case Hold():
            return replace(meeting, points=act.points)
        case Unhold():
            return replace(meeting, points=())
        case ClosePoint():
            # Whoever began the meeting may not be on every case: one that they could not see is added when it is taken.
            known = any(point.case_id == act.case_id for point in meeting.points)
            points = meeting.points if known else (*meeting.points, Point(act.case_id, 0))
            return replace(meeting, points=tuple(_closed(point, act, now) for point in points))
        case CloseIt():
            # What nobody came to is named as left, so that the meeting ends without losing anything.
            left = tuple(replace(p, state="left", at=now) if p.state == "open" else p for p in meeting.points)
            return replace(meeting, points=left)
        case _:
            assert_never(act)


def _closed(point: Point, act: ClosePoint, now: datetime) -> Point:
    if point.case_id != act.case_id:
        return point
    return replace(point, state="left" if act.left else "done", at=now, by=act.by)


def _answered(meeting: Meeting, act: Reply) -> Meeting:
    # Whoever answers again takes back the substitute whom they sent before.
    kept = tuple(seat for seat in meeting.seats if seat.stands_for != act.seat)
    seats = tuple(replace(s, answer=act.answer, reason=act.reason.strip()) if s.id == act.seat else s for s in kept)
    if act.answer == "substitute" and act.substitute is not None:
        # Not needed themselves: the seat that they fill is counted where it was asked for.
        seats = (*seats, replace(act.substitute, stands_for=act.seat, needed=False))
    return replace(meeting, seats=seats)
