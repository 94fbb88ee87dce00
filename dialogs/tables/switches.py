"""Named relaxations of a table: what a municipality's jurist may switch, and nothing else.

A switch is written in the table itself. It may change, remove or add rules; it may never touch the rules that the
table names under `never`, nor put anything before them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dialogs.conditions import Condition
from dialogs.tables.model import Rule, Table


@dataclass(frozen=True)
class Added:
    """A rule that a switch brings, and the rule that it stands before."""

    before: str
    rule: Rule


@dataclass(frozen=True)
class Switch:
    """One relaxation: the rules that it narrows, takes away and adds. `about` says in Danish what it allows."""

    id: str
    about: str
    change: tuple[tuple[str, Condition], ...] = ()
    remove: tuple[str, ...] = ()
    add: tuple[Added, ...] = ()

    def touches(self) -> tuple[str, ...]:
        """The rules that are changed, removed, or pushed one place down."""
        return (*(rule for rule, _ in self.change), *self.remove, *(one.before for one in self.add))


def relax(table: Table, switches: Sequence[Switch], chosen: Collection[str]) -> Table:
    """The table with the chosen switches thrown, in the order of the file; an unknown name raises KeyError."""
    known = {switch.id for switch in switches}
    for name in chosen:
        if name not in known:
            raise KeyError(name)
    rules = table.rules
    for switch in switches:
        if switch.id in chosen:
            rules = _thrown(rules, switch)
    return replace(table, rules=rules)


def _thrown(rules: tuple[Rule, ...], switch: Switch) -> tuple[Rule, ...]:
    changed = dict(switch.change)
    found: list[Rule] = []
    for rule in rules:
        found += [one.rule for one in switch.add if one.before == rule.id]
        if rule.id not in switch.remove:
            found.append(replace(rule, when=changed[rule.id]) if rule.id in changed else rule)
    return tuple(found)
