"""What an action card must never lose: the numbers to call, and that the wrong call home can harm the child."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs.light.cards import ActionCard, CardBook
from dialogs.light.signs import SignBook
from dialogs.reading.files import Files
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import Document

# Where the home may be the danger, no step may lead to it.
CLOSED_FLOWS = frozenset({"violence", "sexual", "control"})
_HOME = re.compile(r"\b(forældre\w*|far|faren|mor|moren|familie\w*|hjem|derhjem)\b", re.IGNORECASE)
_KEEP_OUT = re.compile(r"\bkontakt ikke (forældrene|familien)\b", re.IGNORECASE)


def card_safety(document: Document, book: CardBook) -> Iterator[Issue]:
    """Cards that could send a hurried person the wrong way."""
    for place, card in enumerate(book.cards.values()):
        for code, field, text in _faults(card):
            line = document.line("cards", place, field)
            yield Issue(document.file, line, f"{card.id}.{field}", code, text)


def _faults(card: ActionCard) -> Iterator[tuple[str, str, str]]:
    closed = card.flow in CLOSED_FLOWS or card.contact_parents == "never"
    if closed and any(_HOME.search(step) for step in card.steps):
        yield "card_home", "steps", "Et trin må ikke pege mod hjemmet her. Myndigheden siger, hvem der taler med dem."
    if card.contact_parents in ("never", "after_authority") and closed and not any(map(_KEEP_OUT.search, card.dont)):
        yield "card_keep_out", "dont", "Kortet skal sige «Kontakt ikke forældrene» (eller «familien»)."
    if card.flow is not None and not any("112" in step or "{modtagelse}" in step for step in card.steps):
        yield "card_number", "steps", "Et trin skal sige, hvem man ringer til: 112 eller {modtagelse}."


def sign_cards(files: Files, signs: SignBook, book: CardBook) -> Iterator[Issue]:
    """Signs that open a card which is not there."""
    for band in signs.bands:
        document = files[f"signs/{band.id}.yaml"]
        for place, row in enumerate(band.rows):
            for sign in row.signs:
                if sign.card is not None and sign.card not in book.cards:
                    line = document.line("rows", place, sign.colour)
                    yield Issue(document.file, line, sign.id, "unknown_card", f"Kortet «{sign.card}» findes ikke.")
