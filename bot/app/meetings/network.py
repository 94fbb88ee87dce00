"""A network meeting from a case: who is suggested and why, who may be in the room, and booking it with its seats."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from bot.app.cases import team
from bot.app.cases.filing import Room
from bot.app.meetings import deeds as meetings
from bot.app.meetings.attending import PROFESSION_OF, ROLE_OF, ground_on
from bot.app.meetings.deeds import Booking, Gathering
from bot.ports import UnitOfWork
from dialogs.access.disclosure import stated_yes
from dialogs.cases.model import doubted, must_wait
from dialogs.cases.team import hat, holders
from dialogs.guides.crew import MAX_RATIO, NOT_COUNTED
from dialogs.guides.directory import Profession
from dialogs.guides.forums import step_for
from dialogs.law.room import Entry, Ground, Verdict, entry
from dialogs.meetings import afterwards
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.people import Person, Role
from dialogs.types import Problem
from dialogs.worry import advice_for, flow_of

PURPOSES: Final = ("understand", "plan", "follow", "school", "other")
PLACES: Final = ("school", "town", "home", "video")
LENGTHS: Final = (30, 45, 60, 90)
MAX_PARENTS: Final = 4  # two homes with two adults each


@dataclass(frozen=True)
class Wanted:
    """A network meeting as somebody wants to hold it. `asked` are professions that were asked about and allowed."""

    day: date | None
    clock: time | None
    minutes: int
    place: str
    purpose: str
    chair: str
    scribe: str
    professions: tuple[str, ...]
    asked: frozenset[str] = frozenset()
    parents: int = 1
    child: bool = False


@dataclass(frozen=True)
class Guest:
    """One profession on the list: why it is suggested, whether it may come, and who that would be."""

    id: str
    name: str
    why: str
    verdict: str
    verdict_words: str
    verdict_why: str
    who: str
    first: bool


@dataclass(frozen=True)
class Offer:
    """What the page needs to call a network meeting."""

    case_id: str
    code: str
    ground: Ground
    ground_words: str
    suggested: tuple[Guest, ...]
    others: tuple[Guest, ...]
    people: tuple[tuple[str, str], ...]  # who may lead and write: id, name and what they are
    me: str
    wait: str  # why no family may be called now; "" when it may
    caution: str  # what to talk over before the family is called; "" when nothing was heard


def offer(room: Room) -> Offer | None:
    """The page for whoever works with the case; None for anybody else."""
    if not room.works:
        return None
    say = room.world.content.network
    ground, named = _ground(room)
    lines = _lines(room)
    unnamed = (room.scene.case.writer_id,) if _nameless(room) else ()
    guests = [
        _guest(room, one, entry(one, ground, named), lines.get(one.id), unnamed)
        for one in room.world.content.directory.professions.values()
    ]
    suggested = sorted((one for one in guests if one.id in lines), key=lambda one: list(lines).index(one.id))
    return Offer(
        case_id=room.case_id,
        code=room.scene.case.code,
        ground=ground,
        ground_words=say(f"lawful.{_told_ground(room, ground)}"),
        suggested=tuple(suggested),
        others=tuple(one for one in guests if one.id not in lines),
        people=tuple((one.id, _called(room, one)) for one in leaders(room)),
        me=room.person.id if room.person in leaders(room) else "",
        wait=say("problems.meeting_parents_wait") if must_wait(room.scene.case) else "",
        caution=say("call.caution") if doubted(room.scene.case) else "",
    )


def _ground(room: Room) -> tuple[Ground, frozenset[str]]:
    return ground_on(room.uow, room.case_id, room.world.handbook.today(room.now))


def _told_ground(room: Room, ground: Ground) -> str:
    """What the page says of it: a yes that only the writer has told of is for the team's talk, not for a meeting."""
    return "said" if ground == "none" and stated_yes(room.scene.case.answers) else ground


def _lines(room: Room) -> dict[str, tuple[str, bool]]:
    """Why each suggested profession is suggested, and whether it is among the first: what the answers and colour say,
    and who was missed at the meetings before."""
    case, content = room.scene.case, room.world.content
    flow = flow_of(case.answers) or case.colour.flow
    advice = advice_for(content, content.form("worry"), case.answers, case.colour.now, flow)
    lines = {one.id: (one.why, True) for one in advice.first} | {one.id: (one.why, False) for one in advice.consider}
    writer = room.scene.case.writer_id
    if writer != room.person.id and not _nameless(room) and (own := _profession(room, writer)) in _directory(room):
        lines.setdefault(own, (content.network("lawful.wrote"), True))  # a meeting without them begins from nothing
    for one in afterwards.missed(whole_meetings(room.uow, room.case_id)):
        why = lines[one][0] if one in lines else ""
        lines[one] = (f"{content.network('lawful.missed')}. {why}".strip(), True)
    return lines


