"""Meetings as pages and lists show them: in words, and with what this person can do about each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.app.cases import team
from bot.app.meetings.deeds import Gathering, must_substitute
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.cases.team import hat
from dialogs.meetings.model import FAMILY, Kind, Meeting, Seat, Status, quorum
from dialogs.meetings.weekly import is_weekly
from dialogs.people import Person


@dataclass(frozen=True)
class MeetingRow:
    """One of a person's meetings."""

    id: str
    code: str
    title: str
    starts: datetime
    minutes: int
    status: Status
    state: str
    weekly: bool
    over: bool  # cancelled or closed
    answer: str  # this person's own, in words; "" for whoever has no seat
    asks: bool  # it waits for this person's answer
    prepares: bool  # it waits for what this person has to say


@dataclass(frozen=True)
class SeatRow:
    """One place at the table."""

    id: str
    who: str
    role: str
    answer: str
    reason: str
    mine: bool
    leads: bool
    absent: bool  # somebody without an account, for whom the chair writes the answer down
    instead: str  # for whom somebody comes, in words; "" for whoever was asked in their own right


@dataclass(frozen=True)
class Choice:
    """Somebody who can be chosen."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class MeetingPage:
    """One meeting for somebody who may see it."""

    row: MeetingRow
    kind: Kind
    status: Status
    school: str
    school_id: str
    case_id: str | None
    case_code: str
    place: str
    purpose: str
    reason: str
    seats: tuple[SeatRow, ...]
    quorum: tuple[str, ...]
    answers: bool  # this person has a seat and may answer now
    leads: bool  # may move, cancel and invite now
    ends: bool  # may say that it is over
    family: bool  # somebody from the family is asked
    others: tuple[Choice, ...]  # who could come, and has no seat
    must_substitute: bool  # nobody stays away from this forum without sending another


@dataclass(frozen=True)
class MeetingList:
    """A person's meetings, and what is needed to book another."""

    rows: tuple[MeetingRow, ...]
    schools: tuple[tuple[str, str], ...]  # where this person may book for the team
    people: Mapping[str, tuple[Choice, ...]]  # by school
    case_id: str | None = None  # what the new meeting would be about
    case_code: str = ""


def mine(world: World, uow: UnitOfWork, person: Person, now: datetime) -> tuple[MeetingRow, ...]:
    """The meetings that this person sits in and that are not over, the next one first."""
    since = world.workdays.day_start(now)
    return tuple(row(world, one, person) for one in uow.meetings.of_person(person.id, since))


def listing(world: World, uow: UnitOfWork, person: Person, now: datetime, case_id: str = "") -> MeetingList | None:
    """The person's meetings; with a case, what a meeting about it needs. None for a case that is not theirs."""
    found = team.found(world.handbook, uow, case_id) if case_id else None
    if case_id and (found is None or found[1] not in ("writer", "member")):
        return None
    schools = [found[0].case.school_id] if found is not None else _teams(person)
    names = {school.id: school.name for school in uow.people.schools()}
    excluded = found[0].case.excluded if found is not None else ()
    people = {one: _choices(world, uow, one, {person.id, *excluded}) for one in schools}
    return MeetingList(
        mine(world, uow, person, now),
        tuple((one, names.get(one, one)) for one in schools),
        people,
        case_id or None,
        found[0].case.code if found is not None else "",
    )


def row(world: World, meeting: Meeting, person: Person) -> MeetingRow:
    """One line of the list."""
    words, seat = world.content.meetings, meeting.seat_of(person.id)
    return MeetingRow(
        id=meeting.id,
        code=meeting.code,
        title=words("weekly") if is_weekly(meeting) else words(f"kinds.{meeting.kind}"),
        starts=meeting.starts.utc,
        minutes=meeting.minutes,
        status=meeting.status,
        state=words(f"states.{meeting.status}"),
        weekly=is_weekly(meeting),
        over=meeting.status in ("cancelled", "closed"),
        answer=words(f"answers.{seat.answer}") if seat is not None else "",
        asks=seat is not None and seat.answer == "open" and meeting.status == "planned",
        prepares=_prepares(meeting, seat),
    )


def _prepares(meeting: Meeting, seat: Seat | None) -> bool:
    planned = meeting.kind == "network" and meeting.status == "planned"
    return planned and seat is not None and seat in meeting.coming() and not seat.prepared


