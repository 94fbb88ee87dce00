"""Shared tools for typed Danish: fold the spelling, split into words, stem, compare, and see negation.

Everything here is about the language, not about any one guide. The closed classes of small words (negators,
conjunctions) are grammar and live in code; words that an editor may want to change live in the content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

from dialogs.danish.answered import denied_questions

MAX_CHARS = 4_000  # a question is one line and a form answer a page: the rest can't change the advice
MAX_WORDS = 300  # a form answer has at most about 180; keeps the slowest answer well under 20 ms of CPU
MAX_WORD = 40  # the longest real compound; a longer run of letters is cut, since edits of it would cost
NEGATION_REACH = 5  # "ikke mobning", "ingen tegn på mobning", "tror ikke, at der er mobning"

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "§": " paragraf ", "’": "'"})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "hjææælp": no Danish word has a letter three times in a row
_APOSTROPHE = re.compile(r"(?<=[a-z0-9])['´`](?=[a-z])")
_PIECE = re.compile(r"[a-z]+|[0-9]+|[.!?\n]+|[,;:()–—]|(?<=\s)-(?=\s)")
_SENTENCE_MARKS = frozenset(".!?\n")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATORS = _words("ikke ik ikk ikek ej aldrig ingen intet uden hverken")
# Words that colour a sentence and change nothing in what it is about.
FILLERS = _words(
    "bare slet helt meget ret saa ogsaa jo nok lidt simpelthen fuldstaendig virkelig igen nu lige naesten konstant "
    "enormt vildt super mega totalt ekstremt altsaa vist sgu ligesom efterhaanden pludselig stadig faktisk egentlig"
)
_NOT_ONLY = _words("kun bare blot alene sikker sikre helt")  # "ikke kun mobning" is mobning too
_DOUBT = _words("ved aner sikker tvivl")  # "jeg ved ikke, om det er mobning" is a question about it
# How a hurried thumb writes the small words. Only forms that are no words of their own.
_HURRIED = {
    form: word
    for word, forms in {
        "ikke": "ik ikk ikek ike ikkke itj", "med": "m", "kan": "ka", "kunne": "ku", "skal": "sk ska", "skulle": "sku",
        "hvad": "hvd hva", "siger": "sir sier", "have": "ha", "tage": "ta", "give": "gi", "blive": "bli",
        "bliver": "blir", "telefon": "tlf telf", "ogsaa": "osse", "nogen": "ngn", "lide": "li", "mere": "mer",
    }.items()
    for form in forms.split()
}  # fmt: skip
# A negated verb of talking or bearing leaves its object standing: "vil ikke tale om skilsmissen".
_KEEPS_OBJECT = _words(
    "tale taler talt snakke snakker snakket fortaelle fortaeller fortalt sige siger sagt indroemme hoere "
    "klare klarer haandtere haandterer taale taaler magte magter orke orker holde forstaa forstaar"
)
# "Kan ikke lægge mobilen", "vil ikke have mad" tell of trouble; "kan ikke se mobning" denies it.
_ABILITY = _words("kan kunne toer turde vil ville gider")
_PERCEIVES = _words("se ses maerke maerkes genkende tro finde kalde")
# Here a new thought begins, so that an earlier "ikke" does not reach it.
_NEW_THOUGHT = _words(
    "men fordi da naar hvis selvom saa pga grundet grund efter siden hvorfor hvad hvem hvor hvordan "
    "mens foer indtil derfor dog bortset"
)
_COPULA = _words("er har bliver var ses")
_PROBLEM = frozenset({"problem", "sag", "grund", "aarsag", "udfordring"})
_SEEN = _words("tale set hoert maerket oplevet")  # "vold har vi ikke set"
_EXPLETIVE = _words("det der vi jeg")
_SUBJECT = _words("han hun de barnet drengen pigen eleven mor far moren faren og")
_GOES_ON = _words("og men eller")


class _Stemmer(Protocol):
    """The part of the Snowball stemmer, which comes without types, that is used here."""

    def stemWord(self, word: str, /) -> str: ...  # noqa: N802 - their name


@dataclass(frozen=True, slots=True)
class Token:
    """One folded word, its stem, and the sentence and clause (counted from 0) that it stands in.

    `answered_no` when it belongs to a question that the text answers with no.
    """

    text: str
    stem: str
    sentence: int
    clause: int
    answered_no: bool = False


def fold(text: str) -> str:
    """Return the text in small letters with æ, ø, å as ae, oe, aa and no other accents."""
    if text.isascii():  # most words: nothing to compose, no accents
        return _APOSTROPHE.sub("", text.lower())
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(ch))
    return _APOSTROPHE.sub("", bare)


_STEMMER = cast(_Stemmer, snowballstemmer.stemmer("danish"))  # pyright: ignore[reportUnknownMemberType]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one folded word: "skilsmissen" and "skilsmisser" meet in one."""
    return _STEMMER.stemWord(word)


