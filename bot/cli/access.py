"""All that is held about one case, for a request for access: at the server it leaves only sealed to another's key."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.app.papers.dossiers import make, zipped
from bot.cli.serve import fail, open_house
from bot.documents import Press
from bot.ports import NoPaper
from bot.settings import read_settings
from bot.web.files import file_name
from dialogs.access import OPERATOR
from dialogs.papers.documents import Paper
from storage.parcels import ParcelProblem, new_pair, opened, public_beside, public_key, sealed_to, write_private

access = typer.Typer(
    no_args_is_help=True, help="All that is held about one case, sealed to the key of whoever answers the family."
)
_NOT_OVER = "--out: can't be used ({}); an existing file is never written over"
_KEY = "Made by `subject-access key`, at the machine of whoever answers the family."


@access.command("key")
def access_key(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Make a key to open packages with, and FILE.pub to seal them to. Keep FILE; give FILE.pub to the operator."""
    try:
        new_pair(file)
    except OSError as error:
        fail([f"FILE: can't be written ({type(error).__name__}); an existing key is never written over"], 2)
    typer.echo(f"{file} opens packages; give {public_beside(file)} to whoever makes them")


@access.command("make")
def access_make(
    code: Annotated[str, typer.Argument(help="The case's code.")],
    to: Annotated[Path, typer.Option("--to", help=f"The public half of a key. {_KEY}")],
    out: Annotated[Path, typer.Option("--out", help="A file that does not exist yet; only you may read it.")],
) -> None:
    """Write the package of one case to a file that only the other key opens. Nothing of it is printed; it is logged."""
    # The operator's mistakes first: nothing of the case is read or logged for a package that can't be written.
    try:
        key = public_key(to)
    except ParcelProblem as error:
        fail([str(error)], 2)
    except OSError as error:
        fail([f"--to: can't be used ({type(error).__name__})"], 2)
    if out.exists():
        fail([_NOT_OVER.format("FileExistsError")], 2)
    house = open_house(read_settings())
    now = house.clock.now()
    bundle = house.store.run(
        OPERATOR, lambda uow: make(house.app.world, uow, "access", None, uow.dossiers.find(code), now)
    )
    house.store.close()
    if bundle is None:
        fail([f"{code}: there is no such case"], 2)
    made = zipped(bundle, file_name(bundle.paper), _paper(bundle.paper), now.astimezone(house.settings.zone))
    try:
        write_private(out, sealed_to(key, made))
    except OSError as error:
        fail([_NOT_OVER.format(type(error).__name__)], 2)
    typer.echo(f"{out} is written; the key that belongs to {to} opens it")


@access.command("open")
def access_open(
    file: Annotated[Path, typer.Argument(help="What `subject-access make` wrote.")],
    key: Annotated[Path, typer.Option("--key", help=_KEY)],
    out: Annotated[Path, typer.Option("--out", help="A zip file that does not exist yet.")],
) -> None:
    """Open a package with one's own key. It needs no database."""
    try:
        write_private(out, opened(file.read_bytes(), key))
    except ParcelProblem as error:
        fail([str(error)], 2)
    except OSError as error:
        fail([f"FILE, --key or --out: can't be used ({type(error).__name__})"], 2)
    typer.echo(f"{out} is written; only you may read it")


def _paper(paper: Paper) -> tuple[str, bytes]:
    press = Press()
    try:
        return "pdf", asyncio.run(press.make(paper, "pdf"))
    except NoPaper:
        return "txt", asyncio.run(Press().make(paper, "txt"))
