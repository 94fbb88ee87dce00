"""Meetings: book one, invite, answer, move, cancel, hold and close; each with its notices in the same transaction.

How to build on it: `book` makes a meeting from a `Booking`; `enter` gives the `Gathering` that a person may see (one
transaction around one meeting); `act` does any act of `dialogs/meetings/moves.py` and sends what follows from it. What
a tool of the meeting keeps goes under its own key in `Meeting.notes`, by `Gathering.note`; whoever has prepared has
`Seat.prepared`, by `prepared`, and is not reminded of it. Who may read what is decided behind `uow.meetings`:
everybody with a seat may answer (`meeting.answer`) and write notes (`meeting.prepare`); the rest is the leading ones'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, assert_never

from bot.app.cases import team
from bot.app.cases.filing import refused_words
from bot.app.meetings import wishes as meetwishes
from bot.app.meetings.attending import may_not_come
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.cases.model import Entry
from dialogs.cases.team import hat
from dialogs.local import Forum
from dialogs.meetings.model import LONGEST, SHORTEST, Kind, Meeting, Seat, Wall
from dialogs.meetings.moves import Act, Cancel, CloseIt, ClosePoint, Hold, Invite, Move, Reply, Unhold, move
from dialogs.meetings.reminders import USUAL, Policy
from dialogs.meetings.weekly import is_weekly
from dialogs.notices import Wish
from dialogs.people import Person
from dialogs.records import Moved
from dialogs.types import Problem

_ON_CASE: Final[Mapping[type[Act], str]] = {Move: "moved", Cancel: "cancelled", Hold: "held"}
_NAMED: Final = {"consent_cpr": "meeting_cpr", "consent_name": "meeting_name"}


@dataclass(frozen=True)
class Booking:
    """A meeting that somebody wants. `seats` are the others; whoever books sits there and leads, unless said."""

    kind: Kind
    school_id: str
    starts: Wall
    minutes: int
    seats: tuple[Seat, ...] = ()
    case_id: str | None = None
    chair: str | None = None  # a person; None is the one who books
    scribe: str | None = None  # a person; None is nobody yet
    notes: Mapping[str, Any] = field(default_factory=dict[str, Any])  # what the meeting's tools know from the start
    forum: str = ""
    place: str = ""
    purpose: str = ""
    without_me: bool = False  # whoever books may not be in the room


@dataclass(frozen=True)
class Gathering:
    """One transaction around one meeting, for one person who may see it."""

    world: World
    uow: UnitOfWork
    person: Person
    meeting: Meeting
    now: datetime

    @property
    def seat(self) -> Seat | None:
        """The person's own seat."""
        return self.meeting.seat_of(self.person.id)

    @property
    def leads(self) -> bool:
        """Whether this person may move and cancel: the chair, the school's leader, or who works with the case."""
        seat = self.seat
        if seat is not None and seat.id == self.meeting.chair:
            return True
        if self.meeting.case_id is not None:
            return self.uow.relation(self.meeting.case_id) == "member"
        return hat(self.person, self.meeting.school_id) == "leader"

    @property
    def runs(self) -> bool:
        """Whether this person may run it: whoever leads, and everybody of the team in its own meeting.

        The chair may be the one whom a case is led around, or be ill: then another one goes on.
        """
        return self.leads or (self.seat is not None and is_weekly(self.meeting) and self._sits_in_team())

    def _sits_in_team(self) -> bool:
        return hat(self.person, self.meeting.school_id) is not None

    def with_meeting(self, meeting: Meeting) -> Gathering:
        """The same room after a change."""
        return replace(self, meeting=meeting)

    def keep(self, meeting: Meeting) -> Gathering:
        """Store a changed meeting (its revision is one more); raise Moved when somebody else changed it meanwhile."""
        if not self.uow.meetings.save(meeting, self.meeting.revision):
            raise Moved
        return self.with_meeting(meeting)

    def note(self, tool: str, kept: Any) -> Gathering:
        """Store what one of the meeting's tools keeps, as plain JSON, in place of what it kept before."""
        notes = {**self.meeting.notes, tool: kept}
        return self.keep(replace(self.meeting, notes=notes, revision=self.meeting.revision + 1))

    def send(self, wishes: Iterable[Wish]) -> None:
        """Put notices in the outbox; of what this person has just done, only what their own calendar needs."""
        for wish in wishes:
            if wish.recipient != self.person.id or wish.due_at > self.now:
                self.uow.outbox.add(wish)
            elif wish.channel == "calendar":
                self.uow.outbox.add(meetwishes.for_own_calendar(wish))


def forum_of(world: World, meeting: Meeting) -> Forum | None:
    """The forum that meets, where it is one of the municipality's."""
    return next((forum for forum in world.content.ladder if forum.id == meeting.forum), None)


