"""Find full names: a given name together with a surname. A lone given name is an alias and is welcome."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dialogs.guards.types import Span, apart

_CAPITAL = "[A-Z\u00c0-\u00de\u0100-\u017f]"
_PART = rf"{_CAPITAL}(?:[^\W\d_]|['’\-](?=[^\W\d_])){{0,40}}+"  # bounded: no start reads on and on
_PARTICLE = "(?:von|van|de|da|del|den|der|al|el|bin|ben|abu|af|la|le|dos)"
# Capitalised words in a row on one line: only these can hold a name that is written as names are.
_ROW = re.compile(rf"(?<![^\W_]){_PART}(?:\.?[ \u00a0\t]{{1,3}}(?:{_PARTICLE}[ \u00a0]){{0,2}}{_PART})++")
_WORD = re.compile(rf"{_PART}\.?")
_TURNED = re.compile(rf"(?<![^\W_])({_PART}), ?({_PART})")
_CODE = re.compile(r"[A-Z]{3,5}-[A-ZÆØÅ][a-zæøå]+")
_SEN = re.compile(r"[^\W\d_]{3,}sen")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n\"»”“(\-–])\s*\Z")
_TITLE = re.compile(r"\w{3,}(?:en|et|er)")  # "Skolelederen Holm": a role, not a given name
# "Niels Ebbesens Skole", "Carl Nielsen-hallen": a place that carries a name.
_PLACE = re.compile(
    r"\w*(?:skole[nr]?|vej|gade|plads|allé|alle|hus|have|kirken?|hal|hallen|center|centret|parken|gården)"
)


def keys(word: str) -> frozenset[str]:
    """The spellings under which a name is known: as written, and with æ, ø, å as plain letters."""
    small = word.lower()
    double = small.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    single = small.replace("æ", "a").replace("ø", "o").replace("å", "a")
    return frozenset({small, double, single})


def known(words: Collection[str]) -> frozenset[str]:
    """Return every spelling of every word."""
    return frozenset(spelling for word in words for spelling in keys(word))


def _bare(written: str) -> str:
    """A word as the lists have it; a case's code ("HKCZ-Due") is no name, whatever bird it ends in."""
    return "" if _CODE.fullmatch(written) else written.rstrip(".").lower().replace("’", "'")


MAX_NAME = 8  # words; nobody is called more in a hurry


@dataclass(frozen=True, slots=True)
class NameGuard:
    """The lists that tell a full name from other capitalised words; all in small letters, see `known`."""

    given: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]  # names that are also Danish words ("bo", "liv", "lund")
    never: frozenset[str]  # words that begin sentences or name things: "Han Jensen" is no full name
    public: frozenset[str]  # people that everybody may mention: "harry potter"

    def find(self, text: str, words: Sequence[str]) -> tuple[Span, ...]:
        """Return the places of full names; `words` are the small-letter words of the same text."""
        found: set[Span] = set()
        for row in _ROW.finditer(text):
            found.update(self._in_row(text, row))
        for match in _TURNED.finditer(text):
            if self._is_surname(match[1].lower()) and match[2].lower() in self.given - self.ordinary:
                found.add(Span(*match.span()))
        found.update(self._in_small_letters(text, words, found))
        return tuple(sorted(found))

    def _in_row(self, text: str, row: re.Match[str]) -> list[Span]:
        words = [Span(row.start() + m.start(), row.start() + m.end()) for m in _WORD.finditer(row.group())]
        spelled = [_bare(text[word.start : word.end]) for word in words]
        found: list[Span] = []
        first = 0
        while first < len(words) - 1:
            last = self._last_word(text, words, spelled, first)
            if last is not None:
                found.append(Span(words[first].start, words[last].end))
            first = first + 1 if last is None else last + 1
        return found

    def _last_word(self, text: str, places: list[Span], words: list[str], first: int) -> int | None:
        """The index of the surname that ends a full name beginning at `first`, or None."""
        if words[first] in self.never or " ".join(words[first : first + 2]) in self.public:
            return None
        is_given = words[first] in self.given
        if not is_given and not self._may_be_given(text, places[first], words[first]):
            return None
        last = first + 1
        end = min(len(words), first + MAX_NAME) - 1  # bounded, so that a row of a thousand names takes no square of it
        while last < end and self._is_middle(words[last]):
            last += 1
        while last < end and self._is_surname(words[last]) and self._is_surname(words[last + 1]):
            last += 1  # "Due Thomsen"
        surname = text[places[last].start : places[last].end]
        if not self._ends_name(surname, words[last], open_to_any=is_given and words[first] not in self.ordinary):
            return None
        return None if last + 1 < len(words) and _PLACE.fullmatch(words[last + 1]) else last

    def _is_middle(self, word: str) -> bool:
        return len(word) == 1 or (word in self.given and not self._is_surname(word))

    def _may_be_given(self, text: str, place: Span, word: str) -> bool:
        """An unknown capitalised word is a given name in mid-sentence, or where it looks like no role."""
        written = text[place.start : place.end]
        if len(word) < 3 or written.isupper() or self._is_surname(word) or _PLACE.fullmatch(word):
            return False
        starts = _SENTENCE_START.search(text, max(0, place.start - 4), place.start)
        return not (starts and _TITLE.fullmatch(word))

    def _ends_name(self, written: str, word: str, *, open_to_any: bool) -> bool:
        if self._is_surname(word):
            return True
        if not open_to_any or word in self.never or word in self.given or _PLACE.fullmatch(word):
            return False
        # Danish keeps capitals for names, so "Mila Vestergren" is one even when no list knows it.
        return len(word) >= 4 and not written.isupper() and word.removesuffix("s") not in self.given

    def _is_surname(self, word: str) -> bool:
        for form in (word, word.removesuffix("s"), word.rsplit("-", 1)[-1]):
            if form in self.surnames or (_SEN.fullmatch(form) and form not in self.never):
                return True
        return False

    def _in_small_letters(self, text: str, words: Sequence[str], seen: set[Span]) -> tuple[Span, ...]:
        """Hurried names without capitals: both words must be on the lists and mean nothing else."""
        pairs: set[tuple[str, str]] = set()
        for index, word in enumerate(words[:-1]):
            if word in self.given and word not in self.ordinary:
                following = words[index + 1]
                plain = following.removesuffix("s") if following not in self.surnames else following
                if plain in self.surnames and plain not in self.ordinary and plain not in self.given:
                    pairs.add((word, following))
        found: list[Span] = []
        for given, surname in sorted(pairs):
            pattern = re.compile(
                rf"(?<![^\W_]){re.escape(given)}[ \u00a0\t._]{{1,3}}{re.escape(surname)}(?![^\W_])", re.I
            )
            for match in pattern.finditer(text):
                span = Span(*match.span())
                as_written = match.group()
                if as_written[0].isupper() and not as_written.isupper():
                    continue  # written as names are: already judged with its neighbours
                found.append(span)
        return apart(found, seen)
