"""Read the ideas and the points that the acute guard weighs by."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.guards.types import FLOWS, Flow
from dialogs.guards.vocabulary import Vocabulary, bare
from dialogs.guards.weighing import NUMBER, SIGN, Ideas, Judge
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document

MARKS = frozenset((NUMBER, *".!?;,:(…"))


def read_ideas(document: Document) -> Ideas:
    """The ideas with their words; raise ContentError with the line."""
    groups = root(document).fields("words")["words"].entries()
    entries: dict[str, int] = {}
    names: dict[int, str] = {}
    for at, (name, node) in enumerate(groups.items()):
        names[1 << at] = f"<{name}>"
        for word in node.text().split():
            entries[word] = entries.get(word, 0) | 1 << at
    return Ideas(Vocabulary(entries, (), lenient=False), names)


def read_judge(ideas: Ideas, document: Document) -> Judge:
    """What the signs weigh; raise ContentError with the line."""
    fields = root(document).fields("need", "soft", "firm", "lead", "start", "signs", "kinds")
    kinds = [node.fields("flow", "start", "signs") for node in fields["kinds"].items(some=True)]
    rows: dict[str, list[int]] = {}
    for index, kind in enumerate(kinds):
        for sign, points in _points(kind["signs"], ideas).items():
            rows.setdefault(sign, [0] * len(kinds))[index] = points
    return Judge(
        need=fields["need"].number(),
        soft=fields["soft"].number(),
        firm=fields["firm"].number(),
        lead=fields["lead"].number(),
        start=fields["start"].number(),
        points=_points(fields["signs"], ideas),
        flows=tuple(_flow(kind["flow"]) for kind in kinds),
        starts=tuple(kind["start"].number() for kind in kinds),
        kinds={sign: tuple(row) for sign, row in rows.items()},
        ideas=ideas,
    )


def _flow(node: Node) -> Flow:
    name = node.one_of(FLOWS)
    return next(flow for flow in FLOWS if flow == name)


def _points(node: Node, ideas: Ideas) -> Mapping[str, int]:
    """Each sign of the lines with the number that its line begins with."""
    known = frozenset(ideas.names.values())
    found: dict[str, int] = {}
    for line in node.text().splitlines():
        points, *written = line.split()
        if not points.removeprefix("-").isdecimal():
            raise node.error("number", f"Begynd linjen med et pointtal: {line.strip()}")
        for one in written:
            if one.startswith("<") and one not in known:
                raise node.error("idea", f"Begrebet {one} findes ikke i ideas.yaml.")
            found[_sign(one)] = int(points)
    return found


def _sign(written: str) -> str:
    if written.startswith("<"):
        return written
    if written.startswith("("):
        return f"({_letters(written[1:-1])})"
    if "+" in written:
        return "+".join(_letters(part) for part in written.split("+"))
    if written.endswith("*"):
        return f"{_letters(written)}*"
    return written if written in MARKS else bare(written)


def _letters(part: str) -> str:
    return part if part in MARKS else bare(part.removesuffix("*"))[:SIGN]
