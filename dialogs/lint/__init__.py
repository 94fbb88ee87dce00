"""The linter: Content → list[Issue]."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.cards import CardBook
from dialogs.files import Files
from dialogs.issues import Issue
from dialogs.signs import SignBook
from dialogs.types import Form


def lint(files: Files, forms: Mapping[str, Form], signs: SignBook, cards: CardBook) -> list[Issue]:
    """All that the loaders can't see."""
    return []
