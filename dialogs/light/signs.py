"""The signs of the traffic light: one band per age, one row per area of life, and the same row in three colours.

The signs are not a validated instrument: `reviewed_by` is empty until a professional has read them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from dialogs.reading.fields import Node, root
from dialogs.reading.files import BANDS
from dialogs.reading.yamlio import Document, read
from dialogs.tables import Table, load_table

Subject = Literal["child", "parent"]
Colour = Literal["green", "yellow", "red"]
Flow = Literal["violence", "sexual", "suicide", "control", "danger"]
SUBJECTS: dict[str, Subject] = {subject: subject for subject in get_args(Subject)}
COLOURS: tuple[Colour, ...] = get_args(Colour)
FLOWS: dict[str, Flow] = {flow: flow for flow in get_args(Flow)}
AREAS = (
    "laering",
    "sprog",
    "venner",
    "humoer",
    "uro",
    "fravaer",
    "krop",
    "mad_soevn",
    "pleje",
    "familie",
    "fritid_net",
    "rusmidler",
    "andet",
)  # the options of the worry's q06
ADULT = 18  # from this age on the traffic light does not apply


@dataclass(frozen=True)
class Sign:
    """One thing that can be seen. `locked` red is never lowered in the bot; `acute` leaves the light at once."""

    id: str
    band: str
    subject: Subject
    row: str
    colour: Colour
    text: str
    locked: bool = False
    acute: bool = False
    flow: Flow | None = None
    card: str | None = None  # the action card it opens; without one the flow alone says which


@dataclass(frozen=True)
class Row:
    """One area of life, so that a person can place the child on a line, row by row."""

    id: str
    subject: Subject
    name: str
    areas: tuple[str, ...]
    signs: tuple[Sign, ...]

    def of(self, colour: Colour) -> tuple[Sign, ...]:
        """The signs of one colour in this row; some rows have none."""
        return tuple(sign for sign in self.signs if sign.colour == colour)


@dataclass(frozen=True)
class Band:
    """The rows for one age; `ages` are the first and last whole years."""

    id: str
    title: str
    ages: tuple[int, int]
    rows: tuple[Row, ...]
    reviewed_by: str | None
    version: int

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All signs, in the order of the file."""
        return tuple(sign for row in self.rows for sign in row.signs)


@dataclass(frozen=True)
class Factor:
    """Something that speaks for the child: never lowers red, and in yellow points to the first step."""

    id: str
    text: str
    first_step: str


@dataclass(frozen=True)
class SignBook:
    """Everything that the traffic light is judged by: signs, protective factors and the rule."""

    bands: tuple[Band, ...]
    factors: tuple[Factor, ...]
    table: Table

    @cached_property
    def by_id(self) -> dict[str, Sign]:
        """Every sign by its id."""
        return {sign.id: sign for band in self.bands for sign in band.signs}

    def band(self, band_id: str) -> Band | None:
        """The band with this id, or None."""
        return next((band for band in self.bands if band.id == band_id), None)


def read_signs(folder: Path) -> SignBook:
    """The sign book in a content folder; raise ContentError for the first thing that is wrong."""
    return load_signs(
        [read(folder / "signs" / f"{band}.yaml", f"signs/{band}.yaml") for band in BANDS],
        read(folder / "signs" / "beskyttelse.yaml", "signs/beskyttelse.yaml"),
        read(folder / "tables" / "triage.yaml", "tables/triage.yaml"),
    )


def load_signs(bands: Sequence[Document], factors: Document, table: Document) -> SignBook:
    """The sign book of these documents; raise ContentError for the first thing that is wrong."""
    loaded = tuple(_band(root(document)) for document in bands)
    for (one, other), document in zip(pairwise(loaded), bands[1:], strict=True):
        if other.ages[0] != one.ages[1] + 1:
            raise root(document).error("ages", f"«{other.id}» skal begynde, hvor «{one.id}» slutter.")
    return SignBook(loaded, _factors(root(factors)), load_table(table))


def _band(node: Node) -> Band:
    found = node.fields("band", "title", "ages", "version", "reviewed_by", "rows")
    band = found["band"].one_of(BANDS)
    ages = tuple(item.number() for item in found["ages"].items())
    if len(ages) != 2 or not 0 <= ages[0] <= ages[1] < ADULT:
        raise found["ages"].error("ages", "Skriv første og sidste alder i hele år, fx [6, 12].")
    nodes = found["rows"].items(some=True)
    rows = tuple(_row(item, band) for item in nodes)
    seen: set[str] = set()
    for item, row in zip(nodes, rows, strict=True):
        for name in (row.id, *(sign.id for sign in row.signs)):
            if name in seen:
                raise item.error("double", f"«{name}» står to gange.")
            seen.add(name)
    reviewed = found["reviewed_by"]
    return Band(
        band,
        found["title"].text(),
        (ages[0], ages[1]),
        rows,
        None if reviewed.value is None else reviewed.text(),
        found["version"].number(),
    )


def _row(node: Node, band: str) -> Row:
    found = node.fields("id", "subject", "name", "areas", *COLOURS)
    subject = SUBJECTS[found["subject"].one_of(SUBJECTS)]
    row = found["id"].text()
    if not re.fullmatch(r"[CP][1-9][0-9]?", row) or (row[0] == "C") != (subject == "child"):
        raise found["id"].error("row_id", "Skriv C (barn) eller P (forældre) og et nummer, fx C1.")
    found["areas"].texts(some=True)  # each of them once
    areas = tuple(area.one_of(AREAS) for area in found["areas"].items())
    signs = tuple(_sign(item, band, subject, row, colour) for colour in COLOURS for item in found[colour].items())
    return Row(row, subject, found["name"].text(), areas, signs)


def _sign(node: Node, band: str, subject: Subject, row: str, colour: Colour) -> Sign:
    found = node.fields("id", "text", optional=("locked", "acute", "flow", "card"))
    locked, acute = (name in found and found[name].flag() for name in ("locked", "acute"))
    sign = Sign(
        id=found["id"].text(),
        band=band,
        subject=subject,
        row=row,
        colour=colour,
        text=found["text"].text(),
        locked=locked,
        acute=acute,
        flow=FLOWS[found["flow"].one_of(FLOWS)] if "flow" in found else None,
        card=found["card"].text() if "card" in found else None,
    )
    wanted = f"{band}{row[0]}{colour[0].upper()}{row[1:]}"
    if sign.id not in (wanted, f"{wanted}b", f"{wanted}c"):
        raise node.error("sign_id", f"Tegnet skal hedde «{wanted}» (eller med b eller c bagefter).")
    _check_marks(sign, node)
    return sign


def _check_marks(sign: Sign, node: Node) -> None:
    if sign.flow is not None and sign.colour != "red":
        raise node.error("flow", "Kun røde tegn kan have et flow. Et gult tegn kan have et card.")
    if sign.locked and sign.flow is None:
        raise node.error("locked", "Et låst tegn er rødt og har et flow.")
    if sign.acute and not sign.locked:
        raise node.error("acute", "Et akut tegn er altid også låst.")
    if sign.flow == "danger" and sign.card is None:
        raise node.error("card", "«danger» har flere kort. Skriv, hvilket kort tegnet åbner.")


def _factors(node: Node) -> tuple[Factor, ...]:
    found = node.fields("version", "reviewed_by", "factors")
    factors: list[Factor] = []
    for item in found["factors"].items(some=True):
        field = item.fields("id", "text", "first_step")
        factors.append(Factor(field["id"].text(), field["text"].text(), field["first_step"].text()))
    return tuple(factors)
