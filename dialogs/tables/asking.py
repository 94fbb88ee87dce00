"""Which question is worth asking next: the table as a diagram over questions, made once at start.

A question is asked only while its answer can still change the outcome. So nobody is asked more than the answer needs,
and the asking ends as soon as the rest can't matter. One question may settle several facts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.conditions import All, AnyOf, Condition, Is, Some
from dialogs.tables.deciding import truth
from dialogs.tables.model import Rule, Table, in_force

NEVER = Some(())  # a condition that no answer meets


@dataclass(frozen=True)
class Step:
    """A question over a table: what each of its answers says about the facts."""

    id: str
    gives: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class _End:
    outcome: str | None


@dataclass(frozen=True)
class _Ask:
    step: str
    ways: tuple[tuple[str, _Node], ...]  # by answer


_Node = _End | _Ask
Facts = Mapping[str, str]


def one_by_one(table: Table) -> tuple[Step, ...]:
    """A question for each fact, in the table's order."""
    return tuple(
        Step(name, {str(value): {name: str(value)} for value in values}) for name, values in table.facts.items()
    )


def when_to_ask(table: Table, steps: Sequence[Step], on: date | None = None) -> dict[str, Condition]:
    """For each question the earlier answers with which its own still matters, as a condition over the questions.

    A question that never matters gets a condition that is never met.
    """
    paths: dict[str, list[Condition]] = {step.id: [] for step in steps}
    for node, path in _walk(_diagram(table, steps, on), ()):
        if isinstance(node, _Ask):
            paths[node.step].append(path)
    return {name: _either(found) for name, found in paths.items()}


def _either(paths: Sequence[Condition]) -> Condition:
    if not paths:
        return NEVER
    return paths[0] if len(paths) == 1 else Some(tuple(paths))


def _walk(node: _Node, before: tuple[Condition, ...]) -> Iterator[tuple[_Node, Condition]]:
    """Every node with each way to it; answers that lead the same way are told as one."""
    yield node, before[0] if len(before) == 1 else All(before)
    if isinstance(node, _End):
        return
    grouped: dict[_Node, list[str]] = {}
    for answer, after in node.ways:
        grouped.setdefault(after, []).append(answer)
    for after, answers in grouped.items():
        step = Is(node.step, answers[0]) if len(answers) == 1 else AnyOf(node.step, tuple(answers))
        yield from _walk(after, (*before, step))


def _diagram(table: Table, steps: Sequence[Step], on: date | None) -> _Node:
    return _node(tuple(steps), in_force(table, on), {})


def _node(steps: tuple[Step, ...], rules: tuple[Rule, ...], known: Facts) -> _Node:
    """What is left to ask; a question whose answers all lead to the same is passed over."""
    left = _live(rules, known)
    outcomes = {rule.outcome for rule, _ in left}
    sure = bool(left) and left[-1][1]
    if not left or (sure and len(outcomes) == 1):
        return _End(left[0][0].outcome if left else None)
    if not steps:
        return _End(None)  # no question asks for what is missing
    first, rest = steps[0], steps[1:]
    still = tuple(rule for rule, _ in left)
    ways = tuple((answer, _node(rest, still, {**known, **facts})) for answer, facts in first.gives.items())
    if len({after for _, after in ways}) == 1:
        return ways[0][1]
    return _Ask(first.id, ways)


def _live(rules: tuple[Rule, ...], known: Facts) -> list[tuple[Rule, bool]]:
    """The rules that can still fire, in order, up to the first that surely does, which is marked."""
    found: list[tuple[Rule, bool]] = []
    for rule in rules:
        said = truth(rule.when, known)
        if said is not False:
            found.append((rule, said is True))
        if said is True:
            break
    return found
