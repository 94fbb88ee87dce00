"""The agenda of a team's weekly meeting, built from its inbox: the gravest and the longest waiting first.

Order (features row 57): colour, then waiting days, then deadline. What does not fit the hour is named, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialogs.cases import WEIGHT, Light

LEAST: Final = 5  # minutes that any case gets
MOST: Final = 20  # minutes; a case that needs more needs a meeting of its own
MARGIN: Final = 5  # minutes to begin and to end
_WANTED: Final[dict[Light, int]] = {"red": 20, "yellow": 12, "none": 10, "green": 6}


@dataclass(frozen=True)
class Waiting:
    """One case that waits for the team: no names, no words, only what the order needs."""

    case_id: str
    code: str
    light: Light
    waiting_days: int
    deadline: date | None
    missing: tuple[str, ...] = ()  # question ids that are still open
    answers: str | None = None  # the person who can fill them: the writer, or nobody


@dataclass(frozen=True)
class Item:
    """One point: the case, and its minutes."""

    case: Waiting
    minutes: int


@dataclass(frozen=True)
class Agenda:
    """What the meeting takes, in order, and what it has no time for."""

    items: tuple[Item, ...]
    left_over: tuple[Waiting, ...]

    @property
    def minutes(self) -> int:
        """The time that the points take together."""
        return sum(item.minutes for item in self.items)


def build(waiting: Sequence[Waiting], minutes: int) -> Agenda:
    """Fit the cases into a meeting of so many minutes; each gets at least LEAST, and red never falls out for green."""
    room = max(minutes - MARGIN, 0)
    ordered = sorted(waiting, key=_place)
    taken = ordered[: room // LEAST]
    return Agenda(_share(taken, room), tuple(ordered[len(taken) :]))


def _place(case: Waiting) -> tuple[int, int, date, str]:
    return -WEIGHT[case.light], -case.waiting_days, case.deadline or date.max, case.code


def _share(cases: Sequence[Waiting], room: int) -> tuple[Item, ...]:
    """Everybody gets the least; what is left goes down the list until each has what its colour wants."""
    left = room - LEAST * len(cases)
    items: list[Item] = []
    for case in cases:
        more = min(left, min(_WANTED[case.light], MOST) - LEAST)
        left -= more
        items.append(Item(case, LEAST + more))
    return tuple(items)
