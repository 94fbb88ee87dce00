"""Read a decision table from the YAML that an editor wrote."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import prod
from typing import assert_never, get_args

from dialogs.conditions import AnyOf, Compare, Condition, Is, Leaf, leaves, parse
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document
from dialogs.tables.model import EVERYTHING, Asking, Hit, Rule, Scalar, Table
from dialogs.tables.switches import Added, Switch

MAX_COMBINATIONS = 4_000_000  # the law table has 258,048; a hundred times that no longer fits a test run
HITS: dict[str, Hit] = {hit: hit for hit in get_args(Hit)}
RULE_FIELDS = ("when", "sources", "valid_from", "valid_to")


def load_table(document: Document) -> Table:
    """The table that an editor wrote; raise ContentError with the line for the first thing that is wrong."""
    found = root(document).fields("table", "version", "hit", "facts", "rules", optional=("never", "switches"))
    facts = {name: _domain(node) for name, node in found["facts"].entries().items()}
    if prod(len(values) for values in facts.values()) > MAX_COMBINATIONS:
        raise found["facts"].error("too_many", f"Tabellen har over {MAX_COMBINATIONS} kombinationer.")
    nodes = found["rules"].items(some=True)
    rules = tuple(_rule(node, facts) for node in nodes)
    for (one, _), (other, node) in combinations(zip(rules, nodes, strict=True), 2):
        if one.id == other.id and _overlap(one, other):
            raise node.error("double", f"Reglen «{one.id}» står to gange for de samme dage.")
    hit = HITS[found["hit"].one_of(HITS)]
    return Table(found["table"].text(), found["version"].number(), hit, facts, rules)


def load_switches(document: Document, table: Table) -> tuple[Switch, ...]:
    """The relaxations that the table's own file offers; raise ContentError for one that touches what it may not."""
    found = root(document).entries()
    never = found["never"].texts(some=True) if "never" in found else ()
    ids = [rule.id for rule in table.rules]
    switches: list[Switch] = []
    for node in found["switches"].items(some=True) if "switches" in found else ():
        switch = _switch(node, table)
        for rule in switch.touches():
            if rule not in ids:
                raise node.error("unknown_rule", f"Reglen «{rule}» findes ikke i tabellen.")
            # what stands before a rule that nobody may touch would outrank it
            if any(ids.index(rule) <= ids.index(one) for one in never):
                raise node.error("never", f"«{rule}» kan ingen lempelse røre.")
        switches.append(switch)
    return tuple(switches)


def _switch(node: Node, table: Table) -> Switch:
    fields = node.fields("id", "about", optional=("change", "remove", "add"))
    changed = fields["change"].items(some=True) if "change" in fields else ()
    added = fields["add"].items(some=True) if "add" in fields else ()
    return Switch(
        id=fields["id"].text(),
        about=fields["about"].text(),
        change=tuple(_changed(one, table) for one in changed),
        remove=fields["remove"].texts(some=True) if "remove" in fields else (),
        add=tuple(_added(one, table) for one in added),
    )


def _changed(node: Node, table: Table) -> tuple[str, Condition]:
    fields = node.fields("id", "when")
    return fields["id"].text(), _when(fields["when"], table.facts)


def _added(node: Node, table: Table) -> Added:
    before = node.fields("id", "before", "when", "outcome", "sources", optional=("valid_from", "valid_to"))["before"]
    return Added(before.text(), _rule(node, table.facts, also=("before",)))


def _domain(node: Node) -> tuple[Scalar, ...]:
    values = tuple(item.number() if isinstance(item.value, int) else item.text() for item in node.items(some=True))
    if len({str(value) for value in values}) != len(values):
        raise node.error("double", "Den samme værdi står to gange.")
    return values


def _rule(node: Node, facts: Mapping[str, tuple[Scalar, ...]], also: tuple[str, ...] = ()) -> Rule:
    found = node.fields("id", "outcome", *also, optional=RULE_FIELDS)
    first, last = (found[name].day() if name in found else None for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise found["valid_to"].error("bad_period", "Den sidste dag ligger før den første.")
    when = _when(found["when"], facts) if "when" in found else EVERYTHING
    sources = found["sources"].texts() if "sources" in found else ()
    return Rule(found["id"].text(), found["outcome"].text(), when, sources, first, last)


def _when(node: Node, facts: Mapping[str, tuple[Scalar, ...]]) -> Condition:
    when = parse(node)
    for leaf in leaves(when):
        _check(leaf, node, facts)
    return when


def _check(leaf: Leaf, node: Node, facts: Mapping[str, tuple[Scalar, ...]]) -> None:
    if not isinstance(leaf, Asking):
        raise node.error("not_in_table", "«answered» og «fact» kan ikke bruges i en tabel.")
    if leaf.id not in facts:
        raise node.error("unknown_fact", f"«{leaf.id}» står ikke under facts.")
    domain = facts[leaf.id]
    match leaf:
        case Is():
            wanted: tuple[str, ...] = (leaf.value,)
        case AnyOf():
            wanted = leaf.values
        case Compare():
            wanted = ()
            if not all(isinstance(value, int) for value in domain):
                raise node.error("not_number", f"«{leaf.id}» har værdier, der ikke er tal.")
        case _:
            assert_never(leaf)
    for value in wanted:
        if value not in map(str, domain):
            raise node.error("unknown_value", f"«{leaf.id}» kan ikke være «{value}».")


def _overlap(one: Rule, other: Rule) -> bool:
    starts_late = one.valid_to and other.valid_from and other.valid_from > one.valid_to
    ends_early = other.valid_to and one.valid_from and other.valid_to < one.valid_from
    return not (starts_late or ends_early)
