"""Work out the points of the acute guard's judge: `python -m bench.weigh_words CORPUS… [--write]`.

The judge is a logistic regression over words, five-letter stems and groups of words (ADR 20). A word gets points only
when it stands in at least two sentences, and large points cost: so it learns how danger is told, not the sentences by
heart. Only a word that was seen in danger, or a group, can raise anything; a stem can only calm. Without --write
only the figures are shown: five-fold, each sentence heard by the whole guard with points worked out without it.
"""

from __future__ import annotations

import math
import random
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dialogs.content import DANISH
from dialogs.guards import CorpusRow, Guards, load_guards
from dialogs.guards.acute import AcuteGuard
from dialogs.guards.corpus import NONE
from dialogs.guards.loading import read_acute
from dialogs.guards.patterns import union
from dialogs.guards.sentences import ORDINARY, read_sentences
from dialogs.guards.types import FLOWS, AcuteHit
from dialogs.guards.vocabulary import bare
from dialogs.guards.weighing import STEM
from dialogs.reading.yamlio import parse, read

FILE = DANISH / "guards" / "acute.yaml"
FRAMES = FILE.parent / "frames.yaml"
SEEN_IN, PRICE, ROUNDS, STEP, FOLDS = 2, 0.03, 15, 0.3, 5
TEN = 10  # points are whole tenths
HIT, DOUBT = 0.1, -2.3  # chosen on the five folds: a hit by itself; and what no phrase stands up against
STRONG = 12  # points of a word that counts as one of the two in a short text
LEAD = 6  # points by which the words must lean to another danger than the one that a phrase named
WIDTH = 116

Sentence = tuple[list[str], bool]
Weights = Mapping[str, float]


def features(text: str, guard: AcuteGuard) -> set[str]:
    """The bare words of a text, the stems of the longer ones, and the groups that its words belong to."""
    typed = [guard.short.get(word, word) for word in re.findall(r"[a-zæøå]+", text.lower())]
    words = [bare(word) for word in typed]
    bits = union(part for word in typed for part in guard.vocabulary.look_up(word))
    groups = (name for name, bit in guard.groups.items() if bits & bit)
    return {*words, *(f"{word[:STEM]}*" for word in words if len(word) > STEM), *groups}


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


def listed(weights: Weights, spelled: Mapping[str, str], margin: str, raising: Container[str]) -> str:
    """Lines of points, each with its words as they are most often spelled; what is not `raising` can only calm."""
    by_points: dict[int, list[str]] = {}
    for one, weight in weights.items():
        stem = 0.0 if one[-1] in "*>" or len(one) <= STEM else weights.get(f"{one[:STEM]}*", 0.0)
        points = round(TEN * (weight + stem))
        if points < 0 or (points > 0 and (one in raising or one.startswith("<"))):
            by_points.setdefault(points, []).append(one if one[-1] in "*>" else spelled[one])
    lines: list[str] = []
    for points in sorted(by_points, reverse=True):
        lines += wrap(sorted(by_points[points]), f"{margin}{points} ", f"{margin}{points} ", WIDTH)
    return "\n".join(lines)


def wrap(words: Sequence[str], first: str, then: str, width: int) -> list[str]:
    """The words in lines that each begin with their points."""
    return textwrap.wrap(" ".join(words), width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)


def block(rows: Sequence[CorpusRow], guard: AcuteGuard) -> str:
    """The judge as it stands in the content: danger at all, then each kind against the others."""
    found = [(features(row.text, guard), row.flow) for row in rows]
    seen = Counter(one for some, _ in found for one in some)
    sentences = [([one for one in sorted(some) if seen[one] >= SEEN_IN], flow) for some, flow in found]
    acute = [(some, flow) for some, flow in sentences if flow != NONE]
    spelled = spelling(rows, guard.short)
    weights, start = fit([(some, flow != NONE) for some, flow in sentences])
    raising = {one for some, _ in acute for one in some if not one.endswith("*")}
    need, doubt = round(TEN * (HIT - start)), round(TEN * (DOUBT - start))
    head = f"judge:\n  need: {need}\n  doubt: {doubt}\n  strong: {STRONG}\n  lead: {LEAD}\n  words: |\n"
    parts = [f"{head}{listed(weights, spelled, '    ', raising)}\n  kinds:\n"]
    for kind in FLOWS:
        weights, start = fit([(some, flow == kind) for some, flow in acute])
        parts.append(f"  - flow: {kind}\n    start: {round(TEN * start)}\n    words: |\n")
        parts.append(f"{listed(weights, spelled, '      ', weights)}\n")
    return "".join(parts)


def spelling(rows: Sequence[CorpusRow], short: Mapping[str, str]) -> dict[str, str]:
    """Each bare word as it is most often spelled."""
    forms = Counter(word for row in rows for word in re.findall(r"[a-zæøå]+", row.text.lower()))
    return {bare(short.get(word, word)): short.get(word, word) for word, _ in reversed(forms.most_common())}


def with_judge(rows: Sequence[CorpusRow], guard: AcuteGuard) -> str:
    """The content file with the points that these sentences give."""
    before, _, after = FILE.read_text(encoding="utf-8").partition("\nordinary:")
    before = before.partition("\njudge:\n")[0]
    return f"{before}\n{block(rows, guard)}ordinary:{after}"


def folds(rows: Sequence[CorpusRow], guards: Guards) -> list[tuple[CorpusRow, AcuteHit | None]]:
    """Each sentence with what the whole guard heard first, by points that never saw it."""
    heard: list[tuple[CorpusRow, AcuteHit | None]] = []
    for fold in range(FOLDS):
        content = with_judge([one for at, one in enumerate(rows) if at % FOLDS != fold], guards.acute)
        blind = replace(guards, acute=read_acute(parse(content, FILE.name), read(FRAMES)))
        heard += [(row, next(iter(blind.scan(row.text).acute), None)) for row in rows[fold::FOLDS]]
    return heard


def main(arguments: list[str]) -> None:
    """Show what five folds give, and with --write put the points into the content."""
    guards = load_guards(FILE.parent)
    rows = [row for one in arguments if one != "--write" for row in read_sentences(Path(one))]
    random.Random(7).shuffle(rows)
    heard = folds(rows, guards)
    groups: dict[str, list[AcuteHit | None]] = {"heard": [], "asked in vain, hard": [], "asked in vain, ordinary": []}
    for row, hit in heard:
        group = "heard" if row.flow != NONE else f"asked in vain, {'ordinary' if row.part == ORDINARY else 'hard'}"
        groups[group].append(hit)
    for name, hits in groups.items():
        print(f"{name}: {sum(hit is not None for hit in hits)} of {len(hits)}")
    if "--write" in arguments:
        FILE.write_text(with_judge(rows, guards.acute), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
