"""The law as data: the sharing table as it stands here, its relaxations, its sources, and the words around it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.conditions import refs
from dialogs.guides.directory import Reader, ordinary_words
from dialogs.law.guide import EXTRA, Guide, conditions, load_guide
from dialogs.law.names import OldNames, load_names
from dialogs.law.reporting import ReportGuide, load_report
from dialogs.law.sources import Sources, load_papers, load_sources
from dialogs.reading.yamlio import ContentError, Document
from dialogs.tables import Switch, Table, load_switches, load_table, relax

FILES = ("tables/sharing.yaml", "sources.yaml", "sharing.yaml", "old_names.yaml", "report.yaml", "ordinary_words.yaml")
PER_CONCERN = "one_exchange_per_concern"  # the switch that changes what is counted, not a rule


@dataclass(frozen=True)
class LawBook:
    """`table` is what holds in this municipality; `written` is what the program comes with."""

    written: Table
    table: Table
    switches: Sequence[Switch]
    chosen: Collection[str]
    sources: Sources
    guide: Guide
    names: OldNames
    report: ReportGuide
    papers: Mapping[str, tuple[str, ...]]  # what each paper rests on

    def relaxed(self, chosen: Collection[str]) -> LawBook:
        """The book with these relaxations of a municipality's jurist; an unknown one raises KeyError."""
        return replace(self, table=relax(self.written, self.switches, chosen), chosen=tuple(chosen))


def load_law(
    table: Document, sources: Document, guide: Document, names: Document, report: Document, ordinary: Document
) -> LawBook:
    """Read the law files, in the order of FILES; raise ContentError for what is wrong in them or between them."""
    written = load_table(table)
    switches = load_switches(table, written)
    known = load_sources(sources)
    _cited(table, written, switches, known)
    words = load_guide(guide, written)
    _whole(guide, written, switches, words)
    everyday = ordinary_words(Reader(ordinary))
    heard, duty = load_names(names, ordinary), load_report(report, known, everyday)
    papers = load_papers(sources, known)
    return LawBook(written, written, switches, (), known, words, heard, duty, papers)


def _cited(document: Document, table: Table, switches: Sequence[Switch], known: Sources) -> None:
    """Every rule cites something, and only what stands among the sources."""
    rules = [(rule, document.line("rules", place)) for place, rule in enumerate(table.rules)]
    rules += [(one.rule, document.line("switches")) for switch in switches for one in switch.add]
    for rule, line in rules:
        if not rule.sources:
            raise ContentError(document.file, line, "no_source", f"{rule.id}: skriv mindst én kilde.")
        for cited in rule.sources:
            if cited not in known:
                text = f"{rule.id}: kilden «{cited}» står ikke i sources.yaml."
                raise ContentError(document.file, line, "unknown_source", text)


def _whole(document: Document, table: Table, switches: Sequence[Switch], guide: Guide) -> None:
    """Every outcome has words, and no line asks about what nobody knows."""
    rules = (*table.rules, *(one.rule for switch in switches for one in switch.add))
    for missing in sorted({rule.outcome for rule in rules} - guide.outcomes.keys()):
        raise ContentError(document.file, document.line("outcomes"), "no_words", f"Udfaldet «{missing}» har ingen ord.")
    for condition in conditions(guide):
        for name in sorted(refs(condition) - table.facts.keys() - set(EXTRA)):
            raise ContentError(
                document.file, 1, "unknown_fact", f"En betingelse spørger til «{name}», som ikke findes."
            )
