"""A document is data: a title, sections of blocks, and notes. What it looks like on paper is for its renderers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, assert_never, get_args

Format = Literal["pdf", "docx", "txt"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
LONGEST_TOKEN: Final = 60  # a page line; the layout of a longer unbroken text takes time by the square of its length
MAX_CHARS: Final = 60_000  # thirty pages: more than any paper that is read in a meeting
MAX_LINES: Final = 1_500  # as many lines; empty ones are as long on paper
CUT: Final = "[…]"
_TOKEN: Final = re.compile(rf"\S{{{LONGEST_TOKEN}}}(?=\S)")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_BREAK: Final = "\u200b"  # a place where a line may break, and nothing to see


@dataclass(frozen=True)
class Text:
    """Running words; a blank line parts two paragraphs."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list. With `ticks` each point has a box that can be ticked by hand."""

    items: tuple[str, ...]
    ticks: bool = False


@dataclass(frozen=True)
class Rows:
    """Labels with what stands beside them."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand: what the program must not know, such as names."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A sentence to whoever holds the paper; it is not a part of what is told about the child."""

    text: str


Block = Text | Points | Rows | Blanks | Note


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """A whole document. `name` is the file's name: a kind and a code, never a word that somebody wrote."""

    title: str
    sections: tuple[Section, ...]
    name: str
    lead: str = ""
    foot: str = ""


def printable(paper: Paper) -> Paper:
    """The paper as every renderer takes it: no control signs, no endless words, and an end after `MAX_CHARS`."""
    room = _Room(MAX_CHARS, MAX_LINES)
    return Paper(
        title=room.take(paper.title),
        lead=room.take(paper.lead),
        sections=tuple(
            Section(room.take(s.title), tuple(_printable(b, room) for b in s.blocks)) for s in paper.sections
        ),
        name=paper.name,
        foot=room.take(paper.foot),
    )


class _Room:
    """What is left of the paper. A text that does not fit is cut where the room ends, and it says so."""

    def __init__(self, chars: int, lines: int) -> None:
        self.chars, self.lines = chars, lines

    def take(self, text: str) -> str:
        plain = _TOKEN.sub(rf"\g<0>{_BREAK}", _UNPRINTABLE.sub("", text.replace("\r\n", "\n")))
        lines = plain.split("\n", self.lines)
        fits = "\n".join(lines[: self.lines])[: self.chars]
        self.chars -= len(fits)
        self.lines -= fits.count("\n")
        return fits if len(fits) == len(plain) else f"{fits}{CUT}"


def _printable(block: Block, room: _Room) -> Block:
    match block:
        case Text():
            return Text(room.take(block.text))
        case Note():
            return Note(room.take(block.text))
        case Points():
            return Points(tuple(room.take(item) for item in block.items), block.ticks)
        case Rows():
            return Rows(tuple((room.take(label), room.take(text)) for label, text in block.rows))
        case Blanks():
            return Blanks(tuple(room.take(label) for label in block.labels))
        case _:
            assert_never(block)


def as_text(paper: Paper) -> str:
    """The paper as plain text, for a mail, a journal or a screen reader."""
    ready = printable(paper)
    parts = [ready.title, "=" * min(len(ready.title), LONGEST_TOKEN), *([ready.lead] if ready.lead else [])]
    for section in ready.sections:
        parts += ["", section.title, "-" * min(len(section.title), LONGEST_TOKEN)]
        for block in section.blocks:
            parts += _lines(block)
    if ready.foot:
        parts += ["", ready.foot]
    return "\n".join(parts).replace(_BREAK, "") + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield block.text
        case Note():
            yield f"({block.text})"
        case Points():
            yield from (f"{'[ ]' if block.ticks else '-'} {item}" for item in block.items)
        case Rows():
            yield from (f"{label}: {text}" for label, text in block.rows)
        case Blanks():
            yield from (f"{label}: {'_' * 30}" for label in block.labels)
        case _:
            assert_never(block)
