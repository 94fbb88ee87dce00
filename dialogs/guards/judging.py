"""The fact coach: words that judge, guess or generalise, with a gentle hint. It never blocks and never rewrites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.guards.patterns import Matcher, Pattern, Sentence, occurs, sentences
from dialogs.guards.types import JudgingHit
from dialogs.guards.vocabulary import Vocabulary

_NEGATORS = frozenset(("ikke", "ik", "ikk"))  # "han er ikke doven"
_LONG = 30  # words: a shorter answer may be the rest of a fact told earlier
# A time, a place, a number or a quotation: something that happened.
_CONCRETE = re.compile(
    r"[0-9]|[\"»«”“]|(?<![^\W_])(?:i dag|i går|i morges|i aftes|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|"
    r"ugen?|dagen?|klokken|formiddag\w*|eftermiddag\w*|morgen\w*|aften\w*|time[nr]?\w*|frikvarter\w*|gange?n?|"
    r"siger|sagde|spurgte|svarede|fortalte|råbte|januar|februar|marts|april|maj|juni|juli|august|september|"
    r"oktober|november|december|hver|siden|da|når|skolegård\w*|klassen|garderob\w*|omklædning\w*|sfo\w*|hjemme|"
    r"bussen?|legeplads\w*)(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One kind of judging: its code, the hint, and where it is no judgement."""

    code: str
    hint: str
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class JudgingGuard:
    """The remarks with their vocabulary; `vague` is the hint for a long text in which nothing happens."""

    vocabulary: Vocabulary
    remarks: tuple[Remark, ...]
    says: Matcher[tuple[Pattern, int]]
    vague: Remark

    def find(self, small: str, words: Sequence[str]) -> tuple[JudgingHit, ...]:
        """Return the hints for a small-letter text and its words and marks, in order, each place once."""
        known = self.vocabulary.look_up_all(words)
        bits = [known[word][0] for word in words]
        found: dict[tuple[int, int], int] = {}
        for sentence in sentences(words, bits):
            for position in self.says.anchored(bits, sentence):
                for pattern, remark in self.says.starting(bits[position], sentence):
                    places = self._places(words, bits, pattern, remark, position, sentence)
                    if places:
                        found.setdefault((places[0], places[-1]), remark)
        hits = self._located(small, words, found) if found else []
        if len(words) >= _LONG and not _CONCRETE.search(small):
            hits.append(JudgingHit(self.vague.code, 0, len(small), self.vague.hint))
        return tuple(hits)

    def _places(
        self,
        words: Sequence[str],
        bits: Sequence[int],
        pattern: Pattern,
        remark: int,
        position: int,
        sentence: Sentence,
    ) -> tuple[int, ...] | None:
        places = pattern.at(bits, position, *sentence.around(position))
        if places is None or _NEGATORS.intersection(words[max(0, places[0] - 2) : places[0]]):
            return None
        unless = self.remarks[remark].unless
        return None if any(occurs(other, bits, sentence, position) for other in unless) else places

    def _located(self, small: str, words: Sequence[str], found: dict[tuple[int, int], int]) -> list[JudgingHit]:
        starts = _starts(small, words[: max(last for _, last in found) + 1])
        hits: list[JudgingHit] = []
        for (first, last), index in sorted(found.items()):
            remark = self.remarks[index]
            hits.append(JudgingHit(remark.code, starts[first], starts[last] + len(words[last]), remark.hint))
        return hits


def _starts(small: str, words: Sequence[str]) -> list[int]:
    """Where each word begins; between the words of a text stands nothing that could be taken for one of them."""
    starts: list[int] = []
    position = 0
    for word in words:
        position = small.index(word, position)
        starts.append(position)
        position += len(word)
    return starts
