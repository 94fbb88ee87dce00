"""What everyone says before the meeting: what works, what worries, what is wished (Signs of Safety).

The answers are merged by voice, so that the sheet shows what the child, the family, the school and the others say, and
not who of the professionals said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Literal, get_args

from dialogs.meetings.model import FAMILY, Meeting, Seat
from dialogs.meetings.notes import note, too_long, with_note
from dialogs.types import Problem

Voice = Literal["child", "family", "school", "other"]
Column = Literal["works", "worries", "wishes", "understanding"]
VOICES: Final[tuple[Voice, ...]] = get_args(Voice)
COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
LOWEST, HIGHEST = 0, 10  # the scale: 0 as bad as it can be, 10 as good as it can be
_SCHOOL: Final = frozenset({"LAER", "PAED", "AKT", "LMV", "LAES", "FLER", "SFO", "DAG", "LED", "leader", "teacher"})


@dataclass(frozen=True)
class Said:
    """What one seat says. Any of the words may be empty, not all of them; `scale` is where things are today."""

    works: str = ""
    worries: str = ""
    wishes: str = ""
    understanding: str = ""  # how the child is best understood
    scale: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One voice: what was said in each column, in the order of the seats, and the marks on the scale."""

    voice: Voice
    columns: Mapping[Column, tuple[str, ...]]
    marks: tuple[int, ...]


def voice_of(role: str) -> Voice:
    """Whose voice a seat speaks with."""
    if role == "child":
        return "child"
    if role in FAMILY:
        return "family"
    return "school" if role in _SCHOOL else "other"


def say(meeting: Meeting, seat_id: str, said: Said) -> Meeting | Problem:
    """The meeting with what one seat says; saying it again takes the place of what was said before."""
    if (seat := meeting.seat(seat_id)) is None:
        return Problem("not_invited")
    texts = (said.works, said.worries, said.wishes, said.understanding)
    if not any(text.strip() for text in texts):
        return Problem("voice_empty")
    if said.scale is not None and not LOWEST <= said.scale <= HIGHEST:
        return Problem("voice_scale")
    if (problem := too_long(*texts)) is not None:
        return problem
    kept = with_note(meeting, "voices", {**note(meeting, "voices"), seat.id: asdict(said)})
    if isinstance(kept, Problem):
        return kept
    seats = tuple(replace(one, prepared=True) if one.id == seat.id else one for one in kept.seats)
    return replace(kept, seats=seats)


def said_by(meeting: Meeting, seat_id: str) -> Said | None:
    """What a seat has said; None when it has said nothing."""
    found: dict[str, Any] | None = note(meeting, "voices").get(seat_id)
    return Said(**found) if found is not None else None


def merged(meeting: Meeting) -> tuple[Sheet, ...]:
    """One sheet a voice, the child first; a voice that has not spoken is there with nothing in it."""
    return tuple(_sheet(meeting, voice) for voice in VOICES)


def _sheet(meeting: Meeting, voice: Voice) -> Sheet:
    said = [
        found
        for seat in meeting.seats
        if voice_of(seat.role) == voice and (found := said_by(meeting, seat.id)) is not None
    ]
    columns: dict[Column, tuple[str, ...]] = {
        column: tuple(text for one in said if (text := str(getattr(one, column)).strip())) for column in COLUMNS
    }
    return Sheet(voice, columns, tuple(one.scale for one in said if one.scale is not None))


def silent(meeting: Meeting) -> tuple[Seat, ...]:
    """The seats of those who may be coming and have not said anything yet."""
    return tuple(seat for seat in meeting.coming() if said_by(meeting, seat.id) is None)


@dataclass(frozen=True)
class Dot:
    """One voice's place on the scale at one meeting: the middle of its marks."""

    day: date
    value: float


def curves(meetings: tuple[Meeting, ...]) -> Mapping[Voice, tuple[Dot, ...]]:
    """Each voice's marks over the meetings about one case, the first meeting first; only voices that have any."""
    ordered = sorted((one for one in meetings if one.status != "cancelled"), key=lambda one: (one.starts.utc, one.id))
    found: dict[Voice, tuple[Dot, ...]] = {}
    for voice in VOICES:
        dots = [Dot(one.starts.day, sum(marks) / len(marks)) for one in ordered if (marks := _sheet(one, voice).marks)]
        if dots:
            found[voice] = tuple(dots)
    return found
