"""A person's own coming reminders: what, when, why, and what they may do about each (`/paamindelser`).

Put off: the same reminder on the next working day, if that is before it is out of use. Turned off: gone, and on record.
What somebody else relies on (an alert, red, a follow-up, a deadline) can only be done, not turned off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.app.meetings import wishes as meetwishes
from bot.app.notices.wanted import settled
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.cases.model import Case
from dialogs.gathering import OWN_MEMORY, TEMPLATE
from dialogs.meetings.model import Meeting
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Person
from dialogs.types import Problem

MOST: Final = 20  # reminders shown: nobody reads more of what is still to come
A_YEAR: Final = timedelta(days=365)  # what was agreed is reminded of long after its meeting
MAY_TURN_OFF: Final = OWN_MEMORY


@dataclass(frozen=True)
class Coming:
    """One reminder that is still to come."""

    id: int
    when: datetime
    text: str
    act: str
    path: str
    put_off: bool
    turn_off: bool


def listing(world: World, uow: UnitOfWork, person: Person, now: datetime) -> tuple[Coming, ...]:
    """The coming reminders of this person, the next one first, without those that have stopped themselves."""
    return tuple(_coming(world, row, now) for row in _rows(uow, person, now)[:MOST])


def put_off(world: World, uow: UnitOfWork, person: Person, row_id: int, now: datetime) -> tuple[Problem, ...]:
    """The same reminder a working day later; or why not."""
    row = _own(uow, person, row_id, now)
    if row is None:
        return (Problem("reminder_gone"),)
    then = _later(world, row)
    if then is None:
        return (Problem("reminder_no_later"),)
    return () if uow.outbox.put_off(row_id, person.id, then) else (Problem("reminder_gone"),)


def turn_off(uow: UnitOfWork, person: Person, row_id: int, now: datetime) -> tuple[Problem, ...]:
    """No such reminder any more; or why not."""
    row = _own(uow, person, row_id, now)
    if row is None:
        return (Problem("reminder_gone"),)
    if row.wish.template not in MAY_TURN_OFF:
        return (Problem("reminder_stays"),)
    return () if uow.outbox.turn_off(row_id, person.id) else (Problem("reminder_gone"),)


def _rows(uow: UnitOfWork, person: Person, now: datetime) -> list[OutboxRow]:
    meetings = {one.id: one for one in uow.meetings.of_person(person.id, now - A_YEAR)}
    coming = [row for row in uow.outbox.pending_of_person(person.id) if _is_coming(row, now)]
    cases = _cases(uow, person) if any(row.wish.case_id is not None for row in coming) else {}
    return [row for row in coming if _stands(row.wish, meetings) and _waits(uow, row.wish, cases)]


def _cases(uow: UnitOfWork, person: Person) -> Mapping[str, Case]:
    """The cases that this person is on, in outline: to look at one's reminders is no look at a case."""
    schools = dict.fromkeys(one.school_id for one in person.memberships)
    found = [*uow.cases.of_writer(person.id), *(case for one in schools for case in uow.cases.of_school(one))]
    return {case.id: case for case in found}


def _waits(uow: UnitOfWork, wish: Wish, cases: Mapping[str, Case]) -> bool:
    """Whether what a case's reminder asks for is still to be done; of a case not known here it is asked when sent."""
    case = cases.get(wish.case_id or "")
    return case is None or settled(uow, case, wish) is None


def _own(uow: UnitOfWork, person: Person, row_id: int, now: datetime) -> OutboxRow | None:
    return next((row for row in _rows(uow, person, now) if row.id == row_id), None)


def _is_coming(row: OutboxRow, now: datetime) -> bool:
    remembers = row.wish.delivery in ("reminder", "nudge") and row.wish.template != TEMPLATE
    return remembers and (row.due_at or row.wish.due_at) > now


def _stands(wish: Wish, meetings: Mapping[str, Meeting]) -> bool:
    """Whether a meeting's reminder will go out as things are; others are asked when they are sent."""
    if wish.meeting_id is None or wish.draft_id is not None:
        return True
    meeting = meetings.get(wish.meeting_id)
    if meeting is None:  # who sees to agreements need not have sat there; whether it is done is asked when it is sent
        return wish.still == meetwishes.AGREED
    return meetwishes.still_stands(meeting, wish)


def _later(world: World, row: OutboxRow) -> datetime | None:
    then = world.workdays.plus_days(row.due_at or row.wish.due_at, 1)
    return then if row.wish.until is None or then < row.wish.until else None


def _coming(world: World, row: OutboxRow, now: datetime) -> Coming:
    wish = row.wish
    notice = world.content.notices.render(
        wish.template, wish.params, case_id=wish.case_id, draft_id=wish.draft_id, meeting_id=wish.meeting_id
    )
    return Coming(
        row.id,
        row.due_at or wish.due_at,
        notice.text,
        notice.act,
        notice.link_path,
        put_off=_later(world, row) is not None,
        turn_off=wish.template in MAY_TURN_OFF,
    )
