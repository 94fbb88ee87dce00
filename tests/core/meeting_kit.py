"""A network meeting for the tests: two parents, the child, the school and one from outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from dialogs.meetings.model import Meeting, Seat, Status, Wall

TODAY = date(2026, 11, 23)
SEATS = (
    Seat("s1", "LED", "p-led", needed=True),
    Seat("s2", "LAER", "p-laer"),
    Seat("s3", "SUND", "p-sund"),
    Seat("s4", "parent"),
    Seat("s5", "child"),
)


def meeting(status: Status = "planned", meeting_id: str = "m1", day: date = date(2026, 12, 1)) -> Meeting:
    """A meeting about one child, at two in the afternoon."""
    return replace(
        Meeting(meeting_id, "network", "birk", Wall(day, time(14)), 60, SEATS, chair="s1", case_id="c1"),
        status=status,
        code="K7RT-Måge",
        place="På skolen",
    )


def done(after: object) -> Meeting:
    """What a tool gave when it did not refuse."""
    assert isinstance(after, Meeting), after
    return after
