"""Work out the points of the acute guard's judge: `python -m bench.weigh_words CORPUS… [--write]`.

The judge is a logistic regression over the signs of a text (ADR 20): words, beginnings of words, pairs, ideas and
shape. A sign gets points only when it stands in several sentences, and large points cost: so it learns how danger is
told, not the sentences by heart. Without --write only the figures are shown: first for a part set aside, learned
from more and more of the rest, then five-fold: each sentence heard by the whole guard with points that never saw it.
"""

from __future__ import annotations

import hashlib
import math
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dialogs.content import DANISH
from dialogs.guards import CorpusRow, Guards, load_guards
from dialogs.guards.corpus import NONE
from dialogs.guards.points import MARKS, read_judge
from dialogs.guards.sentences import ORDINARY, read_sentences
from dialogs.guards.types import FLOWS
from dialogs.guards.vocabulary import bare
from dialogs.guards.weighing import SIGN, Judge
from dialogs.reading.yamlio import parse

FILE = DANISH / "guards" / "points.yaml"
SEEN_IN = {True: 3, False: 2}  # sentences that a pair, and any other sign, must stand in
STRANGE = frozenset(("many", "varied"))  # parts that sound like what strangers write
# What a sentence counts as: most for a stranger's, since no phrase was made with it, least for the many ordinary ones.
HEAVY, OWN, LIGHT = 5.0, 3.0, 2.0
PRICE, KIND_PRICE, ROUNDS, STEP, FOLDS, SLOW = 4.0, 1.0, 60, 0.1, 5, 0.999
TEN = 10  # points are whole tenths
NEED, SOFT, FIRM = -1, 8, 20  # chosen on what was set aside: a hit; and what a phrase adds
LEAD = 6  # points by which the signs must lean to another danger than the one that a phrase named
ASIDE = 30  # hundredths of the strangers' sentences that are set aside
SHARES = (0, 25, 50, 75, 100)
WIDTH = 116

