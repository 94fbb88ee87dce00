"""Judge the acute guard against sentences with a known answer, so that an editor sees what a change did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dialogs.guards.guards import Guards

NONE = "none"


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One fictional sentence: the flow that must be found (or `none`), its kind, and its part of the corpus."""

    text: str
    flow: str
    kind: str
    part: str = "seen"


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts for one group of rows: acute rows found in the right flow, and other rows with a false alarm."""

    acute: int = 0
    found: int = 0
    other: int = 0
    alarms: int = 0

    @property
    def recall(self) -> float:
        """The share of acute rows that were found; 1 when there are none."""
        return self.found / self.acute if self.acute else 1.0

    @property
    def false_alarms(self) -> float:
        """The share of rows without danger that made the guard ask; 0 when there are none."""
        return self.alarms / self.other if self.other else 0.0


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Figures in all, by part, kind and flow, and the numbers (from 0) of the rows that went wrong."""

    total: Figures
    groups: dict[str, Figures]
    missed: tuple[int, ...]
    alarms: tuple[int, ...]
    phrases: Counter[str] = field(default_factory=Counter[str])


def corpus_report(guards: Guards, rows: Iterable[CorpusRow]) -> CorpusReport:
    """Scan every row and count; `groups` has keys like "part: unseen", "kind: misspelt", "flow: control"."""
    tallies: dict[str, Counter[str]] = {"": Counter()}
    missed: list[int] = []
    alarms: list[int] = []
    phrases: Counter[str] = Counter()
    for number, row in enumerate(rows):
        hits = guards.scan(row.text).acute
        phrases.update(hit.phrase_id for hit in hits)
        outcome = _outcome(row, {hit.flow for hit in hits})
        if outcome == "missed":
            missed.append(number)
        elif outcome == "alarm":
            alarms.append(number)
        for group in ("", f"part: {row.part}", f"kind: {row.kind}", f"flow: {row.flow}"):
            tallies.setdefault(group, Counter())[outcome] += 1
    figures = {group: _figures(tally) for group, tally in tallies.items()}
    total = figures.pop("")
    return CorpusReport(total, figures, tuple(missed), tuple(alarms), phrases)


def _outcome(row: CorpusRow, flows: set[str]) -> str:
    if row.flow == NONE:
        return "alarm" if flows else "quiet"
    return "found" if row.flow in flows else "missed"


def _figures(tally: Counter[str]) -> Figures:
    return Figures(
        acute=tally["found"] + tally["missed"],
        found=tally["found"],
        other=tally["alarm"] + tally["quiet"],
        alarms=tally["alarm"],
    )
