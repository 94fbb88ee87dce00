"""The store under the guard of a house, for what a test must look at or set right by hand."""

from __future__ import annotations

from typing import Any

from bot.bootstrap import House


def bare(house: House) -> Any:
    """The bare store: no actor, no log."""
    return house.store._raw  # type: ignore[attr-defined]  # only tests may look past the guard
