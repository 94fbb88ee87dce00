"""Find an editor's phrases in typed Danish: word endings, compounds, gaps, typing errors and "ikke".

The pattern language of `phrases:` in the content files, one phrase a line:

* `mister modet`     both words, in any ending ("mistede modet"), next to each other;
* `skilsmiss*`       every word that begins so; `*fravær` every word that ends so;
* `=ppr`             exactly this word, no other ending;
* `far|mor slår`     one of several words in one place;
* `<voksen> slår`    a class of words, named under `classes:`, alone or among other choices ("<voksen>|hun slår");
* `slår .. børn`     up to three other words between, inside one sentence.

A phrase never fires on a part of a longer phrase that also fits ("uro i klassen" is not "uro").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from dialogs.danish.text import FILLERS, NEGATORS, Token, deletions, fold, letters, negated, one_edit, stem, tokens

MAX_GAP = 3  # words that ".." may jump over
MAX_FILLERS = 2  # "er jo helt alene"
MIN_FUZZY = 7  # letters; shorter words have too many ordinary neighbours
MIN_FUZZY_STEM = 6  # the stem of a word of seven letters
MAX_UNKNOWN = 60  # different long words with no match: trying errors in more would break the 20 ms
MAX_TAIL = 9  # "skolevægr*" forgives an error in front of "-ingen", not in front of another long word

Kind = Literal["stem", "form", "prefix", "suffix"]
Atom = tuple[Kind, str]


class PhraseError(ValueError):
    """A phrase can't be read: the message says what is wrong, in Danish, for an editor."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase: the words that fit it, and whether other words may stand in front."""

    atoms: frozenset[Atom]
    gap: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase that points to `key` with a weight."""

    key: str
    elements: tuple[Element, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a text: where, and whether the text denies it."""

    key: str
    weight: int
    positions: tuple[int, ...]
    denied: bool


def compile_phrase(
    key: str, text: str, *, weight: int = 1, classes: Mapping[str, Sequence[str]] | None = None
) -> Phrase:
    """Read one phrase of the pattern language; raise PhraseError when it says nothing."""
    elements: list[Element] = []
    gap = False
    for part in text.split():
        if part == "..":
            gap = True
            continue
        for atoms in _atoms(part, classes or {}):
            elements.append(Element(atoms, gap))
            gap = False
    if not elements or gap or elements[0].gap:
        raise PhraseError(f"«{text}» skal begynde og slutte med et ord.")
    return Phrase(key, tuple(elements), weight)


def _atoms(part: str, classes: Mapping[str, Sequence[str]]) -> list[frozenset[Atom]]:
    """One written part as the places it fills: "ppr-psykolog" fills two."""
    places = [_choice(choice) for one in part.split("|") for choice in _members(one, classes)]
    if len(places) == 1:
        return [_alone(atom) for atom in places[0]]
    if any(len(place) != 1 for place in places):
        raise PhraseError(f"«{part}»: hvert valg skal være ét ord.")
    return [frozenset(place[0] for place in places)]


@lru_cache(maxsize=20_000)
def _alone(atom: Atom) -> frozenset[Atom]:
    """The place that only this fits; the same words stand in many phrases, and share it."""
    return frozenset({atom})


