"""What a person wrote before any form was open: when it tells of a child it waits as a begun answer, never as a whole.

A begun answer has words and no standing: its question is asked all the same, with the words as a suggestion.
"""

from __future__ import annotations

from typing import Final

from dialogs.parsing import fold
from dialogs.types import Question
from dialogs.values import Picked, Value

FIELD: Final = "q05_set"  # what was seen and heard
_SAME: Final = 0.6  # so much of the first words in the new ones, and they are the same told anew
_SHORT: Final = 4  # words; "ny bekymring om en elev" tells nothing yet
_ORDER: Final = 9  # words; so short a text with one of these words is an order to the bot
_ORDERS = frozenset(
    {"skrive", "skriv", "melde", "sende", "oprette", "opret", "udfylde", "lave", "starte", "start", "skema"}
)


def tells(text: str) -> bool:
    """Whether a typed text tells something, rather than asks or only orders a form."""
    words = fold(text).split()
    ordered = len(words) < _ORDER and not _ORDERS.isdisjoint(words)
    return len(words) > _SHORT and not ordered and not text.rstrip().endswith("?")


def together(first: str, now: str, most: int) -> str:
    """What waited and what was written since, both: neither is lost. Words that were only written anew stand once.

    `most`: characters; where both don't fit, what was written last stands alone, for it is what the person chose.
    """
    old, new = set(fold(first).split()), set(fold(now).split())
    anew = len(old & new) >= _SAME * len(old)
    both = f"{first}\n\n{now}"
    return now if anew or len(both) > most else both


def begun(question: Question, value: Value | None) -> str:
    """The words that wait as a suggestion for a question that takes text; "" when none do."""
    waits = question.kind == "text" and isinstance(value, Picked) and not value.picks
    return value.note or "" if waits and isinstance(value, Picked) else ""
