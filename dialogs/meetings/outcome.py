"""Whether whoever wrote hears what came of it within one working day of the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dialogs.cases.model import Entry, EntryKind

TOLD_BY: Final[tuple[EntryKind, ...]] = ("answered", "asked", "followed_up", "closed")  # each reaches the writer


@dataclass(frozen=True)
class Told:
    """How many of a meeting's cases were told in time, too late, and not yet; `waiting` are those not yet told."""

    in_time: int
    late: int
    waiting: tuple[str, ...]
    by: datetime

    @property
    def cases(self) -> int:
        """How many cases were taken."""
        return self.in_time + self.late + len(self.waiting)


def heard(entries: Sequence[Entry], since: datetime) -> datetime | None:
    """When the writer first heard something of what was said from this moment on; None while nothing."""
    return next((entry.at for entry in entries if entry.kind in TOLD_BY and entry.at >= since), None)


def measure(cases: Iterable[tuple[str, Sequence[Entry]]], began: datetime, by: datetime) -> Told:
    """Count the cases that the meeting took, by what their writers heard from its beginning on."""
    in_time = late = 0
    waiting: list[str] = []
    for code, entries in cases:
        at = heard(entries, began)
        if at is None:
            waiting.append(code)
        elif at <= by:
            in_time += 1
        else:
            late += 1
    return Told(in_time, late, tuple(waiting), by)
