"""What a typed sentence leans to, judged by example sentences: each word that it shares with them votes for a guide.

It serves the routes (which guide?) and the directory (which topic?), whose "guide" is a topic.

A word's vote is how much likelier it is in the examples of one guide than in all others (a complement Bayes), a rare
word counting more than a common one. Words that say the same ("lov", "tilladelse") also vote together, as the classes
of the file, and so do words that stand near each other, and pieces of words: a compound that nobody wrote
("skolevægringssag") and a word with a slip in it are made of pieces that somebody did write. It is counted anew at
every start: an editor adds a sentence as somebody wrote it, and no weight is ever set by hand.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from dialogs.danish.text import Token, tokens

MAX_WORDS = 40  # a question; of a longer text the beginning says what it is about
PIECE = 5  # letters: "underskrevet" and "underskrift" share "under", "nders", "dersk" and "erskr"
APART = 3  # words: "har … svaret" is a pair also with one or two words between
SMOOTH = 0.04  # as if each word had been seen a little everywhere
SAME_LENGTH = 3  # words: texts of about one length are told alike


@dataclass(frozen=True)
class Classes:
    """Words that say the same, by whole word and by the beginning of a word."""

    whole: Mapping[str, str]
    begun: Mapping[str, str]

    def of(self, word: str) -> str | None:
        """The class of a folded word, or None."""
        if word in self.whole:
            return self.whole[word]
        return next((self.begun[word[:size]] for size in range(len(word), 1, -1) if word[:size] in self.begun), None)


@dataclass(frozen=True)
class Counts:
    """How often each guide's examples have each feature, and how much a feature counts."""

    guides: tuple[str, ...]
    features: tuple[Mapping[str, float], ...]
    sums: tuple[float, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Examples:
    """Sentences with their guides. They are counted when the first text is held against them.

    A process that is asked nothing (a worker, a command, a first page) need not wait half a second for it.
    """

    rows: tuple[tuple[str, str], ...]
    classes: Classes

    @cached_property
    def counts(self) -> Counts:
        """The index of the sentences: the same each time, so it may be made by any thread, or by two."""
        return _count(self.rows, self.classes)

    def lean(self, text: str) -> Mapping[str, float]:
        """How a text leans to each guide, as logarithms of odds; empty when it shares no word with any example."""
        counts = self.counts
        known = [one for one in sorted(_features(text, self.classes)) if one in counts.weights]
        length = math.sqrt(sum(counts.weights[one] ** 2 for one in known))
        if not length:
            return {}
        leans = [0.0] * len(counts.guides)
        for one in known:
            share = counts.weights[one] / length
            for at, vote in enumerate(_votes(counts, one)):
                leans[at] += vote * share
        return dict(zip(counts.guides, leans, strict=True))


NO_CLASSES = Classes({}, {})
NOTHING = Examples((), NO_CLASSES)


def _votes(counts: Counts, feature: str) -> Iterator[float]:
    """For each guide, how much likelier a feature is in its examples than in the others'."""
    found = [one.get(feature, 0.0) for one in counts.features]
    total, everything, room = sum(found), sum(counts.sums), SMOOTH * len(counts.weights)
    for own, whole in zip(found, counts.sums, strict=True):
        here = (own + SMOOTH) / (whole + room)
        elsewhere = (total - own + SMOOTH) / (everything - whole + room)
        yield math.log(here / elsewhere)


def _count(rows: Sequence[tuple[str, str]], classes: Classes) -> Counts:
    guides = tuple(sorted({guide for guide, _ in rows}))
    sets = [(guide, _features(text, classes)) for guide, text in rows]
    shared = Counter(feature for _, one in sets for feature in one)
    rarity = [math.log((len(rows) + 1) / (count + 0.5)) for count in range(len(rows) + 1)]
    weights = {feature: rarity[count] for feature, count in shared.items()}
    counts: dict[str, dict[str, float]] = {guide: defaultdict(float) for guide in guides}
    for guide, one in sets:
        length = math.sqrt(sum(weights[feature] ** 2 for feature in one)) or 1.0
        for feature in sorted(one):
            counts[guide][feature] += weights[feature] / length
    kept = tuple(dict(counts[guide]) for guide in guides)
    return Counts(guides, kept, tuple(sum(one.values()) for one in kept), weights)


def _features(text: str, classes: Classes) -> frozenset[str]:
    """Stems, stems near each other, pieces of words, classes, the first words, and the length."""
    words: Sequence[Token] = tokens(text)[:MAX_WORDS]
    stems = [word.stem for word in words]
    if not stems:
        return frozenset()
    kinds = (classes.of(word.text) for word in words)
    return frozenset(
        (
            *stems,
            *(f"{one} {other}" for one, other in pairwise(stems)),
            *(f"{one}..{other}" for at, one in enumerate(stems) for other in stems[at + 2 : at + 1 + APART]),
            *(piece for word in words for piece in _pieces(f"<{word.text}>")),
            *(f"={kind}" for kind in kinds if kind),
            f"^{stems[0]}",
            f"^{' '.join(stems[:2])}",
            f"#{len(stems) // SAME_LENGTH}",
        )
    )


def _pieces(word: str) -> Iterator[str]:
    """Every run of five signs in a word that has its two ends marked; a short word is no more than itself."""
    return (f"~{word[at : at + PIECE]}" for at in range(len(word) - PIECE + 1))
