"""Five steps from a shared story to a shared plan, with the bot as co-host (Villumsen).

A lock is soft: it says what is missing and lets the meeting go on all the same, and it is written down that it did.
Only the end is firm: no effort without a name and a day, and no plan without the day when it is looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal, get_args

from dialogs.meetings.model import Meeting
from dialogs.meetings.notes import note, too_long, with_note
from dialogs.types import Problem

StepNo = Literal[1, 2, 3, 4, 5]
Side = Literal["family", "school", "other"]
STEPS: Final[tuple[StepNo, ...]] = get_args(StepNo)
SIDES: Final[tuple[Side, ...]] = get_args(Side)
MINUTES: Final[Mapping[StepNo, int]] = {1: 15, 2: 10, 3: 10, 4: 15, 5: 10}  # of an hour; longer meetings stretch
MAX_LINES: Final = 12
LOCKED: Final[StepNo] = 4  # help is not chosen before there is something to help with


@dataclass(frozen=True)
class Effort:
    """One thing that somebody does. `need` is the number of the need that it answers, from 0; None for none."""

    what: str
    who: str
    by: date
    need: int | None


@dataclass(frozen=True)
class Story:
    """What the meeting has come to, step by step."""

    observations: Mapping[Side, tuple[str, ...]] = field(default_factory=dict[Side, tuple[str, ...]])
    strengths: str = ""
    explanations: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    efforts: tuple[Effort, ...] = ()
    family_part: str = ""
    next_day: date | None = None
    step: StepNo = 1
    passed: tuple[StepNo, ...] = ()  # the steps that were opened past their lock
    done: bool = False


@dataclass(frozen=True)
class Observe:
    side: Side
    text: str


@dataclass(frozen=True)
class Write:
    """Words of one of the fields that hold one text."""

    field: Literal["strengths", "family_part"]
    text: str


@dataclass(frozen=True)
class Add:
    """One more line of a list."""

    field: Literal["explanations", "needs", "signs"]
    text: str


@dataclass(frozen=True)
class Help:
    effort: Effort


@dataclass(frozen=True)
class GoTo:
    """Open a step; `anyway` passes its lock."""

    step: StepNo
    anyway: bool = False


@dataclass(frozen=True)
class Finish:
    next_day: date


Act = Observe | Write | Add | Help | GoTo | Finish


def of(meeting: Meeting) -> Story:
    """The story as it stands."""
    return load(note(meeting, "steps"))


def locks(story: Story) -> tuple[str, ...]:
    """What is missing before help is chosen, as codes: the sides that have not been heard, and a need."""
    missing = [f"side_{side}" for side in SIDES if not story.observations.get(side)]
    return (*missing, *(() if story.needs else ("need",)))


def gaps(story: Story) -> tuple[str, ...]:
    """What does not hang together, as codes with words: efforts that answer no need, needs that no effort answers."""
    loose = [f"effort:{one.what}" for one in story.efforts if one.need is None]
    answered = {one.need for one in story.efforts}
    return (*loose, *(f"need:{need}" for at, need in enumerate(story.needs) if at not in answered))


def do(meeting: Meeting, act: Act, today: date) -> Meeting | Problem:
    """Do one act of the meeting, or say what it waits for."""
    story = of(meeting)
    after = _after(story, act, today)
    return after if isinstance(after, Problem) else with_note(meeting, "steps", dump(after))


def _after(story: Story, act: Act, today: date) -> Story | Problem:
    match act:
        case Observe(side, text):
            lines = _line(story.observations.get(side, ()), text)
            return lines if isinstance(lines, Problem) else _observed(story, side, lines)
        case Write(name, text):
            return too_long(text) or replace(story, **{name: text.strip()})
        case Add(name, text):
            lines = _line(getattr(story, name), text)
            return lines if isinstance(lines, Problem) else replace(story, **{name: lines})
        case Help(effort):
            return _helped(story, effort, today)
        case GoTo(step, anyway):
            return _opened(story, step, anyway=anyway)
        case Finish(day):
            return _finished(story, day, today)


def _line(lines: Sequence[str], text: str) -> tuple[str, ...] | Problem:
    if not text.strip():
        return Problem("step_empty")
    if len(lines) >= MAX_LINES:
        return Problem("step_many", None, (("most", MAX_LINES),))
    return too_long(text) or (*lines, text.strip())


def _observed(story: Story, side: Side, lines: tuple[str, ...]) -> Story:
    return replace(story, observations={**story.observations, side: lines})


def _helped(story: Story, effort: Effort, today: date) -> Story | Problem:
    if not effort.what.strip() or not effort.who.strip():
        return Problem("agreement_names")
    if effort.by < today:
        return Problem("agreement_past")
    if len(story.efforts) >= MAX_LINES:
        return Problem("step_many", None, (("most", MAX_LINES),))
    known = effort.need is not None and 0 <= effort.need < len(story.needs)
    fits = replace(effort, need=effort.need if known else None)
    return too_long(effort.what, effort.who) or replace(story, efforts=(*story.efforts, fits))


def _opened(story: Story, step: StepNo, *, anyway: bool) -> Story | Problem:
    if step < LOCKED or not locks(story):
        return replace(story, step=step)
    if not anyway:
        return Problem("step_locked")
    return replace(story, step=step, passed=tuple(sorted({*story.passed, step})))


def _finished(story: Story, day: date, today: date) -> Story | Problem:
    if not story.efforts:
        return Problem("step_no_effort")
    if day <= today:
        return Problem("step_no_day")
    return replace(story, next_day=day, step=5, done=True)


# --- as it is kept on the meeting ---


def dump(story: Story) -> dict[str, Any]:
    """Plain JSON of a story."""
    return {
        "observations": {side: list(lines) for side, lines in story.observations.items()},
        "strengths": story.strengths,
        "explanations": list(story.explanations),
        "needs": list(story.needs),
        "signs": list(story.signs),
        "efforts": [
            {"what": one.what, "who": one.who, "by": one.by.isoformat(), "need": one.need} for one in story.efforts
        ],
        "family_part": story.family_part,
        "next_day": story.next_day.isoformat() if story.next_day is not None else None,
        "step": story.step,
        "passed": list(story.passed),
        "done": story.done,
    }


def load(kept: Mapping[str, Any]) -> Story:
    """The story that `dump` wrote; nothing kept is a story that has not begun."""
    if not kept:
        return Story()
    efforts = tuple(
        Effort(one["what"], one["who"], date.fromisoformat(one["by"]), one["need"]) for one in kept["efforts"]
    )
    return Story(
        observations={side: tuple(kept["observations"][side]) for side in SIDES if side in kept["observations"]},
        strengths=kept["strengths"],
        explanations=tuple(kept["explanations"]),
        needs=tuple(kept["needs"]),
        signs=tuple(kept["signs"]),
        efforts=efforts,
        family_part=kept["family_part"],
        next_day=date.fromisoformat(kept["next_day"]) if kept["next_day"] else None,
        step=next(step for step in STEPS if step == kept["step"]),
        passed=tuple(step for step in STEPS if step in kept["passed"]),
        done=kept["done"],
    )