def _directory(room: Room) -> Mapping[str, Profession]:
    return room.world.content.directory.professions


def whole_meetings(uow: UnitOfWork, case_id: str) -> tuple[Meeting, ...]:
    """The meetings about a case, each as this person may read it."""
    found = [uow.meetings.get(one.id) for one in uow.meetings.of_case(case_id)]
    return tuple(one for one in found if one is not None)


def _guest(room: Room, one: Profession, found: Entry, line: tuple[str, bool] | None, unnamed: Collection[str]) -> Guest:
    words = room.world.content.network
    person = holder(room, one.id)
    return Guest(
        id=one.id,
        name=one.name,
        why=line[0] if line is not None else one.helps_with,
        verdict=found.verdict,
        verdict_words=words(f"lawful.verdict.{found.verdict}"),
        verdict_why=words(f"lawful.why.{found.why}"),
        who=person.name if person is not None and person.id not in unnamed else "",
        first=line is not None and line[1] and found.verdict == "yes",
    )


def holder(room: Room, profession: str) -> Person | None:
    """Who at the school fills this place: the writer before others of the same trade, never who is passed by."""
    role = ROLE_OF.get(profession)
    if role is None:
        return None
    case = room.scene.case
    found = [one for one in holders(room.scene.people, case.school_id, role) if one.id not in case.excluded]
    return next((one for one in found if one.id == case.writer_id), found[0] if found else None)


def leaders(room: Room) -> tuple[Person, ...]:
    """Who may lead or write: those who work with the case and may be in the room, and the writer.

    The writer is not among them for a reader who may not know who that is: a list of names would tell it.
    """
    case = room.scene.case
    found = {one.id: one for one in (*room.scene.seats.members, *room.scene.people)}
    writers = () if _nameless(room) else (case.writer_id,)
    ids = dict.fromkeys((room.person.id, *(one.id for one in room.scene.seats.members), *writers))
    doors = _doors(room)
    return tuple(found[one] for one in ids if one in found and one not in case.excluded and doors(found[one]) != "no")


def _nameless(room: Room) -> bool:
    told = team.disclosed(room.world.handbook, room.uow, room.scene, room.person, room.seen_as, room.now)
    return told.nameless


def _doors(room: Room) -> Callable[[Person], Verdict]:
    """Whether somebody who works with the case may be in the room: leading it is being there."""
    ground, named = _ground(room)
    directory = room.world.content.directory.professions

    def verdict(person: Person) -> Verdict:
        profession = directory.get(_profession(room, person.id))
        return "yes" if profession is None else entry(profession, ground, named).verdict

    return verdict


def role_of(room: Room, person_id: str) -> str:
    """What somebody who may lead is at the school, in words; "" for anybody else."""
    return next((_role(room, one) for one in leaders(room) if one.id == person_id), "")


def _role(room: Room, person: Person) -> str:
    school_id = room.scene.case.school_id
    mine = person.roles_at(school_id)
    role: Role = hat(person, school_id) or (mine[0] if mine else "colleague")
    return room.world.handbook.words.roles[role]


def _called(room: Room, person: Person) -> str:
    said = _role(room, person)
    return f"{person.name} ({said})" if person.name else said


def create(room: Room, wanted: Wanted) -> tuple[Gathering | None, tuple[Problem, ...]]:
    """Book the meeting and invite; the family is always among those who are asked, by a letter from people."""
    if not room.works:
        return None, (Problem("read_only"),)
    if (problem := _flaw(room, wanted)) is not None:
        return None, (problem,)
    if wanted.day is None or wanted.clock is None:
        return None, (Problem("meeting_day"),)
    seats = _seats(room, wanted)
    booking = Booking(
        kind="network",
        school_id=room.scene.case.school_id,
        starts=Wall(wanted.day, wanted.clock, room.world.workdays.zone),
        minutes=wanted.minutes,
        seats=seats,
        case_id=room.case_id,
        chair=wanted.chair,
        place=wanted.place,
        purpose=wanted.purpose,
        scribe=wanted.scribe or None,
        forum=_forum(room, wanted.professions),
        without_me=not _sits(room, room.person, wanted),
        notes={"ground": {"ground": _ground(room)[0], "asked": sorted(wanted.asked)}},
    )
    return meetings.book(room.world, room.uow, room.person, booking, room.now)


