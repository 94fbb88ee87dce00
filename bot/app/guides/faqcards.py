"""Short answers about the bot, told above whatever is open: nothing opens, and nothing that was asked is lost."""

from __future__ import annotations

from bot.app.turns.turn import Turn
from dialogs.acts import GoVerb
from dialogs.replies import Card

_FEW = 6  # words; so few ask something even without the mark at the end ("hva er trio")
_DOORS: dict[str, tuple[str, GoVerb]] = {
    "light": ("menu.light", "light"),
    "new": ("menu.new", "new"),
    "drafts": ("ask.guides.drafts", "drafts"),
    "cases": ("ask.guides.status", "cases"),
    "share": ("menu.share", "share"),
    "acute": ("question.acute", "acute"),
    "forum": ("who.forum", "forum"),
}


def answer(t: Turn, text: str, *, asked: bool) -> Card | None:
    """The answer that a typed question asks for, or None. What isn't `asked` in form must be short to count."""
    found = t.content.faq.find(text) if asked or len(text.split()) <= _FEW else None
    if found is None:
        return None
    doors = ((t.go(*_DOORS[found.door]),),) if found.door else ()
    return Card(kind="say", text=found.say, buttons=doors)
