"""Numbers in words and look-alike letters, written as digits in place so that every position stays true."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from dialogs.guards.types import Span, Verdict

_UNITS = {"en": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9}
_TENS = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "halvtreds": 50,
    "tres": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
}
_TEENS = ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"]
_MISSPELT = {
    "nulle": "0",
    "nu1": "01",
    "et": "1",
    "én": "1",
    "ét": "1",
    "een": "1",
    "sex": "6",
    "syv": "7",
    "åtte": "8",
    "elve": "11",
    "tredje": "03",
    "tredve": "30",
    "halvtres": "50",
    "halvfjers": "70",
    "halvfjerdsindstyve": "70",
    "firsindstyve": "80",
    "halvfemsindstyve": "90",
}
_SIGNS = [
    "bindestreg",
    "skråstreg",
    "skraastreg",
    "streg",
    "minus",
    "slash",
    "dash",
    "punktum",
    "prik",
    "mellemrum",
    "komma",
    "og",
]


def _number_words() -> dict[str, str]:
    words = {"nul": "0", **{word: str(value) for word, value in _UNITS.items()}}
    words |= {word: str(10 + index) for index, word in enumerate(_TEENS)}
    for ten, value in _TENS.items():
        words[ten] = str(value)
        words |= {f"{unit}og{ten}": str(value + one) for unit, one in _UNITS.items()}
        words |= {f"{unit} og {ten}": str(value + one) for unit, one in _UNITS.items()}
    return words | _MISSPELT


_DIGITS = _number_words() | dict.fromkeys(_SIGNS, "-")
_LETTER = "a-zæøåé"


def _one_of(words: Collection[str]) -> str:
    """A pattern for any of the words, longest first, branching letter by letter: alternatives tried one by one
    would make this the slowest guard of all."""
    branches: list[str] = []
    for letter in sorted({word[0] for word in words if word}):
        rest = {word[1:] for word in words if word.startswith(letter)}
        branches.append(re.escape(letter) + _one_of(rest))
    if not branches:
        return ""
    pattern = f"(?:{'|'.join(branches)})"
    return f"{pattern}?" if "" in words else pattern


# Glued words: "tresyv" is tre syv and not tres.
_WORD = rf"(?:tres(?!yv|eks)|{_one_of([word for word in _DIGITS if word != 'tres'])})"
# Digits mixed with at least a few words for numbers, glued together or not. Possessive: it can't backtrack.
_RUN = re.compile(rf"(?:(?<![{_LETTER}0-9])|(?<=cpr)|(?<=nr))(?:(?>{_WORD}|[0-9]++)[\W_]{{0,12}}+){{4,}}+")
_PIECE = re.compile(_WORD)
_LOOKALIKE_NEAR = re.compile(r"[0-9][\W_]{0,3}[oøli|]|[oøli|][\W_]{0,3}[0-9]")
_LOOKALIKE_WORD = re.compile(r"(?:(?<=cpr)|(?<![^\W\d_]))[0-9oøli|]+(?![^\W\d_])")
_LOOKALIKES = str.maketrans("oøli|", "00111")


def runs(small: str) -> list[tuple[int, str]]:
    """Return (start, digits in place) for each stretch of a small-letter text that spells numbers in words."""
    found: list[tuple[int, str]] = []
    for match in _RUN.finditer(small):
        run = _whole_words(match)
        written = _PIECE.sub(_in_place, run)
        if any(piece.group() not in _SIGNS for piece in _PIECE.finditer(run)):  # "28.11.28 og 2026" spells nothing
            found.append((match.start(), written))
    return found


def _whole_words(match: re.Match[str]) -> str:
    """The stretch without a last piece that only begins another word: the "en" of "ender"."""
    run = match.group()
    if run[-1].isalpha() and match.string[match.end() : match.end() + 1].isalpha():
        last = [piece for piece in _PIECE.finditer(run) if piece.end() == len(run)]
        return run[: last[0].start()] if last else run
    return run


def _in_place(match: re.Match[str]) -> str:
    return _DIGITS[match.group()].ljust(len(match.group()), "\0")


def without_lookalikes(small: str) -> str:
    """Return a small-letter text of the same length where O, l, I … standing among digits are digits."""
    if not _LOOKALIKE_NEAR.search(small):
        return small
    return _LOOKALIKE_WORD.sub(_as_digits, small)


def _as_digits(match: re.Match[str]) -> str:
    word, text = match.group(), match.string
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    if len(word) == 1 and before[:1].isalpha() and after[1:].isalpha():
        return word  # "femte i sjette": a word among words
    if word == "i" and after[:1] == " " and not (before[:1].isdigit() or before[:1] in ("o", "l", "|")):
        return word  # "i 2026"
    return word.translate(_LOOKALIKES)


def written(text: str, spelled: Sequence[tuple[int, str]]) -> str:
    """Return the text with its stretches of numbers in words replaced by digits, each character in its place."""
    parts: list[str] = []
    at = 0
    for start, run in spelled:
        parts += (text[at:start], run)
        at = start + len(run)
    return "".join((*parts, text[at:])) if spelled else text


def unhidden(text: str, find: Callable[[str], Iterable[tuple[Verdict, Span]]]) -> Iterator[tuple[Verdict, Span]]:
    """What `find` finds when the NULs that stand for hidden signs are not there, at its places in the text itself."""
    if "\0" not in text:
        yield from find(text)
        return
    places = [at for at, char in enumerate(text) if char != "\0"]
    for verdict, span in find(text.replace("\0", "")):
        yield verdict, Span(places[span.start], places[span.end - 1] + 1)
