"""The operator's commands about people: who there is, and letting them go, back in, or begin again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated

import typer

from bot.app.entry import leaving
from bot.cli.serve import fail, open_house
from bot.ports import UnitOfWork
from bot.settings import read_settings
from dialogs.access import OPERATOR

people = typer.Typer(no_args_is_help=True, help="Who there is, and what becomes of their access.")
Who = Annotated[str, typer.Argument(help="The person's id from `people list`, or their e-mail.")]


@people.command("list")
def people_list(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """Everybody, with roles and schools. Nothing about any case."""
    house = open_house(read_settings())
    rows = house.store.run(
        OPERATOR, lambda uow: [(p, [c.kind for c in uow.identity.of_person(p.id)]) for p in uow.people.everyone()]
    )
    house.store.close()
    for person, kinds in rows:
        line = {
            "id": person.id,
            "name": person.name,
            "email": person.email,
            "active": person.active,
            "roles": [f"{m.role}@{m.school_id}" for m in person.memberships],
            "signs_in_with": sorted(set(kinds)),
            "telegram": person.telegram_chat is not None,
        }
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _plain(line))


def _plain(line: dict[str, object]) -> str:
    roles = line["roles"]
    shown = ", ".join(roles) if isinstance(roles, list) else ""
    return f"{line['id']}  {line['name'] or '-'}  {'active' if line['active'] else 'left'}  {shown}"


@people.command("deactivate")
def people_deactivate(who: Who) -> None:
    """The person has left: sessions, ways in, Telegram and memberships end in one transaction."""
    _do(who, leaving.deactivate, "has no access any more")


@people.command("reset")
def people_reset(who: Who) -> None:
    """The person has lost what they sign in with: it is all taken away, and a new invitation lets them in again."""
    _do(who, leaving.reset, "signs in with nothing now; run `python -m bot invite` with the same e-mail")


@people.command("vouch")
def people_vouch(who: Who) -> None:
    """Say of somebody whom an administrator let in that it is them, where no leader or second administrator can."""
    _do(who, lambda uow, person_id: uow.exits.vouch(person_id, known=True) is not None, "is vouched for")


@people.command("activate")
def people_activate(who: Who) -> None:
    """The person is back after a pause."""
    house = open_house(read_settings())
    now = house.clock.now()
    house.store.close()
    _do(who, lambda uow, person_id: leaving.activate(uow, person_id, now), "has access again")


def _do(who: str, act: Callable[[UnitOfWork, str], bool], done: str) -> None:
    house = open_house(read_settings())

    def work(uow: UnitOfWork) -> str | None:
        wanted = who.strip().casefold()
        found = [p.id for p in uow.people.everyone() if wanted in (p.id, (p.email or "").casefold())]
        return found[0] if len(found) == 1 and act(uow, found[0]) else None

    person_id = house.store.run(OPERATOR, work)
    house.store.close()
    if person_id is None:
        fail([f"people: «{who}» is nobody's id or e-mail"], 2)
    typer.echo(f"{person_id} {done}")
