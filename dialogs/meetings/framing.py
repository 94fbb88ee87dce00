"""The framing that is read aloud at every meeting, and who has said yes to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from dialogs.meetings.model import FAMILY, Meeting
from dialogs.meetings.notes import note, with_note
from dialogs.types import Problem

Variant = Literal["child", "family", "staff"]  # simpler words when the child is there; none of the family is
POINTS: Final = 8


@dataclass(frozen=True)
class Framing:
    """When it was read, and the seats that have said yes."""

    read_at: datetime
    yes: tuple[str, ...]


def variant(meeting: Meeting) -> Variant:
    """Which words fit the people in the room."""
    roles = {seat.role for seat in meeting.coming()}
    if "child" in roles:
        return "child"
    return "family" if roles & FAMILY else "staff"


def of(meeting: Meeting) -> Framing | None:
    """What is known of the reading; None when it has not been read."""
    found = note(meeting, "framing")
    return Framing(datetime.fromisoformat(found["read_at"]), tuple(found["yes"])) if found else None


def read(meeting: Meeting, yes: tuple[str, ...], now: datetime) -> Meeting | Problem:
    """The meeting with the framing read now, or with more of its seats having said yes."""
    before = of(meeting)
    said = {*(before.yes if before is not None else ()), *yes}
    seats = [seat.id for seat in meeting.seats if seat.id in said]
    at = before.read_at if before is not None else now
    return with_note(meeting, "framing", {"read_at": at.isoformat(), "yes": seats})
