"""Danish words by key, with placeholders from the caller: no format strings, no templates, so content stays data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document

_HOLE = re.compile(r"\{([a-z_]{1,24})\}")


def fill(text: str, params: Mapping[str, str | int]) -> str:
    """The text with each {name} that the caller gave; a hole without a value stays as it is, for the linter to find.

    One pass: a value that itself looks like a hole is shown as it is written.
    """
    return _HOLE.sub(lambda m: str(params[m[1]]) if m[1] in params else m[0], text)


def holes(text: str) -> frozenset[str]:
    """The names that a text wants filled."""
    return frozenset(_HOLE.findall(text))


@dataclass(frozen=True)
class Words:
    """Texts by dotted key, such as `problems.too_long`."""

    texts: Mapping[str, str]

    def __call__(self, key: str, **params: str | int) -> str:
        """The text with its holes filled; KeyError for a key that content lacks (a test asks for every key in use)."""
        return fill(self.texts[key], params)

    def has(self, key: str) -> bool:
        """Whether there is a text with this key."""
        return key in self.texts


def load_words(document: Document) -> Words:
    """Flatten a nested file of texts to dotted keys; raise ContentError for anything that is not a text."""
    return Words(dict(_flat(root(document), "")))


def _flat(node: Node, prefix: str) -> Iterator[tuple[str, str]]:
    for name, child in node.entries().items():
        key = f"{prefix}{name}"
        if isinstance(child.value, dict):
            yield from _flat(child, f"{key}.")
        else:
            yield key, child.text()
