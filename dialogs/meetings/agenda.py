"""The agenda of a team's weekly meeting, built from its inbox: the gravest and the longest waiting first.

Order: colour, then waiting days, then deadline. What does not fit the hour is named, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialogs.cases.model import DECIDED, UNDECIDED, WEIGHT, Case, Light
from dialogs.values import Value, picks_of

LEAST: Final = 5  # minutes that any case gets
MOST: Final = 20  # minutes; a case that needs more needs a meeting of its own
MARGIN: Final = 5  # minutes to begin and to end
_WANTED: Final[dict[Light, int]] = {"red": 20, "yellow": 12, "none": 10, "green": 6}


# What a meeting needs to know of a case: seen, how often, strengths, the child's words, the wish.
KEY_QUESTIONS: Final = ("q05_set", "q08_hvortit", "q10_styrker", "q11_barnets_ord", "q18_hjaelp")
_NO_ANSWER: Final = frozenset({"ikke_spurgt", "ved_ikke"})


def belongs(case: Case, day: date) -> bool:
    """Whether a case is for the whole team on this day.

    What never goes through the team first is not, and red is not unless the team has put it there itself: it is for
    one person, at once.
    """
    if case.route != "trio" or (case.colour.now == "red" and case.planned_for is None):
        return False
    if case.state in UNDECIDED:
        return case.planned_for is None or case.planned_for <= day
    return case.state in DECIDED and case.follow_up is not None and case.follow_up <= day


def missing(case: Case) -> tuple[str, ...]:
    """The key questions that the writer has not answered."""
    return tuple(one for one in KEY_QUESTIONS if not picks_or_words(case.answers.get(one)))


def picks_or_words(value: Value | None) -> bool:
    """Whether something was answered; "not asked yet" and "don't know" are what is missing."""
    picks = picks_of(value)
    return bool(set(picks) - _NO_ANSWER) if picks else bool(value)


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
