"""Find phrases that may mean danger now, in hurried and misspelt Danish.

A hit only makes the bot ask, so doubt counts as a hit; what is denied ("ingen vold") or said in fun ("dø af grin") does
not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.guards.calm import Calm
from dialogs.guards.negation import NEGATORS, Scope, negated
from dialogs.guards.patterns import Matcher, Pattern, Sentence, occurs, sentences, union
from dialogs.guards.scoring import Sign, Theme, reaching
from dialogs.guards.types import AcuteHit, Flow
from dialogs.guards.vocabulary import Parts, Vocabulary
from dialogs.guards.weighing import TELLING, Judge

UNKNOWN = "_"  # stands for each word of several run together
NEIGHBOURS = 3  # sentences that the places of a frame may be spread over, besides the last one
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
    idle: set[int]  # the positions of words that belong to an idiom
    spoken: list[tuple[int, str]]  # every word and mark as it was typed, with the position of its first part


@dataclass(slots=True)
class _Reading:
    """One sentence being judged; what is calm in it is worked out at the first hit, since most texts have none."""

    text: _Text
    sentence: Sentence
    calm: Calm
    calmed: Mapping[Flow, frozenset[int]] | None = None
    denied: bool = False  # a phrase stands in it, but with a negation

    def is_calm(self, places: Sequence[int], flow: Flow) -> bool:
        calm = self.calm_places(flow)
        return bool(calm) and calm.issuperset(places)

    def calm_places(self, flow: Flow) -> frozenset[int]:
        if self.calmed is None:
            self.calmed = self.calm.reach(self.text.words, self.text.bits, self.sentence)
        return self.calmed.get(flow, frozenset())


@dataclass(frozen=True, slots=True)
class AcuteGuard:
    """The phrases and themes of all flows with their vocabulary."""

    vocabulary: Vocabulary
    short: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    says: Matcher[Say]
    themes: tuple[Theme, ...]
    judge: Judge | None
    idioms: Matcher[Pattern]
    calm: Calm
    negator: int  # the bit of <ikke>, so that a misspelt "ikke" is seen too

    def find(self, words: Sequence[str]) -> tuple[AcuteHit, ...]:
        """Return the phrases and themes found in small-letter words and marks, in the order of the content."""
        text = self._typed(words)
        readings = [_Reading(text, sentence, self.calm) for sentence in sentences(text.words, text.bits)]
        found: set[int] = set()
        for reading in readings:
            self._forget_idioms(text, reading.sentence)
            for position in self.says.anchored(text.bits, reading.sentence):
                for say in self.says.starting(text.bits[position], reading.sentence):
                    if say.phrase not in found and self._says(reading, say, position):
                        found.add(say.phrase)
        everything = union(text.bits)
        close = _close(readings)
        themes = (theme for theme in self.themes if theme.may_reach(everything))
        named = (
            *(self.phrases[index].hit for index in sorted(found)),
            *(theme.hit for theme in themes if _adds_up(theme, _near(theme, readings, close))),
        )
        return (
            named if self.judge is None else self._judged(self.judge, named, text, any(one.denied for one in readings))
        )

    def signs(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the signs that the judge weighs in small-letter words and marks."""
        return tuple(sign for _, sign in self.judge.signs(self._typed(words).spoken)) if self.judge else ()

    def _typed(self, words: Sequence[str]) -> _Text:
        """The words with the short forms of the telephone written out."""
        return self._read([self.short.get(word, word) for word in words])

    @staticmethod
    def _judged(judge: Judge, named: tuple[AcuteHit, ...], text: _Text, denied: bool) -> tuple[AcuteHit, ...]:
        """What was named, unless the words around it all speak of something else; and what many weak signs lean to."""
        found = judge.signs(text.spoken)
        short = sum(word[0].isalpha() for _, word in text.spoken) < TELLING
        if not (named and short) and not judge.hears(found, judge.bonus(named, doubtful=denied or short)):
            return ()
        flow = judge.kind(found, {hit.flow for hit in named})
        if flow is None or any(hit.flow == flow for hit in named):
            return named
        if judge.hears(found, 0, text.idle):
            return (*named, AcuteHit(flow, f"vejet_{flow}", weighed=True))
        return named

    def _read(self, words: Sequence[str]) -> _Text:
        """Look every different word up once."""
        known = {word: self._parts(word, bits) for word, bits in self.vocabulary.look_up_all(words).items()}
        parts = [part for word in words for part in known[word]]
        text = _Text([word for word, _ in parts], [bits for _, bits in parts], set(), set(), [])
        position = 0
        for before, word in pairwise(("", *words)):
            text.spoken.append((position, word))
            if word in COMMAS:
                text.commas.add(position)
                continue
            position += len(known[word])
            if before in self.vocabulary.starts:
                text.bits[position - 1] |= self.vocabulary.joined(before, word)
        return text

    def _parts(self, word: str, bits: Parts) -> list[tuple[str, int]]:
        """A word as it stands in the text: split when several were run together, and a misspelt "ikke" mended."""
        if word in COMMAS:
            return []
        if len(bits) == 1 and not (bits[0] & self.negator and word not in NEGATORS):
            return [(word, bits[0])]
        return [("ikke" if part & self.negator else UNKNOWN, part) for part in bits]

    def _forget_idioms(self, text: _Text, sentence: Sentence) -> None:
        for position in self.idioms.anchored(text.bits, sentence):
            for idiom in self.idioms.starting(text.bits[position], sentence):
                for place in idiom.at(text.bits, position, *sentence.around(position)) or ():
                    text.bits[place] = 0
                    text.idle.add(place)

    def _says(self, reading: _Reading, say: Say, position: int) -> bool:
        phrase = self.phrases[say.phrase]
        text, sentence = reading.text, reading.sentence
        places = say.pattern.at(text.bits, position, *sentence.around(position))
        if not places:
            return False
        scope = Scope(sentence.low, sentence.high, say.clause)
        if negated(text.words, text.commas, places, scope):
            reading.denied = True
            return False
        if reading.is_calm(places, phrase.hit.flow):
            return False
        return not _excepted(phrase.unless, reading, position)


