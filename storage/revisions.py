"""Compare and set only protects when every write moves the revision."""

from __future__ import annotations


def must_move(revision: int, expected: int) -> None:
    """Refuse a save that keeps the revision: the next writer could not tell that something has changed."""
    if revision <= expected:
        raise ValueError(f"a save must move the revision on from {expected}")
