"""The directory of professions and topics, read from Danish content into frozen, checked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dialogs.danish.phrases import Lexicon, Phrase, PhraseError, compile_phrase
from dialogs.guides import nearest
from dialogs.reading.files import BANDS
from dialogs.reading.parts import Parts
from dialogs.reading.yamlio import ContentError, Document, Plain

Exchange = Literal["ja", "nej", "afklares"]
Said = Literal["ja", "nej", "afklares", "jurist", "colleague"]
Floor = Literal["yellow", "red"]
Where = tuple[str | int, ...]

AREAS = (
    "laering", "sprog", "venner", "humoer", "uro", "fravaer", "krop", "mad_soevn",
    "pleje", "familie", "fritid_net", "rusmidler", "andet",
)  # fmt: skip
NOTHING = "nothing"  # what sentences are told about that are about no child's trouble
_FLOWS = ("violence", "sexual", "suicide", "control", "danger")
_DUTIES = ("fag", "modtager", "alle")


@dataclass(frozen=True)
class Profession:
    """One profession's card; `exchange` says whether it may join one meeting without consent, `duty` is words.

    `said` is the key of the words for that: a colleague in the same house and a jurist's "yes" have words of their own.
    """

    id: str
    name: str
    definite: str
    helps_with: str
    cannot: str
    ask: tuple[str, ...]
    how_to_invite: str
    exchange: Exchange
    said: Said
    exchange_text: str
    jurist: bool
    duty: str
    bands: frozenset[str]
    nearness: int
    note: str | None
    reviewed_by: str | None
    checked: str


@dataclass(frozen=True)
class Place:
    """One place at the table: the professions that may fill it, best first, and why."""

    ids: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Topic:
    """One thing that people write about (or one area of the worry form) and who can help."""

    id: str
    name: str
    first: tuple[Place, ...]
    consider: tuple[Place, ...]
    floor: Floor | None
    flow: str | None
    closed: bool
    areas: frozenset[str]
    red_when: str | None
    note: str | None


@dataclass(frozen=True)
class Directory:
    """All professions and topics, the sentences around them, and the two indexes that hear them in a text.

    The lexicon hears phrases; `told` is how people tell of each topic, for a text that no phrase is heard in.
    """

    professions: Mapping[str, Profession]
    topics: Mapping[str, Topic]
    areas: Mapping[str, Topic]
    urgent: tuple[Place, ...]
    sentences: Mapping[str, str]
    unknown_say: str
    unknown_ask: str
    lexicon: Lexicon
    told: nearest.Examples


def load_directory(folder: Path, parts: Parts | None = None) -> Directory:
    """Read professions, topics and ordinary words from a content folder; raise ContentError with the line."""
    parts = parts or Parts()
    names = ("professions.yaml", "topics.yaml", "ordinary_words.yaml")
    return parts.of(build, *(parts.read(folder / name) for name in names))


def build(professions: Document, topics: Document, ordinary: Document) -> Directory:
    """Build the directory from parsed documents (an overlay may have changed them); raise ContentError."""
    cards = {card.id: card for card in _professions(professions)}
    page = Reader(topics)
    known = {topic.id: topic for topic in (_topic(page, where, cards) for where in page.each("topics"))}
    areas = {
        name: _topic(page, ("areas", name), cards, area=name)
        for name in AREAS
        if page.has("areas", name) or page.fail(("areas",), "missing", f"Området «{name}» mangler.")
    }
    return Directory(
        professions=cards,
        topics=known,
        areas=areas,
        urgent=_places(page, ("urgent",), cards),
        sentences={key: page.text("sentences", key) for key in ("mentioned", "chosen", "likely", "urgent", "and")},
        unknown_say=page.text("unknown", "say"),
        unknown_ask=page.text("unknown", "ask"),
        lexicon=Lexicon([*_topic_phrases(page), *_names(Reader(professions))], ordinary_words(Reader(ordinary))),
        told=nearest.Examples((*_told(page),), nearest.NO_CLASSES),
    )


def ordinary_words(page: Reader) -> tuple[str, ...]:
    """The everyday words that are never taken for a typing error."""
    return page.texts("words")


class Reader:
    """Typed reading of one document: what is not as expected raises ContentError with its line."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def fail(self, where: Where, code: str, text: str) -> bool:
        """Raise ContentError at `where`; typed as a bool so that it can end an `or` chain."""
        raise ContentError(self._document.file, self._document.line(*where), code, text)

    def get(self, *where: str | int) -> Plain:
        """The plain value at a path, or None when the path leads nowhere."""
        value: Plain = self._document.data
        for step in where:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def has(self, *where: str | int) -> bool:
        """Say whether anything stands at the path."""
        return self.get(*where) is not None

    def text(self, *where: str | int) -> str:
        """The text at a path; it must be there and not be empty."""
        value = self.get(*where)
        if not isinstance(value, str) or not value.strip():
            self.fail(where, "not_text", f"«{where[-1]}» skal være en tekst.")
        return cast(str, value)

    def maybe(self, *where: str | int) -> str | None:
        """The text at a path, or None when nothing stands there."""
        return self.text(*where) if self.has(*where) else None

    def flag(self, *where: str | int) -> bool:
        """The true or false at a path; nothing there is false."""
        value = self.get(*where)
        if value is not None and not isinstance(value, bool):
            self.fail(where, "not_flag", f"«{where[-1]}» skal være true eller false.")
        return value is True

    def choice(self, choices: tuple[str, ...], *where: str | int) -> str:
        """The text at a path, which must be one of the choices."""
        value = self.text(*where)
        if value not in choices:
            self.fail(where, "not_choice", f"«{value}» skal være en af: {', '.join(choices)}.")
        return value

    def texts(self, *where: str | int) -> tuple[str, ...]:
        """The list of texts at a path; nothing there is an empty list."""
        value = self.get(*where)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(where, "not_list", f"«{where[-1]}» skal være en liste.")
        return tuple(self.text(*where, index) for index in range(len(cast(list[Plain], value))))

    def each(self, *where: str | int) -> Iterator[Where]:
        """The paths of the items of the list at a path; nothing there is an empty list."""
        value = self.get(*where)
        if value is not None and not isinstance(value, list):
            self.fail(where, "not_list", f"«{where[-1]}» skal være en liste.")
        for index in range(len(value) if isinstance(value, list) else 0):
            yield (*where, index)

    def phrase(
        self, key: str, where: Where, classes: Mapping[str, tuple[str, ...]], weight: int = 1
    ) -> Iterator[Phrase]:
        """The compiled phrases of the list at a path."""
        for index, text in enumerate(self.texts(*where)):
            try:
                yield compile_phrase(key, text, weight=weight, classes=classes)
            except PhraseError as error:
                self.fail((*where, index), "bad_phrase", str(error))

    def classes(self) -> Mapping[str, tuple[str, ...]]:
        """The word classes of the file, by name."""
        found = self.get("classes")
        return {name: self.texts("classes", name) for name in found} if isinstance(found, dict) else {}


