"""The forms of the case pages are listened to as the chat is: what must not be stored, and what tells of danger."""

from __future__ import annotations

from dataclasses import fields

from bot.app.chat.refusing import KINDS
from dialogs.cases.acts import Act
from dialogs.content import Content

_OWN_WORDS = ("text", "reason", "words", "note")  # the fields of an act that hold somebody's sentences
# The team names colleagues and gives their numbers: that is its work. A CPR number is never stored, whoever writes it.
_FROM_TEAM = ("cpr",)


class Ears:
    """Reads an act's texts with the guards of the content."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def refusals(self, act: Act, *, writer: bool) -> tuple[str, ...]:
        """Why these words can't be kept, kind by kind; nothing when they can."""
        found = self.content.guards.scan(_words(act))
        kinds = KINDS if writer else _FROM_TEAM
        return tuple(self.content.words(f"refused.{kind}") for kind in kinds if getattr(found, kind))

    def numbers(self, words: str) -> str:
        """Why these words can't be kept, when a CPR number stands in them; "" when they can."""
        return self.content.words("refused.cpr") if self.content.guards.scan(words).cpr else ""

    def danger(self, act: Act) -> str:
        """The most urgent flow that these words tell of, or ""."""
        return next(iter(self.content.guards.scan(_words(act)).flows), "")


def _words(act: Act) -> str:
    names = {field.name for field in fields(act)}
    return "\n".join(str(getattr(act, name)) for name in _OWN_WORDS if name in names)
