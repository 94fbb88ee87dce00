"""Read sentences with a known answer, so that editors, tests and the weighing of words mean the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dialogs.guards.corpus import NONE, CorpusRow
from dialogs.guards.types import FLOWS
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import read

ORDINARY = "ordinary"  # the part of what people type when nothing is wrong


def read_sentences(path: Path) -> list[CorpusRow]:
    """The rows of a corpus, a row without a flow being ordinary; raise ContentError with the line.

    `also` names files whose sentences are ordinary too, all but those that `danger` lists.
    """
    fields = root(read(path)).fields("rows", optional=("also", "danger"))
    rows = [_row(node) for node in fields["rows"].items(some=True)]
    if "also" not in fields:
        return rows
    told = fields["danger"].text().splitlines() if "danger" in fields else ()
    known = {*(row.text for row in rows), *(line.strip() for line in told)}
    also = dict.fromkeys(text for name in fields["also"].text().split() for text in _texts(path.parent / name))
    return rows + [CorpusRow(text, NONE, "plain", ORDINARY) for text in also if text not in known]


def _row(node: Node) -> CorpusRow:
    fields = node.fields("text", optional=("flow", "kind", "part"))
    flow = fields["flow"].one_of((*FLOWS, NONE)) if "flow" in fields else NONE
    kind = fields["kind"].text() if "kind" in fields else "plain"
    part = fields["part"].text() if "part" in fields else "seen" if "flow" in fields else ORDINARY
    return CorpusRow(fields["text"].text(), flow, kind, part)


def _texts(path: Path) -> Iterator[str]:
    """What people type or tell in a corpus that was made for something else."""
    parts = root(read(path)).entries()
    for node in (parts["scenarios"] if "scenarios" in parts else parts["rows"]).items(some=True):
        fields = node.entries()
        said = fields["situation"] if "situation" in fields else fields["text"]
        yield str(said.value)
