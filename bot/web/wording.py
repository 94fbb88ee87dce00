"""How a text becomes markup: paragraphs, lists and phone numbers. Everything is escaped first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

BULLET = re.compile(r"^\s*[-•–*]\s+")
NUMBER = re.compile(r"(?<![\w.])(112|114|116 ?\d{3}|\d{2} \d{2} \d{2} \d{2})(?!\w|\.\d)")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # controls, and marks that turn text around


def clean(text: str) -> str:
    """The text without characters that are no part of any language but can garble a page."""
    return UNSEEN.sub("", text.replace("\r\n", "\n"))


def prose(text: str) -> Markup:
    """Paragraphs parted by blank lines; lines that start with a dash become a list."""
    blocks = [block for block in re.split(r"\n\s*\n", clean(text).strip()) if block.strip()]
    return Markup("").join(part for block in blocks for part in _block(block.split("\n")))


def callable_prose(text: str) -> Markup:
    """The same, with phone numbers as links that a telephone can dial. For the bot's own words only."""
    return Markup(NUMBER.sub(_dial, prose(text)))  # noqa: S704 - prose has escaped it; the pattern adds digits only


def _block(lines: list[str]) -> Iterator[Markup]:
    for listed, group in groupby(lines, key=lambda line: bool(BULLET.match(line))):
        if listed:
            items = Markup("").join(Markup("<li>{}</li>").format(BULLET.sub("", line)) for line in group)
            yield Markup("<ul>{}</ul>").format(items)
        else:
            yield Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in group))


def _dial(match: re.Match[str]) -> str:
    return f'<a class="tel" href="tel:{match[0].replace(" ", "")}">{match[0]}</a>'
