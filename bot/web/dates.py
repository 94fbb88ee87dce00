"""Dates as people write them in a field, and as date fields send them."""

from __future__ import annotations

import re
from datetime import date, time

from dialogs.types import Problem

NOON = time(12)  # "that day" as a moment: far from midnight in every summer and winter time
_DANISH_DATE = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
UNCLEAR_DATE = Problem("date_unclear")


def day_of(text: str) -> date | None:
    """A date as a date field sends it (2026-11-24) or as a person types it (24.11.2026); None for anything else."""
    typed = _DANISH_DATE.fullmatch(text.strip())
    try:
        return date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text.strip())
    except ValueError:
        return None
