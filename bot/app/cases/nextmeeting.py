"""When a school's team really meets next, as its calendar stands, and the meeting that it is in the middle of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.ports import UnitOfWork
from dialogs.meetings.model import Meeting
from dialogs.meetings.weekly import is_weekly

UNFINISHED: Final = timedelta(days=7)  # one that nobody has ended by then is not what the team is looking for


def next_weekly(uow: UnitOfWork, school_id: str, now: datetime) -> Meeting | None:
    """The next weekly meeting that stands, in outline; None when none is planned or this actor may see none."""
    found = (one for one in uow.meetings.of_school(school_id, now) if is_weekly(one) and one.status == "planned")
    return next(found, None)


def running(uow: UnitOfWork, school_id: str, now: datetime) -> Meeting | None:
    """The weekly meeting that has begun and has not been ended, in outline: whoever lost the page finds it again."""
    known = uow.meetings.of_school(school_id, now - UNFINISHED)
    return next((one for one in reversed(known) if is_weekly(one) and one.status == "held"), None)
