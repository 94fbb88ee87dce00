"""An old answer in the shape that its question has today: what still fits stays, and words are never thrown away."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from dialogs.types import Limits, Question
from dialogs.values import Picked, Value, picks_of


def refit(question: Question, value: Value) -> Value | None:
    """The value as today's question would hold it, renamed options followed; None when nothing of it can stay."""
    match question.kind:
        case "text":
            if isinstance(value, Picked):
                return _chosen(question, value)
            return value if isinstance(value, str) and len(value) <= question.limits.max_length else None
        case "number":
            return value if isinstance(value, int) and question.limits.low <= value <= question.limits.high else None
        case "date":
            return value if isinstance(value, str) and _is_date(value) else None
        case "list":
            return value if isinstance(value, tuple) and _fits_list(question.limits, value) else None
        case "each":
            picks = _renamed(question, value)
            return picks if picks and len(picks) == len(picks_of(value)) else None  # a gap would shift the ratings
        case "one" | "many" | "yesno" | "person_role":
            return _chosen(question, value)
        case _:
            assert_never(question.kind)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _fits_list(limits: Limits, items: tuple[str, ...]) -> bool:
    return len(items) <= limits.max_items and all(len(item) <= limits.max_length for item in items)


def _renamed(question: Question, value: Value) -> tuple[str, ...]:
    """The picks by today's ids; an id of today is never taken for the former name of another."""
    today = {old: o.id for o in question.options for old in o.formerly} | {o.id: o.id for o in question.options}
    return tuple(today[pick] for pick in picks_of(value) if pick in today)


def _chosen(question: Question, value: Value) -> Value | None:
    picks = tuple(dict.fromkeys(_renamed(question, value)))
    if not _may_stand(question, picks, asked_for=len(picks_of(value))):
        picks = ()
    note = value.note if isinstance(value, Picked) else None
    if note is None and question.note_for and not set(picks) & set(question.note_for):
        note = ""  # this pick asks for no words
    if note or (picks and (question.note or question.kind == "text")):
        return Picked(picks, note)
    if question.kind == "many":
        return picks or None
    return picks[0] if picks else None


def _may_stand(question: Question, picks: tuple[str, ...], asked_for: int) -> bool:
    if question.kind != "many":
        return len(picks) == asked_for == 1
    alone = any(o.exclusive and o.id in picks for o in question.options)
    return len(picks) <= (question.limits.max_picks or len(picks)) and not (alone and len(picks) > 1)
