"""The worker's chores for the weekly meetings: they are there in time, with today's team and their reminders.

    0. one whose school meets on another day now, or whose day has been closed, is moved or called off
    1. every school's meetings of the coming two weeks are made; the slot lets it happen once
    2. their seats follow who sits in the team; who is new gets the reminders too
    3. two days before, whoever has a worry that is not sent is reminded of it, once for each date of the meeting
Each can be run again at any time: what is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.app.meetings import wishes as meetwishes
from bot.app.meetings.deeds import policy_of
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.guides.forums import step_for
from dialogs.meetings.model import Meeting, Wall
from dialogs.meetings.moves import Cancel, Move, move
from dialogs.meetings.reminders import due_times
from dialogs.meetings.weekly import AHEAD, is_weekly, new_time, occurrences, seated, slot_of
from dialogs.notices import Wish
from dialogs.people import Person, School
from dialogs.records import Moved

MOVED_AT_MOST: Final = timedelta(days=60)  # a meeting that was moved is found as far ahead as this


def prepare_all(world: World, uow: UnitOfWork, now: datetime) -> None:
    """The worker's chore: every school's next meetings are there, with today's team."""
    for school in uow.people.schools():
        prepare(world, uow, school, now)


def prepare(world: World, uow: UnitOfWork, school: School, now: datetime) -> None:
    """Make the school's next meetings, and bring their seats in line."""
    people = uow.people.at_school(school.id)
    for meeting in uow.meetings.of_school(school.id, now):
        if is_weekly(meeting) and meeting.status == "planned":
            _align(world, uow, meeting, school, now)
    for wall in occurrences(school, world.workdays, now):
        if uow.meetings.by_slot(slot_of(school, wall)) is None:
            _make(world, uow, school, people, wall, now)
    for meeting in uow.meetings.of_school(school.id, now):
        if is_weekly(meeting) and meeting.status == "planned":
            _reseat(world, uow, meeting, school, people, now)


def _make(world: World, uow: UnitOfWork, school: School, people: Sequence[Person], wall: Wall, now: datetime) -> None:
    step = step_for(world.content.ladder, ()).now
    empty = Meeting(
        id=world.ids.new(),
        kind="trio",
        school_id=school.id,
        starts=wall,
        minutes=school.trio_minutes,
        seats=(),
        chair="",
        forum=step.id if step is not None else "",
        code=world.ids.code(),
        slot=slot_of(school, wall),
    )
    meeting = seated(empty, school, people, world.ids.new)
    if meeting.seats:  # a school without a team has no meeting of one
        uow.meetings.add(meeting)
        _send(uow, meetwishes.reminders(meeting, policy_of(world, meeting), world.workdays.school(), now))


def _align(world: World, uow: UnitOfWork, meeting: Meeting, school: School, now: datetime) -> None:
    """Move or call off a meeting whose school meets at another time now; everybody hears of it once."""
    wall = new_time(meeting, school, world.workdays, now)
    if wall is None or (wall != "none" and wall.day != meeting.starts.day and _taken(uow, school, wall)):
        return
    act = Cancel(world.content.meetings("closed_day")) if wall == "none" else Move(wall, meeting.minutes, meeting.place)
    after = replace(move(meeting, act, now).meeting, revision=meeting.revision)
    if wall != "none":
        after = replace(after, slot=slot_of(school, wall))
    save(uow, after, meeting)
    template = "meeting_cancelled" if wall == "none" else "meeting_moved"
    _send(uow, meetwishes.tell(after, template, (seat.person_id for seat in after.seats), now))
    _send(uow, meetwishes.reminders(after, policy_of(world, after), world.workdays.school(), now))


def _taken(uow: UnitOfWork, school: School, wall: Wall) -> bool:
    return uow.meetings.by_slot(slot_of(school, wall)) is not None


def _reseat(
    world: World, uow: UnitOfWork, meeting: Meeting, school: School, people: Sequence[Person], now: datetime
) -> None:
    after = seated(meeting, school, people, world.ids.new)
    if after is meeting:
        return
    save(uow, after, meeting)
    _send(uow, meetwishes.reminders(after, policy_of(world, after), world.workdays.school(), now))


def remind_writers(world: World, uow: UnitOfWork, now: datetime) -> None:
    """The worker's chore: remind whoever has an unsent worry of the meeting in two days."""
    for meeting in uow.meetings.between(now, now + max(AHEAD, MOVED_AT_MOST)):
        if not is_weekly(meeting) or meeting.status != "planned" or meeting.writers_asked == meeting.starts.name:
            continue
        ((_, due),) = due_times(meeting, ("two_days",), world.workdays.school())
        if due > now:
            continue
        save(uow, replace(meeting, writers_asked=meeting.starts.name), meeting)
        _send(
            uow, [wish for wish in _of_drafts(world, uow, meeting, now) if wish.until is not None and now < wish.until]
        )


def _of_drafts(world: World, uow: UnitOfWork, meeting: Meeting, now: datetime) -> Sequence[Wish]:
    wishes: list[Wish] = []
    for person in uow.people.at_school(meeting.school_id):
        if person.home != meeting.school_id:
            continue  # a worry goes to one school: the one where its writer belongs
        drafts = [draft for draft in uow.drafts.open_of(person.id) if world.content.purpose(draft) == "worry"]
        if drafts:
            wishes.append(meetwishes.unsent(meeting, person.id, drafts[0], now))
    return wishes


def save(uow: UnitOfWork, after: Meeting, before: Meeting) -> None:
    """Store a meeting as it is after the worker's change; raise Moved when somebody else changed it meanwhile."""
    if not uow.meetings.save(replace(after, revision=before.revision + 1), before.revision):
        raise Moved


def _send(uow: UnitOfWork, wishes: Iterable[Wish]) -> None:
    for wish in wishes:
        uow.outbox.add(wish)
