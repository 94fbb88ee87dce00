"""Which topic is a text likely about that no phrase is heard in? It is held against how people tell of each topic.

A likely topic is never said to be heard. A text that denies something, one with a phrase that only sounds like a topic,
and one of a word or two are like nothing: the first would bring what it denies, and the last is like everything.
"""

from __future__ import annotations

from collections.abc import Collection

from dialogs.danish.text import tokens
from dialogs.guides.directory import NOTHING, Directory

FEW = 3  # words
ABOUT_AS = 1.5  # two topics that are so near each other are both likely
BESIDES = 2.0  # what comes besides a heard topic must be likelier than what stands alone
_BEST = 3  # only the likeliest come besides


def instead(directory: Directory, text: str) -> tuple[str, ...]:
    """The one or two topics that a text is likely about in which none is heard."""
    leans = [(lean, topic) for lean, topic in _leans(directory, text) if lean >= _enough(directory, topic)]
    if not leans or leans[0][1] == NOTHING:
        return ()
    return tuple(topic for lean, topic in leans[:2] if topic != NOTHING and lean >= leans[0][0] - ABOUT_AS)


def besides(directory: Directory, text: str, heard: Collection[str]) -> tuple[str, ...]:
    """The one topic that a text is likely about besides what is heard in it; danger is never only likely here."""
    leans = _leans(directory, text)
    if not leans or leans[0][1] == NOTHING:
        return ()
    found = (directory.topics[topic] for lean, topic in leans[:_BEST] if topic != NOTHING and lean >= BESIDES)
    return tuple(topic.id for topic in found if topic.id not in heard and not topic.flow and not topic.closed)[:1]


def _enough(directory: Directory, topic: str) -> float:
    """How likely a topic must be; danger is not guessed at lightly, since it shuts others out."""
    return BESIDES if topic != NOTHING and directory.topics[topic].flow else 0.0


def _leans(directory: Directory, text: str) -> list[tuple[float, str]]:
    """How the text leans to each topic, the likeliest first."""
    other = any(match.denied or match.key == "ignored" for match in directory.lexicon.find(text))
    if other or sum(len(word.text) > 1 for word in tokens(text)) < FEW:
        return []
    return sorted(
        ((lean, topic) for topic, lean in directory.told.lean(text).items()), key=lambda one: (-one[0], one[1])
    )
