"""The sources of law: what a rule cites, where it stands, what it was called before, and how well it has been read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document

MAX_MONTHS = 12  # a rule that nobody has looked at for a year is told as old

Standing = Literal["reviewed", "unreviewed", "old", "unread"]
_GRAVEST: tuple[Standing, ...] = ("unread", "old", "unreviewed", "reviewed")


@dataclass(frozen=True)
class Act:
    """A statute or order. `text_of` is the day of the text that was read; later amendments have not been seen."""

    id: str
    title: str
    no: str
    link: str
    text_of: date | None


@dataclass(frozen=True)
class Source:
    """One place in an act; its id is the citation. `says` is our own plain words, not the statute's."""

    id: str
    act: Act
    says: str
    old: str = ""
    checked_on: date | None = None
    reviewed_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def section(self) -> str:
        """The place without the act's short name."""
        return self.id.removeprefix(self.act.id).strip()

    def standing(self, on: date) -> Standing:
        """How far to trust our reading on a day; only what a jurist has read within a year is plain black."""
        return standing_of(self.checked_on, self.reviewed_by, on)

    def in_force(self, on: date) -> bool:
        """Whether the place is law on a day, as far as is known."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


Sources = Mapping[str, Source]


def standing_of(checked_on: date | None, reviewed_by: str, on: date) -> Standing:
    """How far to trust what was last held against the law on a day, and was read by this function, if by any."""
    if checked_on is None:
        return "unread"
    if _months(checked_on, on) >= MAX_MONTHS:
        return "old"
    return "reviewed" if reviewed_by else "unreviewed"


def load_sources(document: Document) -> Sources:
    """The sources by their citation; raise ContentError for the first thing that is wrong."""
    found = root(document).fields("acts", "sources", "papers")
    acts = {act.id: act for act in (_act(node) for node in found["acts"].items(some=True))}
    sources: dict[str, Source] = {}
    for node in found["sources"].items(some=True):
        source = _source(node, acts)
        if source.id in sources:
            raise node.error("double", f"Kilden «{source.id}» står to gange.")
        sources[source.id] = source
    return sources


def load_papers(document: Document, sources: Sources) -> Mapping[str, tuple[str, ...]]:
    """What each paper rests on; raise ContentError for what does not stand among the sources."""
    papers: dict[str, tuple[str, ...]] = {}
    for name, node in root(document).fields("acts", "sources", "papers")["papers"].entries().items():
        papers[name] = node.texts()
        for missing in uncited(sources, papers[name]):
            raise node.error("unknown_source", f"{name}: kilden «{missing}» står ikke i sources.yaml.")
    return papers


def weakest(sources: Sequence[Source], on: date) -> Standing:
    """How far to trust an answer on a day: as far as the least read of what it rests on."""
    standings = {source.standing(on) for source in sources}
    for standing in _GRAVEST:
        if standing in standings:
            return standing
    return "reviewed"


def _act(node: Node) -> Act:
    found = node.fields("id", "title", "no", "link", "text_of")
    link = found["link"].text()
    if not link.startswith("https://"):
        raise found["link"].error("bad_link", "Skriv hele adressen med https:// foran.")
    return Act(found["id"].text(), found["title"].text(), found["no"].text(), link, found["text_of"].day())


def _source(node: Node, acts: Mapping[str, Act]) -> Source:
    days = ("checked_on", "valid_from", "valid_to")
    found = node.fields("id", "says", optional=("old", "reviewed_by", *days))
    citation = found["id"].text()
    act = max((one for one in acts.values() if citation.startswith(one.id)), key=lambda one: len(one.id), default=None)
    if act is None:
        raise found["id"].error("unknown_act", f"«{citation}» begynder ikke med en lov fra listen «acts».")
    reviewer = found.get("reviewed_by")
    checked, first, last = (found[name].day() if name in found else None for name in days)
    return Source(
        id=citation,
        act=act,
        says=found["says"].text(),
        old=found["old"].text() if "old" in found else "",
        checked_on=checked,
        reviewed_by=reviewer.text() if reviewer is not None and reviewer.value is not None else "",
        valid_from=first,
        valid_to=last,
    )


def _months(since: date, on: date) -> int:
    """Whole months from one day to another."""
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def citation(source: Source) -> Mapping[str, str | None]:
    """One source as plain data for the command line."""
    return {
        "id": source.id,
        "title": source.act.title,
        "short": source.act.id,
        "section": source.section,
        "number": source.act.no,
        "old": source.old or None,
        "link": source.act.link,
        "says": source.says,
        "checked_on": _iso(source.checked_on),
        "text_of": _iso(source.act.text_of),
        "reviewed_by": source.reviewed_by or None,
        "valid_from": _iso(source.valid_from),
        "valid_to": _iso(source.valid_to),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def uncited(sources: Sources, cited: Sequence[str]) -> tuple[str, ...]:
    """What is cited but does not stand among the sources."""
    return tuple(name for name in dict.fromkeys(cited) if name not in sources)
