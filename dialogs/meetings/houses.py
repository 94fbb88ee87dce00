"""The child's three houses (Signs of Safety): what is hard, what is good, what it dreams of; and who may hear it.

A child says per house whether the others may hear it. What may not be passed on is not on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from dialogs.meetings.model import Meeting
from dialogs.meetings.notes import note, too_long, with_note
from dialogs.types import Problem

House = Literal["hard", "good", "dream"]
HOUSES: Final[tuple[House, ...]] = get_args(House)


@dataclass(frozen=True)
class Houses:
    """The child's own words, who wrote them down, and the houses that the others may hear of."""

    hard: str = ""
    good: str = ""
    dream: str = ""
    told: frozenset[House] = frozenset()
    by: str = ""  # the person who listened


def draw(meeting: Meeting, houses: Houses) -> Meeting | Problem:
    """The meeting with the child's houses; drawn again they take the place of those before."""
    texts = (houses.hard, houses.good, houses.dream)
    if not any(text.strip() for text in texts):
        return Problem("houses_empty")
    if (problem := too_long(*texts)) is not None:
        return problem
    kept = {"hard": houses.hard, "good": houses.good, "dream": houses.dream}
    return with_note(meeting, "houses", {**kept, "told": sorted(houses.told), "by": houses.by})


def of(meeting: Meeting) -> Houses | None:
    """The houses as they were drawn; None when the child has not been asked."""
    found = note(meeting, "houses")
    if not found:
        return None
    told: frozenset[House] = frozenset(one for one in HOUSES if one in found["told"])
    return Houses(found["hard"], found["good"], found["dream"], told, found["by"])


def open_to(houses: Houses, person_id: str) -> dict[House, str]:
    """What this person may read: all of it for who listened, for everybody else what the child has let go on."""
    said: dict[House, str] = {"hard": houses.hard, "good": houses.good, "dream": houses.dream}
    return {one: text for one, text in said.items() if text and (one in houses.told or person_id == houses.by)}
