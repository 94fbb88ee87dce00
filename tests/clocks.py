"""The clock of the tests: it stands still until somebody moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class HandClock:
    """A clock that is moved by hand."""

    at: datetime

    def now(self) -> datetime:
        """The time of the test."""
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass: `move(hours=2)`."""
        self.at += timedelta(**by)
