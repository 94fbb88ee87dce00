"""Where a person is in a form: one pass over the facts says what is visible, which answers count, and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.compiled import compiled, plan
from dialogs.facts import Reader
from dialogs.types import Draft, Form, Option, Question
from dialogs.values import Picked, Value, picks_of


@dataclass(frozen=True)
class Position:
    """What one pass over the form finds: the visible questions, their live values, and where the person is."""

    visible: tuple[Question, ...]
    values: Mapping[str, Value]
    current: Question | None
    editing: bool

    def sees(self, question_id: str) -> Question | None:
        """The visible question with this id, or None."""
        return next((q for q in self.visible if q.id == question_id), None)


def locate(form: Form, draft: Draft) -> Position:
    """One pass in document order: what is visible, which answers count, and which question is open."""
    values: dict[str, Value] = {}
    facts = Reader(values)
    shown: list[Question] = []
    current: Question | None = None
    for question, conditions in plan(form):
        if not conditions.visible(values, facts):
            continue
        shown.append(question)
        value = draft.answers.get(question.id)
        if value is not None:
            values[question.id] = value
            facts.changed(question.id)
        if current is None and not settled(question, value, draft, values):
            current = question
    focused = next((q for q in shown if q.id == draft.focus), None)
    editing = focused is not None and focused is not current
    return Position(tuple(shown), values, focused or current, editing)


def settled(question: Question, value: Value | None, draft: Draft, values: Mapping[str, Value]) -> bool:
    """Whether this question needs nothing more: answered in full, or passed over."""
    if value is None:
        return question.id in draft.skipped
    if question.kind == "each":
        return len(picks_of(value)) >= len(items_of(question, values))
    if isinstance(value, Picked):
        return bool(value.picks) and not question.lacks_words(value)
    return True


def items_of(question: Question, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The list that an each-question rates, item by item."""
    return picks_of(values.get(question.of)) if question.of else ()


def offers_all(question: Question, picks: tuple[str, ...], values: Mapping[str, Value]) -> bool:
    """Whether every one of these picks is on show."""
    known = compiled(question).by_id
    facts = Reader(values)
    for pick in picks:
        if pick not in known:
            return False
        test = known[pick]
        if test is not None and not test(values, facts):
            return False
    return True


def options_of(question: Question, values: Mapping[str, Value]) -> tuple[Option, ...]:
    """The options on show, given the answers before."""
    return compiled(question).on_show(values, Reader(values))
