"""What each channel may carry: one table, asked before anything is shown or taken in.

Classes are those of `DataClass`: 0 guidance, 1 pseudonymous and closed, 2 personal and free text, 3 refused everywhere.
A channel's ceiling is the highest class that may pass through it, in either direction (docs/privacy.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from dialogs.types import Question

Policy = Literal["strict", "pseudonym", "off"]
TELEGRAM: Final[Mapping[Policy, int]] = {"strict": 1, "pseudonym": 2, "off": 0}
NOTICE: Final = 1  # whatever carries it: the words of a notice are the same on every channel
WEB: Final = 2
LOG: Final = 0
WORDS: Final = 2  # free words may always be about a child, whatever the question asks for
CLOSED: Final = 1  # a pick from a list tells nobody who the child is


def asks_for(question: Question, phase: str) -> int:
    """The class of what a question wants now: its words, or only a pick from a list."""
    words = question.kind in ("text", "list") or phase == "note"
    return WORDS if words else min(CLOSED, int(question.data_class))
