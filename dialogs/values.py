"""The values that an answer can hold. Apart from types.py, since conditions read values and forms hold conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True)
class Picked:
    """A choice with words beside it: `note` is None until the person has written or passed over the words."""

    picks: tuple[str, ...]
    note: str | None = None


Value = str | int | tuple[str, ...] | Picked


def picks_of(value: Value | None) -> tuple[str, ...]:
    """The option ids inside a value; a plain text counts as one, so that a condition can compare it."""
    match value:
        case None:
            return ()
        case Picked():
            return value.picks
        case tuple():
            return value
        case int():
            return (str(value),)
        case str():
            return (value,)
        case _:
            assert_never(value)


def note_of(value: Value | None) -> str:
    """The person's own words inside a value, or an empty text."""
    match value:
        case Picked():
            return value.note or ""
        case str():
            return value
        case tuple():
            return "\n".join(value)
        case _:
            return ""
