"""The curve of the scale as points to draw: where each voice was at each meeting, 0 at the bottom and 10 at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialogs.meetings.voices import HIGHEST, Dot, Voice

WIDTH, HEIGHT, MARGIN = 320, 160, 20  # fits the narrowest screen at 200 %


@dataclass(frozen=True)
class Spot:
    """One point of the drawing."""

    x: float
    y: float
    value: float
    day: date


@dataclass(frozen=True)
class Line:
    """One voice's way through the meetings. `place` picks its dash and its mark: never the colour alone."""

    voice: Voice
    place: int
    spots: tuple[Spot, ...]

    @property
    def path(self) -> str:
        """The spots as an SVG polyline's points."""
        return " ".join(f"{spot.x:g},{spot.y:g}" for spot in self.spots)


_LEVELS: Final = HEIGHT - 2 * MARGIN


def lines(curves: Mapping[Voice, Sequence[Dot]]) -> tuple[Line, ...]:
    """The lines of all voices over one shared row of days; equal steps between meetings, whatever the days between."""
    days = sorted({dot.day for dots in curves.values() for dot in dots})
    return tuple(
        Line(voice, place, tuple(_spot(dot, days) for dot in dots))
        for place, (voice, dots) in enumerate(curves.items())
    )


def _spot(dot: Dot, days: Sequence[date]) -> Spot:
    room = WIDTH - 2 * MARGIN
    x = MARGIN + (room * days.index(dot.day) / (len(days) - 1) if len(days) > 1 else room / 2)
    return Spot(round(x, 1), round(HEIGHT - MARGIN - _LEVELS * dot.value / HIGHEST, 1), dot.value, dot.day)
