"""What was agreed before this meeting and is still owed: it is what a meeting begins with, and one press answers it.

A network meeting looks back at the meetings about the same child, a staff meeting at those of the school, and the
weekly one at what the team itself has decided: each with what, who, by when, and "done" or "not yet" by one press.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.app.cases import team
from bot.app.cases.scene import Scene
from bot.app.meetings import agenda, agreed, agreedviews
from bot.app.meetings import deeds as meetings
from bot.app.meetings.agreedviews import AgreementRow
from bot.app.meetings.deeds import Gathering
from dialogs.cases.acts import FollowUp
from dialogs.cases.model import DECIDED, last_of
from dialogs.cases.words import day_said
from dialogs.meetings import agreements
from dialogs.meetings.agreements import Act, Done, MoveTo
from dialogs.meetings.model import Meeting
from dialogs.types import Problem

WEEK: Final = timedelta(days=7)  # what is not done yet is asked about a week later
SHOWN: Final = timedelta(days=14)  # what was done since about the last meeting is told too: it is good news
A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Kept:
    """An agreement of an earlier meeting, as it goes now. `ref` is what a press carries."""

    ref: str
    code: str  # the meeting where it was agreed
    row: AgreementRow
    again: date  # the day that "not yet" gives it
    soon: bool  # its day comes before that one, so that "not yet" means something


@dataclass(frozen=True)
class Owed:
    """What the team has decided about a case: no words of anybody's, since it stands on a screen in the room."""

    case_id: str
    code: str
    what: str
    who: str
    how: str
    late: bool
    done: bool  # somebody has said so since it was decided


def of_meetings(room: Gathering, case_id: str = "") -> tuple[Kept, ...]:
    """What was agreed at earlier meetings about the same child, or of the same staff, the longest overdue first.

    With `case_id`, at the meetings about the case that a weekly meeting has come to.
    """
    today = room.world.handbook.today(room.now)
    kept = [
        Kept(f"{there.meeting.id}.{row.one.id}", there.meeting.code, row, _again(room), row.one.by < _again(room))
        for there in _rooms(room, case_id)
        for row in agreedviews.rows(there)
        if row.one.state != "done" or (row.one.since is not None and row.one.since >= today - SHOWN)
    ]
    return tuple(sorted(kept, key=lambda one: (one.row.one.state == "done", one.row.one.by)))


def of_team(room: Gathering) -> tuple[Owed, ...]:
    """What the team has decided and looks at again, the longest overdue first."""
    today = room.world.handbook.today(room.now)
    found = [(scene.case.follow_up or date.max, _owed(room, scene, today)) for scene in _decided(room)]
    return tuple(owed for _, owed in sorted(found, key=lambda one: one[0]))


def settle(room: Gathering, ref: str, *, done: bool, case_id: str = "") -> tuple[Problem, ...]:
    """Say of one earlier agreement that it is done, or that it is not yet: then it gets a day a week later."""
    found = next((one for one in of_meetings(room, case_id) if one.ref == ref), None)
    if found is None or not (done or found.soon):
        return (Problem("agreement_gone"),)
    meeting_id, _, agreement_id = ref.rpartition(".")
    there = meetings.enter(room.world, room.uow, room.person, meeting_id, room.now)
    act: Act = Done() if done else MoveTo(found.again)
    return agreed.act(there, agreement_id, act) if there is not None else (Problem("agreement_gone"),)


def settle_case(room: Gathering, case_id: str, *, done: bool) -> tuple[Problem, ...]:
    """The same of what the team decided about a case. Whether it helped is asked on its day all the same."""
    scene = next((one for one in _decided(room) if one.case.id == case_id), None)
    if scene is None or not room.runs:
        return (Problem("agreement_gone" if scene is None else "not_yours"),)
    today, day = room.world.handbook.today(room.now), scene.case.follow_up
    ahead = day if day is not None and day > today else _next_meeting(room, scene)
    note = room.world.content.meetings("earlier.told_done" if done else "earlier.told_open")
    return team.act(room.world.handbook, room.uow, room.person, case_id, FollowUp(None, note, ahead), room.now).problems


def _rooms(room: Gathering, case_id: str) -> Iterator[Gathering]:
    """The earlier meetings with this person in them, as far as they may read them whole."""
    for one in _before(room, case_id):
        owes = one.id != room.meeting.id and one.status != "cancelled" and agreements.of(one)
        whole = room.uow.meetings.get(one.id) if owes else None
        if whole is not None:
            yield room.with_meeting(whole)


def _before(room: Gathering, case_id: str) -> Sequence[Meeting]:
    case = case_id or room.meeting.case_id
    if case:
        return room.uow.meetings.of_case(case) if room.uow.relation(case) is not None else ()
    if room.meeting.kind != "staff":
        return ()
    found = room.uow.meetings.of_school(room.meeting.school_id, room.now - A_YEAR)
    return [one for one in found if one.kind == "staff"]


def _decided(room: Gathering) -> Iterator[Scene]:
    for scene in agenda.scenes_of_school(room):
        if scene.case.state in DECIDED and scene.case.follow_up is not None and _outcome(scene) != "no_action":
            yield scene


def _outcome(scene: Scene) -> str:
    decided = last_of(scene.entries, "decided")
    return str(decided.data.get("outcome", "")) if decided is not None else ""


def _owed(room: Gathering, scene: Scene, today: date) -> Owed:
    words, case = room.world.content.meetings, scene.case
    day = case.follow_up or today
    told = last_of(scene.entries, "followed_up", "decided")
    done = told is not None and told.data.get("note") == words("earlier.told_done")
    key = "earlier.done_by" if done else "earlier.late" if day < today else "earlier.by_day"
    return Owed(
        case_id=case.id,
        code=case.code,
        what=_what(room, scene),
        who=scene.nameless().name(case.owner_id) if case.owner_id else "",  # a list tells nobody who wrote
        how=words(key, day=day_said(day, today)),
        late=day < today and not done,
        done=done,
    )


def _what(room: Gathering, scene: Scene) -> str:
    words, outcome = room.world.handbook.words, _outcome(scene)
    found = (text for one, text in words.outcomes.items() if one == outcome)
    return next(found, words.team_state(scene.case, scene.entries))


def _again(room: Gathering) -> date:
    days = room.world.workdays.school()
    at = datetime.combine(room.world.handbook.today(room.now) + WEEK, time(9), days.zone)
    return days.next_open(at).astimezone(days.zone).date()


def _next_meeting(room: Gathering, scene: Scene) -> date:
    after = max(room.now, room.meeting.ends)
    return scene.days.next(after).astimezone(room.world.workdays.zone).date()
