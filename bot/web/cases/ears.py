"""The forms of the case pages are listened to as the chat is: what tells of danger, and a refusal in words.

What may not be stored is refused by the use cases themselves (bot/app/cases/stored.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.cases.stored import all_said, words_of
from dialogs.cases.acts import Act
from dialogs.content import Content
from dialogs.types import Problem


class Ears:
    """Reads an act's texts with the guards of the content."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def said(self, problems: Sequence[Problem]) -> tuple[str, ...]:
        """Why something can't be done or kept, in words."""
        return all_said(self.content, problems)

    def danger(self, act: Act) -> str:
        """The most urgent flow that these words tell of, or ""."""
        return next(iter(self.content.guards.scan(words_of(act)).flows), "")
