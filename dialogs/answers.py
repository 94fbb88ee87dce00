"""One answer as a reader sees it: the labels of what was picked, and the person's own words as they stand."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.position import items_of
from dialogs.types import Question
from dialogs.values import Picked, Value, picks_of


def answer_text(question: Question, value: Value | None, values: Mapping[str, Value]) -> str:
    """One answer in the person's own words and the options' labels."""
    if value is None:
        return ""
    labels = {o.id: o.label for o in question.options}
    if question.kind == "each":
        rated = [labels.get(pick, pick) for pick in picks_of(value)]
        items = items_of(question, values)
        return "\n".join(map(": ".join, zip(items, rated, strict=False))) if items else ", ".join(rated)
    if isinstance(value, Picked):
        picked = ", ".join(labels.get(p, p) for p in value.picks)
        return " – ".join(part for part in (picked, value.note or "") if part)
    if isinstance(value, tuple):
        long_labels = any("," in labels.get(item, item) for item in value)
        separator = "\n" if question.kind == "list" else "; " if long_labels else ", "
        return separator.join(labels.get(item, item) for item in value)
    return labels.get(value, value) if isinstance(value, str) else str(value)
