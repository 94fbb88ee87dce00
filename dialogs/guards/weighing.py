"""Weigh all words of a passage: many dangers are told in words of which none is alarming alone.

Every word has whole points for or against danger at all, and for each kind of it. A passage of thirty words with enough
of them is a hit, though no phrase foresaw it; a text with far too few silences a phrase that only sounds alarming. In a
short text the sum is not enough: two strong words must stand in it. One look-up a word. The points are worked out by
`python -m bench.weigh_words`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dialogs.guards.types import Flow
from dialogs.guards.vocabulary import bare

WITHIN = 30  # words; what stands further apart is another story
TELLING = 9  # words: fewer are too little context to silence a phrase by, and a few weak ones in them prove nothing
WITNESSES = 2  # strong words that a short text needs: one may be there by chance ("vejret i morgen")
STEM = 5  # letters: "struben" has the points of "strub*"
Points = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The points of a bare word, or else of its stem: one number for each column."""

    width: int
    words: Mapping[str, Points]
    stems: Mapping[str, Points]
    groups: Mapping[int, Points]  # by the bit of a group: what a word of an idea weighs, whichever word it is
    grouped: int  # all those bits

    def columns(self, words: Sequence[str], bits: Sequence[int]) -> list[list[int]]:
        """Return for each column the points of all words; a word or a group that comes again soon adds nothing."""
        none = (0,) * self.width
        known = {word: self._points(word) or none for word in set(words)}
        rows: list[Points] = []
        last: dict[str | int, int] = {}
        for position, word in enumerate(words):
            row = none if position - last.get(word, -WITHIN) < WITHIN else known[word]
            last[word] = position
            found = bits[position] & self.grouped if word[0].isalpha() else 0  # a number may be a telephone's
            while found:
                bit = found & -found
                found ^= bit
                if position - last.get(bit, -WITHIN) >= WITHIN:
                    row = tuple(own + other for own, other in zip(row, self.groups[bit], strict=True))
                last[bit] = position
            rows.append(row)
        return [[row[index] for row in rows] for index in range(self.width)]

    def _points(self, word: str) -> Points | None:
        if not word[0].isalpha():
            return None
        spelled = bare(word)
        return self.words.get(spelled) or self.stems.get(spelled[:STEM])


@dataclass(frozen=True, slots=True)
class Judge:
    """Whether words tell of danger at all, and of which: one column for danger, then one for each kind.

    From `need` points the words are a hit by themselves; below `doubt` no phrase counts. A word with `strong` points is
    one of the two that a short text needs.
    """

    need: int
    doubt: int
    strong: int
    lead: int
    flows: tuple[Flow, ...]
    starts: tuple[int, ...]
    table: Table

    def columns(self, words: Sequence[str], bits: Sequence[int]) -> tuple[list[int], list[list[int]]]:
        """The points for danger at all, and those for each kind."""
        danger, *kinds = self.table.columns(words, bits)
        return danger, kinds

    def hears(self, danger: Sequence[int], left_out: Collection[int], length: int) -> bool:
        """Whether the points of a text of so many words are a hit; `left_out` are positions that don't count."""
        if length < TELLING:
            strong = sum(points >= self.strong and at not in left_out for at, points in enumerate(danger))
            if strong < WITNESSES:
                return False
        return tips(self.need, danger, left_out)

    def doubts(self, danger: Sequence[int], length: int) -> bool:
        """Whether a text is long enough, and calm enough, to say that a phrase in it only sounds alarming."""
        return length >= TELLING and not tips(self.doubt, danger)

    def kind(self, kinds: Sequence[Sequence[int]], named: Collection[Flow]) -> Flow | None:
        """The kind that the words lean to; beside named ones only when it leads them all by far, else None.

        So a word that merely leans to another danger ("onkel", "arm") asks no second question.
        """
        sums = [start + sum(points) for start, points in zip(self.starts, kinds, strict=True)]
        best = max(range(len(sums)), key=sums.__getitem__)
        rivals = [sums[at] for at, flow in enumerate(self.flows) if flow in named]
        return self.flows[best] if not rivals or sums[best] - max(rivals) >= self.lead else None


def tips(need: int, points: Sequence[int], left_out: Collection[int] = ()) -> bool:
    """Return whether some passage has the points that are needed; `left_out` are positions that don't count."""
    standing = [0 if at in left_out else point for at, point in enumerate(points)] if left_out else points
    weight = sum(standing[:WITHIN])
    if weight >= need:
        return True
    for position in range(WITHIN, len(standing)):
        weight += standing[position] - standing[position - WITHIN]
        if weight >= need:
            return True
    return False
