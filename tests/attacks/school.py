"""Danish texts as schools write them, by the thousand: dates, clock times, marks, money, case codes, and no CPR number.

Our own sentences. Each blank is filled from a seed; a text is one to three sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Final

_MONTHS = [
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
_DAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag"]
_BIRDS = ["Måge", "Ugle", "Svale", "Lærke", "Spurv", "Ravn", "Terne", "Due"]
_COUNTED = ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]
_ORDINALS = ["første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende"]


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2022, 2028)
    return rng.choice(
        (
            f"{day}.{month}.{year}",
            f"{day:02}.{month:02}.{year % 100}",
            f"{day}/{month}-{year % 100}",
            f"{day}/{month}",
            f"{day}. {_MONTHS[month - 1]} {year}",
            f"{day}. {_MONTHS[month - 1][:3]}.",
            f"den {day}. {_MONTHS[month - 1]}",
            f"{year}-{month:02}-{day:02}",
            f"{day:02}-{month:02}-{year}",
            f"{rng.choice(_DAYS)} den {day}/{month}",
            f"{day:02}{month:02}{year % 100:02}",
            f"den {_ORDINALS[day % 10]} {_MONTHS[month - 1]}",
        )
    )


def _clock(rng: random.Random) -> str:
    hour, minute = rng.randint(7, 16), rng.choice((0, 5, 10, 15, 20, 30, 45, 50))
    return rng.choice((f"{hour}.{minute:02}", f"{hour:02}:{minute:02}", str(hour), f"{hour}:{minute:02}"))


def _from_to(rng: random.Random) -> str:
    hour = rng.randint(7, 15)
    return f"{hour}.{rng.choice(('00', '15', '30'))}-{hour + 1}.{rng.choice(('00', '15', '45'))}"


def _money(rng: random.Random) -> str:
    whole = rng.randint(1, 99)
    return rng.choice(
        (
            f"{whole}.{rng.randint(100, 999)} kr.",
            f"{whole * 50} kr",
            f"{whole}.500 kr",
            f"{whole},75 kr.",
            f"{whole}.000,00 kr",
        )
    )


def _code(rng: random.Random) -> str:
    return "".join(rng.choice("BCDFGHJKLMNPRTVXZ3479") for _ in range(4)) + "-" + rng.choice(_BIRDS)


def _list(rng: random.Random) -> str:
    first = rng.randint(1, 30)
    return ", ".join(str(first + at) for at in range(rng.randint(3, 9))) + f" og {first + 9}"


def _counting(rng: random.Random) -> str:
    first = rng.randint(0, 4)
    return rng.choice((" ", ", ")).join(_COUNTED[first : first + rng.randint(4, 8)])


def _school_year(rng: random.Random) -> str:
    year = rng.randint(2018, 2030)
    return rng.choice(
        (f"{year}-{year + 1}", f"{year}/{year + 1}", f"{year}/{(year + 1) % 100}", f"{year} og {year + 1}")
    )


def _number(rng: random.Random) -> str:
    return str(rng.choice((rng.randint(2, 30), rng.randint(2, 30), rng.randint(30, 400), rng.randint(1000, 9999))))


def _journal(rng: random.Random) -> str:
    """Case numbers as municipalities write them."""
    year = rng.randint(2020, 2027)
    return rng.choice(
        (
            f"{year}-{rng.randint(10_000, 99_999)}",
            f"{year % 100}/{rng.randint(1_000, 99_999)}",
            f"{year}-{rng.randint(100_000, 999_999)}-{rng.randint(1, 9)}",
            f"17.{rng.randint(1, 99):02}.{rng.randint(1, 99):02}-G01-{rng.randint(1, 99)}-{year % 100}",
            f"EAN 579000{rng.randint(1_000_000, 9_999_999)}",
        )
    )


BLANKS: Final[dict[str, Callable[[random.Random], str]]] = {
    "date": _date,
    "clock": _clock,
    "span": _from_to,
    "money": _money,
    "code": _code,
    "list": _list,
    "count": _counting,
    "years": _school_year,
    "n": _number,
    "journal": _journal,
}

SENTENCES: Final = """
Mødet er {date} kl. {clock} i lokale {n}.
Vi ses {date} klokken {clock}.
Vi ses {date} {span} på kontoret.
{date} kl. {clock}: Barnet kom for sent.
{date} ({span}) var han oppe at slås to gange.
Fra {date} til {date} var hun væk i {n} dage.
Perioden {date}-{date} gik bedre.
Sag {code} blev åbnet {date} og ses igen {date}.
Se også {code} og {code}.
I uge {list} var der uro i klassen.
Opgave {list} er lavet.
Han læste side {list}.
Turen koster {money} for {n} elever.
Vi har brugt {money} af {money} i år.
Han tæller: {count}.
Hun kan sige {count} på dansk.
Skoleåret {years} har {n} timer.
I {years} gik hun i en anden klasse.
Der er {n} børn, og {n} af dem er nye.
Fraværet er {n} timer siden {date}.
Karaktererne er 02, 4, 7 og 10.
Karakterer: 7 4 02 10 12 7 4.
Han fik 7, 4, 00, 02 og 10 i {date}.
Vores sagsnummer er {journal}.
Journalen {journal} ligger i kommunens system.
Børnene er {n} cm høje og løber {n} meter.
Prøven viste {n} rigtige ud af {n}.
Bus {n} kører {clock}, {clock} og {clock}.
Skema: {span} dansk, {span} matematik.
{span}, {span} og {span} er der pause.
Barnet er 8 år og 3 måneder.
Han var 1 time og 20 minutter om det {date}.
Den {date} sagde hun, at hun var ked af det.
Siden {date} har vi set det hver dag.
Notat {date}: Hun sad alene kl. {clock}.
Næste møde: {date}, kl. {clock}-{clock}.
Han kommer kl. {clock}, {clock} eller {clock}.
Klassen har {n} drenge og {n} piger.
Han har {n} point, og rekorden er {n}.
De sidste fire uger har været svære.
De sidste 4 gange kom mor kl. {clock}.
De sidste fire dage siden {date} har han været rolig.
Hun har sovet {n} timer de sidste 3 nætter.
Vi prøvede {n} ting mellem {date} og {date}.
Der er {n} stole i lokale {n} og {n} i lokale {n}.
Det kostede {money} {date}.
Fra {years} til {years} var der {n} elever.
Han siger en to tre og løber.
Fristen er {date} og så {date}.
De mødtes {date}, {date} og {date}.
Vi evaluerer {date} efter {n} uger.
Hun fik 112 ud af 120 i test 2 og 98 i test 3.
Målt: 3,4 og 5,6 og 7,8 i uge {list}.
Lokale {n}, {n} og {n} er optaget {span}.
Ring efter kl. {clock} på skolens nummer.
Far kom {clock} og gik {clock} den {date}.
Hun skal måle {n} ml kl. {clock} og {n} ml kl. {clock}.
Udgave 2.{n} af skemaet gælder fra {date}.
""".strip().splitlines()

_BLANK = re.compile(r"\{(\w+)\}")


def texts(seed: int | str, count: int) -> Iterator[str]:
    """That many texts of one to three sentences; the same seed gives the same texts."""
    rng = random.Random(seed)
    for at in range(count):
        chosen = [SENTENCES[at % len(SENTENCES)], *rng.sample(SENTENCES, rng.choice((0, 0, 1, 2)))]
        yield _BLANK.sub(lambda blank: BLANKS[blank[1]](rng), " ".join(chosen))
