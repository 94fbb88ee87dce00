"""The operator's commands about what is kept: keys, inventory, retention, erasure, backup and restore."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.app.retention import erase_on_request, sweep
from bot.bootstrap import House, keys_for
from bot.cli.serve import fail, open_house
from bot.ports import StorageBusy, UnitOfWork
from bot.settings import Settings, read_settings
from dialogs.access import OPERATOR
from dialogs.cases.model import Case
from dialogs.retention import RULES, Deletion, certificate, certificate_text, keeping
from storage import backups
from storage.inventory import inventory as all_columns
from storage.keys import KeyProblem, kek_from_file, new_key_file
from storage.rotation import rotate_kek, rotate_tenant_key

keys = typer.Typer(no_args_is_help=True, help="The key outside the database, and the keys that it wraps.")


@keys.command("new")
def keys_new(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Make a key file that only you may read."""
    try:
        new_key_file(file)
    except FileExistsError:
        fail([f"KEY_FILE: {file} exists already; a key is never written over"], 2)
    except OSError as error:
        fail([f"KEY_FILE: the file can't be written ({type(error).__name__})"], 2)
    typer.echo(f"a new key is in {file}; keep a copy apart from the database and its backups")


@keys.command("check")
def keys_check() -> None:
    """Say whether the keys that are set open the database."""
    settings = read_settings()
    house = open_house(settings)
    house.store.close()
    source = "KEY_FILE" if settings.key_file else keys_for(settings)[0].setting if keys_for(settings) else "none"
    typer.echo(f"the database opens with {source}")


@keys.command("rotate")
def keys_rotate(
    new_key: Annotated[
        Path | None, typer.Option(help="A new key file: wrap the tenant key by it, then set KEY_FILE to it.")
    ] = None,
) -> None:
    """Give the database a new tenant key, or with --new-key a new outer key. Safe to run again after a crash."""
    settings = read_settings()
    try:
        held = keys_for(settings)
        if new_key is not None:
            rotate_kek(settings.database_url, held, kek_from_file(new_key, "--new-key"))
            typer.echo(f"the database opens with {new_key} from now on: set KEY_FILE to it and restart web and worker")
        else:
            typer.echo(f"{rotate_tenant_key(settings.database_url, held)} keys are wrapped anew")
    except KeyProblem as error:
        fail([str(error)], 2)
    except StorageBusy as error:
        fail([f"DATABASE_URL: the database is busy ({error})"], 2)


def inventory(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """Every stored column with its class, key, retention and purpose."""
    for item in all_columns():
        if as_json:
            typer.echo(json.dumps(asdict(item)))
        else:
            line = (f"{item.table}.{item.column}", item.data_class, item.key, item.retention, item.purpose)
            typer.echo(f"{line[0]:<30} {line[1]:<4} {line[2]:<11} {line[3]:<20} {line[4]}")


class _OnlyLooking(Exception):  # noqa: N818 - ends a transaction that must not be kept
    """Carries what would have gone out of the transaction that would have done it."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__("dry run")
        self.counts = counts


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    certificates: Annotated[bool, typer.Option(help="Print the certificates of the ledger.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Delete what its time is up for, by the table of retention: counts and codes, never a content."""
    settings = read_settings()
    house = open_house(settings)
    if certificates:
        _certificates(house, as_json)
        return
    now, table = house.clock.now(), keeping(settings.retention)

    def work(uow: UnitOfWork) -> dict[str, int]:
        counts = sweep(uow, now, table)
        if dry_run:
            raise _OnlyLooking(counts)
        return counts

    try:
        counts = house.store.run(OPERATOR, work)
    except _OnlyLooking as looked:
        counts = looked.counts
    _keep_ledger(house)
    house.store.close()
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, "counts": counts}))
        return
    verb = "would delete" if dry_run else "deleted"
    for rule in RULES:
        kept = table[rule.id].keep
        hours = f"{kept.days} days" if kept.days > 3 else f"{int(kept.total_seconds() // 3600)} hours"
        typer.echo(f"{rule.id:<14} {verb} {counts[rule.id]:>6}   kept {hours} after {rule.since}")
    typer.echo(f"{verb} {counts['drafts']} expired drafts")


