"""Could somebody tell which child it is? A checklist held against a person's own text.

It finds what a machine can find, and asks what only people know. Nothing found never means "anonymous".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.guards import Guards, Span
from dialogs.reading.fields import root
from dialogs.reading.yamlio import Document

MAX_TEXT: Final = 6_000  # characters; a whole worry, and no archive
_BIG, _SMALL = "A-ZÆØÅ", "a-zæøå"
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_TOWN_ENDS = "by|rup|lev|sted|borg|inge|løse|holm|havn|ager|køb|sø|vig|strup"
_ABBREVIATIONS: Final = frozenset({"TV", "IT", "SU", "PC", "OK", "AP", "CD", "EU", "DR", "AI", "SO", "VR"})
_NUMBERS = "tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten"
_ORDINALS = (
    "[Ff]ørste|[Aa]nden|[Tt]redje|[Ff]jerde|[Ff]emte|[Ss]jette|[Ss]yvende|[Oo]ttende|[Nn]iende|[Tt]iende|[Nn]ulte"
)
_ROOMS = "[Rr]ød|[Bb]lå|[Gg]ul|[Gg]røn|[Ll]illa|[Oo]range|[Hh]vid"
_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "class": re.compile(
        rf"(?<![\w.])(?:\d{{1,2}}\s?\.?\s?[{_BIG}{_SMALL}](?![\w])|\d{{1,2}}\.?\s?-?\s?(?:klasse|årgang)\w*"
        rf"|(?:{_ORDINALS})\s(?:klasse|årgang)\w*|klasse \d{{1,2}}|[{_BIG}][{_SMALL}]+stuen?(?!\w)"
        rf"|(?:{_ROOMS}) stue(?!\w)|(?:modtage|special|idræts|børnehave)klassen?(?!\w))"
    ),
    "age": re.compile(rf"(?<![\w–-])(?:\d{{1,2}}|{_NUMBERS})(?:\s?år\b|-?\s?årig\w*)", re.IGNORECASE),
    "initials": re.compile(rf"(?<![\w.])(?:(?:[{_BIG}]\.\s?){{1,3}}(?!\w)|[{_BIG}]{{2}}(?!\w))"),
    "school": re.compile(
        rf"(?<!\w)[{_BIG}][{_SMALL}]{{2,}}(?:skolen?|skoles|friskole|børnehave|børnehus|børnehuset|gården|vuggestue)(?!\w)"
        rf"|(?<!\w)[{_BIG}]\w+ (?:Skole|Friskole|Privatskole|Børnehave|Børnehus)(?!\w)"
    ),
    "town": re.compile(rf"(?<!\w)(?:i|fra|ved|til) [{_BIG}][{_SMALL}]+(?:{_TOWN_ENDS})(?!\w)"),
    "date": re.compile(rf"(?<!\w)\d{{1,2}}\.?\s?(?:{_MONTHS})(?!\w)|(?<![\w.])\d{{1,2}}[./-]\d{{1,2}}(?![\w.])"),
}
_PLACE: Final = re.compile(rf"(?<!\w)(?:i|fra|ved|til|på|nær|omkring) (?P<town>[{_BIG}{_SMALL}]{{2,}})(?!\w)")
SHORT_TOWN: Final = 5  # letters: "i hals", "på ry" in small letters are mostly something else
_PRONOUNS: Final = frozenset({"hans"})  # "Hans far" begins many a sentence; with a surname it is a name anyway
_BAND: Final = re.compile(r"\d\s?(?:–|-|til|og)\s?\Z")  # "10–12 år" is a band: just what is asked for
_PLAIN_PLACES: Final = frozenset({"skolen", "skole", "børnehave", "børnehus", "vuggestue", "folkeskole", "folkeskolen"})


@dataclass(frozen=True)
class Mark:
    """One way in which a child can be known, what to write instead, and the words that tell."""

    code: str
    say: str
    words: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Hit:
    """A place in the text, and which mark it bears. Never the words themselves."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Checklist:
    """What to look for, and the questions that only people can answer."""

    marks: tuple[Mark, ...]
    ask: tuple[str, ...]
    doubt: str

    def say(self, code: str) -> str:
        """What to do about one kind of mark."""
        return next(mark.say for mark in self.marks if mark.code == code)

    def check(self, text: str, guards: Guards) -> tuple[Hit, ...]:
        """Every place that may tell who the child is, in the order of the text; a place is named once."""
        hits = [*_from_guards(text, guards), *_from_patterns(text), *self._from_words(text)]
        order = {mark.code: place for place, mark in enumerate(self.marks)}
        kept: list[Hit] = []
        for hit in sorted(hits, key=lambda one: (one.start, order[one.code])):
            if all(hit.start >= other.end or other.start >= hit.end for other in kept):
                kept.append(hit)
        return tuple(kept)

    def _from_words(self, text: str) -> Iterator[Hit]:
        for mark in self.marks:
            if mark.words is not None:
                yield from (Hit(mark.code, *found.span()) for found in mark.words.finditer(text))


