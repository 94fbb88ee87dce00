"""The linter: what no single file can show. Every finding names file, line and id, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.light.cards import CardBook
from dialogs.light.signs import SignBook
from dialogs.lint.cards import card_safety, sign_cards
from dialogs.lint.forms import shape
from dialogs.lint.holes import unfilled
from dialogs.lint.places import places_of
from dialogs.lint.sizes import sizes
from dialogs.lint.texts import texts_of
from dialogs.lint.wording import PlainWords, load_plain_words, wording
from dialogs.reading.files import Files, issue_of
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import ContentError, Document
from dialogs.types import Form

__all__ = ["lint", "lint_form", "lint_texts"]


def lint(files: Files, forms: Mapping[str, Form], signs: SignBook, cards: CardBook) -> list[Issue]:
    """Everything wrong with content whose files could all be read."""
    found: list[Issue] = []
    bands = tuple(band.id for band in signs.bands)
    for document, form in _pairs(files, forms):
        found += lint_form(document, form, bands)
    found += card_safety(files["cards.yaml"], cards)
    found += sign_cards(files, signs, cards)
    if (words := files.get("plain_words.yaml")) is None:
        return found  # whoever could not read the file has said so
    try:
        return [*found, *lint_texts(files, load_plain_words(words))]
    except ContentError as error:
        return [*found, issue_of(error)]


def lint_form(document: Document, form: Form, bands: tuple[str, ...]) -> list[Issue]:
    """Everything wrong with the shape and the sizes of one form."""
    places = places_of(document, form)
    return [*shape(places, bands), *sizes(places)]


def lint_texts(files: Files, plain: PlainWords) -> list[Issue]:
    """Everything wrong with the words of these files."""
    return [issue for text in texts_of(files) for issue in (*wording(text, plain), *unfilled(text))]


def _pairs(files: Files, forms: Mapping[str, Form]) -> Iterator[tuple[Document, Form]]:
    for name, document in files.items():
        form_id = document.data.get("id") if name.startswith("forms/") and isinstance(document.data, dict) else None
        if isinstance(form_id, str) and form_id in forms:
            yield document, forms[form_id]
