"""HTML as Telegram reads it: few tags, all of them closed, and no mercy for a stray "<"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.errors import ApiError, bad_request

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
_TOKEN = re.compile(r"<|&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def utf16_length(text: str) -> int:
    """The length Telegram counts in: an emoji outside the basic plane is two."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


@dataclass
class _Reader:
    out: list[str] = field(default_factory=list[str])
    length: int = 0
    open_tags: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])
    entities: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def start(self, name: str, attributes: str, offset: int) -> None:
        if name not in _TAGS:
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {offset}')
        if name == "span" and "tg-spoiler" not in attributes:
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        href = _HREF.search(attributes)
        self.open_tags.append((name, self.length, next(filter(None, href.groups()), "") if href else ""))

    def end(self, name: str, offset: int) -> None:
        if not self.open_tags:
            raise _cannot_parse(f"Unexpected end tag at byte offset {offset}")
        expected, since, href = self.open_tags.pop()
        if expected != name:
            raise _cannot_parse(
                f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{name}>"'
            )
        if self.length > since:
            entity: dict[str, Any] = {"type": _TAGS[name], "offset": since, "length": self.length - since}
            if name == "a":
                entity["url"] = href
            self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities; refuses what Telegram would refuse."""
    reader = _Reader()
    position = 0
    while (token := _TOKEN.search(source, position)) is not None:
        reader.add(source[position : token.start()])
        if token.group() == "<":
            position = _tag(reader, source, token.start())
        else:
            reader.add(_character(token))
            position = token.end()
    reader.add(source[position:])
    if reader.open_tags:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{reader.open_tags[-1][0]}"')
    return "".join(reader.out), sorted(reader.entities, key=lambda entity: entity["offset"])


def _tag(reader: _Reader, source: str, start: int) -> int:
    offset = len(source[:start].encode("utf-8"))
    tag = _TAG.match(source, start)
    if tag is None:
        word = re.match(r"</?([^\s>]*)", source[start:])
        name = word.group(1) if word else ""
        closed = ">" in source[start:]
        raise _cannot_parse(
            f'Unsupported start tag "{name}" at byte offset {offset}'
            if closed
            else f"Unclosed start tag at byte offset {offset}"
        )
    closing, name, attributes = tag.groups()
    if closing:
        reader.end(name.lower(), offset)
    else:
        reader.start(name.lower(), attributes, offset)
    return tag.end()


def _character(token: re.Match[str]) -> str:
    named, decimal, hexadecimal = token.groups()
    if named:
        return _NAMED[named]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    # Zero, surrogates and numbers past Unicode stay as they were written, as on the real server.
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else token.group()


def _cannot_parse(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")
