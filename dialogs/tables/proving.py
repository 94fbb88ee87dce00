"""Prove a whole table: look at every combination of fact values at once.

A set of combinations is one big number with a bit for each, so that "and", "or" and "not" of conditions are single
operations. The law table's 258,048 combinations are settled in milliseconds, and independently of deciding.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from math import prod
from typing import Literal

from dialogs.conditions import All, Condition, Not, Some
from dialogs.tables.model import Asking, Rule, Scalar, Table, asking, in_force, leaf_is


@dataclass(frozen=True)
class Flaw:
    """A fault of the whole table: how many combinations it hits, and one of them."""

    kind: Literal["gap", "clash", "unreachable"]
    rules: tuple[str, ...]
    count: int
    example: tuple[tuple[str, Scalar], ...] = ()


@dataclass(frozen=True)
class Shift:
    """A change between two tables: from which outcome to which, for how many combinations, and one of them."""

    before: str | None
    after: str | None
    count: int
    example: tuple[tuple[str, Scalar], ...]


def gaps_and_clashes(table: Table, on: date | None = None) -> tuple[Flaw, ...]:
    """Every combination that no rule covers, and every two rules of a unique table that both fire."""
    space = _Space(table.facts)
    current = [(rule, space.where(rule.when)) for rule in in_force(table, on)]
    covered = 0
    for _, bits in current:
        covered |= bits
    flaws = [_flaw("gap", (), space, space.full & ~covered)]
    if table.hit == "unique":
        flaws += [_flaw("clash", (a.id, b.id), space, x & y) for (a, x), (b, y) in combinations(current, 2)]
    return tuple(flaw for flaw in flaws if flaw.count)


def reach(table: Table, on: date | None = None) -> dict[str, int]:
    """How many combinations each rule in force decides; 0 is a rule that can never fire."""
    space = _Space(table.facts)
    left, counts = space.full, dict[str, int]()
    for rule in in_force(table, on):
        bits = space.where(rule.when)
        counts[rule.id] = (bits & left).bit_count() if table.hit == "first" else bits.bit_count()
        left &= ~bits
    return counts


def unreachable(table: Table, on: date | None = None) -> tuple[Flaw, ...]:
    """The rules in force that no combination ever reaches."""
    return tuple(Flaw("unreachable", (rule,), 0) for rule, count in reach(table, on).items() if not count)


def as_unique(table: Table, on: date | None = None) -> Table:
    """The ordered table of one day as unique rules: each says itself that no earlier one fires."""
    rules: list[Rule] = []
    earlier: list[Condition] = []
    for rule in in_force(table, on):
        rules.append(replace(rule, when=All((Not(Some(tuple(earlier))), rule.when))))
        earlier.append(rule.when)
    return replace(table, hit="unique", rules=tuple(rules))


def same_outcomes(one: Table, other: Table, on: date | None = None) -> bool:
    """Whether two tables over the same facts give the same outcome for every combination."""
    return dict(one.facts) == dict(other.facts) and _outcomes(one, on) == _outcomes(other, on)


def shifts(one: Table, other: Table, on: date | None = None) -> tuple[Shift, ...]:
    """Every change of outcome from one table to another over the same facts; raise ValueError when the facts differ."""
    if dict(one.facts) != dict(other.facts):
        raise ValueError("the tables ask about different facts")
    space = _Space(one.facts)
    before, after = (_with_the_rest(_outcomes(table, on), space.full) for table in (one, other))
    return tuple(
        Shift(old, new, bits.bit_count(), space.example(bits))
        for old, x in before.items()
        for new, y in after.items()
        if old != new and (bits := x & y)
    )


def _with_the_rest(outcomes: Mapping[str, int], full: int) -> dict[str | None, int]:
    """The outcomes, and under None the combinations that no rule decides."""
    rest = full
    for bits in outcomes.values():
        rest &= ~bits
    return {**outcomes, None: rest}


def _outcomes(table: Table, on: date | None) -> dict[str, int]:
    space = _Space(table.facts)
    left, outcomes = space.full, dict[str, int]()
    for rule in in_force(table, on):
        bits = space.where(rule.when)
        decided = bits & left if table.hit == "first" else bits
        if decided:
            outcomes[rule.outcome] = outcomes.get(rule.outcome, 0) | decided
        left &= ~bits
    return outcomes


def boundary_dates(table: Table) -> tuple[date, ...]:
    """The days on which the set of valid rules changes: a table is proved on each of them."""
    first_days = {rule.valid_from for rule in table.rules if rule.valid_from}
    days_after = {rule.valid_to + timedelta(days=1) for rule in table.rules if rule.valid_to}
    return tuple(sorted(first_days | days_after))


class _Space:
    """All combinations of fact values; bit n of a set stands for combination n (the last fact turns fastest)."""

    def __init__(self, facts: Mapping[str, tuple[Scalar, ...]]) -> None:
        self.facts = facts
        self.size = prod(len(values) for values in facts.values())
        self.full = (1 << self.size) - 1
        self._atoms: dict[tuple[str, str], int] = {}
        block = self.size
        for name, values in facts.items():
            period, block = block, block // len(values)
            for place, value in enumerate(values):
                once = ((1 << block) - 1) << (place * block)
                self._atoms[name, str(value)] = _repeated(once, period, self.size // period)

    def where(self, condition: Condition) -> int:
        """The set of combinations for which the condition is true."""
        match condition:
            case Not():
                return self.full & ~self.where(condition.part)
            case All():
                bits = self.full
                for part in condition.parts:
                    bits &= self.where(part)
                return bits
            case Some():
                bits = 0
                for part in condition.parts:
                    bits |= self.where(part)
                return bits
            case _:
                return self._whereasking(asking(condition))

    def _whereasking(self, leaf: Asking) -> int:
        bits = 0
        for value in self.facts[leaf.id]:
            if leaf_is(leaf, str(value)):
                bits |= self._atoms[leaf.id, str(value)]
        return bits

    def example(self, bits: int) -> tuple[tuple[str, Scalar], ...]:
        """The first combination of a set that is not empty."""
        index = (bits & -bits).bit_length() - 1
        chosen: list[tuple[str, Scalar]] = []
        for name, values in reversed(list(self.facts.items())):
            index, place = divmod(index, len(values))
            chosen.append((name, values[place]))
        return tuple(reversed(chosen))


def _repeated(pattern: int, width: int, times: int) -> int:
    """A pattern of so many bits, so many times side by side; by doubling, since dividing such numbers is slow."""
    whole, at = 0, 0
    while times:
        if times & 1:
            whole |= pattern << at
            at += width
        pattern |= pattern << width
        width *= 2
        times >>= 1
    return whole


def _flaw(kind: Literal["gap", "clash"], rules: tuple[str, ...], space: _Space, bits: int) -> Flaw:
    return Flaw(kind, rules, bits.bit_count(), space.example(bits) if bits else ())
