"""Work out the points of the acute guard's judge: `python -m bench.weigh_words CORPUS… [--write]`.

The judge is a logistic regression over words and five-letter stems (ADR 20). A word gets points only when it stands in
at least three sentences, and large points cost: so it learns how danger is told, not the sentences by heart. Without
--write only the figures are shown: five-fold, each sentence judged by points that were worked out without it.
"""

from __future__ import annotations

import math
import random
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dialogs.content import DANISH
from dialogs.guards import load_guards
from dialogs.guards.types import FLOWS
from dialogs.guards.vocabulary import bare
from dialogs.guards.weighing import STEM
from dialogs.yamlio import read

FILE = DANISH / "guards" / "acute.yaml"
SEEN_IN, PRICE, ROUNDS, STEP, FOLDS = 3, 0.03, 15, 0.3, 5
TEN = 10  # points are whole tenths
HIT, DOUBT = 1.0, -1.5  # chosen on the five folds: a hit by itself; and what no phrase stands up against
LEAD = 10  # points by which the words must lean to another danger than the one that a phrase named
WIDTH = 116

Sentence = tuple[list[str], bool]
Weights = Mapping[str, float]


def rows(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every sentence with its kind of danger, or "none"."""
    for name in files:
        data = read(Path(name)).data
        found = data["rows"] if isinstance(data, dict) else None
        for row in found if isinstance(found, list) else ():
            if isinstance(row, dict):
                yield str(row["text"]), str(row["flow"])


def features(text: str, short: Mapping[str, str]) -> set[str]:
    """The bare words of a text and the stems of the longer ones."""
    words = [bare(short.get(word, word)) for word in re.findall(r"[a-zæøå]+", text.lower())]
    return {*words, *(f"{word[:STEM]}*" for word in words if len(word) > STEM)}


def fit(sentences: Sequence[Sentence]) -> tuple[Weights, float]:
    """The weight of each feature and the common start, by gradient steps with a price on large weights."""
    weights: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    start, chance, order = 0.0, random.Random(1), list(sentences)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for found, acute in order:
            error = sure(start + sum(weights[one] for one in found)) - acute
            start -= STEP / TEN * error
            for one in found:
                slope = error + PRICE * weights[one]
                spent[one] += slope * slope
                weights[one] -= STEP * slope / math.sqrt(1e-6 + spent[one])
    return weights, start


def sure(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def folds(sentences: Sequence[Sentence]) -> Iterator[tuple[float, bool]]:
    """Each sentence's score by weights that never saw it."""
    for fold in range(FOLDS):
        weights, start = fit([one for at, one in enumerate(sentences) if at % FOLDS != fold])
        for at, (found, acute) in enumerate(sentences):
            if at % FOLDS == fold:
                yield start + sum(weights.get(one, 0.0) for one in found), acute


def listed(weights: Weights, spelled: Mapping[str, str], margin: str) -> str:
    """Lines of points, each with its words as they are most often spelled; no word without points."""
    by_points: dict[int, list[str]] = {}
    for one, weight in weights.items():
        stem = 0.0 if one.endswith("*") or len(one) <= STEM else weights.get(f"{one[:STEM]}*", 0.0)
        if points := round(TEN * (weight + stem)):
            by_points.setdefault(points, []).append(one if one.endswith("*") else spelled[one])
    lines: list[str] = []
    for points in sorted(by_points, reverse=True):
        lines += wrap(sorted(by_points[points]), f"{margin}{points} ", f"{margin}{points} ", WIDTH)
    return "\n".join(lines)


def wrap(words: Sequence[str], first: str, then: str, width: int) -> list[str]:
    """The words in lines that each begin with their points."""
    return textwrap.wrap(" ".join(words), width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)


def block(sentences: Sequence[tuple[list[str], str]], spelled: Mapping[str, str]) -> str:
    """The judge as it stands in the content: danger at all, then each kind against the others."""
    weights, start = fit([(found, flow != "none") for found, flow in sentences])
    need, doubt = round(TEN * (HIT - start)), round(TEN * (DOUBT - start))
    head = f"judge:\n  need: {need}\n  doubt: {doubt}\n  lead: {LEAD}\n  words: |\n"
    parts = [f"{head}{listed(weights, spelled, '    ')}\n  kinds:\n"]
    acute = [(found, flow) for found, flow in sentences if flow != "none"]
    for kind in FLOWS:
        weights, start = fit([(found, flow == kind) for found, flow in acute])
        parts.append(f"  - flow: {kind}\n    start: {round(TEN * start)}\n    words: |\n")
        parts.append(f"{listed(weights, spelled, '      ')}\n")
    return "".join(parts)


def main(arguments: list[str]) -> None:
    """Show what five folds give, and with --write put the points into the content."""
    short = load_guards(FILE.parent).acute.short
    texts = list(rows([one for one in arguments if one != "--write"]))
    random.Random(7).shuffle(texts)
    found = [(features(text, short), flow) for text, flow in texts]
    seen = Counter(one for some, _ in found for one in some)
    sentences = [([one for one in sorted(some) if seen[one] >= SEEN_IN], flow) for some, flow in found]
    scores = list(folds([(some, flow != "none") for some, flow in sentences]))
    for name, acute in (("heard by the judge alone", True), ("asked in vain by the judge alone", False)):
        mine = [score for score, what in scores if what is acute]
        print(f"{name}: {sum(score >= HIT for score in mine)} of {len(mine)}")
    held = sum(score < DOUBT for score, what in scores if what)
    print(f"danger that would silence its own phrase: {held}")
    if "--write" in arguments:
        forms = Counter(word for text, _ in texts for word in re.findall(r"[a-zæøå]+", text.lower()))
        spelled = {bare(short.get(word, word)): short.get(word, word) for word, _ in reversed(forms.most_common())}
        before, _, after = FILE.read_text(encoding="utf-8").partition("\nordinary:")
        before = before.partition("\njudge:\n")[0]
        FILE.write_text(f"{before}\n{block(sentences, spelled)}ordinary:{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
