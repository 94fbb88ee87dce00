"""The four columns on the board: resources, problems, goals, agreements; and what came of the last.

What people said beforehand stands there already. The fourth column lives on after the meeting: see `agreements`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dialogs.meetings import agreements
from dialogs.meetings.agreements import Agreement
from dialogs.meetings.model import Meeting
from dialogs.meetings.notes import note, too_long, with_note
from dialogs.meetings.voices import Column, Voice, merged
from dialogs.types import Problem

Row = Literal["family", "school", "other"]
Cell = Literal["resources", "problems", "goals"]
ROWS: Final[tuple[Row, ...]] = get_args(Row)
CELLS: Final[tuple[Cell, ...]] = get_args(Cell)
_FROM: Final[Mapping[Cell, Column]] = {"resources": "works", "problems": "worries", "goals": "wishes"}
_VOICES: Final[Mapping[Row, tuple[Voice, ...]]] = {
    "family": ("child", "family"),
    "school": ("school",),
    "other": ("other",),
}


@dataclass(frozen=True)
class Board:
    """The whole board. A cell that nobody has written in shows what its voices said beforehand."""

    cells: Mapping[tuple[Row, Cell], str]
    agreements: tuple[Agreement, ...] = ()
    earlier: str = ""  # what came of what was agreed last time
    more: str = ""


def of(meeting: Meeting) -> Board:
    """The board as it stands."""
    kept = note(meeting, "board")
    written: Mapping[str, str] = kept.get("cells", {})
    said = _said(meeting)
    cells: dict[tuple[Row, Cell], str] = {
        (row, cell): written.get(f"{row}.{cell}", said[row, cell]) for row in ROWS for cell in CELLS
    }
    return Board(cells, agreements.of(meeting), kept.get("earlier", ""), kept.get("more", ""))


def _said(meeting: Meeting) -> dict[tuple[Row, Cell], str]:
    sheets = {sheet.voice: sheet for sheet in merged(meeting)}
    return {
        (row, cell): "\n".join(text for voice in _VOICES[row] for text in sheets[voice].columns[_FROM[cell]])
        for row in ROWS
        for cell in CELLS
    }


def write(meeting: Meeting, cells: Mapping[tuple[Row, Cell], str], earlier: str, more: str) -> Meeting | Problem:
    """The meeting with these words on its board; agreements stay as they are."""
    if (problem := too_long(*cells.values(), earlier, more)) is not None:
        return problem
    return _kept(meeting, cells, earlier, more)


def _kept(meeting: Meeting, wanted: Mapping[tuple[Row, Cell], str], earlier: str, more: str) -> Meeting | Problem:
    kept = note(meeting, "board")
    before: Mapping[str, str] = kept.get("cells", {})
    said = _said(meeting)
    # A cell that still says what was said beforehand is not written down: what is said later must still show in it.
    cells = {
        f"{row}.{cell}": text
        for (row, cell), text in wanted.items()
        if f"{row}.{cell}" in before or text != said[row, cell]
    }
    return with_note(meeting, "board", {**kept, "cells": cells, "earlier": earlier, "more": more})
