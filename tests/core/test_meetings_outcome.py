"""Counting whether whoever wrote hears what came of it in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.cases.model import Entry
from dialogs.meetings.outcome import measure

BEGAN = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)
BY = BEGAN + timedelta(days=1)


def line(kind: Any, after: timedelta) -> Entry:
    return Entry("c", kind, "lars", BEGAN + after, BEGAN + after)


def test_only_what_the_writer_hears_counts_and_only_from_the_meeting_on() -> None:
    hours = timedelta(hours=1)
    cases = [
        ("A", [line("answered", -hours), line("discussed", hours)]),
        ("B", [line("discussed", hours), line("answered", 2 * hours)]),
        ("C", [line("asked", 24 * hours)]),
        ("D", [line("answered", 25 * hours)]),
        ("E", []),
    ]
    found = measure(cases, BEGAN, BY)
    assert (found.in_time, found.late, found.waiting, found.cases) == (2, 1, ("A", "E"), 5)
