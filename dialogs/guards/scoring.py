"""Add up weak signs that stand close together: "sovs" and "hemmelighed" say little, a man, a secret and a bed say much.

A theme gives points to words of the same kind of danger. Each line counts once; when the lines within reach of each
other have the points that the theme asks for, it is a hit. Whole numbers, no chance, cost in step with the signs.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.guards.patterns import Matcher, Pattern, union
from dialogs.guards.types import AcuteHit


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a theme: a pattern and its points; `line` tells it from the theme's other lines."""

    pattern: Pattern
    line: int
    points: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One kind of danger: the points it asks for, within how many words, and what shows that it is something else."""

    hit: AcuteHit
    need: int
    within: int
    lines: tuple[Cue, ...]
    cues: Matcher[Cue]
    unless: tuple[Pattern, ...]
    every: int = 0  # a frame has all its places or is none: the bits of them all
    refuses: bool = False  # a negator is one of its places, so none of the others is denied by it

    def may_reach(self, bits: int) -> bool:
        """Whether the words of a text, wherever they stand, could have the points: a quick no for most texts."""
        missing = ~bits
        if self.every:
            return not self.every & missing
        return sum(cue.points for cue in self.lines if not cue.pattern.need & missing) >= self.need


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue found in a text, at these positions."""

    cue: Cue
    places: tuple[int, ...]


def frame(
    hit: AcuteHit, within: int, places: Sequence[Pattern], unless: tuple[Pattern, ...], *, refuses: bool
) -> Theme:
    """A theme that needs a sign for every one of its places, in any order."""
    cues = tuple(Cue(place, line, 1) for line, place in enumerate(places))
    matcher = Matcher((cue.pattern, cue) for cue in cues)
    return Theme(hit, len(cues), within, cues, matcher, unless, union(place.need for place in places), refuses)


def reaching(theme: Theme, signs: Sequence[Sign]) -> Iterator[tuple[Sign, ...]]:
    """Yield the groups of signs, in order of their first places, that together have the points of the theme."""
    window: deque[Sign] = deque()
    lines: Counter[int] = Counter()
    points = 0
    for sign in sorted(signs, key=_first):
        while window and sign.places[0] - window[0].places[0] > theme.within:
            gone = window.popleft().cue
            lines[gone.line] -= 1
            points -= 0 if lines[gone.line] else gone.points
        points += 0 if lines[sign.cue.line] else sign.cue.points
        lines[sign.cue.line] += 1
        window.append(sign)
        if points >= theme.need:
            yield tuple(window)


def _first(sign: Sign) -> int:
    return sign.places[0]
