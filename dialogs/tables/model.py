"""What a decision table is: facts with closed values, rules with periods, and the decision that comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, assert_never

from dialogs.conditions import All, AnyOf, Compare, Condition, Is, Leaf, compares, leaves

Hit = Literal["unique", "first"]
Scalar = str | int
EVERYTHING = All(())  # the condition of a rule without `when`


@dataclass(frozen=True)
class Rule:
    """One line of a table. `valid_to` is the last day; an open end has no date."""

    id: str
    outcome: str
    when: Condition = EVERYTHING
    sources: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Table:
    """A decision table: what may be known, and the rules over it. Values compare as text (2 is "2")."""

    id: str
    version: int
    hit: Hit
    facts: Mapping[str, tuple[Scalar, ...]]
    rules: tuple[Rule, ...]

    @cached_property
    def texts(self) -> Mapping[str, frozenset[str]]:
        """Every fact's values as they are compared; one turn decides by a table a hundred times over."""
        return {fact: frozenset(map(str, values)) for fact, values in self.facts.items()}

    @cached_property
    def undated(self) -> tuple[Rule, ...]:
        """The rules that never change, in the table's order."""
        return tuple(rule for rule in self.rules if rule.valid_from is None and rule.valid_to is None)


Reason = Literal["unknown_fact", "unknown_value", "missing", "gap", "clash", "period"]


@dataclass(frozen=True)
class Change:
    """One fact that, with another value and all else the same, leads to another outcome."""

    fact: str
    value: Scalar
    outcome: str


@dataclass(frozen=True)
class Decision:
    """What a table says on a day, and why. Without an outcome, `reason` tells why it refused."""

    table: str
    version: int
    on: date | None
    outcome: str | None
    reason: Reason | None = None
    rules: tuple[str, ...] = ()  # the rule that fired; those that clash; those out of force
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # for unknown_fact and unknown_value: the facts that are wrong
    would_change: tuple[Change, ...] = ()


def in_force(table: Table, on: date | None) -> tuple[Rule, ...]:
    """The rules that are valid on a day, in the table's order; without a day, those that never change."""

    if on is None:
        return table.undated
    return tuple(rule for rule in table.rules if (rule.valid_from or on) <= on <= (rule.valid_to or on))


Asking = Is | AnyOf | Compare


def asking(leaf: Leaf) -> Asking:
    if isinstance(leaf, Asking):
        return leaf
    # a table is proved by enumerating its facts, and neither a predicate nor "answered" can be enumerated
    raise TypeError(f"a table can't ask {type(leaf).__name__}")


def asks(condition: Condition) -> Iterator[Asking]:
    return (asking(leaf) for leaf in leaves(condition))


def leaf_is(leaf: Asking, known: str) -> bool:
    match leaf:
        case Is():
            return known == leaf.value
        case AnyOf():
            return known in leaf.values
        case Compare():
            return compares(leaf, int(known))
        case _:
            assert_never(leaf)
