"""The operator's and the data protection officer's commands about the log; none of them shows what anybody wrote."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.serve import fail, open_house
from bot.ports import UnitOfWork
from bot.settings import read_settings
from dialogs.access import OPERATOR
from dialogs.access.oversight import READS, looks, sample
from dialogs.audit import Head, Verdict, seal_of, verify

audit = typer.Typer(no_args_is_help=True, help="Who did what: check the log, and export how far it has come.")
SAMPLE_DAYS = 31


@audit.command("verify")
def audit_verify(
    heads: Annotated[Path | None, typer.Option("--heads", help="A file that `audit head` has written to.")] = None,
) -> None:
    """Check every line of the log. Exit 1, and the number of the first line that is wrong."""
    house = open_house(read_settings())

    def work(uow: UnitOfWork) -> Verdict:
        keys = uow.audit.keys()
        return verify(keys, uow.audit.lines(), uow.audit.anchor(), _read_heads(heads, keys.heads))

    found = house.store.run(OPERATOR, work)
    house.store.close()
    if found.bad is not None:
        typer.echo(f"line {found.bad}: {found.why}")
        raise typer.Exit(1)
    typer.echo(f"{found.lines} lines in order")
    if heads is None:
        typer.echo("without --heads, lines cut off the end can't be seen", err=True)


def _read_heads(path: Path | None, key: bytes) -> list[Head]:
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        fail([f"--heads: the file can't be read ({type(error).__name__})"], 2)
    found: list[Head] = []
    for number, line in enumerate(lines, 1):
        words = line.split()[-3:]
        head = Head(int(words[0]), words[1]) if len(words) == 3 and words[0].isdecimal() else None
        if head is None or words[2] != seal_of(key, head):
            fail([f"--heads: line {number} is no head of this database's log"], 2)
        found.append(head)
    return found


@audit.command("head")
def audit_head(
    out: Annotated[Path | None, typer.Option("--out", help="Add the line to this file, kept elsewhere.")] = None,
) -> None:
    """Print how far the log has come: number, mark and seal. Keep it where nobody at this machine can change it."""
    house = open_house(read_settings())
    line = house.store.run(OPERATOR, _head_line)
    house.store.close()
    if out is None:
        typer.echo(line)
        return
    try:
        with out.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError as error:
        fail([f"--out: the file can't be written ({type(error).__name__})"], 2)


def _head_line(uow: UnitOfWork) -> str:
    head = uow.audit.head()
    return f"{head.seq} {head.mac} {seal_of(uow.audit.keys().heads, head)}"


@audit.command("sample")
def audit_sample(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """Draw up to 25 readings of the last month for the data protection officer to ask about. Ids and times only."""
    house = open_house(read_settings())
    since = house.clock.now() - timedelta(days=SAMPLE_DAYS)
    lines = house.store.run(OPERATOR, lambda uow: uow.audit.since(since, (*READS, "case.write")))
    house.store.close()
    chances = random.SystemRandom()  # nobody may be able to tell beforehand which ones
    for line in sample(lines, [chances.random() for _ in lines] or [0.0]):
        drawn = {"seq": line.seq, "at": line.at.isoformat(), "person": line.actor, "role": line.role,
                 "case": line.case_id, "purpose": line.purpose}  # fmt: skip
        typer.echo(json.dumps(drawn) if as_json else "  ".join(str(value) for value in drawn.values()))


@audit.command("access-report")
def access_report(
    case: Annotated[str, typer.Argument(help="The case's code; of one that is gone, its id.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Who has looked at a case: time, function and purpose, without names. For a request for access."""
    house = open_house(read_settings())
    lines = house.store.run(OPERATOR, lambda uow: uow.audit.report(uow.dossiers.find(case.strip()) or case, ""))
    house.store.close()
    if not lines:  # whoever wrote it has a line, so this is no case of ours
        fail([f"{case}: there is no case with this code or id in the log"], 2)
    for look in looks(lines):
        row = {"at": look.at.isoformat(), "role": look.role, "purpose": look.purpose}
        typer.echo(json.dumps(row) if as_json else "  ".join(row.values()))
