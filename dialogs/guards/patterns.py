"""The small pattern language of the guards' content: words in order, with room for others between them.

`far .. slår|banker <barn>`: see the head of content/da/guards/acute.yaml for editors. A pattern is compiled to one bit
for each of its places, so that matching compares whole numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

# The search starts from the rarest place of a pattern; these words stand in every second sentence.
_COMMON_WORDS = (
    "han hun de jeg vi er har var at og på til det den i ikke for af en et sig med ved om som der vil kan skal"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_FREQUENT = 1_000
NEAR, FAR = 2, 8  # how many other words may stand between two places, without and with ".."


def union(numbers: Iterable[int]) -> int:
    """Return all bits of the numbers."""
    bits = 0
    for number in numbers:
        bits |= number
    return bits


class PatternError(ValueError):
    """A pattern can't be read; the message is a Danish sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pattern: the bit that a word must have, and how many words may stand before it."""

    bit: int
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Places in order; `anchor` is the index of the rarest, from which the search starts; `need` holds all bits."""

    places: tuple[Place, ...]
    anchor: int
    need: int

    def at(self, words: Sequence[int], position: int, low: int, high: int) -> tuple[int, ...] | None:
        """Return the positions of all places when the anchor stands at `position`, within words[low:high]."""
        left = self._walk(words, position, low, high, step=-1)
        if left is None:
            return None
        right = self._walk(words, position, low, high, step=1)
        if right is None:
            return None
        return (*reversed(left), position, *right)

    def _walk(self, words: Sequence[int], position: int, low: int, high: int, *, step: int) -> tuple[int, ...] | None:
        """The nearest positions of the places before (step -1) or after the anchor.

        All reachable positions are kept at each step, each with its nearest path: taking the nearest word only would
        miss "han siger at han vil dø" when "han" comes twice.
        """
        reached: dict[int, tuple[int, ...]] = {position: ()}
        index = self.anchor
        while 0 <= index + step < len(self.places):
            index += step
            place = self.places[index]
            room = place.gap if step > 0 else self.places[index + 1].gap
            further: dict[int, tuple[int, ...]] = {}
            for start, path in reached.items():
                for here in range(start + step, start + step * (room + 2), step):
                    if low <= here < high and words[here] & place.bit and here not in further:
                        further[here] = (*path, here)
            if not further:
                return None
            reached = further
        return next(iter(reached.values()))


class Compiler:
    """Turns pattern lines into patterns, and collects the vocabulary that they need."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Take the named groups of words; `<ikke>` must be among them."""
        self._groups = {name: tuple(words) for name, words in groups.items()}
        self._bits: dict[tuple[str, bool], int] = {}
        self.entries: dict[str, int] = {}
        self.spelled = 0  # the bits of words that only count when they are spelled right

    def compile(self, line: str, *, spelled: bool = False) -> Pattern:
        """Return the pattern of one line; raise PatternError with what is wrong.

        With `spelled` no word of it is guessed from a slip: what rules danger out must not rest on a guess.
        """
        places: list[Place] = []
        weights: list[int] = []
        gap = NEAR
        for part in line.split():
            if part == "..":
                gap = FAR
                continue
            name = part.removeprefix("+")
            bit, weight = self._bit(name, spelled)
            places.append(Place(bit, 0 if part != name else gap))
            weights.append(weight)
            gap = NEAR
        if not places:
            raise PatternError("Mønstret har ingen ord.")
        need = union(place.bit for place in places)
        return Pattern(tuple(places), weights.index(min(weights)), need)

    def _bit(self, name: str, spelled: bool) -> tuple[int, int]:
        words = [word for part in name.split("|") for word in self._words(part)]
        key = (name, spelled)
        if key not in self._bits:
            bit = self._bits[key] = 1 << len(self._bits)
            self.spelled |= bit if spelled else 0
            for word in words:
                known = self.entries.get(word)
                self.entries[word] = bit if known is None else known | bit  # a word of one group shares its number
        return self._bits[key], len(words) + (_FREQUENT if _COMMON.intersection(words) else 0)

    def _words(self, part: str) -> tuple[str, ...]:
        if part.startswith("<"):
            if part[1:-1] not in self._groups:
                raise PatternError(f"Gruppen {part} findes ikke under words.")
            return self._groups[part[1:-1]]
        if not part.strip("*"):
            raise PatternError(f"Der mangler et ord i «{part}».")
        return (part,)


_ENDS = frozenset(".!?;")
_CONTEXT = 25  # words on either side that count as one sentence when nobody typed a full stop


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words [low, high) between two full stops, and all bits that occur in them."""

    low: int
    high: int
    bits: int

    def around(self, position: int) -> tuple[int, int]:
        """The part of the sentence that counts as the context of a word."""
        return max(self.low, position - _CONTEXT), min(self.high, position + _CONTEXT)


def sentences(words: Sequence[str], bits: Sequence[int]) -> Iterator[Sentence]:
    """Yield the sentences of a text; marks belong to none."""
    low = 0
    marks = {word for word in set(words) if word[0] in _ENDS}
    for high in [*(at for at, word in enumerate(words) if word in marks), len(words)]:
        if high > low:
            yield Sentence(low, high, union(bits[low:high]))
        low = high + 1


def occurs(pattern: Pattern, bits: Sequence[int], sentence: Sentence, position: int) -> bool:
    """Return whether the pattern stands in the context of a word."""
    if pattern.need & ~sentence.bits:
        return False
    bit = pattern.places[pattern.anchor].bit
    low, high = sentence.around(position)
    return any(bits[at] & bit and pattern.at(bits, at, low, high) for at in range(low, high))


T = TypeVar("T")


class Matcher(Generic[T]):
    """Things filed under the anchor of their pattern, ready to be tried at a word."""

    __slots__ = ("_by_bit", "anchors")

    def __init__(self, things: Iterable[tuple[Pattern, T]]) -> None:
        """File each thing under the anchor of its pattern."""
        self._by_bit: dict[int, list[tuple[int, T]]] = {}
        for pattern, thing in things:
            anchor = pattern.places[pattern.anchor].bit
            self._by_bit.setdefault(anchor, []).append((pattern.need, thing))
        self.anchors = sum(self._by_bit)

    def anchored(self, bits: Sequence[int], sentence: Sentence) -> list[int]:
        """The positions in a sentence where something may start."""
        if not sentence.bits & self.anchors:
            return []
        return [at for at in range(sentence.low, sentence.high) if bits[at] & self.anchors]

    def starting(self, bits: int, sentence: Sentence) -> Iterator[T]:
        """Yield the things whose anchor is among `bits` and whose every place has a word in the sentence."""
        wanted = bits & self.anchors
        missing = ~sentence.bits
        while wanted:
            lowest = wanted & -wanted
            for need, thing in self._by_bit[lowest]:
                if not need & missing:
                    yield thing
            wanted ^= lowest
