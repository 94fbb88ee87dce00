"""Weigh all words of a passage: most dangers are told in words of which none is alarming alone.

Every word has whole points for or against a kind of danger; a passage of thirty words that has the points its scale
asks for is a hit. It hears what no phrase foresaw ("han lå på knæ på ris i to timer") and costs one look-up per word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dialogs.guards.types import AcuteHit
from dialogs.guards.vocabulary import bare

WITHIN = 30  # words; what stands further apart is another story
STEM = 5  # letters: "strube" has the points of "strub*"


@dataclass(frozen=True, slots=True)
class Scale:
    """One kind of danger: the points it asks for, and those of each word (spelled bare) and of each stem."""

    hit: AcuteHit
    need: int
    words: Mapping[str, int]
    stems: Mapping[str, int]

    def points(self, word: str) -> int:
        """Return the points of a bare word."""
        found = self.words.get(word)
        return self.stems.get(word[:STEM], 0) if found is None else found


def bare_words(words: Sequence[str]) -> list[str]:
    """Return the words in the spelling that scales know; marks become empty."""
    known = {word: bare(word) if word[0].isalpha() else "" for word in set(words)}
    return [known[word] for word in words]


def tips(scale: Scale, words: Sequence[str], left_out: Collection[int] = ()) -> bool:
    """Return whether some passage of bare words has the points; each word counts once, `left_out` are positions."""
    table = {word: scale.points(word) for word in set(words)}
    if sum(points for points in table.values() if points > 0) < scale.need:
        return False
    inside: dict[str, int] = {}
    weight = 0
    for position, word in enumerate(words):
        gone = words[position - WITHIN] if position >= WITHIN else ""
        if gone and position - WITHIN not in left_out:
            inside[gone] -= 1
            weight -= 0 if inside[gone] else table[gone]
        if word and position not in left_out:
            weight += 0 if inside.get(word) else table[word]
            inside[word] = inside.get(word, 0) + 1
        if weight >= scale.need:
            return True
    return False
