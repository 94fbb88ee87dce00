"""T08 for files: many texts in one Word file, and in one PDF, since opening them costs more than what a text adds.

Every text goes into a Word file. One pile in so many goes into a real PDF too: signs of a hundred scripts make its
maker look for a font each, so a text costs it more than all other renderers together (its page is asked of each text).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from pypdf import PdfReader

from bot.documents import pdf, word
from bot.ports import NoPaper
from dialogs.guards import clean
from dialogs.papers.documents import Blanks, Block, Note, Paper, Points, Rows, Section, Text

CHARS, LINES = 15_000, 400  # a quarter of what a paper may hold, so that nothing of a text is cut off
PDF_EVERY = 40


@dataclass
class Made:
    """What came of it. `stopped`: texts whose PDF met its limit on work, alone; people get Word or plain text then."""

    files: int = 0
    texts: int = 0
    stopped: int = 0


def in_word(texts: Sequence[str]) -> Made:
    """All of them through Word; AssertionError at the first pile in which a text gets out of its place."""
    made = Made()
    for pile in _piles(texts):
        _as_word(pile)
        made.files, made.texts = made.files + 1, made.texts + len(pile)
    return made


def in_pdf(texts: Sequence[str]) -> Made:
    """One pile in so many through PDF, the same way."""
    made = Made()
    for pile in islice(_piles(texts), None, None, PDF_EVERY):
        _as_pdf(pile, made)
    return made


def _piles(texts: Sequence[str]) -> Iterator[list[str]]:
    pile, chars, lines = list[str](), 0, 0
    for text in map(clean, texts):
        if pile and (chars + len(text) > CHARS or lines + text.count("\n") > LINES):
            yield pile
            pile, chars, lines = [], 0, 0
        pile.append(text)
        chars, lines = chars + len(text) + 100, lines + text.count("\n") + 2
    yield pile


def _paper(texts: Sequence[str]) -> Paper:
    sections = (Section(text[:60], (_block(number, text),)) for number, text in enumerate(texts))
    return Paper("Bunke", tuple(sections), "proeve")


def _block(number: int, text: str) -> Block:
    """Each kind of place in turn."""
    kinds = (Text(text), Points((text,), ticks=True), Rows(((text[:40], text),)), Blanks((text[:40],)), Note(text))
    return kinds[number % len(kinds)]


def _as_word(texts: Sequence[str]) -> None:
    with ZipFile(BytesIO(word.make(_paper(texts)))) as file:
        assert file.testzip() is None
        assert not [name for name in file.namelist() if "vba" in name.lower() or "embed" in name.lower()]
        body = file.read("word/document.xml").decode("utf-8")
    assert not [sign for sign in ("w:hyperlink", "w:instrText", "w:fldSimple", "w:object") if sign in body], texts
    assert body.count('<w:pStyle w:val="Heading2"/>') == len(texts), "a text made a heading of its own, or ate one"


def _as_pdf(texts: Sequence[str], made: Made) -> None:
    """As one PDF; what is too much work together is done by halves."""
    try:
        file = PdfReader(BytesIO(pdf.make(_paper(texts))))
    except NoPaper as why:
        assert why.args != ("missing",)
        if len(texts) == 1:
            made.stopped += 1
            return
        half = len(texts) // 2
        _as_pdf(texts[:half], made)
        _as_pdf(texts[half:], made)
        return
    assert not [page for page in file.pages if "/Annots" in page or "/AA" in page], texts
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(file.trailer["/Root"]), texts
    made.files, made.texts = made.files + 1, made.texts + len(texts)