def page(room: Gathering) -> MeetingPage:
    """The whole meeting."""
    meeting, school = room.meeting, room.uow.people.school(room.meeting.school_id)
    names = {one.id: one.name for one in room.uow.people.at_school(meeting.school_id)}
    taken = {seat.person_id for seat in meeting.seats if seat.person_id is not None}
    case = room.uow.cases.get(meeting.case_id) if meeting.case_id and room.uow.relation(meeting.case_id) else None
    open_now = meeting.status == "planned"
    return MeetingPage(
        row=row(room.world, meeting, room.person),
        kind=meeting.kind,
        status=meeting.status,
        school=school.name if school is not None else "",
        school_id=meeting.school_id,
        case_id=case.id if case is not None else None,
        case_code=case.code if case is not None else "",
        place=meeting.place,
        purpose=meeting.purpose,
        reason=meeting.reason,
        seats=tuple(_seat(room, seat, names) for seat in meeting.seats),
        quorum=_quorum(room) if open_now else (),  # once it has begun, who is missed is for those in the room
        answers=open_now and room.seat is not None,
        leads=open_now and room.leads,
        ends=meeting.status == "held" and room.leads,
        family=any(seat.role in FAMILY for seat in meeting.seats),
        others=_choices(
            room.world, room.uow, meeting.school_id, taken | set(case.excluded if case is not None else ())
        ),
        must_substitute=must_substitute(room),
    )


def _seat(room: Gathering, seat: Seat, names: Mapping[str, str]) -> SeatRow:
    words = room.world.content.meetings
    mine = seat.person_id == room.person.id
    if seat.person_id is None:
        # Nobody's account: they are called by what they are, and the family is known as such.
        who, role = seat_called(room.world, room.meeting, seat), words("family") if seat.role in FAMILY else ""
    else:
        who, role = names.get(seat.person_id) or words("somebody"), role_words(room.world, seat.role)
    return SeatRow(
        id=seat.id,
        who=who,
        role=role,
        answer=words(f"answers.{seat.answer}"),
        reason=seat.reason if mine or room.leads else "",
        mine=mine,
        leads=seat.id == room.meeting.chair,
        absent=seat.person_id is None,
        instead=_instead(room, seat, names),
    )


def _instead(room: Gathering, seat: Seat, names: Mapping[str, str]) -> str:
    sent_by = room.meeting.seat(seat.stands_for) if seat.stands_for is not None else None
    if sent_by is None:
        return ""
    words = room.world.content.meetings
    name = names.get(sent_by.person_id or "") or seat_called(room.world, room.meeting, sent_by)
    return words("instead", name=name)


def seat_called(world: World, meeting: Meeting, seat: Seat) -> str:
    """What a seat is called by what it is for; two parents without an account are told apart by a number."""
    said = role_words(world, seat.role)
    alike = [one.id for one in meeting.seats if one.person_id is None and one.role == seat.role]
    return f"{said} {alike.index(seat.id) + 1}" if seat.id in alike and len(alike) > 1 else said


def role_words(world: World, role: str) -> str:
    """What somebody at the table is, in words: a profession, somebody from the family, or a role at the school."""
    words, profession = world.content.network, world.content.directory.professions.get(role)
    if profession is not None:
        return profession.name
    ours = {str(name): said for name, said in world.handbook.words.roles.items()}
    return words(f"role.{role}") if words.has(f"role.{role}") else ours.get(role, role)


def _quorum(room: Gathering) -> tuple[str, ...]:
    words, found = room.world.content.meetings, quorum(room.meeting)
    missing = [words("quorum.empty", role=role_words(room.world, role)) for role in found.empty]
    if found.open:
        return (*missing, words("quorum.waiting", n=found.open))
    return tuple(missing) or (words("quorum.reached"),)


def _teams(person: Person) -> list[str]:
    schools = dict.fromkeys(membership.school_id for membership in person.memberships)
    return [school for school in schools if hat(person, school) is not None]


def _choices(world: World, uow: UnitOfWork, school_id: str, without: Collection[str | None]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for one in uow.people.at_school(school_id):
        roles = one.roles_at(school_id)
        if one.id not in without and roles and roles[0] not in ("admin", "dpo"):
            said = role_words(world, hat(one, school_id) or roles[0])
            if all(seat.deputy for seat in one.memberships if seat.school_id == school_id):
                said = world.content.meetings("deputy", role=said)
            found.append(Choice(one.id, one.name or said, said))
    return tuple(found)
