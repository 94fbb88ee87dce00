"""What a meeting's own tools keep on it, and at which stage of the meeting each of them takes something new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal

from dialogs.meetings.model import Meeting, Status
from dialogs.types import Problem

Tool = Literal["ground", "voices", "houses", "board", "agreed", "framing", "steps", "joint", "after"]
MAX_TEXT: Final = 1_500  # characters of one field: what can be read aloud in a meeting
_BEFORE: Final[frozenset[Status]] = frozenset({"planned", "held"})
# A missing status is a refusal: nobody prepares for what is over, and nobody says how it was before it was.
OPEN: Final[Mapping[Tool, frozenset[Status]]] = {
    "ground": frozenset({"planned"}),
    "voices": _BEFORE,
    "houses": _BEFORE,
    "board": _BEFORE,
    "agreed": frozenset({"planned", "held", "closed"}),  # what was agreed is kept after everybody has gone
    "framing": _BEFORE,
    "steps": _BEFORE,
    "joint": _BEFORE,
    "after": frozenset({"held", "closed"}),
}


def note(meeting: Meeting, tool: Tool) -> Mapping[str, Any]:
    """What a tool has kept; empty before it has been used."""
    return meeting.notes.get(tool, {})


def with_note(meeting: Meeting, tool: Tool, value: Mapping[str, Any]) -> Meeting | Problem:
    """The meeting with what the tool keeps now, one revision on; or why it takes nothing at this stage."""
    if meeting.status not in OPEN[tool]:
        return Problem("meeting_too_late" if meeting.status != "planned" else "meeting_too_early")
    return replace(meeting, notes={**meeting.notes, tool: dict(value)}, revision=meeting.revision + 1)


def too_long(*texts: str) -> Problem | None:
    """Why these words can't be kept, or None."""
    return Problem("meeting_text_long", None, (("most", MAX_TEXT),)) if any(len(t) > MAX_TEXT for t in texts) else None