def _from_guards(text: str, guards: Guards) -> Iterator[Hit]:
    found = guards.scan(text)
    yield from _hits("name", found.names)
    yield from _hits("contact", (*found.cpr, *found.cpr_maybe, *found.phones, *found.addresses, *found.emails))
    yield from _towns(text, guards.addresses.towns)
    given = guards.names.given - guards.names.ordinary
    for word in re.finditer(rf"(?<!\w)[{_BIG}][{_SMALL}]+(?:-[{_BIG}][{_SMALL}]+)?(?!\w)", text):
        if _bare(word.group(), given):
            yield Hit("given", *word.span())


def _towns(text: str, towns: Collection[str]) -> Iterator[Hit]:
    """Towns and villages of Denmark; one that is also an ordinary word only where a place is spoken of."""
    for found in _PLACE.finditer(text):
        small = found["town"].lower()
        known = small in towns or small.removesuffix("s") in towns
        if known and (found["town"][0].isupper() or len(small) > SHORT_TOWN):
            yield Hit("town", *found.span())


def _bare(word: str, given: Collection[str]) -> bool:
    """Whether a capitalised word is a given name, also in the genitive."""
    small = word.lower()
    return small not in _PRONOUNS and (small in given or small.removesuffix("s") in given)


def _from_patterns(text: str) -> Iterator[Hit]:
    for code, pattern in _PATTERNS.items():
        for found in pattern.finditer(text):
            if not _harmless(code, found, text):
                yield Hit(code, *found.span())


def _harmless(code: str, found: re.Match[str], text: str) -> bool:
    match code:
        case "age":
            return _BAND.search(text, max(0, found.start() - 8), found.start()) is not None
        case "initials":
            return found.group() in _ABBREVIATIONS
        case "school":
            return found.group().lower() in _PLAIN_PLACES
        case _:
            return False


def _hits(code: str, spans: Collection[Span]) -> Iterator[Hit]:
    return (Hit(code, span.start, span.end) for span in spans)


CODES: Final = ("name", "contact", "given", *_PATTERNS)


def load_checklist(document: Document) -> Checklist:
    """The checklist of anonymity.yaml; raise ContentError for a missing mark or anything that is not a text."""
    top = root(document).fields("marks", "ask", "doubt")
    marks: list[Mark] = []
    for node in top["marks"].items(some=True):
        found = node.fields("code", "say", optional=("words",))
        words = [item.text() for item in found["words"].items(some=True)] if "words" in found else []
        marks.append(Mark(found["code"].text(), found["say"].text(), _compiled(words)))
    for code in CODES:
        if all(mark.code != code for mark in marks):
            raise top["marks"].error("missing", f"«{code}» mangler.")
    return Checklist(tuple(marks), tuple(item.text() for item in top["ask"].items(some=True)), top["doubt"].text())


def _compiled(words: list[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    parts = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