def policy_of(world: World, meeting: Meeting) -> Policy:
    """Which reminders this meeting sends."""
    usual, forum = USUAL[meeting.kind], forum_of(world, meeting)
    return usual if forum is None or forum.reminders is None else replace(usual, offsets=forum.reminders)


def enter(world: World, uow: UnitOfWork, person: Person, meeting_id: str, now: datetime) -> Gathering | None:
    """The meeting with this person in it, who knows of it from now on; None when it does not exist to them."""
    meeting = uow.meetings.get(meeting_id)
    if meeting is None:
        return None
    uow.outbox.saw_meeting(person.id, meeting_id, now)
    return Gathering(world, uow, person, meeting, now)


def book(
    world: World, uow: UnitOfWork, person: Person, wanted: Booking, now: datetime
) -> tuple[Gathering | None, tuple[Problem, ...]]:
    """Book a meeting and invite; or say why not."""
    if (problem := _refused(world, uow, person, wanted, now)) is not None:
        return None, (problem,)
    meeting = _made(world, person, wanted)
    uow.meetings.add(meeting)
    room = Gathering(world, uow, person, meeting, now)
    room.send(meetwishes.invited(meeting, meeting.seats, now))
    room.send(meetwishes.reminders(meeting, policy_of(world, meeting), world.workdays.school(), now))
    note_on_case(room, "called")
    return room, ()


def _made(world: World, person: Person, wanted: Booking) -> Meeting:
    """The meeting with the one who books in it, who has said yes by booking it."""
    seats = wanted.seats if wanted.without_me else _with_me(world, person, wanted)
    chair = next((seat.id for seat in seats if seat.person_id == wanted.chair), seats[0].id)
    return Meeting(
        id=world.ids.new(),
        kind=wanted.kind,
        school_id=wanted.school_id,
        starts=wanted.starts,
        minutes=wanted.minutes,
        seats=seats,
        chair=chair,
        scribe=next((seat.id for seat in seats if wanted.scribe and seat.person_id == wanted.scribe), None),
        forum=wanted.forum,
        case_id=wanted.case_id,
        place=wanted.place.strip(),
        purpose=wanted.purpose.strip(),
        code=world.ids.code(),
        notes=wanted.notes,
    )


def _with_me(world: World, person: Person, wanted: Booking) -> tuple[Seat, ...]:
    mine = next((seat for seat in wanted.seats if seat.person_id == person.id), None)
    me = mine or Seat(world.ids.new(), _role(person, wanted.school_id), person.id, needed=True)
    return (replace(me, answer="yes"), *(seat for seat in wanted.seats if seat is not mine))


def _role(person: Person, school_id: str) -> str:
    return hat(person, school_id) or next(iter(person.roles_at(school_id)), "colleague")


def _refused(world: World, uow: UnitOfWork, person: Person, wanted: Booking, now: datetime) -> Problem | None:
    if wanted.starts.utc <= now:
        return Problem("time_past")
    if not SHORTEST <= wanted.minutes <= LONGEST:
        return Problem("length_wrong")
    if wanted.case_id is None and hat(person, wanted.school_id) is None:
        return Problem("team_only")
    if wanted.case_id is not None:
        found = team.found(world.handbook, uow, wanted.case_id)
        if found is None or found[1] not in ("writer", "member"):
            return Problem("not_found")
        if any(seat.person_id in found[0].case.excluded for seat in wanted.seats):
            return Problem("seat_excluded")
    if (problem := words_problem(world, wanted.place, wanted.purpose)) is not None:
        return problem
    return unknown_seat(uow, wanted.school_id, wanted.seats)


def seat_for(world: World, uow: UnitOfWork, school_id: str, person_id: str) -> Seat:
    """A new seat for somebody at this school, as what they are there; the team's own are needed."""
    person = uow.people.get(person_id)
    role = _role(person, school_id) if person is not None else "colleague"
    return Seat(world.ids.new(), role, person_id, needed=person is not None and hat(person, school_id) is not None)


def words_problem(world: World, *texts: str) -> Problem | None:
    """Why these words can't be kept with a meeting: they hold a number, a name or an address."""
    problem = refused_words(world, [text for text in texts if text.strip()])
    return None if problem is None else Problem(_NAMED.get(problem.code, problem.code))


def unknown_seat(uow: UnitOfWork, school_id: str, seats: Sequence[Seat]) -> Problem | None:
    """Why these people can't be invited: somebody is not at the school."""
    here = {one.id for one in uow.people.at_school(school_id)}
    unknown = any(seat.person_id is not None and seat.person_id not in here for seat in seats)
    return Problem("seat_unknown") if unknown else None


def act(room: Gathering, what: Act) -> tuple[Problem, ...]:
    """Do one act as this person, with all notices that follow from it; or say why not."""
    if (problem := _not_theirs(room, what) or _bad_words(room, what)) is not None:
        return (problem,)
    step = move(room.meeting, what, room.now, must_substitute=must_substitute(room))
    if step.problems:
        return step.problems
    after = room.keep(step.meeting)
    after.send(_follows(after, what))
    if (state := _ON_CASE.get(type(what))) is not None:
        note_on_case(after, state)
    return ()


