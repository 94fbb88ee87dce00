"""Disguised CPR numbers by the thousand, composed from a seed: how the date is written, the last four, and the digits.

What counts as a CPR number: day, month, year and then four more signs, in that order (or the year first), within one
text. Numbers written backwards, reckoned ("ti mere end …") or in another language are no number to this guard. Every
number is invented; a third of them has a check digit that fits, as real ones before 2007 have.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

Write = Callable[[random.Random, str], str]

_UNITS = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
_TEENS = ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"]
_TENS = ["tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"]
_ORDINALS = [
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
    "tyvende",
]
_MONTHS: Final = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_SHORT: Final = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
DASHES: Final = "-‐‑‒–—―−﹣－"
BLANKS: Final = " \u00a0\u2002\u2003\u2009\u202f\u3000"
HIDDEN: Final = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e\u061c"


def number(rng: random.Random) -> str:
    """Ten digits that begin with a date."""
    date = f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(0, 99):02}"
    while True:
        digits = date + f"{rng.randint(1, 9999):04}"
        if rng.random() > 1 / 3 or sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0:
            return digits


def _century(rng: random.Random, digits: str) -> str:
    return f"{20 if int(digits[4:6]) < 30 else rng.choice((19, 19, 20))}{digits[4:6]}"


# --- the date ---


def _numeric(rng: random.Random, digits: str) -> str:
    sign = rng.choice(("", "", "", "", ".", "/", "-", " ", ". ", " / ", "_", ":", "·", rng.choice(DASHES)))
    return sign.join((digits[:2], digits[2:4], digits[4:6]))


def _numeric_century(rng: random.Random, digits: str) -> str:
    sign = rng.choice(("", ".", "/", "-", " ", ". "))
    return sign.join((digits[:2], digits[2:4], _century(rng, digits)))


def _short_year(rng: random.Random, digits: str) -> str:
    """Three in one: "3/5-14", "3.5.2014", "03/05 14"."""
    first, second = rng.choice((("/", "-"), (".", "."), ("/", " "), ("-", "-"), ("/", "/"), (". ", " ")))
    day, month = (str(int(digits[:2])), str(int(digits[2:4]))) if rng.random() < 0.6 else (digits[:2], digits[2:4])
    return f"{day}{first}{month}{second}{rng.choice((digits[4:6], _century(rng, digits)))}"


def _year_first(rng: random.Random, digits: str) -> str:
    return rng.choice(("-", ".", "/", "")).join((_century(rng, digits), digits[2:4], digits[:2]))


def _month_name(rng: random.Random, digits: str) -> str:
    month = int(digits[2:4]) - 1
    name = rng.choice((_MONTHS[month], _MONTHS[month], _SHORT[month], _SHORT[month] + ".", _MONTHS[month].title()))
    day = rng.choice((f"{int(digits[:2])}.", str(int(digits[:2])), f"{digits[:2]}."))
    year = rng.choice((_century(rng, digits), _century(rng, digits), digits[4:6]))
    return f"{day}{rng.choice((' ', ' ', '  ', ''))}{name}{rng.choice((' ', ' ', ', '))}{year}"


def _ordinal(rng: random.Random, digits: str) -> str:
    """ "den tredje maj 2014", "tredje i femte 2014"."""
    day, month = int(digits[:2]), int(digits[2:4])
    if day > len(_ORDINALS):
        return _month_name(rng, digits)
    named = rng.choice((_MONTHS[month - 1], "i " + _ORDINALS[month - 1]))
    return f"{_ORDINALS[day - 1]} {named} {_century(rng, digits)}"


DATES: Final[tuple[Write, ...]] = (
    _numeric,
    _numeric,
    _numeric_century,
    _short_year,
    _year_first,
    _month_name,
    _ordinal,
)


# --- the last four, and what stands before them ---

_TIES = (
    "-",
    "-",
    "-",
    " ",
    " - ",
    "--",
    "/",
    "\n",
    "-\n",
    " -",
    "_",
    "...",
    " … ",
    " / ",
    "–",
    "—",
    "−",
    "‑",
    "\u00a0",
    " \u2013 ",
)
_SPOKEN_TIES = (
    ", de sidste fire er ",
    " og de sidste fire er ",
    " og så ",
    " og derefter ",
    " efterfulgt af ",
    " sidste 4: ",
    " bindestreg ",
    " streg ",
    " minus ",
    " med løbenummer ",
    ", løbenr. ",
    " (de sidste 4 cifre er ",
    " – de fire sidste: ",
    " kontrolciffer ",
    " plus ",
    " sidste fire cifre ",
    " slutter på ",
    " ender på ",
    ". De sidste fire er ",
)


def _tail(rng: random.Random, digits: str) -> str:
    four = digits[6:]
    shape = rng.random()
    if shape < 0.75:
        return four
    if shape < 0.85:
        return f"{four[:2]}{rng.choice((' ', '-', '.'))}{four[2:]}"
    return rng.choice((" ", "-", ".")).join(four)


# --- the digits ---


def _plain(_: random.Random, text: str) -> str:
    return text


def _script(rng: random.Random, text: str) -> str:
    """Other digits of Unicode: full-width, Arabic-Indic, Bengali, mathematical, circled, superscript, keycaps."""
    style = rng.choice(("script", "script", "circled", "super", "sub", "keycap"))
    zero = rng.choice((0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6))
    return "".join(_other_digit(style, zero, char) if char in "0123456789" else char for char in text)


def _other_digit(style: str, zero: int, char: str) -> str:
    at = int(char)
    match style:
        case "circled":
            return "⓪①②③④⑤⑥⑦⑧⑨"[at]
        case "super":
            return "⁰¹²³⁴⁵⁶⁷⁸⁹"[at]
        case "sub":
            return "₀₁₂₃₄₅₆₇₈₉"[at]
        case "keycap":
            return f"{at}\ufe0f\u20e3"
        case _:
            return chr(zero + at)


def _lookalikes(rng: random.Random, text: str) -> str:
    """Letters for digits: O for 0, l, I and | for 1; most of the digits stay."""
    swaps = {"0": "OoОΟ", "1": "lI|"}
    spared = rng.random()
    return "".join(rng.choice(swaps[c]) if c in swaps and rng.random() > spared else c for c in text)


def _hidden(rng: random.Random, text: str) -> str:
    mark = rng.choice(HIDDEN)
    return "".join(c + (mark * rng.randint(1, 3) if c.isdigit() and rng.random() < 0.7 else "") for c in text)


def _other_blanks(rng: random.Random, text: str) -> str:
    return text.replace(" ", rng.choice(BLANKS)).replace("-", rng.choice(DASHES))


DIGITS: Final[tuple[Write, ...]] = (_plain, _plain, _plain, _other_blanks, _script, _lookalikes, _hidden)


# --- numbers in words ---


def _said_pair(rng: random.Random, pair: str) -> str:
    tens, unit = int(pair[0]), int(pair[1])
    if tens == 0:
        return f"nul {_UNITS[unit]}"
    if tens == 1:
        return _TEENS[unit]
    if unit == 0:
        return _TENS[tens - 2]
    sign = rng.choice(("og", "og", " og "))
    return f"{_UNITS[unit]}{sign}{_TENS[tens - 2]}"


def _in_words(rng: random.Random, digits: str) -> str:
    style = rng.random()
    if style < 0.35:
        words = [_UNITS[int(digit)] for digit in digits]
    elif style < 0.7:
        words = [_said_pair(rng, digits[at : at + 2]) for at in range(0, 10, 2)]
    else:  # all or some
        spelled = rng.randint(4, 9)
        chosen = set(rng.sample(range(10), spelled))
        words = [_UNITS[int(digit)] if at in chosen else digit for at, digit in enumerate(digits)]
    glue = rng.choice((" ", " ", " ", ", ", "-", "  ", ". ", "\n"))
    text = glue.join(words)
    return rng.choice((text, text, text.upper(), text.capitalize()))


def _half_in_words(rng: random.Random, digits: str) -> str:
    date, four = digits[:6], digits[6:]
    said = " ".join(_UNITS[int(digit)] for digit in (four if rng.random() < 0.5 else date))
    tie = rng.choice((" ", "-", " - ", " streg ", " bindestreg ", " og så "))
    return f"{date}{tie}{said}" if said.count(" ") == 3 else f"{said}{tie}{four}"


def _spread(rng: random.Random, digits: str) -> str:
    """Digit by digit or in pairs, the same sign all the way."""
    step = rng.choice((1, 1, 2))
    sign = rng.choice((" ", "-", ".", " . ", "_", "  ", " - ", "\n", "/", "*", "|", "•", ",", rng.choice(BLANKS)))
    return sign.join(digits[at : at + step] for at in range(0, 10, step))


def _slipped(rng: random.Random, digits: str) -> str:
    at = rng.choice((4, 5, 7, 8))
    return f"{digits[:at]}{rng.choice(' -')}{digits[at:]}"


def _composed(rng: random.Random, digits: str) -> str:
    """A way to write the date, a tie, the last four; then the digits in disguise."""
    spoken = rng.random() < 0.25
    tie = rng.choice(_SPOKEN_TIES if spoken else _TIES)
    text = rng.choice(DATES)(rng, digits) + tie + (digits[6:] if spoken else _tail(rng, digits))
    return rng.choice(DIGITS)(rng, text) if not spoken else text


def _framed(rng: random.Random, digits: str) -> str:
    """Glued to words: "cpr010203-1234", "x0102031234x", "(010203)(1234)"."""
    text = rng.choice((digits, f"{digits[:6]}-{digits[6:]}"))
    before = rng.choice(("cpr", "CPR", "cprnr", "cpr-nr.:", "cpr=", "CPR#", "x", "nr", "pnr", "elev", "født"))
    return rng.choice((f"{before}{text}", f"{text}x", f"({text[:6]})({digits[6:]})", f"[{text}]", f"{before}{text}."))


FAMILIES: Final[dict[str, Write]] = {
    "composed": _composed,
    "composed again": _composed,
    "words": _in_words,
    "half in words": _half_in_words,
    "spread": _spread,
    "slipped": _slipped,
    "glued": _framed,
}

FRAMES: Final = (
    "{}",
    "Barnet har {}.",
    "cpr {}",
    "Hun er født {} i Odense",
    "elev 4: {}",
    "({})",
    "CPR-nr.: {}, 3.b",
    "det er {} tak",
    "Mor ringede. {} er nummeret",
    "{}\nhar været syg",
    "personnummer {} på drengen",
    "Vedr. {}: møde i næste uge",
    "nr. {} 😀",
    "Han (cpr: {}) slår de andre",
    "se evt {}",
)


@dataclass(frozen=True)
class Disguised:
    """One text that holds a number, and how it was hidden."""

    family: str
    text: str


def disguised(seed: int | str, count: int) -> Iterator[Disguised]:
    """That many texts, the families in turn; the same seed gives the same texts."""
    rng = random.Random(seed)
    names = list(FAMILIES)
    for at in range(count):
        family = names[at % len(names)]
        yield Disguised(family, rng.choice(FRAMES).format(FAMILIES[family](rng, number(rng))))
