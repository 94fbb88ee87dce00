"""Numbers in words and look-alike letters, written as digits in place so that every position stays true."""

from __future__ import annotations

import re
from collections.abc import Collection

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
        written = _PIECE.sub(_in_place, match.group())
        if written != match.group():
            found.append((match.start(), written))
    return found


def _in_place(match: re.Match[str]) -> str:
    return _DIGITS[match.group()].ljust(len(match.group()), "\0")


def without_lookalikes(small: str) -> str:
    """Return a small-letter text of the same length where O, l, I … standing among digits are digits."""
    if not _LOOKALIKE_NEAR.search(small):
        return small
    return _LOOKALIKE_WORD.sub(lambda match: match.group().translate(_LOOKALIKES), small)
