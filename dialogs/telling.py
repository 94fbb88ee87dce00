"""A form told to its editor: each condition in words, and the whole as a list and as a Mermaid picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.conditions import All, Answered, AnyOf, Compare, Condition, Fact, Is, Leaf, Not, Some
from dialogs.lint.reach import reads
from dialogs.types import Form, Question

FACT_WORDS = {
    "full_version": "hele skemaet er valgt",
    "parents_wait": "hjemmet kan være faren",
    "red_lane": "det haster",
}
_OPERATORS = {"over": "over", "under": "under", "least": "mindst", "most": "højst"}
MAX_NODE = 48  # characters in a box of the picture; more makes it unreadable


@dataclass(frozen=True)
class Line:
    """One question of the list; `when` is empty for a question that is always asked."""

    id: str
    kind: str
    required: bool
    ask: str
    when: str
    options: tuple[str, ...]


def in_words(condition: Condition, form: Form) -> str:
    """The condition as a Danish sentence without an end."""
    match condition:
        case Not():
            return f"ikke ({in_words(condition.part, form)})"
        case All():
            return _joined(condition.parts, form, " og ") or "altid"
        case Some():
            return _joined(condition.parts, form, " eller ") or "aldrig"
        case _:
            return _leaf(condition, form)


def _joined(parts: tuple[Condition, ...], form: Form, word: str) -> str:
    return word.join(
        f"({in_words(part, form)})" if isinstance(part, All | Some) and len(part.parts) > 1 else in_words(part, form)
        for part in parts
    )


def _leaf(leaf: Leaf, form: Form) -> str:
    match leaf:
        case Is():
            return f"{_name(leaf.id, form)} er {_label(leaf.id, leaf.value, form)}"
        case AnyOf():
            return f"{_name(leaf.id, form)} er {' eller '.join(_label(leaf.id, one, form) for one in leaf.values)}"
        case Answered():
            return f"{_name(leaf.id, form)} er besvaret"
        case Compare():
            return f"{_name(leaf.id, form)} er {_OPERATORS[leaf.operator]} {leaf.limit}"
        case Fact():
            return FACT_WORDS.get(leaf.name, leaf.name)


def _name(question_id: str, form: Form) -> str:
    question = form.question(question_id)
    return f"«{question.summary or question.ask}»" if question else question_id


def _label(question_id: str, value: str, form: Form) -> str:
    question = form.question(question_id)
    options = question.options if question else ()
    return next((f"«{option.label}»" for option in options if option.id == value), f"«{value}»")


def listing(form: Form) -> tuple[Line, ...]:
    """Every question in order, with its condition in words."""
    return tuple(
        Line(
            id=question.id,
            kind=question.kind,
            required=question.required,
            ask=question.ask,
            when=in_words(question.show_if, form) if question.show_if is not None else "",
            options=tuple(option.label for option in question.options),
        )
        for question in form.questions
    )


def mermaid(form: Form) -> str:
    """The form as a Mermaid flowchart: the order as arrows, what decides about what as dotted arrows."""
    return "\n".join(_mermaid(form))


def _mermaid(form: Form) -> Iterator[str]:
    yield "flowchart TD"
    for question in form.questions:
        box = ('(["', '"])') if question.show_if is None else ('["', '"]')
        yield f"    {question.id}{box[0]}{_boxed(question)}{box[1]}"
    for one, other in zip(form.questions, form.questions[1:], strict=False):
        yield f"    {one.id} --> {other.id}"
    for question in form.questions:
        for source in _deciders(question, form):
            yield f"    {source} -.-> {question.id}"


def _boxed(question: Question) -> str:
    text = question.summary or question.ask
    short = text if len(text) <= MAX_NODE else f"{text[: MAX_NODE - 1]}…"
    return f"{question.id}<br/>{short}".replace('"', "'")


def _deciders(question: Question, form: Form) -> list[str]:
    if question.show_if is None:
        return []
    wanted = reads(form, question.show_if)
    return [one.id for one in form.questions if one.id in wanted]
