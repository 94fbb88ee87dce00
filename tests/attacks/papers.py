"""T08 for what leaves the house as a file: any text on a paper, in Word, in the page of a PDF, and in a calendar.

Many texts in one Word file and one PDF: `tests/attacks/piles.py`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

from bot.documents import html, word
from dialogs.meetings.calendar import Appointment, download, invitation
from dialogs.meetings.model import Wall
from dialogs.papers.documents import Blanks, Note, Paper, Points, Rows, Section, Text, as_text
from tests.core.ics_grammar import breaches

STAMP = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STARTS = Wall(date(2026, 11, 25), time(12, 30))


def paper_of(text: str) -> Paper:
    """One text in every place that a paper has for words."""
    blocks = (
        Text(text),
        Points((text, text), ticks=True),
        Rows(((text[:40], text),)),
        Blanks((text[:40],)),
        Note(text),
    )
    return Paper(text[:80], (Section(text[:60], blocks),), "proeve", lead=text, foot=text[:200])


class _Elements(HTMLParser):
    """The elements of a page with their attributes, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _ in attrs)))


def _elements(text: str) -> set[tuple[str, tuple[str, ...]]]:
    reader = _Elements()
    reader.feed(html.page(paper_of(text)))
    return set(reader.seen)


@cache
def _harmless() -> set[tuple[str, tuple[str, ...]]]:
    return _elements("Et.\n\nTo\ntre.")


def on_paper(text: str) -> None:
    """As text and as the page of a PDF: no element that a harmless paper has not, and nothing unprintable."""
    assert _elements(text) <= _harmless(), _elements(text) - _harmless()
    plain = as_text(paper_of(text))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", plain)
    plain.encode("utf-8")


def in_word(text: str) -> None:
    """As a Word file: a sound archive without a link, a field or a macro of anybody's."""
    with ZipFile(BytesIO(word.make(paper_of(text)))) as file:
        assert file.testzip() is None
        body = file.read("word/document.xml").decode("utf-8")
        assert not [name for name in file.namelist() if "vba" in name.lower() or "embed" in name.lower()]
    assert "w:hyperlink" not in body and "w:instrText" not in body and "w:fldSimple" not in body


def in_a_calendar(text: str) -> None:
    """As a calendar's object: every octet within the grammar, and no property that the text brought along."""
    what = Appointment("m1@moede.trivselsbot", 1, STARTS, 60, text[:200], text, "https://trivsel.example/moede/m1")
    for made in (
        download(what, sender="bot@trivsel.example", stamp=STAMP),
        invitation(what, sender="bot@trivsel.example", to="ane@skole.example", stamp=STAMP),
    ):
        assert breaches(made.encode("utf-8")) == []
        names = [line.split(":")[0].split(";")[0] for line in made.replace("\r\n ", "").split("\r\n")]
        assert set(names) <= _PROPERTIES, set(names) - _PROPERTIES


_PROPERTIES = {
    "", "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND",
    "DURATION", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "TRANSP", "CLASS", "ORGANIZER", "ATTENDEE", "TZID", "RRULE",
    "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "TRIGGER", "ACTION",
}  # fmt: skip
