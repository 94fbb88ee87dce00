"""Four questions after a meeting, the parents' own two, and what the next invitation learns from them.

Nothing here says who answered: the answers belong to the meeting, and the next one is about the same child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from dialogs.meetings.model import FAMILY, Meeting
from dialogs.meetings.notes import note, too_long, with_note
from dialogs.types import Problem

Sense = Literal["yes", "partly", "no"]
SENSES: Final[tuple[Sense, ...]] = get_args(Sense)


@dataclass(frozen=True)
class After:
    """What one seat says afterwards. The family is asked the last two, the others the rest."""

    missed: tuple[str, ...] = ()  # ids of professions that were not there and should have been
    content: str = ""  # what it was about, in a line
    sense: Sense | None = None
    change: str = ""  # what could be done otherwise
    talked: Sense | None = None  # "did you get to say enough?"
    used: Sense | None = None  # "was it used?"


def answer(meeting: Meeting, seat_id: str, after: After) -> Meeting | Problem:
    """The meeting with one seat's answers; answering again takes the place of the answers before."""
    if (seat := meeting.seat(seat_id)) is None:
        return Problem("not_invited")
    family = seat.role in FAMILY
    if (after.talked if family else after.sense) is None:
        return Problem("after_empty")
    if (problem := too_long(after.content, after.change)) is not None:
        return problem
    kept: dict[str, Any] = {
        "missed": [] if family else list(after.missed),
        "content": after.content.strip(),
        "sense": None if family else after.sense,
        "change": after.change.strip(),
        "talked": after.talked if family else None,
        "used": after.used if family else None,
    }
    return with_note(meeting, "after", {**note(meeting, "after"), seat.id: kept})


def said_by(meeting: Meeting, seat_id: str) -> After | None:
    """What a seat has said; None when it has said nothing."""
    found: Mapping[str, Any] | None = note(meeting, "after").get(seat_id)
    if found is None:
        return None
    return After(
        tuple(found["missed"]), **{key: found[key] for key in ("content", "sense", "change", "talked", "used")}
    )


@dataclass(frozen=True)
class Tally:
    """How many seats gave each answer to one question."""

    yes: int
    partly: int
    no: int


def tally(meetings: Sequence[Meeting], question: Literal["sense", "talked", "used"]) -> Tally:
    """The answers to one question over these meetings."""
    given = [getattr(one, question) for meeting in meetings for one in all_of(meeting)]
    return Tally(given.count("yes"), given.count("partly"), given.count("no"))


def all_of(meeting: Meeting) -> tuple[After, ...]:
    """Every answer of a meeting, in the order of its seats."""
    return tuple(found for seat in meeting.seats if (found := said_by(meeting, seat.id)) is not None)


def missed(meetings: Sequence[Meeting]) -> Mapping[str, int]:
    """The professions that were missed at these meetings and how often, the most missed first.

    One that came to a later meeting is missed no more.
    """
    count: dict[str, int] = {}
    for meeting in sorted(meetings, key=lambda one: (one.starts.utc, one.id)):
        for seat in meeting.coming():
            count.pop(seat.role, None)
        for after in all_of(meeting):
            for one in after.missed:
                count[one] = count.get(one, 0) + 1
    return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))
