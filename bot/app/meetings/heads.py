"""What stands on top of every page of one meeting, and who sits there in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.app.meetings.agreed import holds
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.views import role_words, seat_called
from bot.app.turns.turn import World
from dialogs.meetings.model import FAMILY, Seat


@dataclass(frozen=True)
class Head:
    """What stands on top of every page of a meeting."""

    id: str
    code: str
    kind: str
    title: str
    starts: datetime
    status: str
    family: bool  # somebody from the family is asked
    holds: bool  # this person leads or writes


def who(world: World, room: Gathering, seat: Seat) -> str:
    """A seat in words: the profession or the family's part, and the name of whoever sits there."""
    said = _begun(seat_called(world, room.meeting, seat))
    people = {one.id: one.name for one in room.uow.people.at_school(room.meeting.school_id)}
    name = people.get(seat.person_id or "", "")
    return f"{said}, {name}" if name else said


def seat_words(world: World, role: str) -> str:
    """What a seat is for, at the beginning of a line."""
    return _begun(role_words(world, role))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def head(room: Gathering) -> Head:
    """The top of the page."""
    meeting = room.meeting
    return Head(
        meeting.id,
        meeting.code,
        meeting.kind,
        room.world.content.network(f"kind.{meeting.kind}"),
        meeting.starts.utc,
        meeting.status,
        any(seat.role in FAMILY for seat in meeting.seats),
        holds(room),
    )
