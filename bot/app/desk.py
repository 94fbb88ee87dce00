"""What every use case of the team needs besides the database: words, the calendar, and labels of the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.casewords import CaseWords
from dialogs.values import Value
from dialogs.workdays import Workdays

Labels = Callable[[str, Value], tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """`labels(question id, value)` gives the short name of the question and the answer in words."""

    words: CaseWords
    workdays: Workdays
    labels: Labels

    def today(self, now: datetime) -> date:
        """The municipality's date at this moment."""
        return now.astimezone(self.workdays.zone).date()
