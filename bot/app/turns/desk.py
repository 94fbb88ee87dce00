"""What every use case of the team needs besides the database: words, the calendar, and labels of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dialogs.cases.words import CaseWords
from dialogs.guards import Findings
from dialogs.local import Forum
from dialogs.values import Value
from dialogs.workdays import Workdays

Labels = Callable[[str, Value], tuple[str, str]]
Hears = Callable[[str], Findings]
Because = Callable[[Sequence[str]], tuple[str, ...]]


def unexplained(codes: Sequence[str]) -> tuple[str, ...]:
    """No words for the reasons of a colour, for a place that shows none."""
    return ()


@dataclass(frozen=True)
class Desk:
    """`labels(question id, value)` is a short name and an answer in words; `because(codes)` are reasons.

    `hears(text)` is what the guards find in somebody's words before they are kept.
    """

    words: CaseWords
    workdays: Workdays
    labels: Labels
    hears: Hears
    because: Because = unexplained
    intake: str = "modtagelsen"  # whom a report is rung in to, with the number when there is one
    ladder: Sequence[Forum] = ()
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])  # what a consent may be for, in words

    def today(self, now: datetime) -> date:
        """The municipality's date at this moment."""
        return now.astimezone(self.workdays.zone).date()