def _close(readings: Sequence[_Reading]) -> list[int]:
    """For each sentence the bits of all words in it and in those just before it."""
    bits = [reading.sentence.bits for reading in readings]
    return [union(bits[max(0, at - NEIGHBOURS) : at + 1]) for at in range(len(bits))]


def _near(theme: Theme, readings: Sequence[_Reading], close: Sequence[int]) -> Sequence[_Reading]:
    """The sentences that a frame can stand in: it needs all its places close together. A sum may stand anywhere."""
    if not theme.every:
        return readings
    ends = [at for at, bits in enumerate(close) if not theme.every & ~bits]
    near = sorted({at for end in ends for at in range(max(0, end - NEIGHBOURS), end + 1)})
    return [readings[at] for at in near]


def _adds_up(theme: Theme, readings: Sequence[_Reading]) -> bool:
    """Whether the signs of a theme stand together; whether each of them counts is asked only when it matters."""
    signs = [(sign, reading) for reading in readings for sign in _signs(theme, reading)]
    if not any(reaching(theme, [sign for sign, _ in signs])):
        return False
    counted = [(sign, reading) for sign, reading in signs if _counts(theme, sign, reading)]
    where = {sign.places[0]: reading for sign, reading in counted}
    return any(
        not any(_excepted(theme.unless, where[sign.places[0]], sign.places[0]) for sign in group)
        for group in reaching(theme, [sign for sign, _ in counted])
    )


def _signs(theme: Theme, reading: _Reading) -> Iterator[Sign]:
    text, sentence = reading.text, reading.sentence
    for position in theme.cues.anchored(text.bits, sentence):
        for cue in theme.cues.starting(text.bits[position], sentence):
            places = cue.pattern.at(text.bits, position, *sentence.around(position))
            if places:
                yield Sign(cue, places)


def _counts(theme: Theme, sign: Sign, reading: _Reading) -> bool:
    text, sentence = reading.text, reading.sentence
    if reading.is_calm(sign.places, theme.hit.flow):
        return False
    if theme.refuses:
        return True
    return not negated(text.words, text.commas, sign.places, Scope(sentence.low, sentence.high, False))


def _excepted(unless: Sequence[Pattern], reading: _Reading, position: int) -> bool:
    return any(occurs(pattern, reading.text.bits, reading.sentence, position) for pattern in unless)
