"""The guards: personal data that must not be stored, phrases that may mean danger, and words that judge.

`clean` first, then `Guards.scan`; both are pure and never fail on any text. Findings hold places, never words.
"""

from dialogs.guards.corpus import CorpusReport, CorpusRow, Figures, corpus_report
from dialogs.guards.guards import Guards
from dialogs.guards.loading import load_guards
from dialogs.guards.text import clean
from dialogs.guards.types import FLOWS, AcuteHit, Findings, Flow, JudgingHit, Span

__all__ = [
    "FLOWS",
    "AcuteHit",
    "CorpusReport",
    "CorpusRow",
    "Figures",
    "Findings",
    "Flow",
    "Guards",
    "JudgingHit",
    "Span",
    "clean",
    "contract",
    "corpus_report",
    "load_guards",
]


def contract(findings: Findings) -> dict[str, list[list[int]] | list[str]]:
    """Return the findings as the command `content guard` prints them.

    `cpr`, `phone`, `names`, `addresses` and `emails` are lists of [start, end] into the cleaned text; `acute`
    lists flows, most urgent first, and `judging` lists codes, each once. Nothing found is an empty list, which
    counts as false.
    """
    places = {
        "cpr": findings.cpr,
        "phone": findings.phones,
        "names": findings.names,
        "addresses": findings.addresses,
        "emails": findings.emails,
    }
    return {
        **{key: [[span.start, span.end] for span in spans] for key, spans in places.items()},
        "acute": list(findings.flows),
        "judging": list(dict.fromkeys(hit.code for hit in findings.judging)),
    }
