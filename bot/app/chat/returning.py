"""The way back to what was open when a question was asked: one press, with nothing lost."""

from __future__ import annotations

from dataclasses import replace

from bot.app.chat.place import where
from bot.app.drafts.keeping import find
from bot.app.turns.turn import OPEN_PLACES, Turn
from dialogs.acts import Go, encode
from dialogs.replies import Button, Reply


def back(t: Turn) -> Reply | None:
    """The open question again, as it was left. None when nothing waits."""
    place = t.conversation.back
    if not place:
        return None
    t.go_to(place)
    return where(t)


def with_way_back(t: Turn, reply: Reply) -> Reply:
    """The reply with the way back on its last card that has buttons, or on the very last: every guide gets it here."""
    button = _button(t)
    if button is None or not reply.cards or t.conversation.place == t.conversation.back:
        return reply
    cards = list(reply.cards)
    at = max((at for at, card in enumerate(cards) if card.buttons), default=len(cards) - 1)
    cards[at] = replace(cards[at], buttons=((button,), *cards[at].buttons))
    return replace(reply, cards=tuple(cards))


def _button(t: Turn) -> Button | None:
    kind, thing = t.conversation.left
    if kind not in OPEN_PLACES:
        return None
    if kind != "draft":
        return Button(t.words("menu.back_thread"), encode(Go("back")), "primary")
    draft = find(t, thing)
    if draft is None or draft.status != "open":
        return None
    return Button(t.words("menu.back_draft", code=draft.code), encode(Go("back")), "primary")
