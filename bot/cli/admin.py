"""The operator's commands: migrate, invite, outbox, check, retention."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from bot.app.entry.admission import INVITE_MINUTES, MAX_WEB_HOURS
from bot.app.entry.admission import invite as make_invite
from bot.bootstrap import House, base_url, keys_for, prepare_database
from bot.cli.serve import fail, open_house
from bot.ports import StorageBusy, UnitOfWork
from bot.settings import read_settings
from dialogs.access import OPERATOR
from dialogs.people import ROLES, TRIO, Membership, Person, Role, School
from storage.checks import invariants
from storage.keys import KeyProblem

_DANISH: dict[str, Role] = {
    "laerer": "teacher", "lærer": "teacher", "paedagog": "pedagogue", "pædagog": "pedagogue",
    "sundhedsplejerske": "health_visitor", "leder": "leader", "psykolog": "psychologist",
    "socialraadgiver": "social_worker", "socialrådgiver": "social_worker", "chef": "superior", "kollega": "colleague",
    "administrator": "admin", "databeskyttelse": "dpo", "databeskyttelsesraadgiver": "dpo",
    "databeskyttelsesrådgiver": "dpo",
}  # fmt: skip
DEFAULT_WEB_HOURS = 24
LISTED = ("failed", "uncertain", "pending", "sending")

outbox = typer.Typer(no_args_is_help=True, help="What waits to be sent, and what could not be.")


def migrate() -> None:
    """Bring the database to today's schema. Safe to run again; run it before `web` and `worker`."""
    settings = read_settings()
    try:
        prepare_database(settings.database_url, keys_for(settings), lambda line: typer.echo(line, err=True))
    except KeyProblem as error:
        fail([str(error)], 2)
    except (StorageBusy, OSError) as error:
        fail([f"DATABASE_URL: the database can't be opened ({type(error).__name__})"], 2)
    typer.echo("the schema is at head")


def invite(
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)} (or the Danish word).")],
    school: Annotated[str, typer.Option(help="The school's id or name; a new school is made when there is none.")],
    name: Annotated[str, typer.Option(help="The person's name, as colleagues see it.")] = "",
    email: Annotated[
        str, typer.Option(help="Where notices go when Telegram can't; a known address lets in again.")
    ] = "",
    web_only: Annotated[bool, typer.Option("--web-only", help="For the web alone; it binds no Telegram chat.")] = False,
    hours: Annotated[int, typer.Option(help=f"With --web-only: how long it lives, at most {MAX_WEB_HOURS}.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a one-time code for a role at a school. It lives ten minutes and works once."""
    if hours and not web_only:
        fail(["--hours: only with --web-only; a code that can bind a chat lives ten minutes"], 2)
    if web_only and not 1 <= (hours := hours or DEFAULT_WEB_HOURS) <= MAX_WEB_HOURS:
        fail([f"--hours: from 1 to {MAX_WEB_HOURS}"], 2)
    wanted = _DANISH.get(role.casefold(), role.casefold())
    known: Role | None = next((r for r in ROLES if r == wanted), None)
    if known is None:
        fail([f"--role: «{role}» is unknown; use one of {', '.join(ROLES)}"], 2)
    house = open_house(read_settings())
    now = house.clock.now()

    def work(uow: UnitOfWork) -> tuple[str, School]:
        place = _school(uow, school)
        person_id = _person(uow, house, Membership(place.id, known), name.strip(), email.strip())
        return make_invite(uow, house.ids, known, place.id, now, person_id, hours), place

    code, place = house.store.run(OPERATOR, work)
    lives = timedelta(hours=hours) if web_only else timedelta(minutes=INVITE_MINUTES)
    link = f"{base_url(house.settings)}/ind/{code}"
    answer = {
        "code": code,
        "telegram_link": "" if web_only else _telegram_link(house, code),
        "web_link": link,
        "role": known,
        "school": place.id,
        "expires_at": (now + lives).isoformat(),
    }
    house.store.close()
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
    elif web_only:
        typer.echo(f"code: {code}\nweb: {link}\nvalid for {hours} hours, once, on the web only")
    else:
        typer.echo(f"code: {code}\nweb: {link}\ntelegram: send /start {code} to the bot\nvalid for 10 minutes, once")


def _person(uow: UnitOfWork, house: House, seat: Membership, name: str, email: str) -> str | None:
    """The person that the code is for: known by e-mail, new with a name; None when whoever brings it is the person."""
    if not name and not email:
        return None
    found = next((p for p in uow.people.everyone() if email and p.email == email), None)
    if found is None:
        found = Person(house.ids.new(), name, (seat,), email=email or None)
        uow.people.add(found)
    else:
        seats = found.memberships if seat in found.memberships else (*found.memberships, seat)
        uow.people.save(replace(found, name=name or found.name, memberships=seats))
    return found.id


def _school(uow: UnitOfWork, wanted: str) -> School:
    found = next((s for s in uow.people.schools() if wanted.casefold() in (s.id.casefold(), s.name.casefold())), None)
    if found is not None:
        return found
    plain = wanted.casefold().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))
    school_id = "".join(c if c.isascii() and c.isalnum() else "-" for c in plain).strip("-")[:40]
    school = School(school_id or "skole", wanted)
    uow.people.add_school(school)
    return school


