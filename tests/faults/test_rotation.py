"""New keys for old: nothing is lost by a rotation, however often it is killed, and old keys open nothing after it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage import SqliteStore, invariants, open_store, upgrade
from storage.engines import engine_for
from storage.keys import Kek, KeyProblem
from storage.rotation import rotate_kek, rotate_tenant_key
from tests.contracts.conftest import clean_postgres, migrated_postgres, postgres_url, sqlite_url
from tests.contracts.stores import KINDS, NOW, a_draft, fill
from tests.keys import KEYS

__all__ = ["clean_postgres", "migrated_postgres", "postgres_url", "sqlite_url"]
DRAFTS = 300  # more than a batch
NEW = Kek(os.urandom(32), "KEY_FILE")


@pytest.fixture(params=KINDS[1:])
def url(request: pytest.FixtureRequest) -> str:
    """A database with many keys."""
    given = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "clean_postgres")
    store = open_store(given, lambda: NOW, keys=KEYS)
    store.run(fill)
    store.run(lambda u: [u.drafts.add(a_draft(f"d{n}")) for n in range(DRAFTS)])
    store.close()
    return given


def versions(url: str) -> tuple[list[int], list[int]]:
    """The versions of the tenant key, and those that data keys refer to."""
    engine = engine_for(url)
    with engine.connect() as connection:
        there = list(connection.execute(text("SELECT version FROM tenant_keys ORDER BY version")).scalars())
        used = list(connection.execute(text("SELECT DISTINCT version FROM data_keys ORDER BY version")).scalars())
    engine.dispose()
    return there, used


def all_opens(url: str, keys: Any = KEYS) -> bool:
    """Whether every draft can be read by a new process."""
    store = open_store(url, lambda: NOW, keys=keys)
    try:
        return all(store.run(lambda u, n=n: u.drafts.get(f"d{n}")) == a_draft(f"d{n}") for n in range(DRAFTS))
    finally:
        store.close()


def test_a_rotation_wraps_every_key_anew_and_lets_the_old_version_go(url: str) -> None:
    before = subkeys(url)
    assert rotate_tenant_key(url, KEYS) > DRAFTS
    assert versions(url) == ([2], [2])
    assert all_opens(url)
    assert subkeys(url) == before, "the audit chain and the blind indexes go on"
    assert invariants(url, NOW, keys=KEYS) == []


def subkeys(url: str) -> list[bytes]:
    store = open_store(url, lambda: NOW, keys=KEYS)
    found = store.run(lambda u: [u.vault.subkey("audit/v1"), u.vault.subkey("bidx/v1")])
    store.close()
    return found


def test_an_interrupted_rotation_is_finished_and_not_begun_anew(url: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        rotate_tenant_key(url, KEYS, after_batch=interrupt)
    assert versions(url) == ([1, 2], [1, 2])
    assert all_opens(url)
    rotate_tenant_key(url, KEYS)
    assert versions(url) == ([2], [2])
    assert all_opens(url)


def interrupt(done: int) -> None:
    """As Ctrl-C after the first batch."""
    assert 0 < done < DRAFTS
    raise KeyboardInterrupt


def test_a_store_that_is_open_meanwhile_goes_on(url: str) -> None:
    store = open_store(url, lambda: NOW, keys=KEYS)
    rotate_tenant_key(url, KEYS)
    store.run(lambda u: u.drafts.add(a_draft("ny")))
    assert store.run(lambda u: u.drafts.get("d7")) == a_draft("d7")
    store.close()
    assert versions(url) == ([2], [2])
    assert invariants(url, NOW, keys=KEYS) == []


def test_another_outer_key_takes_over_at_once(url: str) -> None:
    rotate_kek(url, KEYS, NEW)
    assert all_opens(url, (NEW,))
    with pytest.raises(KeyProblem, match="is not the key"):
        open_store(url, keys=KEYS)


def test_a_database_without_keys_has_nothing_to_rotate(sqlite_url: str) -> None:
    with pytest.raises(KeyProblem, match="no keys yet"):
        rotate_kek(sqlite_url, KEYS, NEW)


@pytest.mark.process
def test_no_kill_loses_a_key(tmp_path: Path) -> None:
    url, dice = f"sqlite:///{tmp_path / 'drej.db'}", random.Random(7)
    upgrade(url)
    store = SqliteStore(url, lambda: NOW, keys=KEYS)
    store.run(fill)
    store.run(lambda u: [u.drafts.add(a_draft(f"d{n}")) for n in range(DRAFTS)])
    store.close()
    for _ in range(4):
        command = [sys.executable, "-m", "tests.faults.rotation_child", url]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        for _ in range(dice.randint(1, 3)):
            assert child.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(dice.uniform(0, 0.05))
        child.kill()
        child.communicate()
        assert all_opens(url)
        assert invariants(url, NOW, keys=KEYS) == []
    rotate_tenant_key(url, KEYS)
    there, used = versions(url)
    assert there == used and len(there) == 1
