"""Knowledge cards in the chat: a list to press, and one card at a time."""

from __future__ import annotations

from bot.app.guides import who
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.words import day_words
from dialogs.guides.knowledge import Knowledge, find
from dialogs.replies import Button, Card, Reply, Row


def show(t: Turn, card_id: str) -> Reply:
    """One card; the list for an id that is none."""
    found = t.content.shelf.cards.get(card_id)
    t.visit(who.PLACE)
    return say(_card(t, found)) if found is not None else say(_listing(t))


def heard(t: Turn, text: str) -> Reply | None:
    """The card that typed words ask for, or None."""
    found = find(t.content.shelf, text)
    return show(t, found.id) if found is not None else None


def _listing(t: Turn) -> Card:
    rows = tuple((_press(card),) for card in t.content.shelf.cards.values())
    last = ((t.go("menu.menu", "menu", style="quiet"),),)
    return Card(kind="say", title=t.words("know.title"), text=t.words("know.ask"), buttons=(*rows, *last))


def _press(card: Knowledge) -> Button:
    return Button(card.title, encode(Go("know", card.id)))


def _card(t: Turn, card: Knowledge) -> Card:
    rows = (
        Row(t.words("know.points"), "\n".join(f"• {point}" for point in card.points)),
        Row(t.words("know.questions"), "\n".join(f"• {question}" for question in card.ask)),
        Row(t.words("know.source"), f"{card.source} {checked(t, card)}"),
    )
    near = tuple((_press(t.content.shelf.cards[one]),) for one in card.see)
    last = ((t.go("know.all", "know"), t.go("menu.menu", "menu", style="quiet")),)
    return Card(kind="say", title=card.title, text=card.short, rows=rows, buttons=(*near, *last))


def checked(t: Turn, card: Knowledge) -> str:
    """When the card was read through, and by whom; it says so when nobody of the field has."""
    day = day_words(card.checked)
    if card.reviewed_by:
        return t.words("profile.reviewed", date=day, by=card.reviewed_by)
    return t.words("profile.unreviewed", date=day)
