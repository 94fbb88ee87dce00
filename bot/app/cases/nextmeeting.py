"""When a school's team really meets next: as its calendar stands, with what was moved or cancelled once."""

from __future__ import annotations

from datetime import datetime

from bot.ports import UnitOfWork
from dialogs.meetings.model import Meeting
from dialogs.meetings.weekly import is_weekly


def next_weekly(uow: UnitOfWork, school_id: str, now: datetime) -> Meeting | None:
    """The next weekly meeting that stands, in outline; None when none is planned or this actor may see none."""
    found = (one for one in uow.meetings.of_school(school_id, now) if is_weekly(one) and one.status == "planned")
    return next(found, None)
