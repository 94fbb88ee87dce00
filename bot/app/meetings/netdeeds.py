"""What people do with a meeting's tools: say, listen to the child, write on the board, frame, step, look back."""

from __future__ import annotations

from datetime import date

from bot.app.cases.stored import closed_day
from bot.app.meetings import agreed
from bot.app.meetings.agreed import holds
from bot.app.meetings.deeds import Gathering, words_problem
from dialogs.guards import FLOWS
from dialogs.meetings import afterwards, board, framing, houses, joint, steps, voices
from dialogs.meetings.afterwards import After
from dialogs.meetings.agreements import Agreement
from dialogs.meetings.board import Cell, Row
from dialogs.meetings.houses import Houses
from dialogs.meetings.joint import Joint
from dialogs.meetings.model import Meeting
from dialogs.meetings.voices import Said
from dialogs.types import Problem

Problems = tuple[Problem, ...]


def today(room: Gathering) -> date:
    """The day in the municipality."""
    return room.world.handbook.today(room.now)


def speaks_for(room: Gathering, seat_id: str) -> bool:
    """Whether this person may answer for a seat: their own, or as the one who leads for somebody without an account."""
    seat = room.meeting.seat(seat_id)
    if seat is None:
        return False
    return seat.person_id == room.person.id or (seat.person_id is None and room.leads)


def _keep(room: Gathering, after: Meeting | Problem, *texts: str) -> Problems:
    if isinstance(after, Problem):
        return (after,)
    if (problem := words_problem(room.world, *texts)) is not None:
        return (problem,)
    room.keep(after)
    return ()


def say(room: Gathering, seat_id: str, said: Said) -> Problems:
    """Keep what one seat says before the meeting."""
    if not speaks_for(room, seat_id):
        return (Problem("voice_others"),)
    words = (said.works, said.worries, said.wishes, said.understanding)
    return _keep(room, voices.say(room.meeting, seat_id, said), *words)


def draw(room: Gathering, drawn: Houses) -> Problems:
    """Keep the child's houses; whoever listened keeps what the child would not have told."""
    before = houses.of(room.meeting)
    if room.seat is None or (before is not None and before.by != room.person.id):
        return (Problem("not_yours"),)
    mine = Houses(drawn.hard, drawn.good, drawn.dream, drawn.told, room.person.id)
    return _keep(room, houses.draw(room.meeting, mine), drawn.hard, drawn.good, drawn.dream)


def write_board(room: Gathering, cells: dict[tuple[Row, Cell], str], earlier: str, more: str) -> Problems:
    """Keep what stands on the board."""
    if not holds(room):
        return (Problem("not_yours"),)
    return _keep(room, board.write(room.meeting, cells, earlier, more), *cells.values(), earlier, more)


def frame(room: Gathering, yes: tuple[str, ...]) -> Problems:
    """Note that the framing was read aloud, and who said yes to it."""
    if not holds(room):
        return (Problem("not_yours"),)
    return _keep(room, framing.read(room.meeting, yes, room.now))


def step(room: Gathering, act: steps.Act) -> Problems:
    """Do one act of the five steps."""
    if not holds(room):
        return (Problem("not_yours"),)
    after = steps.do(room.meeting, act, today(room))
    if isinstance(act, steps.Finish) and not isinstance(after, Problem):
        after = closed_day(room.world.workdays.school(), act.next_day, today(room)) or after
    if not isinstance(act, steps.Help) or isinstance(after, Problem):
        return _keep(room, after, *_words_of(act))
    # Help that somebody has chosen to give is an agreement like those of the board: it is reminded of.
    new = Agreement(act.effort.what, act.effort.who, act.effort.by)
    return agreed.agree(room, new, after)


def _words_of(act: steps.Act) -> tuple[str, ...]:
    match act:
        case steps.Observe(_, text) | steps.Write(_, text) | steps.Add(_, text):
            return (text,)
        case steps.Help(effort):
            return (effort.what, effort.who)
        case steps.GoTo() | steps.Finish():
            return ()


def look_back(room: Gathering, seat_id: str, after: After) -> Problems:
    """Keep how one seat says that it was."""
    if not speaks_for(room, seat_id):
        return (Problem("voice_others"),)
    return _keep(room, afterwards.answer(room.meeting, seat_id, after), after.content, after.change)


def choose(room: Gathering, chosen: Joint) -> Problems:
    """Keep the theme and the next host of a joint meeting."""
    if not holds(room):
        return (Problem("not_yours"),)
    return _keep(room, joint.choose(room.meeting, chosen))


def heard(room: Gathering, *texts: str) -> str:
    """The most urgent danger that one of these texts tells of, or ""; what to do then is the chat's to show.

    Each is an answer to a question of its own: half of one and half of the next are nobody's sentence.
    """
    hits = [hit for text in texts for hit in room.world.content.guards.scan(text).acute]
    worst = min(hits, key=lambda hit: (hit.weighed, FLOWS.index(hit.flow)), default=None)
    return worst.flow if worst is not None else ""
