"""Brings who is on a case in line with who should be, after every write that may change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.ports import Repositories
from dialogs.access.roster import changes, roster
from dialogs.people import Person
from dialogs.workdays import Workdays


def staff(raw: Repositories, case_id: str, workdays: Workdays, now: datetime) -> None:
    """End the memberships that no longer hold and begin those that do, with their time."""
    case = raw.cases.get(case_id)
    school = raw.people.school(case.school_id) if case is not None else None
    if case is None or school is None:
        return
    people = list(raw.people.at_school(case.school_id))
    if all(person.id != case.writer_id for person in people) and (writer := raw.people.get(case.writer_id)):
        people.append(writer)  # she may have moved on, and still waits for the answer
    wanted = roster(case, raw.cases.entries(case_id), school, people, workdays, now)
    stored = raw.members.of_case(case_id)
    change = changes(stored, wanted, now)
    for member in change.end:
        raw.members.end(member, now)
    for member in change.begin:
        # The first ones have been on it since it was sent; a case from before there were rows says so too.
        first = not stored and member.since <= now
        raw.members.begin(replace(member, since=min(now, case.sent_at)) if first else member)


def staff_all(raw: Repositories, workdays: Workdays, now: datetime) -> None:
    """Give cases from before there were rows their members; nothing to do at any other start."""
    for case_id in raw.members.unstaffed():
        staff(raw, case_id, workdays, now)


def touched_by(raw: Repositories, before: Person | None, after: Person, now: datetime) -> Iterator[str]:
    """Cases that somebody's coming, leaving or changing seats has to do with.

    Leaving touches all of theirs, closed ones too. Coming touches the open ones of the school: nobody who comes new has
    any business with what was closed before.
    """
    if before is not None and (before.memberships, before.active) == (after.memberships, after.active):
        return
    yield from raw.members.cases_with(after.id, now)
    seats = {*after.memberships, *(before.memberships if before is not None else ())}
    for school_id in sorted({seat.school_id for seat in seats}):
        for case in raw.cases.of_school(school_id):
            yield case.id
