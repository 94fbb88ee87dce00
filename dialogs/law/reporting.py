"""The duty to report, answered: one card for each thing that people ask, found by its phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.danish.phrases import Lexicon
from dialogs.guides.directory import Reader
from dialogs.law.sources import Sources
from dialogs.reading.yamlio import Document

START = "pligt"  # the card that answers when nothing else was heard


@dataclass(frozen=True)
class ReportCard:
    """One answer; `button` is how the other answers offer it."""

    id: str
    title: str
    button: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ReportGuide:
    """The cards, and the index that hears which one is asked for."""

    cards: Mapping[str, ReportCard]
    lexicon: Lexicon

    def hears(self, text: str) -> bool:
        """Whether some card is asked for."""
        return bool(self.lexicon.find(text))

    def best(self, text: str) -> ReportCard:
        """The card whose phrases are heard most; the first card yields to anything narrower."""
        heard = Counter(match.key for match in self.lexicon.find(text))
        order = list(self.cards)
        key = min(heard, key=lambda one: (-heard[one], -order.index(one)), default=START)
        return self.cards[key]


def load_report(document: Document, sources: Sources, ordinary: Sequence[str]) -> ReportGuide:
    """Read report.yaml; raise ContentError for the first thing that is wrong."""
    page = Reader(document)
    cards: dict[str, ReportCard] = {}
    for where in page.each("cards"):
        card = ReportCard(
            page.text(*where, "id"),
            page.text(*where, "title"),
            page.text(*where, "button"),
            page.text(*where, "text"),
            page.texts(*where, "sources"),
        )
        for cited in card.sources:
            if cited not in sources:
                page.fail((*where, "sources"), "unknown_source", f"Kilden «{cited}» står ikke i sources.yaml.")
        cards[card.id] = card
    if START not in cards:
        page.fail(("cards",), "missing", f"Kortet «{START}» mangler.")
    phrases = [
        phrase
        for card, where in zip(cards.values(), page.each("cards"), strict=True)
        for phrase in page.phrase(card.id, (*where, "phrases"), page.classes())
    ]
    return ReportGuide(cards, Lexicon(phrases, ordinary))
