"""What a typed sentence leans to, judged by example sentences: each word that it shares with them votes for a guide.

A word's vote is how much likelier it is in the examples of one guide than in all others (a complement Bayes), a rare
word counting more than a common one. Words that say the same ("lov", "tilladelse") also vote together, as the classes
of the file. It is counted anew at every start: an editor adds a sentence as somebody wrote it, and no weight is
ever set by hand.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.danish.text import Token, fold, tokens
from dialogs.guides.directory import Reader
from dialogs.reading.yamlio import Document

MAX_WORDS = 40  # a question; of a longer text the beginning says what it is about
STEM = 5  # letters: "underskrevet" and "underskrift" share "unders*"
SMOOTH = 0.1  # as if each word had been seen a tenth of a time everywhere
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
class Examples:
    """The index: the vote of each feature for each guide, and how much a feature counts."""

    guides: tuple[str, ...]
    votes: Mapping[str, tuple[float, ...]]
    weights: Mapping[str, float]
    classes: Classes

    def lean(self, text: str) -> Mapping[str, float]:
        """How a text leans to each guide, as logarithms of odds; empty when it shares no word with any example."""
        known = [one for one in sorted(_features(text, self.classes)) if one in self.votes]
        length = math.sqrt(sum(self.weights[one] ** 2 for one in known))
        if not length:
            return {}
        sums = [0.0] * len(self.guides)
        for one in known:
            share = self.weights[one] / length
            for at, vote in enumerate(self.votes[one]):
                sums[at] += vote * share
        return dict(zip(self.guides, sums, strict=True))


NOTHING = Examples((), {}, {}, Classes({}, {}))


def load_examples(document: Document, guides: tuple[str, ...]) -> Examples:
    """Read examples.yaml; raise ContentError for an unknown guide or an empty sentence."""
    page = Reader(document)
    rows = [
        (page.choice(guides, *where, "guide"), text)
        for where in page.each("examples")
        for text in page.texts(*where, "sentences")
    ]
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for where in page.each("alike"):
        name = page.text(*where, "name")
        for word in page.texts(*where, "words"):
            (begun if word.endswith("*") else whole)[fold(word.rstrip("*"))] = name
    return index(rows, Classes(whole, begun))


def index(rows: Sequence[tuple[str, str]], classes: Classes) -> Examples:
    """The index of these sentences with their guides."""
    guides = tuple(sorted({guide for guide, _ in rows}))
    sets = [(guide, _features(text, classes)) for guide, text in rows]
    shared = Counter(feature for _, one in sets for feature in one)
    weights = {feature: math.log((len(rows) + 1) / (count + 0.5)) for feature, count in shared.items()}
    counts: dict[str, dict[str, float]] = {guide: defaultdict(float) for guide in guides}
    for guide, one in sets:
        length = math.sqrt(sum(weights[feature] ** 2 for feature in one)) or 1.0
        for feature in sorted(one):
            counts[guide][feature] += weights[feature] / length
    return Examples(guides, _votes(counts, tuple(weights)), weights, classes)


def _votes(counts: Mapping[str, Mapping[str, float]], features: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """How much likelier each feature is in one guide's examples than in the others'."""
    sums = {guide: sum(found.values()) for guide, found in counts.items()}
    everything, room = sum(sums.values()), SMOOTH * len(features)
    # Most features are in the examples of one guide only: what they say of all the others is worked out from two sums.
    rest = [math.log(SMOOTH / (own + room)) + math.log(everything - own + room) for own in sums.values()]
    votes: dict[str, tuple[float, ...]] = {}
    for feature in features:
        found = [one.get(feature, 0.0) for one in counts.values()]
        total = sum(found)
        unsaid = math.log(total + SMOOTH)
        votes[feature] = tuple(
            math.log((own + SMOOTH) / SMOOTH) + far - math.log(total - own + SMOOTH) if own else far - unsaid
            for own, far in zip(found, rest, strict=True)
        )
    return votes


def _features(text: str, classes: Classes) -> frozenset[str]:
    """Stems, pairs of stems, beginnings of long words, classes and pairs of them, the first words, and the length."""
    words: Sequence[Token] = tokens(text)[:MAX_WORDS]
    stems = [word.stem for word in words]
    kinds = [classes.of(word.text) for word in words]
    alike = [f"<{kind}>" if kind else one for kind, one in zip(kinds, stems, strict=True)]
    if not stems:
        return frozenset()
    return frozenset(
        (
            *stems,
            *(f"{one} {other}" for one, other in pairwise(stems)),
            *(f"{word.text[:STEM]}*" for word in words if len(word.text) > STEM),
            *(f"<{kind}>" for kind in kinds if kind),
            *(f"{one}_{other}" for one, other in pairwise(alike)),
            f"^{stems[0]}",
            f"^{' '.join(stems[:2])}",
            f"#{len(stems) // SAME_LENGTH}",
        )
    )
