"""Find a CPR number that is said in words: "nul tre, nul fem, fjorten – toogtyve, elleve".

Danish texts hardly ever have five numbers in words in a row, so the signs between them may be any. Counting is let
through: "ti, elleve, tolv, tretten, fjorten".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dialogs.guards.dated import is_date
from dialogs.guards.types import Span, Verdict

_GROUP = re.compile(r"[0-9]+")
_LONGEST = 4  # digits in a group: longer ones are numbers of their own
_WIDE = 14  # signs between two groups
_WORDS = 3  # so many groups must be words: digits alone are judged by their shape (see cpr.py)
_SHORT, _LONG = (6, 10), (8, 12)  # date and whole, with two and with four digits for the year


def find(run: str, small: str, start: int) -> Iterator[tuple[Verdict, Span]]:
    """Give each number in one stretch of numbers in words; `small` is the text that it was written in at `start`."""
    groups = list(_GROUP.finditer(run))
    done = 0
    for at, group in enumerate(groups):
        if group.start() < done or run[group.start()] > "3":  # no day of the month begins with a four
            continue
        for date, whole in (_SHORT, _LONG):
            taken = _taken(run, groups[at : at + whole], whole)
            if taken and _is_number(taken, date) and _said(taken, small, start) >= _WORDS:
                done = taken[-1].end()
                yield "cpr", Span(group.start(), done)
                break


def _taken(run: str, groups: Sequence[re.Match[str]], whole: int) -> list[re.Match[str]]:
    """The first groups that hold exactly so many digits; none when they don't come out even."""
    taken: list[re.Match[str]] = []
    total = 0
    for group in groups:
        far = taken and len(run[taken[-1].end() : group.start()].replace("\0", "")) > _WIDE
        if far or len(group.group()) > _LONGEST:
            return []
        taken.append(group)
        total += len(group.group())
        if total >= whole:
            return taken if total == whole else []
    return []


def _is_number(taken: Sequence[re.Match[str]], date: int) -> bool:
    digits = "".join(group.group() for group in taken)
    if date == _LONG[0] and digits[4:6] not in ("18", "19", "20"):
        return False
    counted = [int(group.group()) for group in taken]
    counting = all(after - before == 1 for before, after in pairwise(counted))
    return is_date(int(digits[:2]), int(digits[2:4])) and not counting


def _said(taken: Sequence[re.Match[str]], small: str, start: int) -> int:
    return sum(not small[start + group.start()].isdigit() for group in taken)