Points = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The signs of a row, and the row."""

    signs: tuple[str, ...]
    row: CorpusRow

    @property
    def strange(self) -> bool:
        """Whether a stranger wrote it, or somebody who wrote as one."""
        return self.row.part in STRANGE

    @property
    def heavy(self) -> float:
        """What the sentence counts as."""
        return HEAVY if self.strange else LIGHT if self.row.part == ORDINARY else OWN

    @property
    def chance(self) -> int:
        """A number of its own below a hundred, the same each time, to part sentences by."""
        return int.from_bytes(hashlib.blake2s(self.row.text.encode(), digest_size=4).digest()) % 100


def told(guards: Guards, rows: Iterable[CorpusRow]) -> list[Sentence]:
    """The rows with their signs."""
    return [Sentence(tuple(dict.fromkeys(guards.signs(row.text))), row) for row in rows]


def fit(rows: Sequence[tuple[Sequence[str], bool, float]], price: float = PRICE) -> tuple[Points, float]:
    """The weight of each sign and the common start: steps down the slope (Adam) with a price on large weights."""
    seen = Counter(one for signs, _, _ in rows for one in signs)
    names = [one for one, count in seen.items() if count >= SEEN_IN["+" in one]]
    at = {one: number for number, one in enumerate(names)}
    found = [([at[one] for one in signs if one in at], float(danger), heavy) for signs, danger, heavy in rows]
    weights = [0.0] * (len(names) + 1)  # the last one is the start
    first, second = [0.0] * len(weights), [0.0] * len(weights)
    for turn in range(1, ROUNDS + 1):
        slope = [price * weight for weight in weights]
        slope[-1] = 0.0
        for some, danger, heavy in found:
            score = weights[-1] + sum([weights[one] for one in some])
            error = heavy * (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - danger)
            slope[-1] += error
            for one in some:
                slope[one] += error
        step = STEP * (1 - (turn - 1) / ROUNDS)
        for one, down in enumerate(slope):
            first[one] = 0.9 * first[one] + 0.1 * down
            second[one] = SLOW * second[one] + (1 - SLOW) * down * down
            away = math.sqrt(second[one] / (1 - SLOW**turn)) + 1e-6
            weights[one] -= step * first[one] / (1 - 0.9**turn) / away
    return dict(zip(names, weights, strict=False)), weights[-1]


def learned(sentences: Sequence[Sentence]) -> tuple[Points, float]:
    """The points for danger at all."""
    return fit([(one.signs, one.row.flow != NONE, one.heavy) for one in sentences])


def judged(guards: Guards, sentences: Sequence[Sentence]) -> Guards:
    """The guards with the points that these sentences give; the kinds stay as they are."""
    weights, start = learned(sentences)
    judge = _judge(guards)
    points = {one: points for one, weight in weights.items() if (points := round(TEN * weight))}
    new = replace(judge, need=NEED, soft=SOFT, firm=FIRM, start=round(TEN * start), points=points)
    return replace(guards, acute=replace(guards.acute, judge=new))


def _judge(guards: Guards) -> Judge:
    assert guards.acute.judge is not None, "the content has no judge"
    return guards.acute.judge


def listed(weights: Points, spelled: Mapping[str, str], margin: str) -> str:
    """Lines of points, most first, each with its signs as they are most often spelled."""
    by_points: dict[int, list[str]] = {}
    for one, weight in weights.items():
        if points := round(TEN * weight):
            by_points.setdefault(points, []).append(_written(one, spelled))
    lines: list[str] = []
    for points in sorted(by_points, reverse=True):
        first = f"{margin}{points} "
        words = " ".join(sorted(by_points[points]))
        lines += textwrap.wrap(
            words, WIDTH, initial_indent=first, subsequent_indent=first, break_on_hyphens=False, break_long_words=False
        )
    return "\n".join(lines)


def _written(sign: str, spelled: Mapping[str, str]) -> str:
    if sign.startswith("<"):
        return sign
    if sign.startswith("("):
        return f"({spelled.get(sign[1:-1], sign[1:-1])})"
    return "+".join(spelled.get(part, part) for part in sign.split("+"))


def spelling(rows: Iterable[CorpusRow], short: Mapping[str, str]) -> dict[str, str]:
    """Each bare word, and each beginning of one, as it is most often spelled."""
    forms = Counter(word for row in rows for word in re.findall(r"[^\W\d_]+", row.text.lower()))
    known: dict[str, str] = {}
    for typed, _ in reversed(forms.most_common()):
        word = short.get(typed, typed)
        known[bare(word)] = word
        if len(bare(word)) > SIGN:
            begun = next(word[:size] for size in range(len(word) + 1) if len(bare(word[:size])) == SIGN)
            if bare(begun) == bare(word)[:SIGN]:
                known[f"{bare(begun)}*"] = f"{begun}*"
                known.setdefault(bare(begun), begun)
    return {one: word for one, word in known.items() if one not in MARKS}


def block(sentences: Sequence[Sentence], spelled: Mapping[str, str]) -> str:
    """The judge as it stands in the content: danger at all, then each kind against the others."""
    weights, start = learned(sentences)
    head = f"need: {NEED}\nsoft: {SOFT}\nfirm: {FIRM}\nlead: {LEAD}\nstart: {round(TEN * start)}\nsigns: |\n"
    parts = [f"{head}{listed(weights, spelled, '  ')}\nkinds:\n"]
    acute = [one for one in sentences if one.row.flow != NONE]
    for kind in FLOWS:
        rows = [([s for s in one.signs if "+" not in s and s[0] != "("], one.row.flow == kind, 1.0) for one in acute]
        weights, start = fit(rows, KIND_PRICE)
        parts.append(f"- flow: {kind}\n  start: {round(TEN * start)}\n  signs: |\n{listed(weights, spelled, '    ')}\n")
    return "".join(parts)


def figures(guards: Guards, sentences: Iterable[Sentence], heard: Counter[str]) -> Counter[str]:
    """Count, by what was written, how many sentences there are and how many the whole guard hears."""
    for one in sentences:
        group = one.row.flow if one.row.flow != NONE else "ordinary" if one.row.part == ORDINARY else "harmless"
        heard[group] += 1
        heard[f"{group} heard"] += bool(guards.dangers(one.row.text))
    return heard


def shown(name: str, heard: Counter[str]) -> None:
    """Print how much danger was heard, by kind, and how often was asked in vain."""
    danger, found = (sum(heard[f"{flow}{end}"] for flow in FLOWS) for end in ("", " heard"))
    kinds = ", ".join(f"{flow} {heard[f'{flow} heard']}/{heard[flow]}" for flow in FLOWS)
    vain = ", ".join(
        f"{heard[f'{kind} heard']}/{heard[kind]} {kind}" for kind in ("harmless", "ordinary") if heard[kind]
    )
    print(f"{name}: {found} of {danger} heard ({kinds}); in vain {vain}", flush=True)


def curve(guards: Guards, sentences: Sequence[Sentence]) -> None:
    """Show what is heard of strangers' sentences that are set aside, by how many of the others were learned from."""
    aside = [one for one in sentences if one.row.part == "many" and one.chance < ASIDE]
    rest = [one for one in sentences if one not in aside]
    for share in SHARES:
        some = [one for one in rest if not one.strange or (one.chance * 37) % 100 < share]
        name = f"set aside, {share} % of {sum(one.strange for one in rest)} strange sentences learned"
        shown(name, figures(judged(guards, some), aside, Counter()))


def folds(guards: Guards, sentences: Sequence[Sentence]) -> None:
    """Show what is heard when each sentence is judged by points that never saw it."""
    everyone: Counter[str] = Counter()
    strange: Counter[str] = Counter()
    for fold in range(FOLDS):
        mine = [one for one in sentences if one.chance % FOLDS == fold]
        blind = judged(guards, [one for one in sentences if one.chance % FOLDS != fold])
        figures(blind, mine, everyone)
        figures(blind, [one for one in mine if one.row.part == "many"], strange)
    shown("five-fold, all", everyone)
    shown("five-fold, strangers", strange)


def main(arguments: list[str]) -> None:
    """Show the figures, or with --write put the points into the content."""
    guards = load_guards(FILE.parent)
    rows = [row for one in arguments if one != "--write" for row in read_sentences(Path(one))]
    sentences = told(guards, dict.fromkeys(rows))
    if "--write" not in arguments:
        curve(guards, sentences)
        folds(guards, sentences)
        return
    before = "".join(
        line for line in FILE.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")
    )
    text = before + block(sentences, spelling(rows, guards.acute.short))
    read_judge(_judge(guards).ideas, parse(text, FILE.name))
    FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