def _professions(document: Document) -> Iterator[Profession]:
    page = Reader(document)
    seen: set[str] = set()
    for nearness, where in enumerate(page.each("professions")):
        card = _profession(page, where, nearness)
        if card.id in seen:
            page.fail(where, "double_id", f"«{card.id}» står to gange.")
        seen.add(card.id)
        yield card


def _profession(page: Reader, where: Where, nearness: int) -> Profession:
    exchange = cast(Exchange, page.choice(("ja", "nej", "afklares"), *where, "exchange"))
    jurist = page.flag(*where, "jurist")
    said: Said = "jurist" if jurist else "colleague" if page.flag(*where, "colleague") else exchange
    bands = page.texts(*where, "bands")
    if not bands or any(band not in BANDS for band in bands):
        page.fail((*where, "bands"), "not_choice", f"«bands» skal være nogle af: {', '.join(BANDS)}.")
    return Profession(
        id=page.text(*where, "id"),
        name=page.text(*where, "name"),
        definite=page.text(*where, "definite"),
        helps_with=page.text(*where, "helps_with"),
        cannot=page.text(*where, "cannot"),
        ask=page.texts(*where, "ask"),
        how_to_invite=page.text(*where, "how_to_invite"),
        exchange=exchange,
        said=said,
        exchange_text=page.text("exchange_texts", said),
        jurist=jurist,
        duty=page.text("duty_texts", page.choice(_DUTIES, *where, "duty")),
        bands=frozenset(bands),
        nearness=nearness,
        note=page.maybe(*where, "note"),
        reviewed_by=page.maybe(*where, "reviewed_by"),
        checked=page.text(*where, "checked"),
    )


def _topic(page: Reader, where: Where, cards: Mapping[str, Profession], *, area: str | None = None) -> Topic:
    areas = page.texts(*where, "areas") if area is None else (area,)
    if any(name not in AREAS for name in areas):
        page.fail((*where, "areas"), "not_choice", f"«areas» skal være nogle af: {', '.join(AREAS)}.")
    return Topic(
        id=page.text(*where, "id") if area is None else area,
        name=page.text(*where, "name"),
        first=_places(page, (*where, "first"), cards),
        consider=_places(page, (*where, "consider"), cards),
        floor=cast(Floor, page.choice(("yellow", "red"), *where, "floor")) if page.has(*where, "floor") else None,
        flow=page.choice(_FLOWS, *where, "flow") if page.has(*where, "flow") else None,
        closed=page.flag(*where, "closed"),
        areas=frozenset(areas),
        red_when=page.maybe(*where, "red_when"),
        note=page.maybe(*where, "note"),
    )


def _places(page: Reader, where: Where, cards: Mapping[str, Profession]) -> tuple[Place, ...]:
    places: list[Place] = []
    for place in page.each(*where):
        ids = (page.text(*place, "id"), *page.texts(*place, "or"))
        for unknown in [one for one in ids if one not in cards]:
            page.fail(place, "unknown_id", f"Faget «{unknown}» findes ikke i professions.yaml.")
        places.append(Place(ids, page.text(*place, "why")))
    return tuple(places)


def _topic_phrases(page: Reader) -> Iterator[Phrase]:
    classes = page.classes()
    yield from page.phrase("asks", ("asks_about",), classes)
    yield from page.phrase("ignored", ("ignored",), classes)
    for where in page.each("topics"):
        topic = page.text(*where, "id")
        yield from page.phrase(f"topic:{topic}", (*where, "phrases"), classes)
        yield from page.phrase(f"red:{topic}", (*where, "red_phrases"), classes)
    for area in AREAS:
        yield from page.phrase(f"area:{area}", ("areas", area, "phrases"), classes)


def _told(page: Reader) -> Iterator[tuple[str, str]]:
    """How people tell of each topic, and of what is none."""
    for where in page.each("topics"):
        topic = page.text(*where, "id")
        yield from ((topic, text) for text in page.texts(*where, "told"))
    yield from ((NOTHING, text) for text in page.texts("nothing"))


def _names(page: Reader) -> Iterator[Phrase]:
    for where in page.each("professions"):
        yield from page.phrase(f"who:{page.text(*where, 'id')}", (*where, "named"), {})
