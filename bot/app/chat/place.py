"""Where the person is: what they would see if they looked now. Every channel can show it again at any time."""

from __future__ import annotations

from dataclasses import replace

from bot.app.chat import thread
from bot.app.drafts import acute, showing
from bot.app.guides import who
from bot.app.meetings import answering, calling
from bot.app.plans import chat as planchat
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.replies import Card, Reply


def where(t: Turn) -> Reply:
    """The pending alert, the open question, the thread, or the menu."""
    if t.conversation.alert is not None:
        return say(acute.alert_card(t, t.conversation.alert))
    if t.subject[0] == who.PLACE:
        return who.start(t)
    return (
        showing.current(t)
        or thread.current(t)
        or planchat.current(t)
        or answering.current(t)
        or calling.current(t)
        or say(*menu.cards(t))
    )


def with_place(t: Turn, *cards: Card) -> Reply:
    """Something to say first, and then where the person is."""
    now = where(t)
    return replace(now, cards=(*cards, *now.cards))