def note_on_case(room: Gathering, state: str) -> None:
    """A line of the case's timeline about its network meeting, by whoever works with the case."""
    meeting, uow = room.meeting, room.uow
    if meeting.kind != "network" or meeting.case_id is None:
        return
    if uow.relation(meeting.case_id) not in ("writer", "member"):
        return
    case = uow.cases.get(meeting.case_id)
    if case is None:
        return
    if not uow.cases.save(replace(case, changed_at=room.now, revision=case.revision + 1), case.revision):
        raise Moved
    line = {"state": state, "day": meeting.starts.day.isoformat()}
    uow.cases.add_entry(Entry(case.id, "meeting", room.person.id, room.now, room.now, line))
    uow.cases.mark_seen(room.person.id, case.id, room.now)


def must_substitute(room: Gathering) -> bool:
    """Whether nobody stays away from this forum without sending another."""
    forum = forum_of(room.world, room.meeting)
    return forum is not None and forum.must_substitute


def prepared(room: Gathering, *, ready: bool = True) -> Gathering:
    """Note that this person has done what was asked for beforehand: reminders of it stop themselves."""
    seat = room.seat
    if seat is None or seat.prepared == ready:
        return room
    seats = tuple(replace(one, prepared=ready) if one.id == seat.id else one for one in room.meeting.seats)
    return room.keep(replace(room.meeting, seats=seats, revision=room.meeting.revision + 1))


def _not_theirs(room: Gathering, what: Act) -> Problem | None:
    if isinstance(what, Reply):
        seat = room.meeting.seat(what.seat)
        mine = seat is not None and seat.person_id == room.person.id
        # Families and others without an account answer to a person, who writes it down for them.
        for_them = seat is not None and seat.person_id is None and room.leads
        return None if mine or for_them else Problem("not_invited")
    if isinstance(what, (Hold, Unhold, ClosePoint, CloseIt)):
        return None if room.runs else Problem("not_yours")
    return None if room.leads else Problem("not_yours")


def _bad_words(room: Gathering, what: Act) -> Problem | None:
    match what:
        case Reply():
            texts, seats = (what.reason,), (what.substitute,) if what.substitute else ()
        case Move():
            texts, seats = (what.place,), ()
        case Cancel():
            texts, seats = (what.reason,), ()
        case Invite():
            texts, seats = (), (what.seat,)
        case Hold() | Unhold() | ClosePoint() | CloseIt():
            texts, seats = (), ()
        case _:
            assert_never(what)
    problem = words_problem(room.world, *texts) or unknown_seat(room.uow, room.meeting.school_id, seats)
    return problem or _excluded(room, seats) or _may_not_come(room, seats)


def _excluded(room: Gathering, seats: Sequence[Seat]) -> Problem | None:
    case = room.uow.cases.get(room.meeting.case_id) if room.meeting.case_id and seats else None
    led_around = case is not None and any(seat.person_id in case.excluded for seat in seats)
    return Problem("seat_excluded") if led_around else None


def _may_not_come(room: Gathering, seats: Sequence[Seat]) -> Problem | None:
    today = room.world.handbook.today(room.now)
    found = (may_not_come(room.world, room.uow, room.meeting, seat, today) for seat in seats)
    return next((problem for problem in found if problem is not None), None)


def _follows(after: Gathering, what: Act) -> list[Wish]:
    """The notices that an accepted act brings."""
    meeting, now = after.meeting, after.now
    again = list(meetwishes.reminders(meeting, policy_of(after.world, meeting), after.world.workdays.school(), now))
    coming = [seat.person_id for seat in meeting.seats]
    match what:
        case Reply():
            return [*_of_answer(meeting, what, now), *again]
        case Invite():
            return [*meetwishes.invited(meeting, (what.seat,), now), *again]
        case Move():
            return [*meetwishes.tell(meeting, "meeting_moved", coming, now), *again]
        case Cancel():
            return list(meetwishes.tell(meeting, "meeting_cancelled", coming, now))
        case CloseIt() if meeting.kind != "trio":
            return list(meetwishes.tell(meeting, "meeting_after", (seat.person_id for seat in meeting.coming()), now))
        case Hold() | Unhold() | ClosePoint() | CloseIt():
            return []
        case _:
            assert_never(what)


def _of_answer(meeting: Meeting, what: Reply, now: datetime) -> list[Wish]:
    """The chair hears of whoever does not come; a yes shows on the page, and is no news."""
    wishes: list[Wish] = []
    if what.answer in ("no", "substitute"):
        chair = meeting.seat(meeting.chair)
        wishes += meetwishes.tell(meeting, "meeting_answer", [chair.person_id if chair else None], now)
    if what.substitute is not None:
        wishes += meetwishes.invited(meeting, [what.substitute], now)
    return wishes
