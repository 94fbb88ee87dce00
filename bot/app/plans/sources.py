"""What was agreed elsewhere and is not in the plan: offered to be taken in with one tap, and never by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.app.cases.filing import Room
from bot.app.meetings import agreed
from bot.app.meetings import deeds as meetings
from bot.app.meetings.attending import PROFESSION_OF, profession_of
from bot.ports import UnitOfWork
from dialogs.cases.model import last_of
from dialogs.meetings import agreements
from dialogs.meetings.agreements import Agreement
from dialogs.meetings.model import FAMILY as FAMILY_SEATS
from dialogs.meetings.model import Meeting
from dialogs.plans.model import CHILD, FAMILY, Plan
from dialogs.plans.source import Source, as_agreed, changes, meeting_of, of_decision, of_meeting
from dialogs.types import Problem

HELP_DECIDED: Final = frozenset(
    {"local_effort", "school_team", "taken_home"}
)  # outcomes in which somebody does something


def shown(uow: UnitOfWork, plan: Plan) -> Plan:
    """The plan with what was agreed at meetings as it is there now. Outlines of the meetings are enough."""
    if not any(effort.agreed for effort in plan.efforts):
        return plan
    found = {of_meeting(meeting.id, one.id): one for meeting, one in _agreed(uow, plan.case_id)}
    return as_agreed(plan, found)


def told(room: Room, before: Plan, after: Plan) -> tuple[Problem, ...]:
    """Let the meetings know what was done in the plan to what was agreed there; or say why it can't be."""
    for ref, act in changes(before, after):
        meeting_id, agreement_id = meeting_of(ref)
        there = meetings.enter(room.world, room.uow, room.person, meeting_id, room.now)
        if there is None:
            return (Problem("part_gone"),)
        if problems := agreed.act(there, agreement_id, act):
            return problems
    return ()


def open_sources(room: Room, plan: Plan | None) -> tuple[Source, ...]:
    """What can be taken into the plan: what was agreed at meetings about the child, and what the team decided last."""
    taken = {effort.agreed for effort in plan.efforts} if plan is not None else set[str]()
    found = (*_of_meetings(room, taken), *_of_team(room))
    return tuple(one for one in found if one.ref not in taken)


def _agreed(uow: UnitOfWork, case_id: str) -> Iterator[tuple[Meeting, Agreement]]:
    for meeting in uow.meetings.of_case(case_id):
        if meeting.status != "cancelled":
            yield from ((meeting, one) for one in agreements.of(meeting))


def _of_meetings(room: Room, taken: set[str]) -> Iterator[Source]:
    waiting = [
        meeting.id
        for meeting, one in _agreed(room.uow, room.case_id)
        if one.state != "done" and of_meeting(meeting.id, one.id) not in taken
    ]
    for meeting_id in dict.fromkeys(
        waiting
    ):  # read in whole, and so written down as read, only where there is something
        meeting = room.uow.meetings.get(meeting_id)
        for one in agreements.of(meeting) if meeting is not None else ():
            if meeting is not None and one.state != "done":
                starts = min(room.world.handbook.today(room.now), meeting.starts.day, one.by)
                yield Source(of_meeting(meeting.id, one.id), one.what, _doer(meeting, one), starts, one.by)


def _doer(meeting: Meeting, one: Agreement) -> str:
    seat = meeting.seat(one.seat)
    if seat is None:
        return ""
    if seat.role in FAMILY_SEATS:
        return CHILD if seat.role == "child" else FAMILY
    return profession_of(seat.role)


def _of_team(room: Room) -> Iterator[Source]:
    """The team's last decision, in the words that whoever wrote was told."""
    entries = room.scene.entries
    decided, answered = last_of(entries, "decided"), last_of(entries, "answered")
    if decided is None or answered is None or decided.data.get("outcome") not in HELP_DECIDED:
        return
    case, owner = room.scene.case, next((p for p in room.scene.people if p.id == room.scene.case.owner_id), None)
    roles = owner.roles_at(case.school_id) if owner is not None else ()
    by = next((PROFESSION_OF[role] for role in roles if role in PROFESSION_OF), "")
    starts = room.world.handbook.today(decided.at)
    yield Source(of_decision(decided.seq), str(answered.data.get("words", "")), by, starts, case.follow_up)
