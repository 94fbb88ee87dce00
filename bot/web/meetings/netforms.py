"""From a form on a meeting's tool to the deed that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.app.meetings import agreed, earlier, netdeeds
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.heads import seat_words
from bot.web.dates import day_of
from bot.web.site import Form
from dialogs.meetings import steps
from dialogs.meetings.afterwards import SENSES, After, Sense
from dialogs.meetings.agreements import Act, Agreement, AskHelp, Done, HandTo, MoveTo
from dialogs.meetings.board import CELLS, ROWS, Cell, Row
from dialogs.meetings.houses import HOUSES, House, Houses
from dialogs.meetings.joint import Joint
from dialogs.meetings.voices import Said
from dialogs.types import Problem

PAST = date.min  # a day that was not understood is no day to come, and is refused as one that has gone


@dataclass(frozen=True)
class Asked:
    """A deed, the words in it that are listened to, and where on the page to go on."""

    deed: Callable[[Gathering], tuple[Problem, ...]]
    words: tuple[str, ...] = ()
    at: str = ""


Read = Callable[[Form], Asked | None]


def preparing(form: Form) -> Asked | None:
    """What somebody says before the meeting, or the child's houses."""
    match form.one("act"):
        case "say":
            said = Said(
                form.one("text").strip(),
                form.one("say").strip(),
                form.one("note").strip(),
                form.one("words").strip(),
                _number(form.one("scale")),
            )
            seat = form.one("seat")
            words = (said.works, said.worries, said.wishes, said.understanding)
            return Asked(lambda room: netdeeds.say(room, seat, said), words, "#samlet")
        case "houses":
            told: frozenset[House] = frozenset(one for one in HOUSES if one in form.all("told"))
            drawn = Houses(form.one("text").strip(), form.one("say").strip(), form.one("note").strip(), told)
            words = (drawn.hard, drawn.good, drawn.dream)
            return Asked(lambda room: netdeeds.draw(room, drawn), words, "#huse")
        case _:
            return None


def _number(text: str) -> int | None:
    """A mark on the scale; what is no number is none that the scale has."""
    if not text.strip():
        return None
    return int(text) if text.strip().isdecimal() and len(text.strip()) <= 2 else -1


def holding(form: Form) -> Asked | None:
    """The framing, the board, an agreement, or one act of the five steps."""
    match form.one("act"):
        case "frame":
            yes = form.all("yes")
            return Asked(lambda room: netdeeds.frame(room, yes), (), "#ramme")
        case "board":
            cells: dict[tuple[Row, Cell], str] = {
                (row, cell): form.one(f"{row}.{cell}").strip() for row in ROWS for cell in CELLS
            }
            earlier, more = form.one("note").strip(), form.one("words").strip()
            return Asked(
                lambda room: netdeeds.write_board(room, cells, earlier, more), (*cells.values(), more), "#tavle"
            )
        case "agree":
            what, other, seat = form.one("text").strip(), form.one("who").strip(), form.one("seat")
            by = day_of(form.one("day")) or PAST
            return Asked(lambda room: agreed.agree(room, _new(room, what, other, seat, by)), (what,), "#aftaler")
        case "was_done" | "was_not" as said:
            return Asked(answered(form, done=said == "was_done"), (), "#foer")
        case _:
            act = step_of(form)
            words = (form.one("text").strip(),)
            return Asked(lambda room: netdeeds.step(room, act), words, "#trin") if act is not None else None


def answered(form: Form, *, done: bool) -> Callable[[Gathering], tuple[Problem, ...]]:
    """One press about what was agreed before: the agreement of an earlier meeting, or what the team decided."""
    ref, _, case_id = form.one("about").partition("/")
    if "." in ref:
        return lambda room: earlier.settle(room, ref, done=done, case_id=case_id)
    return lambda room: earlier.settle_case(room, ref, done=done)


def _new(room: Gathering, what: str, other: str, seat_id: str, by: date) -> Agreement:
    """An agreement of somebody at the table, or of somebody else in words."""
    seat = room.meeting.seat(seat_id)
    who = seat_words(room.world, seat.role) if seat is not None else other
    return Agreement(what, who, by, seat=seat.id if seat is not None else "")


def agreement(form: Form) -> Asked | None:
    """One agreement afterwards: done, another day, or a cry for help."""
    about, words = form.one("about"), form.one("text").strip()
    what: Act | None = None
    match form.one("act"):
        case "done":
            what = Done()
        case "move":
            what = MoveTo(day_of(form.one("day")) or PAST)
        case "help":
            what = AskHelp(words)
        case "hand":
            return Asked(_handed(about, form.one("seat"), form.one("day"), words), (words,), f"#aftale-{about}")
        case _:
            pass
    return Asked(_agreement(about, what), (words,), f"#aftale-{about}") if what is not None else None


def _agreement(about: str, what: Act) -> Callable[[Gathering], tuple[Problem, ...]]:
    return lambda room: agreed.act(room, about, what)


def _handed(about: str, seat_id: str, day: str, why: str) -> Callable[[Gathering], tuple[Problem, ...]]:
    def deed(room: Gathering) -> tuple[Problem, ...]:
        seat = room.meeting.seat(seat_id)
        who = seat_words(room.world, seat.role) if seat is not None else ""
        return agreed.act(room, about, HandTo(seat_id, who, day_of(day) or PAST, why))

    return deed


def step_of(form: Form) -> steps.Act | None:
    """One act of the five steps; None when it is no form of ours."""
    text = form.one("text").strip()
    match form.one("act"), form.one("field"):
        case "observe", name:
            side: steps.Side | None = next((one for one in steps.SIDES if one == name), None)
            return steps.Observe(side, text) if side is not None else None
        case "write", ("strengths" | "family_part") as name:
            return steps.Write(name, text)
        case "add", ("explanations" | "needs" | "signs") as name:
            return steps.Add(name, text)
        case "help", _:
            need = _number(form.one("need"))
            return steps.Help(steps.Effort(text, form.one("who").strip(), day_of(form.one("day")) or PAST, need))
        case "go", _:
            step: steps.StepNo | None = next((one for one in steps.STEPS if str(one) == form.one("step")), None)
            return steps.GoTo(step, form.one("anyway") == "yes") if step is not None else None
        case "finish", _:
            return steps.Finish(day_of(form.one("day")) or PAST)
        case _:
            return None


def looking(form: Form) -> Asked | None:
    """How it was, from one seat."""
    if form.one("act") != "after":
        return None
    after = After(
        form.all("missed"),
        form.one("text").strip(),
        _sense(form.one("sense")),
        form.one("note").strip(),
        _sense(form.one("talked")),
        _sense(form.one("used")),
    )
    seat = form.one("seat")
    return Asked(lambda room: netdeeds.look_back(room, seat, after), (after.content, after.change))


def _sense(text: str) -> Sense | None:
    return next((one for one in SENSES if one == text), None)


def joint(form: Form) -> Asked | None:
    """The theme and the next host of a joint meeting."""
    if form.one("act") != "joint":
        return None
    chosen = Joint(form.one("theme"), form.one("host"))
    return Asked(lambda room: netdeeds.choose(room, chosen))
