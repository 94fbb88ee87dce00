"""The law as data: the sharing table as it stands here, its relaxations, and the sources that its rules cite."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dialogs.law.sources import Sources, load_sources
from dialogs.tables import Switch, Table, load_switches, load_table, relax
from dialogs.yamlio import ContentError, Document


@dataclass(frozen=True)
class LawBook:
    """`table` is what holds in this municipality; `written` is what the program comes with."""

    written: Table
    table: Table
    switches: Sequence[Switch]
    sources: Sources

    def relaxed(self, chosen: Collection[str]) -> LawBook:
        """The book with these relaxations of a municipality's jurist; an unknown one raises KeyError."""
        return replace(self, table=relax(self.written, self.switches, chosen))


def load_law(table: Document, sources: Document) -> LawBook:
    """Read the law files; raise ContentError for what is wrong in them or between them."""
    written = load_table(table)
    switches = load_switches(table, written)
    known = load_sources(sources)
    added = [one.rule for switch in switches for one in switch.add]
    for place, rule in enumerate((*written.rules, *added)):
        for cited in rule.sources:
            if cited not in known:
                line = table.line("rules", place) if place < len(written.rules) else table.line("switches")
                raise ContentError(
                    table.file, line, "unknown_source", f"{rule.id}: kilden «{cited}» står ikke i sources.yaml."
                )
    return LawBook(written, written, switches, known)
