"""The sharing guide as data: what each question settles, and what is said for each outcome of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.conditions import Condition, parse
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document
from dialogs.tables import Scalar, Step, Table

EXTRA = ("outcome", "role", "leader_first")  # what a line may also ask about, besides the table's facts


@dataclass(frozen=True)
class Line:
    """One sentence, said when its condition holds; without one, always."""

    text: str
    when: Condition | None = None


@dataclass(frozen=True)
class Outcome:
    """What to do, the next step, what to write down, and where the person can go on from here."""

    id: str
    title: str
    short: str
    do: str
    next: tuple[Line, ...]
    write: tuple[Line, ...]
    acts: tuple[Line, ...]  # where to go on; a way that is wrong just now has a condition


@dataclass(frozen=True)
class Turn:
    """What could change the answer: facts with other values, as a question that a person can ask herself."""

    facts: Mapping[str, str]
    if_: str
    unless: Condition | None


@dataclass(frozen=True)
class Flag:
    """Advice beside the outcome; it costs no question."""

    id: str
    when: Condition
    text: str


@dataclass(frozen=True)
class Guide:
    """All of it.

    `per_concern` asks about earlier meetings where they count per concern; `own_unit` tells who else is own unit.
    """

    steps: tuple[Step, ...]
    outcomes: Mapping[str, Outcome]
    turns: tuple[Turn, ...]
    flags: tuple[Flag, ...]
    per_concern: str
    own_unit: str
    reviewed_by: str


def load_guide(document: Document, table: Table) -> Guide:
    """Read the guide for a table; raise ContentError for what is wrong in it, or does not fit the table."""
    found = root(document).fields(
        "version", "reviewed_by", "asks", "per_concern", "own_unit", "outcomes", "changes", "flags"
    )
    outcomes = {name: _outcome(name, node) for name, node in found["outcomes"].entries().items()}
    return Guide(
        steps=_steps(found["asks"], table),
        outcomes=outcomes,
        turns=tuple(_turn(node, table) for node in found["changes"].items(some=True)),
        flags=tuple(_flag(node) for node in found["flags"].items(some=True)),
        per_concern=found["per_concern"].text(),
        own_unit=found["own_unit"].text(),
        reviewed_by="" if found["reviewed_by"].value is None else found["reviewed_by"].text(),
    )


def _steps(node: Node, table: Table) -> tuple[Step, ...]:
    """The questions in the table's order; one that settles several facts takes the place of the first of them.

    Asking early what the table reads late changes no answer: it is decided by all that is known.
    """
    merged = {name: _gives(child, table) for name, child in node.entries().items()}
    owner: dict[str, str] = {}
    for name, gives in merged.items():
        for fact in (fact for facts in gives.values() for fact in facts):
            if owner.setdefault(fact, name) != name:
                raise node.error("double", f"«{fact}» bliver der spurgt om to gange.")
    order = list(dict.fromkeys(owner.get(fact, fact) for fact in table.facts))
    return tuple(Step(name, merged[name] if name in merged else _plain(table, name)) for name in order)


def _plain(table: Table, fact: str) -> Mapping[str, Mapping[str, str]]:
    return {str(value): {fact: str(value)} for value in table.facts[fact]}


def _gives(node: Node, table: Table) -> Mapping[str, Mapping[str, str]]:
    return {answer: _facts(child, table) for answer, child in node.entries().items()}


def _facts(node: Node, table: Table) -> Mapping[str, str]:
    found = {name: _scalar(child) for name, child in node.entries().items()}
    for name, value in found.items():
        if value not in map(str, table.facts.get(name, ())):
            raise node.error("unknown_value", f"Tabellen kender ikke «{name}: {value}».")
    return found


def _scalar(node: Node) -> str:
    value: Scalar = node.number() if isinstance(node.value, int) else node.text()
    return str(value)


def _outcome(name: str, node: Node) -> Outcome:
    found = node.fields("title", "short", "do", "next", "write", "acts")
    return Outcome(
        id=name,
        title=found["title"].text(),
        short=found["short"].text(),
        do=found["do"].text(),
        next=tuple(_line(one) for one in found["next"].items(some=True)),
        write=tuple(_line(one) for one in found["write"].items()),
        acts=tuple(_line(one) for one in found["acts"].items()),
    )


def _line(node: Node) -> Line:
    if isinstance(node.value, str):
        return Line(node.text())
    found = node.fields("text", "when")
    return Line(found["text"].text(), parse(found["when"]))


def _turn(node: Node, table: Table) -> Turn:
    found = node.fields("facts", "if", optional=("unless",))
    unless = parse(found["unless"]) if "unless" in found else None
    return Turn(_facts(found["facts"], table), found["if"].text(), unless)


def _flag(node: Node) -> Flag:
    found = node.fields("id", "when", "text")
    return Flag(found["id"].text(), parse(found["when"]), found["text"].text())


def conditions(guide: Guide) -> Sequence[Condition]:
    """Every condition of the guide's lines, for whoever checks what they ask about."""
    lines = [
        line.when for outcome in guide.outcomes.values() for line in (*outcome.next, *outcome.write, *outcome.acts)
    ]
    return [one for one in (*lines, *(turn.unless for turn in guide.turns), *(f.when for f in guide.flags)) if one]
