"""What an edit does to other answers: those that no longer fit are let go by name, all others stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.position import Position, items_of, locate, offers_all, options_of
from dialogs.types import Draft, Form, Question
from dialogs.values import Picked, Value, picks_of


def prune(form: Form, draft: Draft) -> tuple[Draft, tuple[str, ...], Position]:
    """Let visible answers go that no longer fit: a pick that is not on show, ratings of a list that changed length.

    Returns the draft, the ids of the questions that lost something, and where the person is then. Answers to hidden
    questions sleep untouched.
    """
    dropped: list[str] = []
    while True:
        at = locate(form, draft)
        broken = next((q for q in at.visible if q.id in at.values and not _fits(q, at.values[q.id], at.values)), None)
        if broken is None:
            return draft, tuple(dropped), at
        dropped.append(broken.id)
        answers = dict(draft.answers)
        kept = _what_fits(broken, answers.pop(broken.id), at.values)
        if kept is not None:
            answers[broken.id] = kept
        draft = replace(draft, answers=answers)


def _fits(question: Question, value: Value, values: Mapping[str, Value]) -> bool:
    if question.kind == "each":
        return len(picks_of(value)) <= len(items_of(question, values))
    if question.kind in ("one", "many", "yesno", "person_role") or isinstance(value, Picked):
        return offers_all(question, picks_of(value), values)
    return True


def _what_fits(question: Question, value: Value, values: Mapping[str, Value]) -> Value | None:
    """The part of a broken answer that still stands: the picks left on show, and always the person's own words."""
    if question.kind == "each":
        return None
    on_show = {o.id for o in options_of(question, values)}
    left = tuple(p for p in picks_of(value) if p in on_show)
    if isinstance(value, Picked):
        return Picked(left, value.note) if left or value.note else None
    return left or None if question.kind == "many" else None


def carry_ratings(
    form: Form, changed: Question, value: Value | None, answers: Mapping[str, Value], before: Value | None
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Ratings follow their items when a list is written anew, so that none of them comes to judge another item.

    Kept are the ratings of the leading items that were rated before. Returns the answers and who lost a rating.
    """
    carried = dict(answers)
    lost: list[str] = []
    for question in form.questions:
        if question.of != changed.id or question.id not in answers:
            continue
        ratings = picks_of(carried.pop(question.id))
        rated = list(zip(picks_of(before), ratings, strict=False))
        kept: list[str] = []
        for item in picks_of(value):
            pair = next((pair for pair in rated if pair[0] == item), None)
            if pair is None:
                break
            rated.remove(pair)
            kept.append(pair[1])
        if kept:
            carried[question.id] = tuple(kept)
        if len(kept) < len(ratings):
            lost.append(question.id)
    return carried, tuple(lost)
