"""Disguised CPR numbers and ordinary Danish school texts for the guard tests, all from a seed and all invented."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from dialogs.guards import Findings, Guards, load_guards

FOLDER = Path(__file__).parents[2] / "dialogs" / "content" / "da" / "guards"


@cache
def danish_guards() -> Guards:
    """The guards with the Danish lists, read once."""
    return load_guards(FOLDER)


def scan(text: str) -> Findings:
    """What the Danish guards find."""
    return danish_guards().scan(text)


def _words(text: str) -> list[str]:
    return text.split()


UNITS = _words("nul en to tre fire fem seks syv otte ni")
TEENS = _words("ti elleve tolv tretten fjorten femten seksten sytten atten nitten")
TENS = _words("tyve tredive fyrre halvtreds tres halvfjerds firs halvfems")
MONTHS = _words("januar februar marts april maj juni juli august september oktober november december")


def number(rng: random.Random) -> str:
    """Ten digits that begin with a date."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(0, 99)
    return f"{day:02}{month:02}{year:02}{rng.randint(1, 9999):04}"


def in_words(digits: str) -> str:
    return " ".join(UNITS[int(digit)] for digit in digits)


def in_pairs(digits: str) -> str:
    """Digits as people say them: "femogtyve nul fire tolv"."""
    said: list[str] = []
    for at in range(0, len(digits), 2):
        tens, unit = int(digits[at]), int(digits[at + 1])
        if tens == 0:
            said += ["nul", UNITS[unit]]
        elif tens == 1:
            said.append(TEENS[unit])
        else:
            said.append(f"{UNITS[unit]}og{TENS[tens - 2]}" if unit else TENS[tens - 2])
    return " ".join(said)


def in_script(digits: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in digits)


def century(digits: str) -> str:
    return f"{'20' if int(digits[4:6]) < 30 else '19'}{digits[4:6]}"


FAMILIES: dict[str, Callable[[str, random.Random], str]] = {
    "ten digits": lambda d, _: d,
    "dash": lambda d, _: f"{d[:6]}-{d[6:]}",
    "other dashes": lambda d, r: f"{d[:6]}{r.choice('–—‐‑−')}{d[6:]}",
    "space": lambda d, _: f"{d[:6]} {d[6:]}",
    "space dash space": lambda d, _: f"{d[:6]} - {d[6:]}",
    "dotted date": lambda d, r: f"{d[:2]}.{d[2:4]}.{d[4:6]}{r.choice(['-', ' '])}{d[6:]}",
    "dotted date with century": lambda d, r: f"{d[:2]}.{d[2:4]}.{century(d)}{r.choice(['-', ' '])}{d[6:]}",
    "slashes": lambda d, _: f"{d[:2]}/{d[2:4]}/{d[4:6]}-{d[6:]}",
    "dashes all the way": lambda d, _: f"{d[:2]}-{d[2:4]}-{d[4:6]}-{d[6:]}",
    "pairs": lambda d, _: " ".join(d[at : at + 2] for at in range(0, 10, 2)),
    "digit by digit": lambda d, r: r.choice([" ", "-", ".", " . "]).join(d),
    "Arabic-Indic digits": lambda d, _: in_script(d, 0x660),
    "full-width digits": lambda d, _: in_script(f"{d[:6]}", 0xFF10) + "－" + in_script(d[6:], 0xFF10),
    "mathematical digits": lambda d, _: in_script(d, 0x1D7CE),
    "keycaps": lambda d, _: "".join(f"{digit}\ufe0f\u20e3" for digit in d),
    "zero-width marks": lambda d, r: r.choice(["\u200b", "\u2060", "\u00ad", "\ufeff", "\u200d"]).join(d),
    "letters for digits": lambda d, r: (
        d.replace("0", r.choice("Oo")).replace("1", r.choice("lI")) + "-"
        if set(d) <= set("01")
        else f"{d[:6].replace('0', r.choice('Oo'))}-{d[6:].replace('1', r.choice('lI'))}"
    ),
    "number words": lambda d, _: in_words(d),
    "number words in pairs": lambda d, _: in_pairs(d),
    "words and digits": lambda d, _: f"{in_words(d[:6])} {d[6:]}",
    "words glued": lambda d, _: in_words(d).replace(" ", ""),
    "two lines": lambda d, _: f"{d[:6]}\n{d[6:]}",
    "glued to cpr": lambda d, r: f"{r.choice(['cpr', 'CPR', 'cprnr', 'cpr:'])}{d}",
    "letters around": lambda d, _: f"x{d[:6]}-{d[6:]}x",
    "month in words": lambda d, _: f"{int(d[:2])}. {MONTHS[int(d[2:4]) - 1]} {century(d)}-{d[6:]}",
    "the last four": lambda d, r: (
        f"{d[:6]}{r.choice([', de sidste fire er', ' sidste 4 cifre', ' med løbenummer'])} {d[6:]}"
    ),
    "wrong place for the space": lambda d, _: f"{d[:5]} {d[5:]}",
    "split tail": lambda d, _: f"{d[:6]}-{d[6:8]} {d[8:]}",
}

