"""The example sentences nearest to a typed one: what is left where no phrase fits. A guess, never an answer.

Each sentence is the set of its stems and of its pairs of stems. A stem that few sentences share weighs more. Likeness
is the cosine between two sets, and the nearest few vote for their guide. Sentences and their guides are content: an
editor adds a sentence as somebody wrote it, and no weight is ever set by hand.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.danish.text import tokens
from dialogs.guides.directory import Reader
from dialogs.reading.yamlio import Document

VOTERS = 5  # more neighbours than this are strangers
LIKE = 0.25  # below this likeness the nearest sentence shares little but small words
MAX_WORDS = 40  # a question; a longer text is a story, and near to nothing


@dataclass(frozen=True)
class Examples:
    """The index: the guide and the length of each sentence, and by feature the sentences that have it."""

    guides: tuple[str, ...]
    lengths: tuple[float, ...]
    weights: Mapping[str, float]
    having: Mapping[str, tuple[int, ...]]


def load_examples(document: Document, guides: tuple[str, ...]) -> Examples:
    """Read examples.yaml; raise ContentError for an unknown guide or an empty sentence."""
    page = Reader(document)
    rows = [
        (page.choice(guides, *where, "guide"), text)
        for where in page.each("examples")
        for text in page.texts(*where, "sentences")
    ]
    return index(rows)


def index(rows: Sequence[tuple[str, str]]) -> Examples:
    """The index of these sentences with their guides."""
    sets = [_features(text) for _, text in rows]
    shared = Counter(feature for one in sets for feature in one)
    weights = {feature: math.log(len(rows) / count) ** 2 for feature, count in shared.items()}
    having: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(sets):
        for feature in sorted(one):
            having[feature].append(place)
    lengths = tuple(math.sqrt(sum(weights[feature] for feature in one)) or 1.0 for one in sets)
    return Examples(
        tuple(guide for guide, _ in rows), lengths, weights, {name: tuple(found) for name, found in having.items()}
    )


def nearest(examples: Examples, text: str) -> tuple[str, ...]:
    """The guides of the nearest sentences, the likeliest first; none when nothing is near."""
    asked = _features(text)
    unknown = math.log(len(examples.guides) or 1) ** 2  # a word that no example has is as rare as can be
    length = math.sqrt(sum(examples.weights.get(feature, unknown) for feature in asked)) or 1.0
    shared: dict[int, float] = defaultdict(float)
    for feature in sorted(asked & examples.having.keys()):
        for place in examples.having[feature]:
            shared[place] += examples.weights[feature]
    likeness = {place: weight / (length * examples.lengths[place]) for place, weight in shared.items()}
    best = sorted(likeness, key=lambda place: (-likeness[place], place))[:VOTERS]
    if not best or likeness[best[0]] < LIKE:
        return ()
    votes: dict[str, float] = defaultdict(float)
    for place in best:
        votes[examples.guides[place]] += likeness[place]
    return tuple(sorted(votes, key=lambda guide: (-votes[guide], guide)))


def _features(text: str) -> frozenset[str]:
    stems = [word.stem for word in tokens(text)[:MAX_WORDS]]
    return frozenset((*stems, *(f"{one} {other}" for one, other in pairwise(stems))))
