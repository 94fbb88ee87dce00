"""How a text becomes markup: paragraphs, lists and phone numbers. Everything is escaped first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from markupsafe import Markup, escape

BULLET = re.compile(r"^\s*[-•–*]\s+")
STEP = re.compile(r"^\s*\d{1,2}\.\s+")
DONT = re.compile(r"^\s*✗\s+")
NUMBER = re.compile(r"(?<![\w.])(112|114|116 ?\d{3}|\d{2} \d{2} \d{2} \d{2})(?!\w|\.\d)")
Lists = Mapping[re.Pattern[str], Markup]
LISTS: Lists = {BULLET: Markup("<ul>{}</ul>")}
OWN_LISTS: Lists = {**LISTS, STEP: Markup("<ol>{}</ol>"), DONT: Markup('<ul class="dont">{}</ul>')}
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # controls, and marks that turn text around


def clean(text: str) -> str:
    """The text without characters that are no part of any language but can garble a page."""
    return UNSEEN.sub("", text.replace("\r\n", "\n"))


def prose(text: str) -> Markup:
    """Paragraphs parted by blank lines; lines that start with a dash become a list."""
    return _prose(text, LISTS)


def callable_prose(text: str) -> Markup:
    """The same for the bot's own words: steps and don'ts as lists, phone numbers as links that a telephone can dial.

    What people wrote is not renumbered: their own "3." stays where they put it.
    """
    return Markup(NUMBER.sub(_dial, _prose(text, OWN_LISTS)))  # noqa: S704 - escaped before; the pattern adds digits only


def callable_line(text: str) -> Markup:
    """One line of the bot's own words, with its phone numbers as links."""
    return Markup(NUMBER.sub(_dial, escape(clean(text))))  # noqa: S704 - escaped before; the pattern adds digits only


def upper_first(text: str) -> str:
    """The text with a capital first letter, and the rest as it is: "PPR-psykologen" keeps its PPR."""
    return text[:1].upper() + text[1:]


def _prose(text: str, lists: Lists) -> Markup:
    blocks = [block for block in re.split(r"\n\s*\n", clean(text).strip()) if block.strip()]
    return Markup("").join(part for block in blocks for part in _block(block.split("\n"), lists))


def _block(lines: list[str], lists: Lists) -> Iterator[Markup]:
    for sign, group in groupby(lines, key=lambda line: next((s for s in lists if s.match(line)), None)):
        if sign is None:
            yield Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in group))
        else:
            items = Markup("").join(Markup("<li>{}</li>").format(sign.sub("", line)) for line in group)
            yield lists[sign].format(items)


def _dial(match: re.Match[str]) -> str:
    return f'<a class="tel" href="tel:{match[0].replace(" ", "")}">{match[0]}</a>'
