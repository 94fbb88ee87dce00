"""The operator's commands about keys, retention, erasure, backup and restore: T29 for keys, and the T36 drill."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.guard import GuardedStore
from bot.runtime import SystemClock
from dialogs.access import Actor
from dialogs.channels import WEB
from dialogs.retention import Deletion
from storage import open_store
from storage.backups import ledger_file, read_ledger, write_ledger
from storage.keys import kek_from_file, kek_from_secret
from storage.uow import utc_now
from tests.contracts.stores import a_case, a_draft, an_entry, fill
from tests.core.case_kit import WORKDAYS
from tests.migrated import migrated

SECRET = "only-for-the-tests-0123456789abcdef0123456789"
Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on a database of the test's own; settings may be changed with each call."""
    for name in ("KEY_FILE", "SECRET_KEY", "RETENTION", "CONTENT_OVERLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'sag.db'}")
    monkeypatch.setenv("SECRET_KEY", SECRET)

    def command(*words: str, **settings: str) -> Any:
        with monkeypatch.context() as changed:
            for name, value in settings.items():
                changed.setenv(name, value)
            return CliRunner().invoke(app, words)

    return command


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with a closed case, whose time is not up."""
    found = migrated(tmp_path / "sag.db")
    work(found, populate)
    return found


def populate(unit: Any) -> None:
    """A closed case, an open one and a draft."""
    fill(unit)
    now = utc_now()
    unit.cases.add(a_case("c1", state="closed", answered_at=now, closed_at=now - timedelta(days=300)))
    unit.cases.add(a_case("c2"))
    for case_id in ("c1", "c2"):
        unit.cases.add_entry(an_entry("stored", case_id))
    unit.drafts.add(a_draft("d1", expires_at=now + timedelta(days=9)))


def work(url: str, do: Callable[[Any], Any]) -> Any:
    """Something done by another process."""
    store = open_store(url, keys=(kek_from_secret(SECRET),))
    try:
        return store.run(do)
    finally:
        store.close()


def there(url: str) -> list[str]:
    """Which of the three are there."""
    cases = work(url, lambda u: [i for i in ("c1", "c2") if u.cases.get(i) is not None])
    return cases + work(url, lambda u: [i for i in ("d1",) if u.drafts.get(i) is not None])


def key_file(folder: Path, content: bytes, mode: int = 0o400) -> str:
    """A key file with this content."""
    path = folder / "noegle"
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


BY_ALL = ("readable by all", "writable by all")
UNFIT: dict[str, Callable[[Path], str]] = {
    "missing": lambda folder: str(folder / "ingen"),
    "short": lambda folder: key_file(folder, os.urandom(31)),
    "long": lambda folder: key_file(folder, os.urandom(33)),
    "empty": lambda folder: key_file(folder, b""),
    "all zeros": lambda folder: key_file(folder, bytes(32)),
    "a pattern": lambda folder: key_file(folder, b"0123" * 8),
    "readable by the group": lambda folder: key_file(folder, os.urandom(32), 0o440),
    "readable by all": lambda folder: key_file(folder, os.urandom(32), 0o404),
    "writable by all": lambda folder: key_file(folder, os.urandom(32), 0o602),
    "a folder": str,
    "another key": lambda folder: key_file(folder, os.urandom(32)),
}


@pytest.mark.parametrize("kind", UNFIT)
@pytest.mark.parametrize("command", ["check", "worker", "keys check", "backup x"])
def test_an_unfit_key_file_stops_every_command_in_one_line(
    run: Run, url: str, tmp_path: Path, kind: str, command: str
) -> None:
    done = run(*command.split(), KEY_FILE=UNFIT[kind](tmp_path))
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert done.stderr.startswith("KEY_FILE: ")
    # Another key is refused too: a file that others may use must be refused for being that.
    assert ("others than its owner" in done.stderr) is (kind in ("readable by the group", *BY_ALL))


@pytest.mark.parametrize("secret", ["", "another secret of 32 letters or more"])
def test_a_missing_or_wrong_secret_stops_the_start(run: Run, url: str, secret: str) -> None:
    done = run("check", SECRET_KEY=secret)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert done.stderr.startswith("SECRET_KEY: ")
    assert not secret or secret not in done.stderr


def test_a_new_key_file_is_its_owners_alone_and_never_written_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ny" / "noegle"
    assert run("keys", "new", str(path)).exit_code == 0
    assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_size) == (0o400, 32)
    first = kek_from_file(path)
    again = run("keys", "new", str(path))
    assert (again.exit_code, kek_from_file(path)) == (2, first)


def test_from_the_secret_to_a_key_file_and_a_new_tenant_key(run: Run, url: str, tmp_path: Path) -> None:
    path = str(tmp_path / "noegle")
    run("keys", "new", path)
    assert run("keys", "rotate", "--new-key", path).exit_code == 0
    assert run("check").exit_code == 2
    assert run("keys", "check", KEY_FILE=path).stdout == "the database opens with KEY_FILE\n"
    assert "keys are wrapped anew" in run("keys", "rotate", KEY_FILE=path).stdout
    assert run("check", KEY_FILE=path).stdout == "0 breaches\n"


def test_every_column_is_listed(run: Run) -> None:
    lines = [json.loads(line) for line in run("inventory", "--json").stdout.splitlines()]
    assert {"table", "column", "data_class", "key", "retention", "purpose"} == set(lines[0])
    body = next(line for line in lines if (line["table"], line["column"]) == ("cases", "body"))
    assert (body["data_class"], body["key"]) == ("2", "case")
    assert len(run("inventory").stdout.splitlines()) == len(lines)


def test_a_dry_run_counts_and_deletes_nothing(run: Run, url: str) -> None:
    said = json.loads(run("retention", "--dry-run", "--json", RETENTION="closed_cases=200").stdout)
    assert (said["dry_run"], said["counts"]["closed_cases"]) == (True, 1)
    assert there(url) == ["c1", "c2", "d1"]
    assert "would delete      1" in run("retention", "--dry-run", RETENTION="closed_cases=200").stdout
    assert run("retention", RETENTION="closed_cases=5").exit_code != 0


def test_retention_deletes_and_leaves_certificates_and_a_ledger_outside(run: Run, url: str) -> None:
    assert run("retention", RETENTION="closed_cases=200").exit_code == 0
    assert there(url) == ["c2", "d1"]
    proof = json.loads(run("retention", "--certificates", "--json").stdout)
    assert (proof["code"], proof["rule"], proof["counts"]["lines"]) == ("c1-Måge", "closed_cases", 1)
    assert [line.owner for line in read_ledger(ledger_file(url))] == ["c1"]


def test_erasing_asks_twice_and_spares_open_cases(run: Run, url: str) -> None:
    assert run("erase", "c1-Måge").exit_code == 2
    assert run("erase", "c2-Måge", "--yes").exit_code == 2
    assert run("erase", "ukendt", "--yes").exit_code == 2
    assert there(url) == ["c1", "c2", "d1"]
    done = run("erase", "c1-Måge", "--yes")
    assert done.exit_code == 0 and "Bevis for sletning" in done.stdout
    assert there(url) == ["c2", "d1"]


def test_a_restored_copy_does_not_bring_back_what_is_deleted(run: Run, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "andetsteds" / "kopi.db"
    copy.parent.mkdir()
    assert run("backup", str(copy)).exit_code == 0
    run("erase", "c1-Måge", "--yes")
    work(url, lambda u: (u.drafts.delete("d1"), u.retention.record(Deletion("draft", "d1", "drafts", utc_now()))))
    assert run("restore", str(copy)).exit_code == 0
    assert there(url) == ["c2"]
    assert run("check").stdout == "0 breaches\n"
    for name in ("sag.db", "sag.db-wal"):
        assert not (tmp_path / name).exists() or b"draft-of-c1" not in (tmp_path / name).read_bytes()


def test_a_machine_that_lost_its_database_applies_the_ledger_beside_it(run: Run, url: str, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "kopi.db"))
    run("erase", "c1-Måge", "--yes")
    for name in ("sag.db", "sag.db-wal", "sag.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    done = run("restore", str(tmp_path / "kopi.db"))
    assert done.exit_code == 0, done.stderr
    assert there(url) == ["c2", "d1"]


def test_a_copy_alone_opens_nothing_and_holds_no_wrapped_key(run: Run, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "kopi.db"
    run("backup", str(copy))
    wrapped = [row["wrapped"]["hex"] for row in json.loads(Path(f"{copy}.keys").read_text())["data_keys"]]
    assert len(wrapped) > 3
    assert not any(bytes.fromhex(key) in copy.read_bytes() for key in wrapped)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (copy, Path(f"{copy}.keys"))} == {0o600}
    assert run("backup", str(copy)).exit_code == 2, "a copy is never written over"
    assert run("check", DATABASE_URL=f"sqlite:///{copy}").exit_code == 1, "nothing in it can be opened"


def test_a_restore_without_its_keys_changes_nothing(run: Run, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "kopi.db"
    run("backup", str(copy))
    Path(f"{copy}.keys").unlink()
    assert run("restore", str(copy)).exit_code == 2
    assert there(url) == ["c1", "c2", "d1"]


def test_the_ledger_file_takes_each_line_once_and_survives_a_torn_one(tmp_path: Path) -> None:
    path, at = tmp_path / "x.ledger", utc_now()
    lines = [Deletion("case", name, "asked", at) for name in ("c1", "c2")]
    write_ledger(path, lines[:1])
    write_ledger(path, lines)
    with path.open("a") as file:
        file.write('{"kind": "case", "ow')
    assert [line.owner for line in read_ledger(path)] == ["c1", "c2"]
    write_ledger(path, [Deletion("case", "c3", "asked", at)])
    assert [line.owner for line in read_ledger(path)] == ["c1", "c2", "c3"]
    assert path.read_text().count('"c1"') == 1


def test_the_commands_for_copies_are_for_sqlite(run: Run) -> None:
    done = run("restore", "x", DATABASE_URL="postgresql://nobody@/nowhere?host=/nonexistent")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


def test_who_has_looked_is_asked_by_the_code_that_people_know(run: Run, url: str) -> None:
    run("people", "list")  # a start puts people on cases that have nobody yet
    store = open_store(url, keys=(kek_from_secret(SECRET),))
    reader = Actor("ada", "web", WEB, "two")
    seen = GuardedStore(store, SystemClock(), WORKDAYS).run(reader, lambda unit: unit.cases.get("c2"))
    store.close()
    assert seen is not None
    told = [run("audit", "access-report", name) for name in ("c2-Måge", " c2-Måge", "c2")]
    assert [done.exit_code for done in told] == [0, 0, 0]
    assert all("teacher  own_worry" in done.stdout for done in told)  # who asks is in it too, from the second time on
    nobody = run("audit", "access-report", "X9X9-Findesikke")
    assert (nobody.exit_code, len(nobody.stderr.splitlines())) == (2, 1)
