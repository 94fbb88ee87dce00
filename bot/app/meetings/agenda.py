"""The weekly meeting's agenda and how it is run: one case at a time, closed for itself.

The agenda is the inbox of whoever looks, so a case that is led around somebody is not on theirs, and its point is
taken by another one. When the meeting begins the order is stored; from then on what is open is what is left, so a
meeting that stops, a process that dies or a case that fails loses nothing of the others (the Lejre test).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.cases import pages as casepages
from bot.app.cases import team
from bot.app.cases.scene import Scene, around, look_at_all, mover
from bot.app.cases.views import CasePage, InboxRow
from bot.app.meetings import deeds as meetings
from bot.app.meetings.deeds import Gathering
from dialogs.cases.acts import Act, Plan
from dialogs.cases.dates import OUTCOME_DAYS
from dialogs.cases.model import DECIDED, UNDECIDED, Case, last_of
from dialogs.cases.words import day_words
from dialogs.meetings.agenda import LEAST, Agenda, Waiting, belongs, build, missing
from dialogs.meetings.model import Point
from dialogs.meetings.moves import CloseIt, ClosePoint, Hold
from dialogs.meetings.outcome import Told, measure
from dialogs.meetings.weekly import ordinary_day
from dialogs.types import Problem


@dataclass(frozen=True)
class PointRow:
    """One case of the agenda in words."""

    row: InboxRow
    minutes: int
    missing: tuple[str, ...]  # who can fill it is told to nobody here: the list is read on the screen in the room
    state: str  # open, done, left
    state_words: str
    came_of_it: str = ""  # who does what, and when it is looked at; of one that is left, when it is taken


@dataclass(frozen=True)
class _OnTable:
    """One case of the agenda as this reader has it, and when they last looked."""

    scene: Scene
    seen: datetime | None


@dataclass(frozen=True)
class AgendaPage:
    """What the team looks at: the points that this person may see, and what there is no time for."""

    points: tuple[PointRow, ...]
    left_over: tuple[PointRow, ...]
    hidden: int  # points that this person is not on
    minutes: int  # what the points take together
    slot: int  # what the meeting has
    runs: bool
    told: Told | None = None
    early: str = ""  # the day of the meeting, while it is still to come

    def number(self, state: str) -> int:
        """How many of the points are in this state."""
        return sum(one.state == state for one in self.points)


@dataclass(frozen=True)
class Now:
    """The screen of a meeting that is being held: the case in front of the team, or none when all are done."""

    page: AgendaPage
    case: CasePage | None
    minutes: int
    number: int
    of: int
    hidden_open: int  # points that wait for somebody else
    untouched: bool  # nothing has been dealt with: a beginning by a slip can be taken back


def page(room: Gathering) -> AgendaPage:
    """The agenda as it would be now; once the meeting has begun, as it was stored."""
    seen = _on_table(room)
    if room.meeting.status == "planned":
        agenda = _built(room, list(seen.values()))
        points = tuple(_row(room, seen[item.case.case_id], item.minutes, "open") for item in agenda.items)
        rest = tuple(_row(room, seen[one.case_id], 0, "open") for one in agenda.left_over)
        return AgendaPage(points, rest, 0, agenda.minutes, room.meeting.minutes, room.runs, early=_early(room))
    stored = _points(room, seen)
    rows = tuple(_row(room, seen[one.case_id], one.minutes, one.state) for one in stored if one.case_id in seen)
    total = sum(one.minutes for one in stored)
    told = _told(room, {case_id: one.scene for case_id, one in seen.items()}) if rows else None
    return AgendaPage(rows, (), len(stored) - len(rows), total, room.meeting.minutes, room.runs, told)


def _early(room: Gathering) -> str:
    """The day of a meeting that is not for today; "" on its day and after it."""
    day = room.meeting.starts.day
    return day_words(day) if day > room.world.handbook.today(room.now) else ""


def _points(room: Gathering, seen: Collection[str]) -> tuple[Point, ...]:
    """The stored points, and after them what this person is on and whoever began the meeting is not."""
    stored = room.meeting.points
    known = {one.case_id for one in stored}
    return (*stored, *(Point(case_id, LEAST) for case_id in seen if case_id not in known))


def now(room: Gathering) -> Now | None:
    """What stands on the screen while the meeting is held; None before and after it."""
    if room.meeting.status != "held":
        return None
    shown = page(room)
    current = next((one for one in shown.points if one.state == "open"), None)
    of = len(shown.points) + shown.hidden
    mine = {row.row.case_id for row in shown.points}
    hidden = sum(one.state == "open" and one.case_id not in mine for one in room.meeting.points)
    done = sum(one.state != "open" for one in shown.points)
    if current is None:
        return Now(shown, None, 0, done, of, hidden, done == 0)
    return Now(shown, _case(room, current.row.case_id), current.minutes, done + 1, of, hidden, done == 0)


def begin(room: Gathering) -> tuple[Problem, ...]:
    """Begin the meeting with today's agenda. Whoever begins it may not be on every case: all of the team's count."""
    agenda = _built(room, list(_on_table(room).values()))
    points = tuple(Point(item.case.case_id, item.minutes) for item in agenda.items)
    return meetings.act(room, Hold(points))


def do(room: Gathering, case_id: str, what: Act) -> tuple[Problem, ...]:
    """One decision about the case in front of the team, and its point is closed, in the same transaction."""
    if (problems := _not_now(room, case_id)) is not None:
        return problems
    done = team.act_in_meeting(room.world.handbook, room.uow, room.person, case_id, what, room.now)
    if done.case is None:
        return (Problem("not_found"),)
    return done.problems or meetings.act(room, ClosePoint(case_id, room.person.id))


def leave(room: Gathering, case_id: str) -> tuple[Problem, ...]:
    """Take the case another time; it comes on the next agenda by itself, and whoever wrote it is told the day."""
    if (problems := _not_now(room, case_id)) is not None:
        return problems
    return _postpone(room, case_id) or meetings.act(room, ClosePoint(case_id, room.person.id, left=True))


def end(room: Gathering) -> tuple[Problem, ...]:
    """The meeting is over; whoever wrote what it did not come to is told when it is taken."""
    if room.runs and room.meeting.status == "held":
        for row in page(room).points:
            if row.state == "open" and (problems := _postpone(room, row.row.case_id)):
                return problems
    return meetings.act(room, CloseIt())


def _postpone(room: Gathering, case_id: str) -> tuple[Problem, ...]:
    """Put an undecided case on for the next meeting. One that waits for the writer's words is not the team's to take,
    and one that is decided has a day of its own."""
    scene = next((one for one in _scenes(room) if one.case.id == case_id), None)
    if scene is None or scene.case.state not in UNDECIDED or scene.case.state == "waiting":
        return ()
    at = scene.days.next(max(room.now, room.meeting.starts.utc))
    what = Plan(at.astimezone(room.world.workdays.zone).date(), again=True)
    return team.act(room.world.handbook, room.uow, room.person, case_id, what, room.now).problems


def _not_now(room: Gathering, case_id: str) -> tuple[Problem, ...] | None:
    if not room.runs:
        return (Problem("not_yours"),)
    if room.meeting.status != "held":
        return (Problem("not_now"),)
    if any(one.case_id == case_id and one.state != "open" for one in room.meeting.points):
        return (Problem("point_done"),)
    return None if any(case.id == case_id for case in _cases(room)) else (Problem("not_found"),)


def _scenes(room: Gathering) -> Iterator[Scene]:
    """The cases of the agenda that this person works with."""
    place = around(room.uow, room.meeting.school_id, room.world.workdays)
    if place is None:
        return
    whole = room.uow.cases.several([case.id for case in _cases(room)])
    yield from look_at_all(room.uow, whole, room.world.handbook, place)


def _on_table(room: Gathering) -> dict[str, _OnTable]:
    """The same with what it takes to tell of them, read for all at once."""
    looks = room.uow.cases.looks(room.person.id)
    return {one.case.id: _OnTable(one, looks.get(one.case.id)) for one in _scenes(room)}


def scenes_of_school(room: Gathering) -> Iterator[Scene]:
    """Every open case of the school that this person works with."""
    place = around(room.uow, room.meeting.school_id, room.world.workdays)
    if place is None:
        return
    ties = room.uow.relations()
    mine = [one for one in room.uow.cases.of_school(room.meeting.school_id) if ties.get(one.id) == "member"]
    whole = room.uow.cases.several([case.id for case in mine])
    yield from look_at_all(room.uow, whole, room.world.handbook, place)


def _cases(room: Gathering) -> Iterator[Case]:
    """The same in outline, for whoever asks only which they are."""
    stored = {one.case_id for one in room.meeting.points}
    # One that was moved forward still has the cases that were put on for its ordinary day.
    day = max(room.meeting.starts.day, ordinary_day(room.meeting))
    planned, open_now = room.meeting.status == "planned", room.meeting.status in ("planned", "held")
    ties = room.uow.relations()
    for case in room.uow.cases.of_school(room.meeting.school_id, include_closed=not planned):
        wanted = case.id in stored or (open_now and belongs(case, day))
        if wanted and ties.get(case.id) == "member":
            yield case


def _built(room: Gathering, table: list[_OnTable]) -> Agenda:
    rows = [(one, _inbox_row(room, one)) for one in table]
    waiting = [
        Waiting(row.case_id, row.code, row.colour, row.waiting_days, row.deadline, missing(one.scene.case))
        for one, row in rows
    ]
    return build(waiting, room.meeting.minutes)


def _inbox_row(room: Gathering, one: _OnTable) -> InboxRow:
    return casepages.row(room.world.handbook, one.scene, room.person, "member", one.seen, room.now)


def _row(room: Gathering, one: _OnTable, minutes: int, state: str) -> PointRow:
    scene = one.scene
    labels = tuple(room.world.handbook.labels(question, "")[0] for question in missing(scene.case))
    words = room.world.content.meetings(f"points.{state}")
    return PointRow(_inbox_row(room, one), minutes, labels, state, words, _came_of_it(room, scene, state))


def _came_of_it(room: Gathering, scene: Scene, state: str) -> str:
    """What a meeting agreed about a case, for the list of what it has taken; "" while it waits."""
    case, said = scene.case, room.world.content.meetings
    if state == "left" and case.state == "planned" and case.planned_for is not None:
        return said("agenda.postponed_to", day=day_words(case.planned_for))
    decided = last_of(scene.entries, "decided")
    if state != "done" or decided is None or case.state not in DECIDED:
        return ""
    what = room.world.handbook.words.outcomes[decided.data["outcome"]]
    who = scene.nameless().name(case.owner_id)  # who wrote may have been given it: a list tells nobody
    day = day_words(case.follow_up) if case.follow_up is not None else ""
    return said("agenda.agreed_on", what=what, who=who[:1].upper() + who[1:], day=day)


def _case(room: Gathering, case_id: str) -> CasePage | None:
    """The case as a screen in the room shows it, with what a team does while it sits around it."""
    handbook = room.world.handbook
    shown = team.case_page(handbook, room.uow, room.person, case_id, room.now, shared=True)
    found = team.found(handbook, room.uow, case_id)
    if shown is None or found is None:
        return None
    scene, seen_as = found
    return replace(shown, acts=casepages.in_meeting(handbook, scene, mover(scene, room.person, seen_as)))


def _told(room: Gathering, seen: Mapping[str, Scene]) -> Told:
    """What the writers of the cases that were taken have heard since the meeting began."""
    taken = [one for one in room.meeting.points if one.state == "done" and one.case_id in seen]
    began = min([room.meeting.starts.utc, *(one.at for one in taken if one.at is not None)])
    ended = max([room.meeting.ends, *(one.at for one in taken if one.at is not None)])
    by = _working_day_after(room, ended)
    return measure(((seen[one.case_id].case.code, seen[one.case_id].entries) for one in taken), began, by)


def _working_day_after(room: Gathering, at: datetime) -> datetime:
    return room.world.workdays.plus_days(at, OUTCOME_DAYS)
