"""Whoever has written was told which meeting takes it; when that one is moved or called off, they hear of the new day.

    1. a weekly meeting that stands otherwise than its writers know is found by what was stored on it last
    2. for every case of the school the day that was promised is compared with the one that holds now
    3. only whose day is another hears of it, once for each change, by the case's own code
It is the worker's, not the one's who moves: they may not see every case of the meeting (a conflict of interest).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.app.cases.scene import team_days
from bot.app.meetings import wishes as meetwishes
from bot.app.meetings.weekly import MOVED_AT_MOST, save
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.cases.dates import counts_on
from dialogs.cases.model import Case
from dialogs.cases.teamdays import TeamDays, Weekly
from dialogs.meetings.model import Meeting
from dialogs.meetings.weekly import is_weekly, ordinary_day
from dialogs.notices import Wish
from dialogs.people import School

NONE: Final = "none"  # what is stored of a meeting that is called off: no time at all
_BACK: Final = timedelta(days=1)  # one that was called off when it should have begun is still news
_NAME: Final = "%Y%m%dT%H%M"  # as `Wall.name`


def tell_writers(world: World, uow: UnitOfWork, now: datetime) -> None:
    """The worker's chore: tell the writers of a meeting that was moved or called off on which day it is now."""
    for meeting in uow.meetings.between(now - _BACK, now + MOVED_AT_MOST):
        if not is_weekly(meeting) or not meeting.sequence or meeting.status not in ("planned", "cancelled"):
            continue
        stands = meeting.starts.name if meeting.status == "planned" else NONE
        school = uow.people.school(meeting.school_id) if meeting.writers_told != stands else None
        if school is not None:
            save(uow, replace(meeting, writers_told=stands), meeting)
            for wish in _wishes(world, uow, meeting, school, now):
                uow.outbox.add(wish)


def _wishes(world: World, uow: UnitOfWork, meeting: Meeting, school: School, now: datetime) -> Iterator[Wish]:
    after, known = team_days(uow, school, world.workdays), _as_known(world, meeting, school)
    if known is None:
        return
    before, zone = after.with_line(known), world.workdays.zone
    # Seen from before either time, so that one whose hour has come meanwhile is still the one that was promised.
    since = min(now, known.at - timedelta(minutes=1))
    standing = {one.starts.utc: one for one in uow.meetings.of_school(school.id, now) if is_weekly(one)}
    for case in uow.cases.of_school(school.id):
        was, is_now = counts_on(case, before, since), counts_on(case, after, since)
        sits_there = meeting.seat_of(case.writer_id) is not None  # and has heard of it as everybody there
        if was is None or is_now is None or sits_there or was.astimezone(zone).date() == is_now.astimezone(zone).date():
            continue
        yield _wish(case, meeting, is_now, standing, now, after)


def _as_known(world: World, meeting: Meeting, school: School) -> Weekly | None:
    """The meeting as its writers know it: what they were told last, else its ordinary time; None: they know of none."""
    day, zone = ordinary_day(meeting), world.workdays.zone
    if meeting.writers_told == NONE:
        return None
    if meeting.writers_told:
        at = datetime.strptime(meeting.writers_told, _NAME).replace(tzinfo=zone)
    else:
        at = datetime.combine(day, time.fromisoformat(school.trio_time), zone)
    return Weekly(day, at, stands=True)


def _wish(
    case: Case, moved: Meeting, at: datetime, standing: Mapping[datetime, Meeting], now: datetime, days: TeamDays
) -> Wish:
    # The meeting that takes it now: moved once more before this is sent, the notice finds another time and is dropped.
    taken_by = standing.get(at)
    day = at.astimezone(days.workdays.zone).date().isoformat()
    when = {"date": day} if taken_by is None else {**meetwishes.params_of(taken_by)}
    return Wish(
        dedupe_key=f"{case.id}:moved:{moved.id}:{moved.sequence}:{case.writer_id}",
        recipient=case.writer_id,
        template="writer_moved",
        due_at=now,
        params={**when, "code": case.code},
        until=at,
        case_id=case.id,
        still="writer_waits",
        meeting_id=taken_by.id if taken_by is not None else None,
    )
