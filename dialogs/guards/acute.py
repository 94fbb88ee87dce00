"""Find phrases that may mean danger now, in hurried and misspelt Danish.

A hit only makes the bot ask, so doubt counts as a hit; what is denied ("ingen vold") or said in fun ("dø af grin") does
not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from dialogs.guards.calm import Calm
from dialogs.guards.negation import NEGATORS, Scope, negated
from dialogs.guards.patterns import Matcher, Pattern, Sentence, occurs, sentences, union
from dialogs.guards.scoring import Sign, Theme, reaching
from dialogs.guards.types import AcuteHit, Flow
from dialogs.guards.vocabulary import Parts, Vocabulary
from dialogs.guards.weighing import Judge

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


@dataclass(slots=True)
class _Reading:
    """One sentence being judged; what is calm in it is worked out at the first hit, since most texts have none."""

    text: _Text
    sentence: Sentence
    calm: Calm
    calmed: Mapping[Flow, frozenset[int]] | None = None

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
    groups: Mapping[str, int]  # the bit of each group of words
    negator: int  # the bit of <ikke>, so that a misspelt "ikke" is seen too

    def find(self, words: Sequence[str]) -> tuple[AcuteHit, ...]:
        """Return the phrases and themes found in small-letter words and marks, in the order of the content."""
        short = self.short
        text = self._read([short.get(word, word) for word in words])
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
        return named if self.judge is None else self._judged(self.judge, named, text, readings)

    def _judged(
        self, judge: Judge, named: tuple[AcuteHit, ...], text: _Text, readings: Sequence[_Reading]
    ) -> tuple[AcuteHit, ...]:
        """What was named, if firm or if the words around it don't all speak of something else; what words lean to."""
        danger, kinds = judge.columns(text.words, text.bits)
        length = sum(word[0].isalpha() for word in text.words)
        if judge.doubts(danger, length):
            return tuple(hit for hit in named if hit.firm)
        flow = judge.kind(kinds, {hit.flow for hit in named})
        if flow is None or any(hit.flow == flow for hit in named) or not judge.hears(danger, (), length):
            return named
        calm = (reading.calm_places(flow) for reading in readings)
        if judge.hears(danger, text.idle.union(_denied(readings, danger), *calm), length):
            return (*named, AcuteHit(flow, f"vejet_{flow}", weighed=True))
        return named

    def _read(self, words: Sequence[str]) -> _Text:
        """Look every different word up once."""
        known = {word: self._parts(word, bits) for word, bits in self.vocabulary.look_up_all(words).items()}
        parts = [part for word in words for part in known[word]]
        text = _Text([word for word, _ in parts], [bits for _, bits in parts], set(), set())
        position = 0
        for before, word in pairwise(("", *words)):
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
        places = _stands(reading, say.pattern, position, clause=say.clause)
        if places is None or reading.is_calm(places, phrase.hit.flow):
            return False
        return not _excepted(phrase.unless, reading, position)


def _denied(readings: Sequence[_Reading], points: Sequence[int]) -> Set[int]:
    """The positions of the words with points that a negation reaches, and of the negators that did it."""
    denied: set[int] = set()
    for reading in readings:
        text, sentence = reading.text, reading.sentence
        places = range(sentence.low, sentence.high)
        negators = [place for place in places if text.words[place] in NEGATORS]
        scope = Scope(sentence.low, sentence.high, clause=False)
        weighty = [place for place in places if points[place] > 0] if negators else ()
        reached = [place for place in weighty if negated(text.words, text.commas, (place,), scope)]
        denied.update(reached, negators if reached else ())
    return denied


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


def _stands(reading: _Reading, pattern: Pattern, position: int, *, clause: bool) -> tuple[int, ...] | None:
    """The places of a pattern around a position, None when it is not there or denied."""
    text, sentence = reading.text, reading.sentence
    places = pattern.at(text.bits, position, *sentence.around(position))
    if places and not negated(text.words, text.commas, places, Scope(sentence.low, sentence.high, clause)):
        return places
    return None


def _counts(theme: Theme, sign: Sign, reading: _Reading) -> bool:
    text, sentence = reading.text, reading.sentence
    if reading.is_calm(sign.places, theme.hit.flow):
        return False
    if theme.refuses:
        return True
    return not negated(text.words, text.commas, sign.places, Scope(sentence.low, sentence.high, False))


def _excepted(unless: Sequence[Pattern], reading: _Reading, position: int) -> bool:
    return any(occurs(pattern, reading.text.bits, reading.sentence, position) for pattern in unless)