def _forum(room: Room, professions: Sequence[str]) -> str:
    """The team of the ladder that meets here: the first about one child, or the next when others than its own come."""
    step = step_for(room.world.content.ladder, professions)
    if step.now is None:
        return ""
    others = set(professions) - set(step.now.members)
    return step.after.id if others and step.after is not None else step.now.id


def _flaw(room: Room, wanted: Wanted) -> Problem | None:
    if must_wait(room.scene.case):
        return Problem("meeting_parents_wait")
    if not wanted.professions:
        return Problem("meeting_nobody")
    if not wanted.purpose.strip():
        return Problem("meeting_purpose")
    chairs = {one.id: one for one in leaders(room)}
    if wanted.chair not in chairs or (wanted.scribe and wanted.scribe not in chairs):
        return Problem("meeting_chair")
    if not all(_sits(room, chairs[one], wanted) for one in (wanted.chair, wanted.scribe) if one):
        return Problem("meeting_ask_first")
    return _closed(room, wanted.day) or _unlawful(room, wanted)


def _closed(room: Room, day: date | None) -> Problem | None:
    if day is None:
        return None
    zone = room.world.workdays.zone
    morning = datetime.combine(day, time(), zone)
    opens = room.world.workdays.next_open(morning).astimezone(zone).date()
    return Problem("meeting_closed_day") if opens != day else None


def _unlawful(room: Room, wanted: Wanted) -> Problem | None:
    ground, named = _ground(room)
    directory = room.world.content.directory.professions
    found = [entry(directory[one], ground, named) for one in wanted.professions if one in directory]
    if any(one.verdict == "no" for one in found) or len(found) < len(wanted.professions):
        return Problem("meeting_no_lawful")
    if any(one.verdict == "ask" and one.profession not in wanted.asked for one in found):
        return Problem("meeting_ask_first")
    return None


def _seats(room: Room, wanted: Wanted) -> tuple[Seat, ...]:
    """Everybody at the table: the professions with who fills them, who leads and who writes, and the family."""
    new = room.world.ids.new
    seats: list[Seat] = []
    for profession in wanted.professions:
        person = holder(room, profession)
        if person is None or all(seat.person_id != person.id for seat in seats):  # one person, one seat
            seats.append(Seat(new(), profession, person.id if person is not None else None, needed=True))
    caller = room.person.id if _sits(room, room.person, wanted) else ""
    for person_id in dict.fromkeys(one for one in (caller, wanted.chair, wanted.scribe) if one):
        if all(seat.person_id != person_id for seat in seats):
            seats.append(Seat(new(), _profession(room, person_id), person_id, needed=True))
    parents = min(max(wanted.parents, 1), MAX_PARENTS)
    family = [Seat(new(), "parent") for _ in range(parents)] + ([Seat(new(), "child")] if wanted.child else [])
    return (*seats, *family)


def _sits(room: Room, person: Person, wanted: Wanted) -> bool:
    """Whether this person may have a seat: whoever must be asked about has been."""
    verdict = _doors(room)(person)
    return verdict == "yes" or (verdict == "ask" and _profession(room, person.id) in wanted.asked)


def _profession(room: Room, person_id: str) -> str:
    person = next((one for one in room.scene.people if one.id == person_id), None)
    roles = person.roles_at(room.scene.case.school_id) if person is not None else ()
    return next((PROFESSION_OF[role] for role in roles if role in PROFESSION_OF), "colleague")


def ratio_words(seats: Sequence[Seat], say_ratio: str, family: frozenset[str]) -> str:
    """The warning when there are many adults to one from the family; "" when there are not."""
    own = sum(seat.role in family for seat in seats)
    staff = sum(seat.role not in family and seat.role not in NOT_COUNTED for seat in seats)
    if staff <= MAX_RATIO * max(own, 1):
        return ""
    return say_ratio.replace("{staff}", str(staff)).replace("{family}", str(own))