def _members(choice: str, classes: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The words of a class, or the choice itself."""
    if not (choice.startswith("<") and choice.endswith(">")):
        return (choice,)
    if choice[1:-1] not in classes:
        raise PhraseError(f"Klassen {choice} findes ikke.")
    return classes[choice[1:-1]]


@lru_cache(maxsize=20_000)
def _choice(choice: str) -> tuple[Atom, ...]:
    words = tokens(choice.strip("=*"))
    if not words:
        raise PhraseError(f"«{choice}» er ikke et ord.")
    if choice.startswith("="):
        return tuple(("form", word.text) for word in words)
    result: list[Atom] = [("stem", word.stem) for word in words]
    if choice.startswith("*"):
        result[0] = ("suffix", words[0].text)
    if choice.endswith("*"):
        result[-1] = ("prefix", words[-1].text)
    return tuple(result)


class Lexicon:
    """An index over compiled phrases; `find` costs a few dictionary look-ups a word."""

    def __init__(self, phrases: Iterable[Phrase], ordinary: Iterable[str] = ()) -> None:
        self._by_first: dict[Atom, list[Phrase]] = defaultdict(list)
        self._atoms: set[Atom] = set()
        self._near: dict[Kind, dict[str, tuple[str, ...]]] = {"stem": {}, "form": {}, "prefix": {}}
        self._ordinary = frozenset(stem(fold(word)) for word in ordinary)
        for phrase in phrases:
            for atom in phrase.elements[0].atoms:
                self._by_first[atom].append(phrase)
            for element in phrase.elements:
                self._atoms |= element.atoms
        self._prefix_sizes = sorted({len(word) for kind, word in self._atoms if kind == "prefix"})
        self._suffix_sizes = sorted({len(word) for kind, word in self._atoms if kind == "suffix"})
        self._fuzzy_cuts = range(MIN_FUZZY, max(self._prefix_sizes, default=0) + 2)
        for kind, word in self._atoms:
            if kind != "suffix" and letters(word) >= (MIN_FUZZY_STEM if kind == "stem" else MIN_FUZZY):
                near = self._near[kind]
                for form in deletions(word):  # tens of thousands: a set for each would take four times the memory
                    near[form] = (*near.get(form, ()), word)

    def find(self, text: str) -> tuple[Match, ...]:
        """Return the phrases in any text, in the order of their first word."""
        words = tokens(text)
        known: dict[str, frozenset[Atom]] = {}
        budget = MAX_UNKNOWN
        for word in words:
            if word.text not in known:
                known[word.text], spent = self._fits(word, fuzzy=budget > 0)
                budget -= spent
        fits = [known[word.text] for word in words]
        heard = frozenset[Atom]().union(*known.values())
        raw = [found for start in range(len(words)) for found in self._starting(words, fits, start, heard)]
        kept = _longest(raw)
        used = frozenset(
            position for _, at in kept if len(at) > 1 for position in at if words[position].text in NEGATORS
        )
        denied = negated(words, used)
        return tuple(
            Match(phrase.key, phrase.weight, at, any(position in denied for position in at)) for phrase, at in kept
        )

    def _fits(self, word: Token, *, fuzzy: bool) -> tuple[frozenset[Atom], bool]:
        """What a word fits, and whether typing errors had to be tried."""
        text = word.text
        candidates: Iterable[Atom] = chain(
            (("form", text), ("stem", word.stem)),
            (("prefix", text[:size]) for size in self._prefix_sizes if size <= len(text)),
            (("suffix", text[-size:]) for size in self._suffix_sizes if size <= len(text)),
        )
        exact = frozenset(atom for atom in candidates if atom in self._atoms)
        if letters(text) < MIN_FUZZY or word.stem in self._ordinary or any(_well_spelt(atom) for atom in exact):
            return exact, False
        return (exact | self._fuzzy(word), True) if fuzzy else (exact, False)

    def _fuzzy(self, word: Token) -> frozenset[Atom]:
        """The atoms one typing error away from a word that nothing else fits."""
        found = [self._neighbours("form", word.text), self._neighbours("stem", word.stem)]
        for cut in self._fuzzy_cuts:
            if cut <= len(word.text) <= cut + MAX_TAIL:
                found.append(self._neighbours("prefix", word.text[:cut]))
        return frozenset(atom for some in found for atom in some)

    def _neighbours(self, kind: Kind, written: str) -> set[Atom]:
        return {
            (kind, word)
            for form in deletions(written)
            for word in self._near[kind].get(form, ())
            # People hit a wrong key inside a word; another first or last letter is mostly another word.
            if word[0] == written[0] and word[-1] == written[-1] and one_edit(word, written)
        }

    def _starting(
        self, words: Sequence[Token], fits: Sequence[frozenset[Atom]], start: int, heard: frozenset[Atom]
    ) -> Iterable[tuple[Phrase, tuple[int, ...]]]:
        phrases = {
            id(phrase): phrase
            for atom in fits[start]
            for phrase in self._by_first.get(atom, ())
            # Hundreds begin with "han": whose second word is nowhere in the text need not be followed.
            if len(phrase.elements) == 1 or not phrase.elements[1].atoms.isdisjoint(heard)
        }
        for phrase in phrases.values():
            if (at := _follow(phrase, words, fits, start)) is not None:
                yield phrase, at


def _well_spelt(atom: Atom) -> bool:
    """Say whether an exact fit settles the word; "skole*" does not settle "skolevegring"."""
    kind, word = atom
    return kind in ("stem", "form") or letters(word) >= MIN_FUZZY


def _follow(
    phrase: Phrase, words: Sequence[Token], fits: Sequence[frozenset[Atom]], start: int
) -> tuple[int, ...] | None:
    """The positions of the whole phrase from `start`, taking the nearest word after each gap.

    Filling words are no part of what is said: "hører bare dårligt" is "hører dårligt".
    """
    at = [start]
    for element in phrase.elements[1:]:
        reach = MAX_GAP + 1 if element.gap else 1 + _fillers(words, at[-1] + 1)
        ahead = range(at[-1] + 1, min(len(words), at[-1] + 1 + reach))
        nearest = next((i for i in ahead if not element.atoms.isdisjoint(fits[i])), None)
        if nearest is None or words[nearest].sentence != words[start].sentence:
            return None
        at.append(nearest)
    return tuple(at)


def _fillers(words: Sequence[Token], start: int) -> int:
    """How many filling words stand from `start` on, at most MAX_FILLERS."""
    ahead = words[start : start + MAX_FILLERS]
    return next((n for n, word in enumerate(ahead) if word.text not in FILLERS), len(ahead))


def _longest(found: Sequence[tuple[Phrase, tuple[int, ...]]]) -> list[tuple[Phrase, tuple[int, ...]]]:
    """Drop what is only a part of a longer phrase that also fits."""
    covering: dict[int, list[frozenset[int]]] = defaultdict(list)
    for _, at in found:
        if len(at) > 1:
            for position in at:
                covering[position].append(frozenset(at))
    return [(phrase, at) for phrase, at in found if not any(frozenset(at) < whole for whole in covering.get(at[0], ()))]
