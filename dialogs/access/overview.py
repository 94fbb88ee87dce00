"""A case without what people wrote: what lists, notices and channels below class 2 may know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from dialogs.cases.model import Case, Entry
from dialogs.meetings import agreements
from dialogs.meetings.model import Meeting
from dialogs.papers.filings import Filing

AREAS: Final = frozenset({"q06_omraader"})  # which sides of life it is about, as the inbox shows it
_FILED_WORDS: Final = frozenset({"grounds", "decisions", "parents", "why_oral", "purpose", "excluded"})
_WORDS: Final = frozenset({"text", "words", "reason", "note"})
WITHHELD: Final = "…"  # something stands here; what it is, is for whoever may read the case


def overview(case: Case) -> Case:
    """The case with state, colour and dates, and nothing in anybody's own words."""
    colour = replace(
        case.colour,
        writer_reason=_withheld(case.colour.writer_reason),
        lowering_reason=_withheld(case.colour.lowering_reason),
    )
    answers = {key: value for key, value in case.answers.items() if key in AREAS}
    return replace(case, answers=answers, colour=colour)


def overview_line(entry: Entry) -> Entry:
    """A line of the timeline: that it is there, of which kind, and when."""
    data: Mapping[str, Any] = {key: WITHHELD if key in _WORDS and value else value for key, value in entry.data.items()}
    return replace(entry, data=data)


def overview_filing(filing: Filing) -> Filing:
    """That something is filed, its state, number and day, and nothing in anybody's own words."""
    body = {key: _hidden(value) if key in _FILED_WORDS else value for key, value in filing.body.items()}
    return replace(filing, body=body)


def overview_meeting(meeting: Meeting) -> Meeting:
    """When it is, who was asked and what they answered; not what it is about, and nothing in anybody's own words.

    Of what was agreed the days and how far it has come are there: reminders must know when to stop.
    """
    seats = tuple(replace(seat, reason=_withheld(seat.reason)) for seat in meeting.seats)
    return replace(
        meeting,
        seats=seats,
        purpose=_withheld(meeting.purpose),
        place=_withheld(meeting.place),
        reason=_withheld(meeting.reason),
        points=(),
        notes={"agreed": agreements.outline(meeting, WITHHELD)} if agreements.of(meeting) else {},
    )


def _hidden(value: Any) -> Any:
    """The same shape with every text withheld."""
    if isinstance(value, list):
        return [WITHHELD for _ in cast(list[Any], value)]
    return WITHHELD if value else value


def _withheld(words: str) -> str:
    return WITHHELD if words else ""
