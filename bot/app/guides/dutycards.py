"""The duty to report, answered in the chat: the card that was asked for, the others one press away, the law behind."""

from __future__ import annotations

from bot.app.guides import lawbasis
from bot.app.turns.lightcards import duty
from bot.app.turns.turn import Turn
from dialogs.law.reporting import START, ReportCard
from dialogs.replies import Button, Card
from dialogs.words import fill


def cards(t: Turn, text: str) -> tuple[Card, ...]:
    """The answer to a typed question about reporting."""
    return _shown(t, t.content.law.report.best(text))


def by_id(t: Turn, card_id: str) -> tuple[Card, ...]:
    """One card by its id; the first one for an id that is gone."""
    return _shown(t, _card(t, card_id))


def basis(t: Turn, card_id: str) -> Card:
    """The law behind one card, as a message of its own."""
    return Card(kind="say", title=t.words("basis.title"), text=lawbasis.of_sources(t, _card(t, card_id).sources))


def _card(t: Turn, card_id: str) -> ReportCard:
    found = t.content.law.report.cards
    return found.get(card_id) or found[START]


def _shown(t: Turn, one: ReportCard) -> tuple[Card, ...]:
    """The words with the duty in sight; below, the law (a press where nothing folds) and what else people ask."""
    folds = t.actor.channel == "web"
    text = fill(one.text, {"modtagelse": t.world.handbook.intake}).strip()
    behind = Card(
        kind="say",
        text=t.words("duty.more"),
        faint=lawbasis.faint(t, one.sources),
        detail_title=t.words("basis.show") if folds else "",
        detail=lawbasis.of_sources(t, one.sources) if folds else "",
        buttons=_ways(t, one, folds=folds),
    )
    return (Card(kind="say", title=one.title, text=text, detail=duty(t)), behind)


def _ways(t: Turn, one: ReportCard, *, folds: bool) -> tuple[tuple[Button, ...], ...]:
    others = [card for card in t.content.law.report.cards.values() if card.id != one.id]
    cells = [Button(card.button, t.go("basis.show", "duty", card.id).act) for card in others]
    rows = [tuple(cells[at : at + 2]) for at in range(0, len(cells), 2)]
    return tuple(rows) if folds else (*rows, (t.go("basis.show", "basis", one.id),))
