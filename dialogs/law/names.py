"""Old names of laws, as people still say them: heard in any text, and told with what they are called today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.danish.phrases import Lexicon
from dialogs.guides.directory import Reader, ordinary_words
from dialogs.reading.fields import root
from dialogs.reading.yamlio import Document

_PARAGRAPH = re.compile(r"\b(stk|stykke|par)\.", re.IGNORECASE)  # that full stop ends no sentence
FILES = ("old_names", "ordinary_words")
GUIDES = ("sharing", "report", "none")  # the guides that an old name can lead to


@dataclass(frozen=True)
class OldName:
    """One place in the law: what it is about and means, its old and its new number, and the guide that knows more."""

    id: str
    what: str
    means: str
    old: str
    new: str
    guide: str


@dataclass(frozen=True)
class OldNames:
    """The names, the index that hears them, and how well they have been read."""

    names: Sequence[OldName]
    lexicon: Lexicon
    checked_on: date | None  # None: nobody has held the list against the sources
    reviewed_by: str

    def heard(self, text: str) -> tuple[OldName, ...]:
        """The names in a text, in the order in which they stand there; denied ones count, for they are asked about."""
        keys = dict.fromkeys(match.key for match in self.lexicon.find(_PARAGRAPH.sub(r"\1", text)))
        by_id = {name.id: name for name in self.names}
        return tuple(by_id[key] for key in keys)


def load_names(document: Document, ordinary: Document) -> OldNames:
    """Read the names, in the order of FILES; raise ContentError for the first thing that is wrong."""
    page = Reader(document)
    names = [
        OldName(
            page.text(*where, "id"),
            page.text(*where, "what"),
            page.text(*where, "means"),
            page.text(*where, "old"),
            page.text(*where, "new"),
            page.choice(GUIDES, *where, "guide"),
        )
        for where in page.each("names")
    ]
    phrases = [
        phrase
        for name, where in zip(names, page.each("names"), strict=True)
        for phrase in page.phrase(name.id, (*where, "phrases"), page.classes())
    ]
    read = root(document).entries()
    return OldNames(
        names,
        Lexicon(phrases, ordinary_words(Reader(ordinary))),
        read["checked_on"].day(),
        page.maybe("reviewed_by") or "",
    )
