"""Know a word of the guards' vocabulary again in hurried Danish.

Every group or word that a pattern names is one bit; a typed word is looked up once and answers with all its bits.
The look-up goes from strict to lenient and stops at the first that knows the word: as spelled, without double and
Danish letters, with one typing slip, and as several words run together. A word on the list of ordinary words is never
bent into another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dialogs.danish.text import fold, one_edit
from dialogs.guards.slips import Slips

_ENDINGS = ("", "e", "en", "et", "er", "ene", "erne", "s", "ens", "t", "te", "ede", "r", "n", "es")
_DOUBLES = re.compile(r"(.)\1+")
_MIN_SLIP, _MIN_WRONG_LETTER, _MAX_WORD = 3, 7, 30
# An answer has at most about 700 words; in a pasted novel the rest of the unknown words must be spelled right.
MAX_UNKNOWN = 1_000
MIN_JOINED = 7  # "selv mord" is looked up as one word, "har en" is not worth it
_MAX_PART = 16
# Small words that hurried fingers glue to their neighbour: "ervold", "sparkerham".
_LITTLE_WORDS = "paa af er en et at har ved efter og til med den det var jeg vi der som sin sit hans hendes de"
_LITTLE = frozenset(_LITTLE_WORDS.split())
_MIN_RUN_TOGETHER, _MAX_RUN_TOGETHER = 5, 60
Parts = tuple[int, ...]


def _fold(word: str) -> str:
    """`danish.fold` for one small-letter word, fast for the ordinary alphabet."""
    plain = word.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return plain if plain.isascii() else fold(plain)


def skeleton(folded: str) -> str:
    """Return a folded word as a hurried writer may leave it: å as a, ø as o, æ as a, no double letters."""
    return _DOUBLES.sub(r"\1", folded.replace("ae", "a").replace("oe", "o"))


def bare(word: str) -> str:
    """Return a small-letter word folded and as a skeleton."""
    return skeleton(_fold(word))


class Vocabulary:
    """A frozen index from typed words to bits; built once, shared by all texts."""

    __slots__ = (
        "_exact",
        "_guessable",
        "_lenient",
        "_long_ends",
        "_ordinary",
        "_prefixes",
        "_remembered",
        "_skeletons",
        "_slips",
        "_stems",
        "_suffixes",
        "starts",
    )

    def __init__(
        self, entries: Mapping[str, int], ordinary: Iterable[str], *, spelled: int = 0, lenient: bool = True
    ) -> None:
        """Index `entries`: words with an optional * in front or behind, each with its bits.

        The bits in `spelled`, and without `lenient` all bits, belong only to words that are spelled right or lack
        nothing but Danish and double letters.
        """
        self._guessable = ~spelled
        self._ordinary = frozenset(_fold(word) for word in ordinary)
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        for entry, bits in entries.items():
            folded = _fold(entry.strip("*"))
            if entry.startswith("*"):
                _add(self._suffixes, folded, bits)
            elif entry.endswith("*"):
                _add(self._prefixes, folded, bits)
            else:
                _add(self._exact, folded, bits)
        self._long_ends = (_sizes(self._prefixes), _sizes(self._suffixes))
        self._skeletons: dict[str, int] = {}
        self.starts = frozenset(_starts(entries))
        self._slips: Slips | None = None
        self._stems: dict[str, list[tuple[str, int]]] = {}
        self._index_skeletons()
        self._lenient = lenient
        self._remembered: dict[str, Parts] = {}
        if lenient:
            self._index_stems()

    def _index_skeletons(self) -> None:
        for word, bits in self._exact.items():
            _add(self._skeletons, skeleton(word), bits)
        for stem, bits in self._prefixes.items():
            for ending in _ENDINGS:
                _add(self._skeletons, skeleton(stem + ending), bits)

    def _index_stems(self) -> None:
        for word, bits in self._prefixes.items():
            stem = skeleton(word)
            if len(stem) >= _MIN_WRONG_LETTER and bits & self._guessable:
                self._stems.setdefault(stem[0], []).append((stem, bits))

    def slips(self) -> Slips:
        """Every known word with a slip in it; made at first use, since it takes a third of all reading."""
        if self._slips is None:
            skeletons = self._skeletons if self._lenient else {}
            self._slips = Slips(
                (slip, guessable)
                for word, bits in skeletons.items()
                if (guessable := bits & self._guessable)
                for slip in _missing_letter(word)
            )
        return self._slips

    def look_up_all(self, words: Iterable[str]) -> dict[str, Parts]:
        """Return the bits of every different small-letter word; see `look_up`."""
        known: dict[str, Parts] = {}
        unknown = 0
        for word in words:
            if word not in known:
                known[word] = self.look_up(word, lenient=self._lenient and unknown < MAX_UNKNOWN)
                unknown += not known[word][0]
        return known

    def look_up(self, word: str, *, lenient: bool = True) -> Parts:
        """Return the bits of a small-letter word, one number per word in it (several when run together)."""
        remembered = self._remembered.get(word)
        if remembered is not None:
            return remembered
        folded = _fold(word)
        bits = self._strict(folded)
        if folded in self._exact or folded in self._ordinary:
            # Only words of the content are remembered: never a name, a slip or anything else that is the writer's.
            return self._remembered.setdefault(word, (bits,))
        if len(folded) > _MAX_RUN_TOGETHER:
            return (bits,)
        bare = skeleton(folded)
        bits |= self._skeletons.get(bare, 0)
        if lenient and bare not in self._skeletons:
            bits |= (self._slipped(bare) or self._slipped_stem(bare)) & self._guessable
        return (bits,) if bits or not lenient else self._run_together(folded) or (0,)

    def joined(self, first: str, second: str) -> int:
        """Return the bits of two typed words that are one: "selv mord"."""
        return self._strict(_fold(first) + _fold(second))

    def _strict(self, folded: str) -> int:
        bits = self._exact.get(folded, 0)
        prefix_sizes, suffix_sizes = self._long_ends
        for size in prefix_sizes:
            if size > len(folded):
                break
            bits |= self._prefixes.get(folded[:size], 0)
        for size in suffix_sizes:
            if size > len(folded):
                break
            bits |= self._suffixes.get(folded[-size:], 0)
        return bits

    def _slipped(self, bare: str) -> int:
        """The bits of the words that one slip of the finger turns into `bare`."""
        if not _MIN_SLIP - 1 <= len(bare) <= _MAX_WORD:
            return 0
        slips = self.slips()
        bits = slips.get(bare)  # a letter is missing
        for candidate in _near(bare):
            bits |= self._skeletons.get(candidate, 0)
        if len(bare) >= _MIN_WRONG_LETTER:
            for index in range(1, len(bare)):
                bits |= slips.get(f"{bare[:index]}?{bare[index + 1 :]}")
        return bits

    def _slipped_stem(self, bare: str) -> int:
        """The bits of a long stem with one slip in it: "selvmodstanker"."""
        bits = 0
        for stem, own in self._stems.get(bare[:1], ()):
            sizes = range(len(stem) - 1, len(stem) + 2)
            if len(bare) > len(stem) and any(one_edit(stem, bare[:size]) for size in sizes):
                bits |= own
        return bits

    def _run_together(self, folded: str) -> Parts:
        """The bits of the words in "hansigerhanvildø"; empty unless every part is known."""
        if len(folded) < _MIN_RUN_TOGETHER:
            return ()
        ends: dict[int, Parts] = {0: ()}
        for start in range(len(folded) - 1):
            if start in ends:
                for end in range(start + 2, min(len(folded), start + _MAX_PART) + 1):
                    bits = self._part(folded[start:end])
                    if bits is not None and end not in ends:
                        ends[end] = (*ends[start], bits)
        return ends.get(len(folded), ())

    def _part(self, part: str) -> int | None:
        """The bits of a word among others run together, None when it is no word that we know."""
        bits = self._exact.get(part, 0)
        if not bits and len(part) >= MIN_JOINED:
            bits = self._strict(part)
        return bits & self._guessable if bits else 0 if part in _LITTLE else None


def _add(index: dict[str, int], word: str, bits: int) -> None:
    # A set of bits is a number of 250 bytes: the same one serves all the words of its group.
    known = index.get(word)
    index[word] = bits if known is None else known | bits


def _starts(entries: Iterable[str]) -> Iterator[str]:
    """What may stand before a space that does not belong in a long word."""
    for entry in entries:
        word = entry.strip("*")
        if len(word) >= MIN_JOINED:
            yield from (word[:size] for size in range(4, len(word) - 2))


def _sizes(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in words}))


def _missing_letter(word: str) -> Iterator[str]:
    """The word without one letter; of a short word only an inner letter, since its ends carry the sense."""
    if len(word) < _MIN_SLIP:
        return
    first, last = (0, len(word)) if len(word) > 4 else (1, len(word) - 1)
    for index in range(first, last):
        yield word[:index] + word[index + 1 :]
    if len(word) >= _MIN_WRONG_LETTER:
        for index in range(1, len(word)):
            yield f"{word[:index]}?{word[index + 1 :]}"


def _near(bare: str) -> Iterator[str]:
    """Words that differ by one extra letter or two letters swapped in `bare`."""
    for index in range(len(bare) - 1):
        yield bare[:index] + bare[index + 1] + bare[index] + bare[index + 2 :]
    if len(bare) > 4:
        for index in range(len(bare)):
            yield bare[:index] + bare[index + 1 :]
