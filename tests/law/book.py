"""The law of the program, and the sharing table of docs/law.md written a second time as plain Python, as a check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations, product

from dialogs.content import DANISH
from dialogs.law.book import FILES, LawBook, load_law
from dialogs.reading.yamlio import read
from dialogs.tables import Scalar

DAY = date(2026, 11, 22)
FIRST = date(2024, 1, 1)
EVERY = 7  # the slow check looks at each seventh combination; no fact has seven values in step with it

Facts = Mapping[str, Scalar]


@lru_cache(maxsize=1)
def law() -> LawBook:
    return load_law(*(read(DANISH / name, name) for name in FILES))


def combos() -> Iterator[dict[str, Scalar]]:
    facts = law().written.facts
    for values in product(*facts.values()):
        yield dict(zip(facts, values, strict=True))


def switch_sets() -> list[tuple[str, ...]]:
    names = [switch.id for switch in law().switches]
    return [chosen for size in range(len(names) + 1) for chosen in combinations(names, size)]


def by_hand(f: Facts) -> tuple[str, str]:  # noqa: C901 - the list of docs/law.md, line by line
    """Rule and outcome, as docs/law.md lists them."""
    child = f["age"] == "u18"
    if f["acute"] == "yes":
        return "R01", "A1"
    if child and f["abuse"] == "yes" and f["reported"] == "no":
        return "R02", "R1"
    if child and f["need"] == "yes" and f["reported"] == "no":
        return "R03", "R2"
    if f["ident"] == "no":
        return "R04", "N1"
    if f["necessary"] == "no":
        return "R05", "X1"
    if f["recipient"] == "own_unit":
        return "R06", "S1"
    if child and f["abuse"] == "yes" and f["recipient"] in ("ssd", "ssp", "outside"):
        return "R07", "X7"
    if f["consent"] == "valid":
        return "R08", "C1"
    if not child and f["recipient"] != "ssp":
        return "R09", "X2"
    special = {
        "boernehus": ("R10", "B1"),
        "case_authority": ("R11", "K1"),
        "ssp": ("R12", "P1"),
        "police_prev": ("R13", "P2"),
    }
    if f["recipient"] in special:
        return special[str(f["recipient"])]
    if f["recipient"] == "outside":
        return ("R14", "Q1") if f["consent"] == "not_asked" else ("R15", "X3")
    if f["info"] == "ordinary":
        return "R16", "O1"
    if f["consent"] == "not_asked":
        return "R17", "Q1"
    if f["case_open"] == "yes":
        return "R18", "X4"
    if f["form"] == "other":
        return "R19", "X5"
    if f["used"] == 0:
        return "R20", "E1"
    if f["used"] == 1 and f["special"] == "yes":
        return "R21", "E2"
    return "R22", "X6"
