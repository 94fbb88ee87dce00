"""The tools of a network meeting as pages show them: preparing, holding, looking back, and the family's letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.meetings import earlier
from bot.app.meetings.attending import no_longer, profession_of
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.earlier import Kept
from bot.app.meetings.heads import Head, head, seat_words, who
from bot.app.meetings.netdeeds import holds, speaks_for
from bot.app.meetings.network import ratio_words, whole_meetings
from dialogs.law.room import Ground, material_ahead
from dialogs.meetings import afterwards, board, calendar, curve, framing, houses, joint, steps, voices
from dialogs.meetings.afterwards import After, Tally
from dialogs.meetings.board import Board
from dialogs.meetings.calendar import Appointment
from dialogs.meetings.curve import Line
from dialogs.meetings.houses import House
from dialogs.meetings.letter import Guest, letter_of
from dialogs.meetings.model import FAMILY, Meeting
from dialogs.meetings.notes import note
from dialogs.meetings.steps import Story
from dialogs.meetings.voices import Said, Sheet
from dialogs.papers.documents import Paper
from dialogs.words import Words

A_YEAR = timedelta(days=365)  # as long as meetings without a case are kept


@dataclass(frozen=True)
class Place:
    """A seat that this person may answer for: their own, or that of somebody without an account."""

    id: str
    who: str
    mine: bool
    family: bool


@dataclass(frozen=True)
class Speaking:
    """A place and what it has said."""

    place: Place
    said: Said | None


@dataclass(frozen=True)
class Preparing:
    """What everybody says before the meeting."""

    head: Head
    speaking: tuple[Speaking, ...]
    open: bool  # it takes something new
    sheets: tuple[Sheet, ...]
    waits: str  # why the sheets can't be read yet; "" when they can
    silent: tuple[str, ...]
    houses: Mapping[House, str]
    houses_kept: tuple[House, ...]  # drawn, and not for this person's eyes
    listens: bool  # this person may draw the houses
    told: frozenset[House]
    lines: tuple[Line, ...]
    ratio: str
    no_longer: tuple[str, ...]  # who is asked, and whom no yes lets in today; for who leads


@dataclass(frozen=True)
class Holding:
    """The meeting on one screen: the framing, the board, the five steps."""

    head: Head
    points: tuple[str, ...]
    read_at: datetime | None
    seats: tuple[tuple[str, str, bool], ...]  # id, who, has said yes to the framing
    board: Board
    takers: tuple[tuple[str, str], ...]  # who can be given an agreement: seats in words
    story: Story
    locks: tuple[str, ...]
    gaps: tuple[str, ...]
    open: bool
    earlier: tuple[Kept, ...]  # what was agreed before this meeting, and what has come of it
    next_of: str  # the case that the next meeting is called from; "" where this person may not, or it is no day yet


@dataclass(frozen=True)
class Looking:
    """How it was: what this person may answer, and what has been answered."""

    head: Head
    places: tuple[tuple[Place, After | None], ...]
    open: bool
    professions: tuple[tuple[str, str], ...]
    tallies: Mapping[str, Tally]
    missed: tuple[str, ...]
    changes: tuple[str, ...]  # what could be done otherwise, as it was written and by nobody


@dataclass(frozen=True)
class JointPage:
    """A meeting of professionals only."""

    head: Head
    checkin: str
    points: tuple[str, ...]
    theme: str
    themes: tuple[tuple[str, str], ...]
    prompts: tuple[str, ...]
    host: str
    hosts: tuple[tuple[str, str], ...]
    open: bool


def ground_of(meeting: Meeting) -> Ground:
    """What the meeting was called on."""
    found = note(meeting, "ground").get("ground", "none")
    grounds: tuple[Ground, ...] = ("consent", "exchange", "none")
    return next(one for one in grounds if one == found)


def _places(room: Gathering) -> tuple[Place, ...]:
    return tuple(
        Place(seat.id, who(room.world, room, seat), seat.person_id == room.person.id, seat.role in FAMILY)
        for seat in room.meeting.seats
        if speaks_for(room, seat.id)
    )


def preparing(room: Gathering) -> Preparing:
    """The page where people prepare."""
    meeting, words = room.meeting, room.world.content.network
    waits = meeting.status == "planned" and not material_ahead(ground_of(meeting))
    drawn = houses.of(meeting)
    seen = houses.open_to(drawn, room.person.id) if drawn is not None else {}
    kept: tuple[House, ...] = ()
    if drawn is not None:
        kept = tuple(one for one in houses.HOUSES if getattr(drawn, one) and one not in seen)
    return Preparing(
        head=head(room),
        speaking=tuple(Speaking(place, voices.said_by(meeting, place.id)) for place in _places(room)),
        open=meeting.status in ("planned", "held"),
        sheets=() if waits else voices.merged(meeting),
        waits=words("voice.waits") if waits else "",
        silent=tuple(who(room.world, room, seat) for seat in voices.silent(meeting)),
        houses={} if waits and (drawn is None or drawn.by != room.person.id) else seen,
        houses_kept=() if waits else kept,
        listens=room.seat is not None and (drawn is None or drawn.by == room.person.id),
        told=drawn.told if drawn is not None else frozenset(),
        lines=_lines(room),
        ratio=ratio_words(meeting.seats, words("lawful.ratio"), FAMILY),
        no_longer=_no_longer(room),
    )


def _no_longer(room: Gathering) -> tuple[str, ...]:
    meeting = room.meeting
    on_case = meeting.case_id is not None and room.uow.relation(meeting.case_id) in ("writer", "member")
    return no_longer(room.world, room.uow, meeting, room.world.handbook.today(room.now)) if on_case else ()


def _lines(room: Gathering) -> tuple[Line, ...]:
    """The curve over the meetings about the same child that this person may read."""
    meeting = room.meeting
    if meeting.case_id is None or room.uow.relation(meeting.case_id) is None:
        return curve.lines(voices.curves((meeting,)))
    return curve.lines(voices.curves(whole_meetings(room.uow, meeting.case_id)))


def holding(room: Gathering) -> Holding:
    """The page where the meeting is held."""
    meeting, words = room.meeting, room.world.content.network
    variant, read, story = framing.variant(meeting), framing.of(meeting), steps.of(meeting)
    said_yes = read.yes if read is not None else ()
    return Holding(
        head=head(room),
        points=framing_points(words, variant),
        read_at=read.read_at if read is not None else None,
        seats=tuple((seat.id, who(room.world, room, seat), seat.id in said_yes) for seat in meeting.coming()),
        board=board.of(meeting),
        takers=tuple((seat.id, who(room.world, room, seat)) for seat in meeting.coming()),
        story=story,
        locks=steps.locks(story),
        gaps=tuple(_gap(words, one) for one in steps.gaps(story)),
        open=meeting.status in ("planned", "held"),
        earlier=earlier.of_meetings(room),
        next_of=_next_of(room, story),
    )


def _next_of(room: Gathering, story: Story) -> str:
    case_id = room.meeting.case_id or ""
    may = bool(case_id) and holds(room) and room.uow.relation(case_id) in ("writer", "member")
    return case_id if may and story.next_day is not None else ""


def framing_points(words: Words, variant: str) -> tuple[str, ...]:
    """The eight points to read aloud."""
    return tuple(words(f"framing.{variant}.p{number}") for number in range(1, framing.POINTS + 1))


def _gap(words: Words, gap: str) -> str:
    kind, _, what = gap.partition(":")
    return words(f"steps.loose_{kind}", what=what)


def looking(room: Gathering) -> Looking:
    """The page after the meeting."""
    meeting = room.meeting
    professions = room.world.content.directory.professions
    return Looking(
        head=head(room),
        places=tuple((place, afterwards.said_by(meeting, place.id)) for place in _places(room)),
        open=meeting.status in ("held", "closed"),
        professions=tuple((one.id, one.name) for one in professions.values()),
        tallies={
            "sense": afterwards.tally((meeting,), "sense"),
            "talked": afterwards.tally((meeting,), "talked"),
            "used": afterwards.tally((meeting,), "used"),
        },
        missed=tuple(professions[one].name for one in afterwards.missed((meeting,)) if one in professions),
        changes=tuple(sorted(after.change for after in afterwards.all_of(meeting) if after.change)),
    )


def joint_page(room: Gathering) -> JointPage | None:
    """The page of a meeting of professionals only; None for any other."""
    meeting, content = room.meeting, room.world.content
    if meeting.kind != "staff":
        return None
    words, chosen = content.network, joint.of(meeting)
    bank = sorted(key for key in words.texts if key.startswith("checkin."))
    topics = content.directory.topics
    theme = chosen.theme if chosen.theme in topics else joint.draw(meeting, sorted(topics), "theme")
    before = [one for one in room.uow.meetings.of_school(meeting.school_id, room.now - A_YEAR) if one.kind == "staff"]
    whole = [found for one in before if one.id != meeting.id and (found := room.uow.meetings.get(one.id)) is not None]
    seats = {seat.role: seat for seat in reversed(meeting.coming()) if seat.person_id is not None}
    turn = joint.next_host(whole, list(dict.fromkeys(seat.role for seat in meeting.coming() if seat.person_id)))
    host = meeting.seat(chosen.host) or seats[turn]
    return JointPage(
        head=head(room),
        checkin=words(joint.draw(meeting, bank, "checkin")),
        points=framing_points(words, "staff"),
        theme=theme,
        themes=tuple((one.id, one.name) for one in topics.values()),
        prompts=tuple(
            _prompt(room, one) for one in dict.fromkeys(profession_of(s.role) for s in meeting.coming()) if one
        ),
        host=host.id,
        hosts=tuple((seat.id, who(room.world, room, seat)) for seat in meeting.coming() if seat.person_id),
        open=meeting.status in ("planned", "held"),
    )


def _prompt(room: Gathering, profession: str) -> str:
    found = room.world.content.directory.professions[profession]
    return room.world.content.network("joint.ask", name=found.name, question=found.ask[0])


def letter(room: Gathering) -> Paper | None:
    """The family's letter; None where no family is asked, and for who does not lead."""
    meeting, world = room.meeting, room.world
    if not holds(room) or not any(seat.role in FAMILY for seat in meeting.seats):
        return None
    if meeting.status not in ("planned", "held"):  # begun by a slip, or the family asks for it once more at the door
        return None
    professions = world.content.directory.professions
    guests = tuple(
        Guest(seat_words(world, seat.role), professions[seat.role].helps_with if seat.role in professions else "")
        for seat in meeting.seats
        if seat.role not in FAMILY
    )
    chair = meeting.seat(meeting.chair)
    leads = seat_words(world, chair.role) if chair is not None else ""
    return letter_of(world.content.network, meeting, meeting.purpose, leads, guests)


def appointment_of(words: Words, meeting: Meeting, base_url: str) -> Appointment:
    """What calendars are told of the meeting."""
    link = f"{base_url.rstrip('/')}/moede/{meeting.id}"
    return calendar.appointment(meeting, title=words("calendar.title"), text=words("calendar.text"), link=link)
