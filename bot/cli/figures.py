"""The months in numbers, for a report to the municipality: what is below five is withheld before it gets here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, cast

import typer

from bot.cli.serve import fail, open_house
from bot.ports import UnitOfWork
from bot.settings import read_settings
from dialogs.access import OPERATOR
from dialogs.cases.digest import LEAST, Digest, Group, last_month, month_of


def digest(
    month: Annotated[str, typer.Option("--month", help="A month that is over, such as 2026-10; else the last.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """A month in numbers, school by school. No number below five, and none that could be worked out."""
    house = open_house(read_settings())
    today = house.clock.now().astimezone(house.settings.zone).date()
    wanted = month_of(month, today) if month else last_month(today)
    if wanted is None:
        house.store.close()
        fail([f"--month: write a month of the last year that is over, such as {last_month(today):%Y-%m}"], 2)
    found = house.store.run(OPERATOR, lambda uow: list(_all(uow, wanted)))
    house.store.close()
    if as_json:
        whole = {"month": f"{wanted:%Y-%m}", "least": LEAST, "schools": [_plain(one) for one in found]}
        typer.echo(json.dumps(whole, ensure_ascii=False))
        return
    for one in found:
        typer.echo(f"{one.school_id} {wanted:%Y-%m}")
        for name, value in _lines(_plain(one)):
            typer.echo(f"  {name}: {'withheld' if value is None else value}")


def _all(uow: UnitOfWork, month: date) -> Iterator[Digest]:
    for school in uow.people.schools():
        if (found := uow.figures.of(school.id, month)) is not None:
            yield found


def _plain(one: Digest) -> dict[str, Any]:
    return {
        "school": one.school_id,
        "worries": _group(one.worries),
        "waiting_days": dict(one.waiting),
        "meetings_held": one.meetings,
        "made_sense": _group(one.sense),
        "plans": _group(one.plans),
    }


def _group(group: Group) -> dict[str, int | None]:
    return {**group.cells, "total": group.total}


def _lines(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, int | None]]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _lines(cast(dict[str, Any], value), f"{before}{name} ")
        elif name != "school":
            yield f"{before}{name}", value