def _telegram_link(house: House, code: str) -> str:
    """A deep link when the bot's name is known; else what to send by hand."""
    name = house.settings.telegram_bot_name
    return f"https://t.me/{name}?start={code}" if name else f"/start {code}"


def check() -> None:
    """Look for breaches of what must always be true in the data. Exit 1 when there is any."""
    settings = read_settings()
    house = open_house(settings)
    now = house.clock.now()
    house.store.close()
    forms = frozenset(house.content.forms)
    breaches = invariants(settings.database_url, now, forms=forms, keys=keys_for(settings))
    for breach in breaches:
        typer.echo(str(breach))
    typer.echo(f"{len(breaches)} breaches")
    if breaches:
        raise typer.Exit(1)


@outbox.command("list")
def outbox_list(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """What waits, what is uncertain and what failed: ids, templates and codes, never a text."""
    house = open_house(read_settings())
    counts, rows = house.store.run(OPERATOR, lambda uow: (uow.outbox.count(), uow.outbox.listing(LISTED, 500)))
    house.store.close()
    for row in rows:
        line = {
            "id": row.id,
            "state": row.state,
            "template": row.wish.template,
            "due_at": (row.due_at or row.wish.due_at).isoformat(),
            "attempts": row.attempts,
            "error": row.last_error,
            "reason": row.reason,
        }
        typer.echo(json.dumps(line) if as_json else "  ".join(str(v) for v in line.values() if v is not None))
    if not as_json:
        typer.echo(" · ".join(f"{state} {number}" for state, number in sorted(counts.items())) or "the outbox is empty")


@outbox.command("retry")
def outbox_retry(row_id: Annotated[int, typer.Argument(help="The id from `outbox list`.")]) -> None:
    """Try a failed notice again now."""
    house = open_house(read_settings())
    done = house.store.run(OPERATOR, lambda uow: uow.outbox.retry(row_id, house.clock.now()))
    house.store.close()
    if not done:
        fail([f"outbox {row_id}: there is no such row to try again"], 2)
    typer.echo(f"outbox {row_id}: pending")


def demo_people(number: Annotated[int, typer.Argument(help="How many.")]) -> None:
    """Make invented people with Telegram chats, for measuring; prints their chat ids."""
    house = open_house(read_settings())

    def work(uow: UnitOfWork) -> None:
        for first in range(0, number, STAFF):
            _measuring_school(uow, first, min(STAFF, number - first))

    house.store.run(OPERATOR, work)
    house.store.close()
    for n in range(number):
        typer.echo(FIRST_CHAT + n)


STAFF = 60  # a usual school's teachers and pedagogues
FIRST_CHAT = 500_000_001


def _measuring_school(uow: UnitOfWork, first: int, staff: int) -> None:
    """One invented school with its TRIO team and so many people, numbered from `first`."""
    school = f"maaleskole-{first // STAFF}"
    if uow.people.school(school) is not None:
        return
    uow.people.add_school(School(school, f"Måleskole {first // STAFF}"))
    for role in TRIO:
        uow.people.add(Person(f"{school}-{role}", f"Måle {role}", (Membership(school, role),)))
    for n in range(first, first + staff):
        teacher = Membership(school, "teacher")
        uow.people.add(Person(f"m{n:06}", "Måleperson", (teacher,), telegram_chat=FIRST_CHAT + n))
