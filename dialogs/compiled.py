"""Conditions as closures, made once for each question: what `holds` says, at a tenth of its price.

A turn walks the whole form a few times, and a question about signs has some hundred and fifty conditional options;
a test holds the two against each other on random answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from dialogs.conditions import All, Answered, AnyOf, Compare, Condition, Fact, Is, Not, Some, compares
from dialogs.types import CLOSED_KINDS, Form, Option, Question
from dialogs.values import Value, picks_of

Facts = Callable[[str], bool]
Test = Callable[[Mapping[str, Value], Facts], bool]


@dataclass(frozen=True, eq=False)
class Compiled:
    """A question's conditions: whether it shows, which options do, and whether any does at all."""

    shows: Test | None
    options: tuple[tuple[Option, Test | None], ...]
    by_id: Mapping[str, Test | None]
    offers: tuple[Test, ...] | None  # None: something is always on offer

    def visible(self, values: Mapping[str, Value], facts: Facts) -> bool:
        """Whether the question is asked: its condition holds, and a choice has something to choose from."""
        if self.shows is not None and not self.shows(values, facts):
            return False
        return self.offers is None or self._offers_something(self.offers, values, facts)

    @staticmethod
    def _offers_something(tests: tuple[Test, ...], values: Mapping[str, Value], facts: Facts) -> bool:
        for test in tests:  # noqa: SIM110 - the generator of `any` costs more than what it asks
            if test(values, facts):
                return True
        return False

    def on_show(self, values: Mapping[str, Value], facts: Facts) -> tuple[Option, ...]:
        """The options on show; a condition that several share is asked once."""
        known: dict[Test, bool] = {}
        found: list[Option] = []
        for option, test in self.options:
            if test is not None and test not in known:
                known[test] = test(values, facts)
            if test is None or known[test]:
                found.append(option)
        return tuple(found)


@lru_cache(maxsize=4096)  # every question of a few contents; a question is its own key, since it compares by identity
def compiled(question: Question) -> Compiled:
    """The compiled conditions of a question."""
    tests: dict[Condition, Test] = {}
    for option in question.options:
        if option.show_if is not None and option.show_if not in tests:
            tests[option.show_if] = compile_condition(option.show_if)
    options = tuple((o, None if o.show_if is None else tests[o.show_if]) for o in question.options)
    always = question.kind not in CLOSED_KINDS or not options or any(test is None for _, test in options)
    return Compiled(
        shows=None if question.show_if is None else compile_condition(question.show_if),
        options=options,
        by_id={option.id: test for option, test in options},
        offers=None if always else tuple(tests.values()),
    )


@lru_cache(maxsize=64)  # the forms of a few contents; a form too compares by identity
def plan(form: Form) -> tuple[tuple[Question, Compiled], ...]:
    """Every question of a form with its compiled conditions, for the walks that every turn makes."""
    return tuple((question, compiled(question)) for question in form.questions)


@lru_cache(maxsize=256)  # a form has two of these
def test_of(condition: Condition) -> Test:
    """The compiled form of one condition that belongs to no question."""
    return compile_condition(condition)


def compile_condition(condition: Condition) -> Test:
    """The closure that says what `holds` says about this condition."""
    match condition:
        case Is():
            return _any_of(condition.id, frozenset({condition.value}))
        case AnyOf():
            return _any_of(condition.id, frozenset(condition.values))
        case Answered():
            return _answered(condition.id)
        case Compare():
            return _compare(condition)
        case Fact():
            return _fact(condition.name)
        case Not():
            return _not(compile_condition(condition.part))
        case All():
            return _all([compile_condition(part) for part in condition.parts])
        case Some():
            return _some([compile_condition(part) for part in condition.parts])
        case _:
            assert_never(condition)


def _any_of(question: str, wanted: frozenset[str]) -> Test:
    def test(values: Mapping[str, Value], facts: Facts) -> bool:
        value = values.get(question)
        if value is None:
            return False
        return value in wanted if isinstance(value, str) else not wanted.isdisjoint(picks_of(value))

    return test


def _answered(question: str) -> Test:
    return lambda values, facts: question in values


def _compare(condition: Compare) -> Test:
    def test(values: Mapping[str, Value], facts: Facts) -> bool:
        value = values.get(condition.id)
        return isinstance(value, int) and compares(condition, value)

    return test


def _fact(name: str) -> Test:
    return lambda values, facts: facts(name)


def _not(part: Test) -> Test:
    return lambda values, facts: not part(values, facts)


def _all(parts: Sequence[Test]) -> Test:
    def test(values: Mapping[str, Value], facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110 - as above
            if not part(values, facts):
                return False
        return True

    return test


def _some(parts: Sequence[Test]) -> Test:
    def test(values: Mapping[str, Value], facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110 - as above
            if part(values, facts):
                return True
        return False

    return test
