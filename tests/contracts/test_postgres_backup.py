"""The way that docs/operations.md tells of on PostgreSQL: two dumps, a restore of both, and the ledger again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backups import ledger_file, read_ledger
from storage.engines import engine_for
from tests.contracts.test_keeping_cli import SECRET, Run, populate, run, there, work

__all__ = ["run"]
KEY_TABLES = ("data_keys", "tenant_keys")
pytestmark = pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump here")


def tool(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def dumped(url: str, folder: Path) -> tuple[str, str]:
    """The two dumps, the database first: a key that is destroyed in between is missing, and none that is needed."""
    whole, keys = str(folder / "db.dump"), str(folder / "keys.dump")
    tool("pg_dump", "-Fc", "-d", url, "-f", whole, *(f"--exclude-table-data={table}" for table in KEY_TABLES))
    tool("pg_dump", "-Fc", "-d", url, "-f", keys, "--data-only", *(f"--table={table}" for table in KEY_TABLES))
    return whole, keys


def emptied(url: str) -> None:
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def test_a_restored_dump_does_not_bring_back_what_is_deleted(
    run: Run, clean_postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the ledger lies in var/, as on a server
    url = clean_postgres
    settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET}
    work(url, populate)
    assert run("people", "list", **settings).exit_code == 0  # the log has lines, as on any server
    whole, keys = dumped(url, tmp_path)
    assert run("erase", "c1-Måge", "--yes", **settings).exit_code == 0
    assert there(url) == ["c2", "d1"]
    assert [line.owner for line in read_ledger(ledger_file(url))] == ["c1"]

    emptied(url)
    tool("pg_restore", "-d", url, whole)
    alone = run("people", "list", **settings)
    assert alone.exit_code == 2 and "wrapped keys are missing" in alone.stderr, "it opens nothing, and makes no new key"
    tool("pg_restore", "-d", url, keys)
    assert there(url) == ["c1", "c2", "d1"], "the test must be able to fail"
    done = run("restore", "--ledger-only", **settings)
    assert done.exit_code == 0 and "1 deletions applied again" in done.stdout, done.output
    assert there(url) == ["c2", "d1"]
    checked = run("check", **settings)
    assert checked.exit_code == 0, checked.output


def test_the_dump_of_the_database_holds_no_key_and_no_word(clean_postgres: str, tmp_path: Path) -> None:
    work(clean_postgres, populate)
    whole, _ = dumped(clean_postgres, tmp_path)
    shown = subprocess.run(["pg_restore", "-f", "-", whole], check=True, capture_output=True).stdout.decode()
    for table in KEY_TABLES:
        assert f"COPY public.{table}" not in shown
    assert "Ada Ager" not in shown and "ada@skov.example" not in shown


def test_backup_says_in_one_line_what_to_do_here(run: Run, clean_postgres: str, tmp_path: Path) -> None:
    work(clean_postgres, populate)
    done = run("backup", str(tmp_path / "kopi"), DATABASE_URL=clean_postgres, SECRET_KEY=SECRET)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert "pg_dump" in done.stderr and "restore --ledger-only" in done.stderr
