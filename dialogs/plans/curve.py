"""How the scores of a sign are drawn: points of a small picture, for the eye. A table beside it has the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialogs.plans.model import SCALE, Score

WIDTH: Final = 300
HEIGHT: Final = 120
EDGE: Final = 12  # room for a dot and its number


@dataclass(frozen=True)
class Dot:
    """One score and where it stands in the picture; y grows downwards."""

    x: int
    y: int
    day: date
    value: int


def dots(scores: Sequence[Score]) -> tuple[Dot, ...]:
    """The scores from left to right, as far apart as their days; one alone stands in the middle."""
    if not scores:
        return ()
    first, span = scores[0].day, (scores[-1].day - scores[0].day).days
    return tuple(Dot(_x((one.day - first).days, span), _y(one.value), one.day, one.value) for one in scores)


def _x(days: int, span: int) -> int:
    return WIDTH // 2 if span == 0 else EDGE + days * (WIDTH - 2 * EDGE) // span


def _y(value: int) -> int:
    return HEIGHT - EDGE - value * (HEIGHT - 2 * EDGE) // SCALE[-1]
