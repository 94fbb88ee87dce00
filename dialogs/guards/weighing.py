"""Weigh all words of a passage: many dangers are told in words of which none is alarming alone.

Every word has whole points for or against each kind of danger; a passage of thirty words that has the points its scale
asks for is a hit. It hears what no phrase foresaw ("han lå på knæ på ris i to timer") at one look-up per word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dialogs.guards.types import AcuteHit
from dialogs.guards.vocabulary import bare

WITHIN = 30  # words; what stands further apart is another story
STEM = 5  # letters: "struben" has the points of "strub*"
Points = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """One kind of danger and the points that it asks for."""

    hit: AcuteHit
    need: int


@dataclass(frozen=True, slots=True)
class Scales:
    """All scales with one table: the points of a bare word, or else of its stem, one number for each scale."""

    scales: tuple[Scale, ...]
    words: Mapping[str, Points]
    stems: Mapping[str, Points]

    def columns(self, words: Sequence[str]) -> list[list[int]]:
        """Return for each scale the points of all words; a word that comes again soon after adds nothing."""
        none = (0,) * len(self.scales)
        known = {word: self._points(word) or none for word in set(words)}
        rows: list[Points] = []
        last: dict[str, int] = {}
        for position, word in enumerate(words):
            rows.append(none if position - last.get(word, -WITHIN) < WITHIN else known[word])
            last[word] = position
        return [[row[index] for row in rows] for index in range(len(self.scales))]

    def _points(self, word: str) -> Points | None:
        if not word[0].isalpha():
            return None
        spelled = bare(word)
        return self.words.get(spelled) or self.stems.get(spelled[:STEM])


def tips(scale: Scale, points: Sequence[int], left_out: Collection[int] = ()) -> bool:
    """Return whether some passage has the points of a scale; `left_out` are positions that don't count."""
    if sum(point for point in points if point > 0) < scale.need:
        return False
    standing = [0 if at in left_out else point for at, point in enumerate(points)] if left_out else points
    weight = sum(standing[:WITHIN])
    if weight >= scale.need:
        return True
    for position in range(WITHIN, len(standing)):
        weight += standing[position] - standing[position - WITHIN]
        if weight >= scale.need:
            return True
    return False
