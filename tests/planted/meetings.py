"""Mistakes around meetings and their reminders that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

STORED, APP = "tests/contracts/test_storage_meetings.py", "tests/app/test_meetings.py"

MEETINGS = (
    Fault(
        "a meeting about a case outlives the case",
        "storage/retention.py",
        'counts["rows"] += forget_meetings(self._db, self._vault, meetings)',
        'counts["rows"] += 0',
        STORED,
    ),
    Fault(
        "a reminder of a moved meeting names the old time",
        "bot/app/meetwishes.py",
        "if _time_of(params_of(meeting)) != _time_of(wish.params):",
        "if meeting.id != wish.meeting_id:",
        APP,
    ),
    Fault(
        "whoever said no is reminded all the same",
        "bot/app/meetwishes.py",
        "return None if seat is not None and seat in meeting.coming()",
        "return None if seat is not None",
        APP,
    ),
    Fault(
        "anybody who is invited may cancel",
        "bot/app/meetings.py",
        'return None if room.leads else Problem("not_yours")',
        "return None",
        APP,
    ),
    Fault(
        "an answer given in outline throws away what others wrote",
        "bot/guard/meetings.py",
        "replace(seat, reason=words[seat.id]) if seat.reason and hidden.get(seat.id) == seat.reason else seat",
        "seat",
        APP,
    ),
    Fault(
        "the school's team reads a meeting about a case that it is not on",
        "bot/guard/meetings.py",
        '"" if meeting.case_id else meeting.school_id',
        "meeting.school_id",
        APP,
    ),
)
