"""Decide by a table: one outcome with its reason, or a refusal; never a guess.

A fact that is not given is unknown, not false: it is reported as missing whenever it could still change which rule
fires, and only then. So a person is asked no more than the table needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dialogs.conditions import All, Condition, Not, Some
from dialogs.tables.model import Change, Decision, Reason, Rule, Scalar, Table, asking, asks, in_force, leaf_is


def decide(table: Table, facts: Mapping[str, Scalar], on: date | None = None, *, explain: bool = True) -> Decision:
    """The outcome for these facts on a day, or a refusal with its reason; undated tables need no day.

    `explain` also works out `would_change`, which decides once more for every other value of every given fact.
    """
    refusal = _unreadable(table, facts, on)
    if refusal is not None:
        return refusal
    given = {name: str(value) for name, value in facts.items()}
    decision = _settle(table, given, on)
    if decision.outcome is None or not explain:
        return decision
    return replace(decision, would_change=_would_change(table, given, on, decision.outcome))


def _unreadable(table: Table, facts: Mapping[str, Scalar], on: date | None) -> Decision | None:
    strangers = tuple(name for name in facts if name not in table.facts)
    if strangers:
        return _refusal(table, on, "unknown_fact", missing=strangers)
    wrong = tuple(name for name, value in facts.items() if str(value) not in table.texts[name])
    return _refusal(table, on, "unknown_value", missing=wrong) if wrong else None


def _refusal(
    table: Table, on: date | None, reason: Reason, rules: tuple[str, ...] = (), missing: tuple[str, ...] = ()
) -> Decision:
    return Decision(table.id, table.version, on, None, reason, rules=rules, missing=missing)


def _settle(table: Table, given: Mapping[str, str], on: date | None) -> Decision:
    fired: list[Rule] = []
    open_facts: set[str] = set()
    current = in_force(table, on)
    for rule in current:
        said = truth(rule.when, given)
        if said is None:
            open_facts |= {leaf.id for leaf in asks(rule.when)} - given.keys()
        elif said:
            fired.append(rule)
            if table.hit == "first":
                break
    if len(fired) > 1:
        return _refusal(table, on, "clash", rules=tuple(rule.id for rule in fired))
    if open_facts:
        return _refusal(table, on, "missing", missing=tuple(name for name in table.facts if name in open_facts))
    if fired:
        return Decision(table.id, table.version, on, fired[0].outcome, rules=(fired[0].id,), sources=fired[0].sources)
    asleep = tuple(r.id for r in table.rules if r not in current and truth(r.when, given) is True)
    return _refusal(table, on, "period" if asleep or not current else "gap", rules=asleep)


def truth(condition: Condition, given: Mapping[str, str]) -> bool | None:
    """True, false, or None where facts that are not given could still make it either."""
    match condition:
        case Not():
            inner = truth(condition.part, given)
            return None if inner is None else not inner
        case All():
            return _worst(condition.parts, given, stop=False)
        case Some():
            return _worst(condition.parts, given, stop=True)
        case _:
            leaf = asking(condition)
            known = given.get(leaf.id)
            return None if known is None else leaf_is(leaf, known)


def _worst(parts: tuple[Condition, ...], given: Mapping[str, str], *, stop: bool) -> bool | None:
    """One `stop` decides; without it one unknown leaves it open; else it is the opposite of `stop`."""
    result: bool | None = not stop
    for part in parts:
        said = truth(part, given)
        if said is stop:
            return stop
        if said is None:
            result = None
    return result


def _would_change(table: Table, given: Mapping[str, str], on: date | None, outcome: str) -> tuple[Change, ...]:
    changes: list[Change] = []
    for name in given:
        for value in table.facts[name]:
            other = _settle(table, {**given, name: str(value)}, on).outcome
            if other is not None and other != outcome:
                changes.append(Change(name, value, other))
    return tuple(changes)
