"""The team's and the writer's use cases around a case. Every one takes the person who asks; None is "not found"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce

from bot.app.cases import pages as casepages
from bot.app.cases import seen as looking
from bot.app.cases import tells
from bot.app.cases.nextmeeting import next_weekly, running
from bot.app.cases.scene import Scene, around, look, look_at_all, mover
from bot.app.cases.stored import closed_day, refused, words_of
from bot.app.cases.views import CasePage, Inbox, InboxRow, MeetingLine, MyCase, MyCaseRow, Named
from bot.app.turns.handbook import Handbook
from bot.ports import UnitOfWork
from dialogs.access.disclosure import Disclosure, Reader, disclosure, narrowed
from dialogs.access.rules import Relation
from dialogs.cases.acts import Act, CaseStep, Decide, Discuss, FollowUp, Mover, Open, Plan, ProposeLowering
from dialogs.cases.light import locked
from dialogs.cases.model import UNDECIDED, WEIGHT, Case
from dialogs.cases.moves import move
from dialogs.cases.table import blocked
from dialogs.cases.team import TEAM_ROLES, hat
from dialogs.papers import exchanges
from dialogs.papers.consents import agreed_for, load, standing_for
from dialogs.people import Person
from dialogs.records import Moved
from dialogs.types import Problem


@dataclass(frozen=True)
class Acted:
    """What came of an act: the case as it stands now, or why not. `case` is None when it is not theirs to see."""

    case: Case | None
    problems: tuple[Problem, ...] = ()


def inbox(handbook: Handbook, uow: UnitOfWork, person: Person, school_id: str, now: datetime) -> Inbox | None:
    """The open cases that this person answers for or is informed of; None for anyone outside that school's team.

    Sorted by colour, then what nobody has opened, then what can never be lowered, then deadline, then waiting.
    """
    place = around(uow, school_id, handbook.workdays)
    if place is None or not person.active or hat(person, school_id) is None:
        return None
    ties, looks = uow.relations(), uow.cases.looks(person.id)
    mine = [case for case in uow.cases.of_school(school_id) if ties.get(case.id) in ("member", "informed")]
    rows = [
        (scene.case, casepages.row(handbook, scene, person, ties[scene.case.id], looks.get(scene.case.id), now))
        for scene in look_at_all(uow, mine, handbook, place)
    ]
    ranked = [row for _, row in sorted(rows, key=_rank)]
    planned = next_weekly(uow, school_id, now)
    meeting_id = planned.id if planned is not None else ""
    held = running(uow, school_id, now)
    return Inbox(
        school_id,
        place.school.name,
        tuple(ranked),
        place.days.next(now),
        meeting_id,
        _schools(uow, person),
        held.id if held is not None else "",
    )


def _schools(uow: UnitOfWork, person: Person) -> tuple[Named, ...]:
    """The schools whose team this person sits in, by name."""
    ids = dict.fromkeys(one.school_id for one in person.memberships if one.role in TEAM_ROLES)
    schools = (uow.people.school(school_id) for school_id in ids)
    return tuple(Named(school.id, school.name) for school in schools if school is not None)


def _rank(item: tuple[Case, InboxRow]) -> tuple[int, bool, bool, date, int]:
    """The place in the list: a worry that nobody has opened never stands below one that waits for an answer."""
    case, row = item
    opened, calm = case.opened_at is not None, not locked(case.colour)
    return -WEIGHT[row.colour], opened, calm, row.deadline or date.max, -row.waiting_days


def case_page(
    handbook: Handbook, uow: UnitOfWork, person: Person, case_id: str, now: datetime, *, shared: bool = False
) -> CasePage | None:
    """The case for a team member, who has now seen it; the first responsible reader's look tells the writer.

    A `shared` one is for a screen that the whole team looks at: it says no more than each of them may be told.
    """
    seen_case = found(handbook, uow, case_id)
    if seen_case is None or seen_case[1] == "writer":
        return None
    scene, seen_as = seen_case
    if seen_as == "member" and scene.case.opened_at is None:
        scene = _take(handbook, uow, scene, person, seen_as, Open(), now)[0]
    seen = uow.cases.seen(person.id, case_id)
    uow.cases.mark_seen(person.id, case_id, now)
    told = disclosed(handbook, uow, scene, person, seen_as, now, shared=shared)
    shown = casepages.team_page(handbook, scene, person, seen_as, seen, now, told)
    if seen_as == "glass":
        zone = handbook.workdays.zone
        return replace(shown, emergency=looking.until_words(uow.emergencies.of_case(case_id), now, zone))
    if seen_as != "member":
        return shown
    return replace(shown, seen_by=looking.of_case(handbook, uow, case_id), meetings=_meetings(uow, case_id))


def _meetings(uow: UnitOfWork, case_id: str) -> tuple[MeetingLine, ...]:
    """The meetings about a case that this reader may know of, the latest first; a cancelled one is in the timeline."""
    found = sorted(uow.meetings.of_case(case_id), key=lambda one: one.starts.utc, reverse=True)
    return tuple(
        MeetingLine(one.id, one.kind, one.starts.utc, over=one.status == "closed")
        for one in found
        if one.status != "cancelled"
    )


def disclosed(
    handbook: Handbook,
    uow: UnitOfWork,
    scene: Scene,
    person: Person,
    seen_as: Relation,
    now: datetime,
    *,
    shared: bool = False,
) -> Disclosure:
    """What this reader is told of the case, by what is filed on it; when `shared`, what all of the team may be told."""
    return disclosed_each(handbook, uow, (scene,), person, seen_as, now, shared=shared)[scene.case.id]


def disclosed_each(
    handbook: Handbook,
    uow: UnitOfWork,
    scenes: Sequence[Scene],
    person: Person,
    seen_as: Relation,
    now: datetime,
    *,
    shared: bool = False,
) -> Mapping[str, Disclosure]:
    """The same of many cases, by case id, with as many questions as of one."""
    ids, today = [scene.case.id for scene in scenes], handbook.today(now)
    consents, held = uow.filings.of_cases(ids, "consent"), uow.filings.of_cases(ids, "exchange")

    def to(reader: Person, scene: Scene, seen_as: Relation) -> Disclosure:
        role, case_id = mover(scene, reader, seen_as).role, scene.case.id
        given = tuple(load(one) for one in consents.get(case_id, ()))
        told = any(one.state == "held" and role in one.seats for one in map(exchanges.load, held.get(case_id, ())))
        standing, agreed = standing_for(given, role, today), agreed_for(given, role, today)
        return disclosure(scene.case, Reader(seen_as, role, standing, told, agreed))

    def of(scene: Scene) -> Disclosure:
        all_of = (to(other, scene, "member") for other in (scene.seats.members if shared else ()))
        return reduce(narrowed, all_of, to(person, scene, seen_as))

    return {scene.case.id: of(scene) for scene in scenes}


def act_in_meeting(
    handbook: Handbook, uow: UnitOfWork, person: Person, case_id: str, what: Act, now: datetime
) -> Acted:
    """The same act while the team sits together: that the case was put on and talked about goes before a decision.

    1. a decision that would be refused is refused before anything is written
    2. putting on and talking about, without a notice: one message to the writer says more than three
    3. the act itself
    """
    seen_case = found(handbook, uow, case_id)
    if seen_case is not None and seen_case[1] == "member" and isinstance(what, Decide):
        scene = seen_case[0]
        if problems := _not_kept(handbook, scene, person, what):
            return Acted(scene.case, problems)
        talked = replace(scene, case=replace(scene.case, state="discussed"))
        if scene.case.state in UNDECIDED and (problems := _tried(handbook, talked, person, what, now).problems):
            return Acted(scene.case, problems)
        for before in (Plan(handbook.today(now)), Discuss()):
            who = mover(scene, person, "member")
            if scene.case.state in UNDECIDED and blocked(scene.case, scene.entries, who, type(before)) is None:
                scene = _take(handbook, uow, scene, person, "member", before, now, quiet=True)[0]
    return act(handbook, uow, person, case_id, what, now)


def act(handbook: Handbook, uow: UnitOfWork, person: Person, case_id: str, what: Act, now: datetime) -> Acted:
    """Do one act as the team or as the writer; raise Moved when somebody else changed the case meanwhile."""
    seen_case = found(handbook, uow, case_id)
    if seen_case is None:
        return Acted(None, (Problem("not_found"),))
    scene, seen_as = seen_case
    if seen_as in ("informed", "glass"):
        return Acted(scene.case, (Problem("read_only"),))
    if problems := _not_kept(handbook, scene, person, what):
        return Acted(scene.case, problems)
    who = mover(scene, person, seen_as)
    if isinstance(what, ProposeLowering) and _alone(scene, who):
        return Acted(scene.case, (Problem("nobody_second"),))
    after, step = _take(handbook, uow, scene, person, seen_as, what, now)
    if not step.problems:
        uow.cases.mark_seen(person.id, case_id, now)
    return Acted(after.case, step.problems)


def _looks_again(what: Act) -> date | None:
    """The day on which somebody is to look at the case again; None where the act names none."""
    match what:
        case Decide(follow_up=day) | FollowUp(next=day):
            return day
        case _:
            return None


def _not_kept(handbook: Handbook, scene: Scene, person: Person, what: Act) -> tuple[Problem, ...]:
    return refused(handbook.hears, words_of(what), writer=scene.case.writer_id == person.id)


def relates(uow: UnitOfWork, case_id: str) -> bool:
    """Whether this case exists to the actor; a question that changes nothing and tells the writer nothing."""
    return uow.cases.get(case_id) is not None and uow.relation(case_id) is not None


def my_cases(handbook: Handbook, uow: UnitOfWork, person: Person, now: datetime) -> tuple[MyCaseRow, ...]:
    """What this person has sent: what waits for her answer first, then the open ones, the latest change on top."""
    rows: list[tuple[bool, bool, datetime, MyCaseRow]] = []
    looks = uow.cases.looks(person.id)
    for scene in look_at_all(uow, uow.cases.of_writer(person.id), handbook):
        case = scene.case
        row = casepages.my_row(handbook, scene, looks.get(case.id), now)
        rows.append((not row.closed, row.asked, case.changed_at or case.sent_at, row))
    rows.sort(key=lambda item: item[:3], reverse=True)
    return tuple(row for _, _, _, row in rows)


def my_case(handbook: Handbook, uow: UnitOfWork, person: Person, case_id: str, now: datetime) -> MyCase | None:
    """The writer's own case in words; None for anybody else's."""
    seen_case = found(handbook, uow, case_id)
    if seen_case is None or seen_case[1] != "writer":
        return None
    seen = uow.cases.seen(person.id, case_id)
    uow.cases.mark_seen(person.id, case_id, now)
    page = casepages.my_page(handbook, seen_case[0], person, seen, now)
    return replace(page, seen_by=looking.of_case(handbook, uow, case_id), meetings=_meetings(uow, case_id))


def _alone(scene: Scene, who: Mover) -> bool:
    """Whether this person could propose a lower colour, but nobody is there to judge it."""
    may_propose = blocked(scene.case, scene.entries, who, ProposeLowering) is None
    return may_propose and not tells.second_eyes(scene, who)


def found(handbook: Handbook, uow: UnitOfWork, case_id: str) -> tuple[Scene, Relation] | None:
    """The case and what the actor is to it; None when it does not exist to them."""
    case = uow.cases.get(case_id)
    if case is None:
        return None
    seen_as = uow.relation(case_id)
    return (look(uow, case, handbook), seen_as) if seen_as is not None else None


def _tried(
    handbook: Handbook, scene: Scene, person: Person, what: Act, now: datetime, seen_as: Relation = "member"
) -> CaseStep:
    """What would come of an act; nothing is written."""
    owners = [owner.id for owner in scene.owners()]
    who = mover(scene, person, seen_as)
    step = move(scene.case, scene.entries, who, what, now, today=handbook.today(now), owners=owners)
    closed = closed_day(handbook.workdays, _looks_again(what), handbook.today(now)) if not step.problems else None
    if closed is not None:
        return CaseStep(scene.case, problems=(closed,))
    return step


def _take(
    handbook: Handbook,
    uow: UnitOfWork,
    scene: Scene,
    person: Person,
    seen_as: Relation,
    what: Act,
    now: datetime,
    *,
    quiet: bool = False,
) -> tuple[Scene, CaseStep]:
    """Move the case and write all that follows: 1 compare and set the case, 2 its lines, 3 the notices."""
    who = mover(scene, person, seen_as)
    step = _tried(handbook, scene, person, what, now, seen_as)
    if step.problems or not step.entries:
        return scene, step
    if not uow.cases.save(step.case, scene.case.revision):
        raise Moved
    lines = tuple(uow.cases.add_entry(entry) for entry in step.entries)
    after = scene.with_step(step.case, lines)
    for wish in () if quiet else tells.wishes(after, replace(step, entries=lines), who, now, handbook):
        uow.outbox.add(wish)
    return after, step
