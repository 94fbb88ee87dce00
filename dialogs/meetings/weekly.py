"""The weekly TRIO meeting of a school: on which days it is, who sits there, and what follows when people change.

A school says weekday, time, length and chair; the calendar says when there is no school. A week has one meeting (the
slot), so one that was moved or cancelled once is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from dialogs.cases.team import hat, holders
from dialogs.cases.teamdays import Weekly
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.people import TRIO, Person, School
from dialogs.workdays import Workdays

AHEAD: Final = timedelta(days=15)  # two meetings are in everybody's list, so that the next but one can be moved


def occurrences(school: School, workdays: Workdays, now: datetime, ahead: timedelta = AHEAD) -> tuple[Wall, ...]:
    """The meetings of the coming time, without days when there is no school."""
    clock, open_days = time.fromisoformat(school.trio_time), workdays.school()
    today = now.astimezone(workdays.zone).date()
    first = today + timedelta(days=(school.trio_weekday - today.weekday()) % 7)
    walls = [Wall(first + timedelta(weeks=week), clock, workdays.zone) for week in range(ahead.days // 7 + 1)]
    return tuple(wall for wall in walls if now < wall.utc <= now + ahead and open_days.is_open(wall.utc))


def slot_of(school: School, wall: Wall) -> str:
    """What makes a school's week have one weekly meeting, whoever makes it."""
    return f"trio:{school.id}:{wall.day.isoformat()}"


def new_time(meeting: Meeting, school: School, workdays: Workdays, now: datetime) -> Wall | Literal["none"] | None:
    """When a meeting that nobody has moved should be, now that the school's time or calendar is another.

    None where it stands; "none" where its day has no school any more and its week has no other day. A week whose new
    day is over keeps its old one: better on the wrong day than not at all.
    """
    if meeting.slot != slot_of(school, meeting.starts) or meeting.starts.utc <= now:
        return None  # somebody has moved it, or it has begun
    walls = occurrences(school, workdays, now, AHEAD + timedelta(weeks=1))
    stands = next((wall for wall in walls if wall.day == meeting.starts.day), None)
    if stands is not None:
        return None if meeting.sequence or stands.clock == meeting.starts.clock else stands
    week = meeting.starts.day.isocalendar()[:2]
    found = next((wall for wall in walls if wall.day.isocalendar()[:2] == week), None)
    return found or (None if workdays.school().is_open(meeting.starts.utc) else "none")


def calendar_line(slot: str, at: datetime, status: str) -> Weekly:
    """One weekly meeting as a line of its school's calendar, from what is known of it without opening it."""
    return Weekly(date.fromisoformat(slot.rpartition(":")[2]), at, stands=status != "cancelled")


def ordinary_day(meeting: Meeting) -> date:
    """The day that a weekly meeting took in the calendar, wherever it has been moved; its own day for any other."""
    return calendar_line(meeting.slot, meeting.starts.utc, "").day if meeting.slot else meeting.starts.day


def is_weekly(meeting: Meeting) -> bool:
    """Whether this is one of a school's weekly meetings."""
    return meeting.slot is not None and meeting.slot.startswith("trio:")


def members(school: School, people: Sequence[Person]) -> tuple[Person, ...]:
    """Who sits in the team: everybody in their own right, and a deputy where a role has nobody."""
    found: dict[str, Person] = {}
    for role in TRIO:
        for person in holders(people, school.id, role) or holders(people, school.id, role, deputies=True):
            found.setdefault(person.id, person)
    return tuple(found.values())


def seated(meeting: Meeting, school: School, people: Sequence[Person], new_id: Callable[[], str]) -> Meeting:
    """The meeting with today's team in its seats; the very same meeting when nothing has changed.

    Whoever has left goes, with whom they sent; substitutes and guests stay. An answer that was given stands.
    """
    team = members(school, people)
    here = {person.id for person in people}
    gone = {seat.id for seat in meeting.seats if seat.person_id is not None and seat.person_id not in here}
    kept = [seat for seat in meeting.seats if seat.id not in gone and seat.stands_for not in gone]
    sits = {seat.person_id for seat in kept}
    new = [
        Seat(new_id(), hat(person, school.id) or "leader", person.id, needed=True)
        for person in team
        if person.id not in sits
    ]
    seats = (*kept, *new)
    chair = meeting.chair if any(seat.id == meeting.chair for seat in seats) else chair_of(school, seats)
    return meeting if (seats, chair) == (meeting.seats, meeting.chair) else replace(meeting, seats=seats, chair=chair)


def chair_of(school: School, seats: Sequence[Seat]) -> str:
    """The seat of whoever leads: the role that the school has chosen, else the leader, else the first."""
    for role in (school.trio_chair, "leader"):
        found = next((seat.id for seat in seats if seat.role == role), None)
        if found is not None:
            return found
    return seats[0].id if seats else ""
