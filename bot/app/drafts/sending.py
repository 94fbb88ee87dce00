"""From a finished draft to a case at the team, in the caller's one transaction: what is said afterwards is true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.cases import watch
from bot.ports import Ids, UnitOfWork
from dialogs.cases.model import Case, Colour, Entry, RouteName
from dialogs.cases.team import Routing, Seats, Suspect, hat, holders, route_for, seats
from dialogs.cases.watch import plan
from dialogs.notices import Wish
from dialogs.people import Person, Role, School
from dialogs.types import Draft, Problem
from dialogs.workdays import Workdays

_CODE_TRIES = 20  # codes are one in 10⁸: a second try is rare, a twentieth is a broken generator


@dataclass(frozen=True)
class Worry:
    """What decides where a worry goes. `flow` is what the writer or the guard named; the colour may name one too."""

    band: str
    colour: Colour
    flow: str | None = None
    suspect: Suspect | None = None
    excluded_roles: tuple[Role, ...] = ()
    excluded_people: tuple[str, ...] = ()
    school_id: str = ""  # "" is the writer's own school


@dataclass(frozen=True)
class Recipient:
    """One person who gets the worry; `informed` sees only age, subjects and signs."""

    person_id: str
    name: str
    role: Role
    informed: bool = False


@dataclass(frozen=True)
class Preview:
    """Where it would go, before it is sent. `reads_at` is when somebody is at work: now, or the next opening."""

    recipients: tuple[Recipient, ...]
    route: RouteName
    reads_at: datetime
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sent:
    """The stored case, or the problem that kept the draft. `again` when this draft had become a case before."""

    case: Case | None
    recipients: tuple[Recipient, ...] = ()
    problems: tuple[Problem, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class _Way:
    """A school, a routing and the seats it fills."""

    school: School
    routing: Routing
    seats: Seats


def preview(uow: UnitOfWork, person: Person, worry: Worry, now: datetime, workdays: Workdays) -> Preview:
    """Names and roles for "Sendes til: …", found just as `send` finds them."""
    way = _way(uow, person, worry)
    reads_at = workdays.next_open(now)
    if isinstance(way, Problem):
        return Preview((), "trio", reads_at, (way,))
    return Preview(_recipients(way), way.routing.route, reads_at)


def send(
    uow: UnitOfWork, person: Person, draft: Draft, worry: Worry, now: datetime, ids: Ids, workdays: Workdays
) -> Sent:
    """Store the case, its first two lines and every notice; the same draft sent twice is one case.

    `draft.answers` are stored as they are: hand in the visible ones only. The draft itself is the caller's to close.
    A problem writes nothing, so that the draft lives on.
    """
    if (before := uow.cases.by_draft(draft.id)) is not None:
        return Sent(before, again=True)
    way = _way(uow, person, worry)
    if isinstance(way, Problem):
        return Sent(None, problems=(way,))
    case = _case(uow, person, draft, worry, way, now, ids)
    recipients = _recipients(way)
    uow.cases.add(case)
    uow.cases.add_entry(Entry(case.id, "sent", person.id, now, now))
    data = {"route": case.route, "to": [recipient.person_id for recipient in recipients]}
    uow.cases.add_entry(Entry(case.id, "stored", person.id, now, now, data))
    for recipient in recipients:
        uow.outbox.add(_first_notice(case, recipient, workdays))
    # The reply says it at once; this row is the proof in her own inbox, and it rings nowhere.
    key, params = f"{case.id}:writer_stored", {"code": case.code}
    uow.outbox.add(Wish(key, person.id, "writer_stored", now, params, channel="web", case_id=case.id))
    pushes = plan(case.colour.now, now, way.seats, way.school, workdays)
    for wish in watch.unopened_wishes(case, pushes):
        uow.outbox.add(wish)
    return Sent(case, recipients)


def _way(uow: UnitOfWork, person: Person, worry: Worry) -> _Way | Problem:
    school_id = worry.school_id or person.home
    school = uow.people.school(school_id)
    if school is None or not person.roles_at(school_id):
        return Problem("no_school")
    people = uow.people.at_school(school_id)
    out = [*worry.excluded_people, *(p.id for role in worry.excluded_roles for p in holders(people, school_id, role))]
    if worry.suspect == "leader":
        out += [leader.id for leader in holders(people, school_id, "leader")]
    excluded = tuple(dict.fromkeys(out))
    flow = worry.flow or worry.colour.flow
    route = route_for(flow, worry.suspect, school_id, person.id, excluded, people)
    routing = Routing(school_id, person.id, route, excluded, worry.colour.now == "red")
    found = seats(routing, people)
    return _Way(school, routing, found) if found.members else Problem("nobody_to_send_to")


def _case(uow: UnitOfWork, person: Person, draft: Draft, worry: Worry, way: _Way, now: datetime, ids: Ids) -> Case:
    return Case(
        id=ids.new(),
        code=_free_code(uow, draft.code, ids),
        school_id=way.school.id,
        writer_id=person.id,
        draft_id=draft.id,
        form_id=draft.form_id,
        form_version=draft.form_version,
        answers=draft.answers,
        colour=replace(worry.colour, flow=worry.flow or worry.colour.flow),
        band=worry.band,
        route=way.routing.route,
        excluded=way.routing.excluded,
        state="sent",
        sent_at=now,
        stored_at=now,
        changed_at=now,
    )


def _free_code(uow: UnitOfWork, wanted: str, ids: Ids) -> str:
    """The draft's own code, which the writer knows already; a fresh one when a case has it."""
    code = wanted
    for _ in range(_CODE_TRIES):
        if not uow.cases.taken(code):
            return code
        code = ids.code()
    raise RuntimeError("no free case code: the generator repeats itself")


def _recipients(way: _Way) -> tuple[Recipient, ...]:
    circles = ((way.seats.members, False), (way.seats.informed, True))
    return tuple(
        Recipient(person.id, person.name, role, informed)
        for people, informed in circles
        for person in people
        if (role := hat(person, way.school.id)) is not None
    )


def _first_notice(case: Case, recipient: Recipient, workdays: Workdays) -> Wish:
    red = case.colour.now == "red"
    if case.route != "trio":
        template = "team_flow"
    elif recipient.informed:
        template = "team_red_info"
    else:
        template = "team_red" if red else "team_new"
    return Wish(
        dedupe_key=f"{case.id}:{template}:{recipient.person_id}",
        recipient=recipient.person_id,
        template=template,
        due_at=case.sent_at,
        params={"code": case.code, "colour": case.colour.now},
        delivery="alert",
        case_id=case.id,
        # Red rings through only while people are at work: at night nobody reads it, and the writer is told so.
        red=red and workdays.is_open(case.sent_at),
    )
