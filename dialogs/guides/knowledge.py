"""Knowledge cards: one idea a card, found by typed words, each with its source and the day it was read through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.danish.phrases import Lexicon, Phrase, PhraseError, compile_phrase
from dialogs.guides.directory import Reader, ordinary_words
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document


@dataclass(frozen=True)
class Knowledge:
    """One card: what it says in a sentence, what one can do, what to talk about, and where it comes from."""

    id: str
    title: str
    short: str
    points: tuple[str, ...]
    ask: tuple[str, ...]
    source: str
    checked: date
    reviewed_by: str | None
    see: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """All cards by id, and the index that finds them in a text."""

    cards: Mapping[str, Knowledge]
    lexicon: Lexicon


def load_shelf(document: Document, ordinary: Document) -> Shelf:
    """Read knowledge.yaml; raise ContentError, with the line, for the first thing that is wrong."""
    nodes = root(document).fields("cards")["cards"].items(some=True)
    cards: dict[str, Knowledge] = {}
    for node in nodes:
        card = _card(node)
        if card.id in cards:
            raise node.error("double", f"Kortet «{card.id}» står to gange.")
        cards[card.id] = card
    for node in nodes:
        for other in node.fields(*_FIELDS)["see"].items():
            other.one_of(cards)
    phrases = [phrase for node in nodes for phrase in _phrases(node)]
    return Shelf(cards, Lexicon(phrases, ordinary_words(Reader(ordinary))))


def find(shelf: Shelf, text: str) -> Knowledge | None:
    """The card that most of the text's words point to, or None; never raises."""
    found = [match for match in shelf.lexicon.find(text) if not match.denied]
    best = max(found, key=lambda match: len(match.positions), default=None)
    return shelf.cards[best.key] if best is not None else None


_FIELDS = ("id", "title", "short", "points", "ask", "source", "words", "checked", "reviewed_by", "see")


def _card(node: Node) -> Knowledge:
    found = node.fields(*_FIELDS)
    checked = found["checked"].day()
    if checked is None:
        raise found["checked"].error("not_date", "Skriv datoen som 2026-01-31.")
    return Knowledge(
        id=found["id"].text(),
        title=found["title"].text(),
        short=found["short"].text(),
        points=found["points"].texts(some=True),
        ask=found["ask"].texts(some=True),
        source=found["source"].text(),
        checked=checked,
        reviewed_by=None if found["reviewed_by"].value is None else found["reviewed_by"].text(),
        see=found["see"].texts(),
    )


def _phrases(node: Node) -> list[Phrase]:
    found = node.fields(*_FIELDS)
    phrases: list[Phrase] = []
    for word in found["words"].items(some=True):
        try:
            phrases.append(compile_phrase(found["id"].text(), word.text()))
        except PhraseError as error:
            raise word.error("bad_phrase", str(error)) from error
    return phrases
