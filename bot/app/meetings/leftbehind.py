"""Agreements whose keeper has left: somebody is told at once, instead of reminders going to nobody until it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.app.cases.scene import look
from bot.app.meetings.agreed import holder_of
from bot.app.meetings.wishes import LEFT, about_agreement
from bot.app.turns.handbook import Handbook
from bot.ports import UnitOfWork
from dialogs.meetings import agreements
from dialogs.meetings.model import Meeting
from dialogs.people import Person
from dialogs.plans.filed import load_bare

SPAN: Final = timedelta(days=365)  # an agreement may be made before its meeting, and lives on for a school year


def look_for_holders(handbook: Handbook, uow: UnitOfWork, now: datetime) -> None:
    """The worker's chore: tell who minds an agreement that the one who had it has left, once a month until it is given
    to somebody: who is told already has it in the inbox."""
    month = f"{handbook.today(now):%Y-%m}"
    for meeting in uow.meetings.between(now - SPAN, now + 2 * SPAN):
        if meeting.status == "cancelled":
            continue
        for one in agreements.of(meeting):
            holder = holder_of(meeting, one)
            if one.state == "done" or holder is None or here(uow, holder):
                continue
            minder = next(_minders(handbook, uow, meeting, holder), None)
            if minder is not None:
                uow.outbox.add(about_agreement(meeting, one, LEFT, month, minder, now, delivery="alert"))


def here(uow: UnitOfWork, person_id: str) -> bool:
    """Whether this person is still there to be reminded."""
    person = uow.people.get(person_id)
    return person is not None and person.active


def _minders(handbook: Handbook, uow: UnitOfWork, meeting: Meeting, holder: str) -> Iterator[str]:
    """Who keeps the threads of the case, else who leads the meeting, else the leader; never one who has left."""
    case = uow.cases.get(meeting.case_id) if meeting.case_id else None
    chair = meeting.seat(meeting.chair)
    found: list[str | None] = []
    if case is not None:
        plans = [load_bare(filing) for filing in uow.filings.of_case(case.id, "plan")]
        found += [plan.keeper for plan in plans if plan.open]
    found.append(chair.person_id if chair is not None else None)
    if case is not None:
        found += look(uow, case, handbook).leaders()
    else:
        found += [one.id for one in uow.people.at_school(meeting.school_id) if _leads(one, meeting.school_id)]
    excluded = case.excluded if case is not None else ()
    for one in dict.fromkeys(found):
        if one is not None and one != holder and one not in excluded and here(uow, one):
            yield one


def _leads(person: Person, school_id: str) -> bool:
    return "leader" in person.roles_at(school_id)