FRAMES = (
    "{}",
    "Barnet har {}.",
    "cpr {}",
    "Hun er født {} i Odense",
    "elev 4: {}",
    "({})",
    "CPR-nr.: {}, 3.b",
    "det er {} tak",
)


def ordinary_text(rng: random.Random) -> str:
    """A sentence with dates, times, marks, rooms and amounts as a school writes them, and no CPR number."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2023, 2027)
    hour, minute, room = rng.randint(8, 16), rng.choice([0, 10, 15, 30, 45]), rng.randint(1, 250)
    start, end = f"{hour:02}.{minute:02}", f"{hour + 1:02}.{minute:02}"
    mark = rng.choice(["02", "4", "7", "10", "12"])
    people, weeks, percent = rng.randint(2, 28), rng.randint(2, 20), rng.randint(1, 60)
    return rng.choice(
        (
            f"Mødet er den {day}. {MONTHS[month - 1]} {year} kl. {hour}.{minute:02} i lokale {room}.",
            f"Vi ses {day:02}.{month:02}.{year} kl. {hour:02}:{minute:02}-{hour + 1:02}:{minute:02}.",
            f"Vi ses {day}/{month} kl. {hour} i {rng.randint(0, 9)}.{rng.choice('abc')}.",
            f"Fraværet var {percent},{rng.randint(0, 9)} % i uge {weeks}, {weeks + 1}, {weeks + 2} og {weeks + 3}.",
            f"Han fik {mark} i dansk og {rng.choice(['00', '7', '10'])} i matematik.",
            f"Der er {people} børn i klassen, og {people // 2} af dem er {rng.randint(6, 15)} år.",
            f"Skoleåret {year}-{year + 1} har {weeks} uger med {people} elever.",
            f"Turen koster {rng.randint(1, 9)}.{rng.randint(100, 999)} kr. for {people} elever.",
            f"Perioden går fra {day:02}.{month:02}.{year % 100} til {day:02}.{month % 12 + 1:02}.{year % 100}.",
            f"Han læste side {room}, {room + 1} og {room + 2} på {minute} minutter.",
            f"Timerne er {start}-{end} og {end}-{hour + 2:02}.{minute:02}.",
            f"Opgave 1, 2, 3, 4, 5, 6, 7, 8, 9 og 10 er lavet i uge {weeks}.",
            f"Han var syg {day}.-{min(day + 3, 30)}. {MONTHS[month - 1]} og kom igen klokken {hour}.",
            f"Hun talte: en to tre fire fem seks syv otte ni ti. Det tog {people} sekunder.",
            f"Sagen er åbnet den {year}-{month:02}-{day:02} og ses igen efter {weeks} uger.",
        )
    )
