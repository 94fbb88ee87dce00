"""Find phrases that may mean danger now, in hurried and misspelt Danish.

A hit only makes the bot ask, so doubt counts as a hit; what is denied ("ingen vold") or said in fun ("dø af grin") does
not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.guards.negation import NEGATORS, Scope, negated
from dialogs.guards.patterns import Matcher, Pattern, Sentence, occurs, sentences
from dialogs.guards.types import AcuteHit
from dialogs.guards.vocabulary import Parts, Vocabulary

COMMAS = frozenset((",", ":", "\n", "(", "..", "...", "…"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of the content: what it may mean, and the patterns that show it means something else."""

    hit: AcuteHit
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """One way to say a phrase; `clause` when it begins with the person who acts."""

    pattern: Pattern
    phrase: int
    clause: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """Words with their bits; commas are kept apart, so that they take no room between the words of a pattern."""

    words: list[str]
    bits: list[int]
    commas: set[int]  # the positions of the words that a comma stands in front of


@dataclass(frozen=True, slots=True)
class AcuteGuard:
    """The phrases of all flows with their vocabulary."""

    vocabulary: Vocabulary
    phrases: tuple[Phrase, ...]
    says: Matcher[Say]
    idioms: Matcher[Pattern]
    negator: int  # the bit of <ikke>, so that a misspelt "ikke" is seen too

    def find(self, words: Sequence[str]) -> tuple[AcuteHit, ...]:
        """Return the phrases found in small-letter words and marks, in the order of the content."""
        text = self._read(words)
        if text is None:
            return ()
        found: set[int] = set()
        for sentence in sentences(text.words, text.bits):
            self._forget_idioms(text, sentence)
            for position in self.says.anchored(text.bits, sentence):
                for say in self.says.starting(text.bits[position], sentence):
                    if say.phrase not in found and self._says(text, say, position, sentence):
                        found.add(say.phrase)
        return tuple(self.phrases[index].hit for index in sorted(found))

    def _read(self, words: Sequence[str]) -> _Text | None:
        """Look every different word up once; None when no word can start a phrase."""
        known = {word: self._parts(word, bits) for word, bits in self.vocabulary.look_up_all(words).items()}
        parts = [part for word in words for part in known[word]]
        text = _Text([word for word, _ in parts], [bits for _, bits in parts], set())
        position = 0
        for before, word in pairwise(("", *words)):
            if word in COMMAS:
                text.commas.add(position)
                continue
            position += len(known[word])
            if before in self.vocabulary.starts:
                text.bits[position - 1] |= self.vocabulary.joined(before, word)
        return text if any(bits & self.says.anchors for bits in text.bits) else None

    def _parts(self, word: str, bits: Parts) -> list[tuple[str, int]]:
        """A word as it stands in the text: split when several were run together, and a misspelt "ikke" mended."""
        if word in COMMAS:
            return []
        if len(bits) == 1 and not (bits[0] & self.negator and word not in NEGATORS):
            return [(word, bits[0])]
        return [("ikke" if part & self.negator else "_", part) for part in bits]

    def _forget_idioms(self, text: _Text, sentence: Sentence) -> None:
        for position in self.idioms.anchored(text.bits, sentence):
            for idiom in self.idioms.starting(text.bits[position], sentence):
                for place in idiom.at(text.bits, position, *sentence.around(position)) or ():
                    text.bits[place] = 0

    def _says(self, text: _Text, say: Say, position: int, sentence: Sentence) -> bool:
        low, high = sentence.around(position)
        places = say.pattern.at(text.bits, position, low, high)
        if places is None:
            return False
        if negated(text.words, text.commas, places, Scope(sentence.low, sentence.high, say.clause)):
            return False
        unless = self.phrases[say.phrase].unless
        return not any(occurs(pattern, text.bits, sentence, position) for pattern in unless)
