"""Cases as plain JSON data for the store. Every field is written; a missing one is read as its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from dialogs.cases.model import Case, Colour
from dialogs.drafts import dump_value, load_value

_MOMENTS = frozenset({"sent_at", "stored_at", "opened_at", "answered_at", "closed_at", "changed_at"})
_DAYS = frozenset({"planned_for", "follow_up"})


def dump_case(case: Case) -> dict[str, Any]:
    """Plain JSON data of a case, all of it."""
    data = {item.name: _plain(getattr(case, item.name)) for item in fields(case)}
    return data | {"answers": {key: dump_value(answer) for key, answer in case.answers.items()}}


def load_case(data: Mapping[str, Any]) -> Case:
    """The case that `dump_case` wrote; names that this version does not know are passed over."""
    known = _known(Case, data)
    colour = _known(Colour, known["colour"])
    colour["because"] = tuple(colour["because"])
    known["colour"] = Colour(**colour)
    known["answers"] = {key: load_value(answer) for key, answer in known["answers"].items()}
    known["excluded"] = tuple(known["excluded"])
    for name in _MOMENTS & known.keys():
        known[name] = known[name] and datetime.fromisoformat(known[name])
    for name in _DAYS & known.keys():
        known[name] = known[name] and date.fromisoformat(known[name])
    return Case(**known)


def _known(kind: type[Case] | type[Colour], data: Mapping[str, Any]) -> dict[str, Any]:
    return {item.name: data[item.name] for item in fields(kind) if item.name in data}


def _plain(value: Any) -> Any:
    match value:
        case Colour():
            return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        case date():  # a datetime is one too, and both write themselves as ISO text
            return value.isoformat()
        case _:
            return value
