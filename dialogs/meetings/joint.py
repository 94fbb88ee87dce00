"""Meetings of professionals only: a check-in, a host in turn, a theme to learn from each other.

No child is named there. Choices that should vary are drawn from the meeting's own id, so that everybody sees the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from dialogs.meetings.model import Meeting
from dialogs.meetings.notes import note, with_note
from dialogs.types import Problem


@dataclass(frozen=True)
class Joint:
    """What a joint meeting is about: the theme's id, and the seat whose turn it is to be host."""

    theme: str = ""
    host: str = ""


def of(meeting: Meeting) -> Joint:
    """What is chosen so far."""
    found = note(meeting, "joint")
    return Joint(found.get("theme", ""), found.get("host", ""))


def choose(meeting: Meeting, joint: Joint) -> Meeting | Problem:
    """The meeting with a theme and a host; the host must be somebody who was asked."""
    if joint.host and meeting.seat(joint.host) is None:
        return Problem("not_invited")
    return with_note(meeting, "joint", {"theme": joint.theme, "host": joint.host})


def draw(meeting: Meeting, bank: Sequence[str], what: str) -> str:
    """One of the bank, the same for everybody at this meeting; `what` keeps the check-in and the theme apart."""
    number = int.from_bytes(sha256(f"{what}:{meeting.id}".encode()).digest()[:4], "big")
    return bank[number % len(bank)]


def next_host(before: Sequence[Meeting], roles: Sequence[str]) -> str:
    """The role that has waited longest for being host: never been one first, in the order of the seats."""
    last: dict[str, int] = {}
    for at, meeting in enumerate(sorted(before, key=lambda one: (one.starts.utc, one.id))):
        if (seat := meeting.seat(of(meeting).host)) is not None:
            last[seat.role] = at
    return min(roles, key=lambda role: (last.get(role, -1), roles.index(role)))
