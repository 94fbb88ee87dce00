"""Add up many weak signs of danger: most dangers are told in words of which none is alarming alone.

A sign is a word, its first five letters, two words close to each other, an idea that a word belongs to, and how the
text is shaped (its length, its first word). Each has whole points for or against danger, worked out from sentences by
`python -m bench.weigh_words`; a passage with enough of them is heard though no phrase foresaw it. What a phrase or a
frame has heard only adds points, so that calm words around it can outweigh it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.guards.types import AcuteHit, Flow
from dialogs.guards.vocabulary import Vocabulary, bare

WITHIN = 45  # words; what stands further apart is another story
SIGN = 5  # letters: "struben" and "strube" are one sign
REACH = 2  # words: so close do two signs stand that are one together
TELLING = 9  # words: fewer are too little context to doubt a phrase by
LONGEST = 6  # texts of more than 24 words are of one length
STEP = 4
NUMBER = "#"
Found = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Ideas:
    """Words that are about the same, by name: a word that no sentence had weighs as the others of its idea."""

    index: Vocabulary
    names: Mapping[int, str]  # by bit
    _known: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])

    def of(self, word: str) -> tuple[str, ...]:
        """The names of the ideas that a small-letter word belongs to."""
        (bits, *_) = self.index.look_up(word, lenient=False)
        known = self._known.get(bits)
        if known is None:
            known = self._known[bits] = tuple(name for bit, name in self.names.items() if bits & bit)
        return known


@dataclass(frozen=True, slots=True)
class Judge:
    """What every sign weighs, for danger at all and for each kind of it.

    From `need` points a text is heard. A phrase or frame brings `soft` points, one that is said plainly `firm`. A
    second kind is named beside others only when it leads them by `lead`.
    """

    need: int
    soft: int
    firm: int
    lead: int
    start: int
    points: Mapping[str, int]
    flows: tuple[Flow, ...]
    starts: tuple[int, ...]
    kinds: Mapping[str, tuple[int, ...]]
    ideas: Ideas

    def bonus(self, named: Collection[AcuteHit], *, doubtful: bool) -> int:
        """The points that phrases bring; none in a few words, or only one that was said with a negation, takes some."""
        if not named:
            return -self.soft if doubtful else 0
        return self.firm if any(hit.firm for hit in named) else self.soft

    def signs(self, spoken: Found) -> list[tuple[int, str]]:
        """Every sign of a text with its position."""
        return list(signs(spoken, self.ideas))

    def hears(self, found: Found, bonus: int, left_out: Collection[int] = ()) -> bool:
        """Whether the signs of a text with a bonus are a hit; `left_out` are positions that don't raise it."""
        weights = self.points
        shape = sum(weights.get(sign, 0) for at, sign in found if at < 0)
        points: dict[int, int] = {}
        for at, sign in found:
            if at >= 0 and (weight := weights.get(sign)) and (weight < 0 or at not in left_out):
                points[at] = points.get(at, 0) + weight
        return tips(self.need - self.start - shape - bonus, points)

    def kind(self, found: Found, named: Collection[Flow]) -> Flow | None:
        """The kind that the signs lean to; beside named ones only when it leads them all by far, else None.

        So a word that merely leans to another danger ("onkel", "arm") asks no second question.
        """
        rows = [row for _, sign in found if (row := self.kinds.get(sign))]
        sums = [start + sum(row[at] for row in rows) for at, start in enumerate(self.starts)]
        best = max(range(len(sums)), key=sums.__getitem__)
        rivals = [sums[at] for at, flow in enumerate(self.flows) if flow in named]
        return self.flows[best] if not rivals or sums[best] - max(rivals) >= self.lead else None


def signs(spoken: Found, ideas: Ideas) -> Iterator[tuple[int, str]]:
    """Give every sign of the words that were typed, each once in a passage; the shape of the text has position -1."""
    last: dict[str, int] = {}
    before: list[str] = []
    length = 0
    for at, word in spoken:
        letters = word[0].isalpha()
        length += letters
        spelled = bare(word) if letters else NUMBER if word[0].isdigit() else word[0]
        sign = spelled[:SIGN]
        single = (spelled,) if len(spelled) <= SIGN else (spelled, f"{sign}*")
        own = (*single, *(f"{other}+{sign}" for other in before), *ideas.of(word))
        before = [*before[1 - REACH :], sign]
        for one in own:
            if at - last.get(one, -WITHIN) >= WITHIN:
                yield at, one
            last[one] = at
    if spoken:
        yield -1, f"({min(length // STEP, LONGEST)})"
        yield -1, f"({bare(spoken[0][1])[:SIGN]})"


def tips(need: int, points: Mapping[int, int]) -> bool:
    """Return whether some passage has the points that are needed; `points` stand in order of their positions."""
    window: list[tuple[int, int]] = []
    weight = 0
    first = 0
    best: int | None = None
    for at, point in points.items():
        window.append((at, point))
        weight += point
        while at - window[first][0] >= WITHIN:
            best = weight - point if best is None else max(best, weight - point)
            weight -= window[first][1]
            first += 1
    return max(weight, weight if best is None else best) >= need
