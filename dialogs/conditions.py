"""Conditions: a closed tree that an editor writes in YAML and that can do nothing but answer yes or no.

    {id: value}        the answer is this (for many answers: contains it)
    {id: [a, b]}       the answer is one of these
    {answered: id}     there is an answer
    {id: {over: 2}}    a number: over, under, least (≥), most (≤)
    {not: …} {all: […]} {some: […]}
    {fact: name}       a tested Python predicate

What is not answered is no ground for anything: `Is`, `AnyOf` and `Compare` are false then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, assert_never, get_args

from dialogs.reading.fields import Node
from dialogs.values import Value, picks_of

Operator = Literal["over", "under", "least", "most"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
WORDS = ("answered", "not", "all", "some", "fact")  # no question may be called any of these


@dataclass(frozen=True)
class Is:
    """The answer is, or contains, this value. Values compare as text, so 2 and "2" are the same answer."""

    id: str
    value: str


@dataclass(frozen=True)
class AnyOf:
    """The answer is, or contains, at least one of these values."""

    id: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """There is an answer, whatever it says."""

    id: str


@dataclass(frozen=True)
class Compare:
    """The answer is a number on the right side of the limit."""

    id: str
    operator: Operator
    limit: int


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Fact:
    """A named predicate, computed by tested Python."""

    name: str


Leaf = Is | AnyOf | Answered | Compare | Fact
Condition = Leaf | Not | All | Some


def parse(node: Node) -> Condition:
    """The condition that an editor wrote; raise ContentError with the line for anything else."""
    found = node.entries()
    if len(found) != 1:
        raise node.error("condition_keys", "En betingelse har ét navn. Saml flere med «all» eller «some».")
    ((name, child),) = found.items()
    match name:
        case "answered":
            return Answered(child.text())
        case "fact":
            return Fact(child.text())
        case "not":
            return Not(parse(child))
        case "all":
            return All(tuple(parse(part) for part in child.items(some=True)))
        case "some":
            return Some(tuple(parse(part) for part in child.items(some=True)))
        case _:
            return _about(name, child)


def _about(question: str, node: Node) -> Condition:
    match node.value:
        case dict():
            return _compare(question, node)
        case list():
            values = tuple(_scalar(item) for item in node.items(some=True))
            if len(set(values)) != len(values):
                raise node.error("double", "Det samme står to gange i listen.")
            return AnyOf(question, values)
        case _:
            return Is(question, _scalar(node))


def _compare(question: str, node: Node) -> Compare:
    found = node.entries()
    if len(found) != 1:
        raise node.error("condition_keys", f"Sammenlign med ét af: {', '.join(OPERATORS)}.")
    ((operator, limit),) = found.items()
    if operator not in OPERATORS:
        raise limit.error("unknown_key", f"«{operator}» kendes ikke. Vælg mellem: {', '.join(OPERATORS)}.")
    return Compare(question, operator, limit.number())


def _scalar(node: Node) -> str:
    # true/false are no answers: a yes/no question is answered by the ids yes and no
    if isinstance(node.value, bool):
        raise node.error("not_text", "Skriv yes eller no, ikke true eller false.")
    return str(node.number()) if isinstance(node.value, int) else node.text()


def no_facts(name: str) -> bool:
    """The facts of a place that has none: asking for one is a mistake in the content."""
    raise KeyError(name)


def holds(condition: Condition, values: Mapping[str, Value], facts: Callable[[str], bool] = no_facts) -> bool:
    """Whether the condition is true of these answers; an open question makes nothing true but `not`."""
    match condition:
        case Not():
            return not holds(condition.part, values, facts)
        case All():
            return all(holds(part, values, facts) for part in condition.parts)
        case Some():
            return any(holds(part, values, facts) for part in condition.parts)
        case _:
            return _holds_leaf(condition, values, facts)


def _holds_leaf(leaf: Leaf, values: Mapping[str, Value], facts: Callable[[str], bool]) -> bool:
    match leaf:
        case Is():
            return leaf.value in picks_of(values.get(leaf.id))
        case AnyOf():
            return not set(leaf.values).isdisjoint(picks_of(values.get(leaf.id)))
        case Answered():
            return leaf.id in values
        case Compare():
            number = values.get(leaf.id)
            return isinstance(number, int) and compares(leaf, number)
        case Fact():
            return facts(leaf.name)
        case _:
            assert_never(leaf)


def compares(condition: Compare, number: int) -> bool:
    """Whether the number is on the right side of the limit."""
    match condition.operator:
        case "over":
            return number > condition.limit
        case "under":
            return number < condition.limit
        case "least":
            return number >= condition.limit
        case "most":
            return number <= condition.limit
        case _:
            assert_never(condition.operator)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every part that asks something, from left to right."""
    match condition:
        case Not():
            yield from leaves(condition.part)
        case All() | Some():
            for part in condition.parts:
                yield from leaves(part)
        case _:
            yield condition


def refs(condition: Condition) -> frozenset[str]:
    """The ids of the questions that the condition reads."""
    return frozenset(leaf.id for leaf in leaves(condition) if not isinstance(leaf, Fact))


def fact_names(condition: Condition) -> frozenset[str]:
    """The names of the predicates that the condition calls."""
    return frozenset(leaf.name for leaf in leaves(condition) if isinstance(leaf, Fact))
