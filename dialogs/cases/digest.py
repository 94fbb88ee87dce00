"""A month in numbers, without anybody: counts of one school in which no cell, and no difference of two, is below five.

A cell below five is withheld. What is left of the total would give a lone one away, so the least of the others is
withheld with it. Schools are never added up: a sum over schools less the others' would be one school's number. Only
months that are over are counted: two looks at a month that goes on would differ by the few who came between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median_low
from typing import Final

from dialogs.cases.model import WEIGHT, Light

LEAST: Final = 5
MONTHS_BACK: Final = 12
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Worry:
    """What is counted of one worry: the colour that it came with, and days until it was opened and answered."""

    colour: Light
    opened: int | None = None
    answered: int | None = None


@dataclass(frozen=True)
class Counted:
    """What a school had in one month. `sense` are answers to "gav det mening"; `plans` whether each was followed up."""

    worries: Sequence[Worry] = ()
    meetings: int = 0
    sense: Mapping[str, int] = field(default_factory=dict[str, int])
    plans: Sequence[bool] = ()


@dataclass(frozen=True)
class Group:
    """Cells that add up to a total; None is withheld."""

    cells: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True)
class Digest:
    """One school's month as it may be shown to anybody."""

    school_id: str
    month: date  # its first day
    worries: Group
    waiting: Mapping[str, int | None]  # days until half were opened, and until half had an answer
    meetings: int | None
    sense: Group
    plans: Group


def digest(school_id: str, month: date, found: Counted) -> Digest:
    """The month as it may be shown."""
    colours = {colour: sum(one.colour == colour for one in found.worries) for colour in WEIGHT}
    followed = sum(found.plans)
    answers = dict(found.sense)
    return Digest(
        school_id,
        month,
        published(colours),
        {
            "opened": _middle([one.opened for one in found.worries if one.opened is not None]),
            "answered": _middle([one.answered for one in found.worries if one.answered is not None]),
        },
        found.meetings if found.meetings >= LEAST else None,
        published({name: answers.get(name, 0) for name in ("yes", "partly", "no")}),
        published({"followed": followed, "not_followed": len(found.plans) - followed}),
    )


def published(cells: Mapping[str, int]) -> Group:
    """The cells that may be shown, and their total when it is five or more."""
    total = sum(cells.values())
    if total < LEAST:
        return Group(dict.fromkeys(cells), None)
    enough = [value for value in cells.values() if value >= LEAST]
    # With nothing to hide all is shown. Else the least of the others goes too, and whatever is as small as it: then
    # any withheld cell may be the one that is five or more, and nobody can tell which.
    limit = min(enough, default=LEAST) if len(enough) < len(cells) else LEAST - 1
    return Group({name: value if value > limit else None for name, value in cells.items()}, total)


def _middle(days: Sequence[int]) -> int | None:
    """The day by which half of them had come; nothing where they are few."""
    return median_low(days) if len(days) >= LEAST else None


# --- which month ---


def last_month(today: date) -> date:
    """The first day of the month that is over."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_of(text: str, today: date) -> date | None:
    """The first day of a month written 2026-10, when it is over and no more than a year ago."""
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        return None
    month = date(int(match[1]), int(match[2]), 1)
    last = last_month(today)
    back = (last.year - month.year) * 12 + last.month - month.month
    return month if 0 <= back < MONTHS_BACK else None


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=32)).replace(day=1)