def tokens(text: str) -> tuple[Token, ...]:
    """Split any text into at most MAX_WORDS folded words; never fails."""
    found: list[Token] = []
    sentence = clause = 0
    folded = fold(_STRETCHED.sub(r"\1", text[:MAX_CHARS]))
    denied = tuple(denied_questions(folded))
    for match in _PIECE.finditer(folded):
        piece = match[0]
        if piece == "." and found and found[-1].text.isdigit():
            continue  # "2. time", "5. klasse"
        if not piece[0].isalnum():
            clause += 1
            sentence += piece[0] in _SENTENCE_MARKS
            continue
        word = _HURRIED.get(piece, piece[:MAX_WORD])
        answered_no = any(start <= match.start() < end for start, end in denied) if denied else False
        found.append(Token(word, stem(word), sentence, clause, answered_no))
        if len(found) == MAX_WORDS:
            break
    return tuple(found)


def letters(word: str) -> int:
    """Count the letters of a folded word as it was typed: "taender" has six."""
    return len(word) - word.count("ae") - word.count("oe") - word.count("aa")


def one_edit(left: str, right: str) -> bool:
    """Say whether one letter too many, too few, wrong or swapped with its neighbour parts the words."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    start = next((i for i, ch in enumerate(short) if ch != long[i]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return True
    swapped = short[start : start + 2][::-1] == long[start : start + 2]
    return swapped and short[start + 2 :] == long[start + 2 :]


def deletions(word: str) -> frozenset[str]:
    """Return the word and every form of it with one letter gone: two words one edit apart share one."""
    return frozenset({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))})


def negated(words: Sequence[Token], spoken_for: Collection[int] = ()) -> frozenset[int]:
    """Return the positions that a negation reaches.

    `spoken_for` holds positions that a phrase has already used: the "ikke" of "vil ikke i skole" belongs to that
    phrase and denies nothing else.
    """
    reached = {position for position, token in enumerate(words) if token.answered_no}
    for position, token in enumerate(words):
        if token.text in NEGATORS and position not in spoken_for:
            reached.update(_after(words, position))
            reached.update(_before(words, position))
    return frozenset(reached)


def _after(words: Sequence[Token], position: int) -> list[int]:
    """The words that follow the negator at `position` and are denied by it."""
    if _keeps_object(words, position) or _is_doubt(words, position):
        return []
    reached: list[int] = []
    for index in range(position + 1, min(len(words), position + 1 + NEGATION_REACH)):
        if words[index].text in _NEW_THOUGHT or _ends_scope(words, position, index):
            break
        reached.append(index)
    return reached


def _keeps_object(words: Sequence[Token], position: int) -> bool:
    before = words[position - 1].text if position else ""
    after, second = (*(word.text for word in words[position + 1 : position + 3]), "", "")[:2]
    # Main clause "hun kan ikke læse", subordinate clause "at hun ikke kan læse".
    unable = (before in _ABILITY and after not in _PERCEIVES) or (after in _ABILITY and second not in _PERCEIVES)
    there_is_none = before in _COPULA and after == "tale"  # "der er ikke tale om vold"
    return not there_is_none and (unable or before in _KEEPS_OBJECT or after in _KEEPS_OBJECT)


def _is_doubt(words: Sequence[Token], position: int) -> bool:
    before = words[max(0, position - 3) : position]
    following = words[position + 1].text if position + 1 < len(words) else ""
    return following in (_NOT_ONLY | _DOUBT) or any(word.text in _DOUBT for word in before)


def _ends_scope(words: Sequence[Token], position: int, index: int) -> bool:
    here, previous = words[index], words[index - 1]
    if here.sentence != words[position].sentence:
        return True
    # "Jeg tror ikke, at …": a comma straight after the negator does not stop it.
    if here.clause != previous.clause and index != position + 1:
        return True
    if here.text != "og":
        return False
    # "ikke mobning og drilleri" goes on; "sover ikke godt og bliver drillet" does not.
    last_in_clause = index + 2 >= len(words) or words[index + 2].clause != here.clause
    return not (index == position + 2 and last_in_clause)


def _before(words: Sequence[Token], position: int) -> list[int]:
    """The words in front of the negator that it denies: "mobning er det ikke", "fraværet er ikke problemet"."""
    start = position
    while start > 0 and words[start - 1].clause == words[position].clause:
        start -= 1
    after = words[position + 1 : position + 2]
    ends = not after or after[0].clause != words[position].clause or after[0].text in _GOES_ON
    if ends and position >= start + 2 and words[position - 2].text in _SUBJECT:
        return [position - 1]  # "han drikker ikke og ryger ikke"
    if position > start and words[position - 1].text in _COPULA and any(word.stem in _PROBLEM for word in after):
        return list(range(start, position - 1))
    if after and after[0].clause == words[position].clause and after[0].text not in _SEEN:
        return []  # the negator does not close its clause
    for index in range(start + 1, position - 1):
        if words[index].text in _COPULA and words[index + 1].text in _EXPLETIVE:
            return list(range(start, index))
    return []