def _certificates(house: House, as_json: bool) -> None:
    lines = house.store.run(OPERATOR, lambda uow: list(uow.retention.ledger()))
    house.store.close()
    for line in lines:
        _print_certificate(line, as_json)


def _print_certificate(line: Deletion, as_json: bool) -> None:
    typer.echo(json.dumps(certificate(line)) if as_json else certificate_text(line) + "\n")


def _keep_ledger(house: House) -> None:
    url = house.settings.database_url
    if url != "memory:":
        backups.write_ledger(
            backups.ledger_file(url), house.store.run(OPERATOR, lambda uow: list(uow.retention.ledger()))
        )


def erase(
    code: Annotated[str, typer.Argument(help="The code of a closed case.")],
    yes: Annotated[bool, typer.Option("--yes", help="Really delete it. It can't be undone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the certificate as JSON.")] = False,
) -> None:
    """Delete one closed case for good, and print the certificate, which has no content."""
    house = open_house(read_settings())
    now = house.clock.now()
    if not yes:
        fail(["--yes: is missing; what is erased can't be brought back"], 2)
    done = house.store.run(OPERATOR, lambda uow: erase_on_request(uow, code, now))
    if done is None:
        fail([f"{code}: there is no such case"], 2)
    if isinstance(done, Case):
        fail([f"{code}: is open; close it first, so that the writer gets an answer"], 2)
    _keep_ledger(house)
    house.store.close()
    _print_certificate(done, as_json)


def backup(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Copy the database while it is in use. The wrapped keys go to FILE.keys: keep the two apart."""
    settings = read_settings()
    house = open_house(settings)
    _keep_ledger(house)
    house.store.close()
    try:
        backups.backup(settings.database_url, file)
    except FileExistsError:
        fail([f"{file}: exists already; a backup is never written over"], 2)
    except backups.NotForThisDatabase as error:
        fail([f"DATABASE_URL: {error}"], 2)
    except (StorageBusy, OSError) as error:
        fail([f"{file}: can't be written ({type(error).__name__})"], 2)
    typer.echo(f"{file} and {file}.keys are written; keep them in different places, the keys for seven days only")


def restore(
    file: Annotated[Path | None, typer.Argument(help="A copy that `backup` made, with FILE.keys beside it.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Another ledger than the one beside it.")] = None,
    ledger_only: Annotated[bool, typer.Option("--ledger-only", help="It is restored already: only delete.")] = False,
) -> None:
    """Put a copy in the database's place, and delete again what was deleted since. Stop web and worker first."""
    settings = read_settings()
    url = settings.database_url
    beside = ledger or backups.ledger_file(url)
    lines = {(line.kind, line.owner): line for line in (*backups.read_ledger(beside), *backups.ledger_of(url))}
    gone = _restore(settings, file, list(lines.values()), ledger_only)
    backups.write_ledger(backups.ledger_file(url), list(lines.values()))
    typer.echo(f"restored; {len(lines)} deletions applied again, {gone} rows; now run `migrate` and `check`")


def _restore(settings: Settings, file: Path | None, lines: list[Deletion], ledger_only: bool) -> int:
    url = settings.database_url
    try:
        held = keys_for(settings)
        if ledger_only:
            return backups.apply_ledger(url, held, lines)
        if file is None or not file.is_file() or not backups.keys_beside(file).is_file():
            fail([f"{file or 'FILE'}: name a copy with its .keys beside it"], 2)
        return backups.restore(url, file, held, lines)
    except KeyProblem as error:
        fail([str(error)], 2)
    except backups.NotForThisDatabase as error:
        fail([f"DATABASE_URL: {error}"], 2)
    except (StorageBusy, OSError) as error:
        fail([f"DATABASE_URL: can't be restored ({type(error).__name__})"], 2)
