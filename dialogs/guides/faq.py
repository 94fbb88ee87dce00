"""What people ask about the bot itself and what becomes of their words: short answers, found by typed phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.danish.phrases import Lexicon, Phrase, PhraseError, compile_phrase
from dialogs.danish.text import tokens
from dialogs.guides.directory import Reader, ordinary_words
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document

FILES = ("faq.yaml", "ordinary_words.yaml")
DOORS = ("light", "new", "drafts", "cases", "share", "acute", "forum")  # where the button below an answer may lead
LONGEST = 30  # words; a longer text tells something, whatever it also asks


@dataclass(frozen=True)
class Answer:
    """One answer; `door` is the place that its button leads to, or "" without one."""

    id: str
    say: str
    door: str


@dataclass(frozen=True)
class Faq:
    """All answers, and the index that finds them in a text."""

    answers: Sequence[Answer]
    lexicon: Lexicon
    elsewhere: Lexicon  # words that a guide answers for

    def find(self, text: str) -> Answer | None:
        """The answer that most of the text's words ask for, or None; never raises."""
        if len(tokens(text[: LONGEST * LONGEST])) > LONGEST or self.elsewhere.find(text):
            return None
        found = [match for match in self.lexicon.find(text) if not match.denied]
        best = max(found, key=lambda match: len(match.positions), default=None)
        return next((one for one in self.answers if best is not None and one.id == best.key), None)


def load_faq(document: Document, ordinary: Document) -> Faq:
    """Read the answers, in the order of FILES; raise ContentError, with the line, for the first thing that is wrong."""
    page = root(document).fields("answers", "elsewhere")
    nodes = page["answers"].items(some=True)
    answers = [_answer(node) for node in nodes]
    for at, (node, one) in enumerate(zip(nodes, answers, strict=True)):
        if any(one.id == other.id for other in answers[:at]):
            raise node.error("double", f"Svaret «{one.id}» står to gange.")
    phrases = [phrase for node, one in zip(nodes, answers, strict=True) for phrase in _phrases(one.id, _words(node))]
    plain = ordinary_words(Reader(ordinary))
    return Faq(answers, Lexicon(phrases, plain), Lexicon(_phrases("", page["elsewhere"]), plain))


def _answer(node: Node) -> Answer:
    found = node.fields("id", "say", "words", optional=("door",))
    door = found["door"].one_of(DOORS) if "door" in found else ""
    return Answer(found["id"].text(), found["say"].text(), door)


def _words(node: Node) -> Node:
    return node.fields("id", "say", "words", optional=("door",))["words"]


def _phrases(key: str, words: Node) -> list[Phrase]:
    phrases: list[Phrase] = []
    for word in words.items(some=True):
        try:
            phrases.append(compile_phrase(key, word.text()))
        except PhraseError as error:
            raise word.error("bad_phrase", str(error)) from error
    return phrases
