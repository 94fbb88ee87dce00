"""SQLite in trouble: locked, full, read-only, moved away. Nobody is told "saved" wrongly, and it recovers by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogs.records import Receipt, StorageBusy
from storage import SqliteStore, invariants, upgrade
from tests.contracts.stores import NOW
from tests.keys import KEYS


class Keeper:
    """Stores numbered receipts and remembers, outside the database, which of them were acknowledged."""

    def __init__(self, path: Path, lock_seconds: float = 0.1) -> None:
        self.url = f"sqlite:///{path}"
        upgrade(self.url)
        self.store = SqliteStore(self.url, lambda: NOW, lock_seconds, keys=KEYS)
        self.acknowledged: list[int] = []
        self._next = 0

    def keep(self, padding: str = "") -> None:
        """One more receipt; StorageBusy when it can't be saved."""
        number, self._next = self._next, self._next + 1
        self.store.run(lambda u: u.receipts.put(Receipt(f"k{number}", {"n": number, "padding": padding}, NOW)))
        self.acknowledged.append(number)

    def refuses(self, reason: str) -> None:
        """The next receipt isn't saved, for this reason, and the probe says so."""
        with pytest.raises(StorageBusy, match=reason):
            self.keep()
        assert self.store.healthy() is False

    def all_there(self) -> None:
        """Writing works again, what was acknowledged is there, what wasn't is not, and the file is sound."""
        self.keep()
        assert self.store.healthy() is True
        kept = self.store.run(lambda u: [n for n in range(self._next) if u.receipts.get(f"k{n}") is not None])
        assert kept == self.acknowledged
        assert invariants(self.url, NOW, keys=KEYS) == []


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A store on a disk with room."""
    opened = Keeper(tmp_path / "test.db")
    opened.keep()
    yield opened
    opened.store.close()


@pytest.mark.process
def test_a_lock_of_another_process_is_waited_for_then_told_then_forgotten(keeper: Keeper, tmp_path: Path) -> None:
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "test.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        keeper.refuses("locked")
        keeper.refuses("locked")
        other.communicate("")
    keeper.all_there()


def test_a_file_moved_away_is_noticed_and_used_again_when_it_is_back(keeper: Keeper, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    for path in tmp_path.glob("test.db*"):
        path.rename(away / path.name)
    with pytest.raises(StorageBusy, match="gone"):
        keeper.keep()
    keeper.refuses("gone")
    assert not (tmp_path / "test.db").exists()  # a missing database never comes back as an empty one
    for path in away.glob("test.db*"):
        path.rename(tmp_path / path.name)
    keeper.store.run(lambda u: u.receipts.sweep(NOW.replace(year=2100)))  # the first refused one reached the moved file
    keeper.acknowledged.clear()
    keeper.all_there()


def test_a_deleted_log_is_noticed_before_anybody_is_told_that_it_is_saved(keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "test.db-wal").unlink()
    with pytest.raises(StorageBusy, match="gone"):
        keeper.keep()


@pytest.mark.parametrize("content", [b"", b"Dette er ikke en database. " * 200])
def test_another_file_in_its_place_is_not_written_to(keeper: Keeper, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "test.db"
    path.rename(tmp_path / "kept.db")
    path.write_bytes(content)
    with pytest.raises(StorageBusy):
        keeper.keep()
    keeper.refuses(r"gone|damaged")
    assert len(path.read_bytes()) in (len(content), 4096)  # an empty file gets a header when it is opened, no table
    path.unlink()
    (tmp_path / "test.db-wal").unlink(missing_ok=True)
    (tmp_path / "test.db-shm").unlink(missing_ok=True)
    (tmp_path / "kept.db").rename(path)
    assert keeper.store.healthy() is True


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB, where the machine lets us have one."""
    with _mounted(tmp_path, "-t", "tmpfs", "-o", "size=1m", "tmpfs") as folder:
        yield folder


def test_a_full_disk_is_told_and_writing_goes_on_when_there_is_room(small_disk: Path) -> None:
    keeper = Keeper(small_disk / "test.db")
    keeper.keep()
    ballast = small_disk / "ballast"
    _fill_up(ballast)
    with pytest.raises(StorageBusy, match=r"full|disk"):
        for _ in range(1_000):
            keeper.keep("x" * 2_000)
    _fill_up(ballast)  # the connection that met the end was closed, and gave the room of its log back
    assert keeper.store.healthy() is False
    ballast.unlink()
    keeper.all_there()
    keeper.store.close()


def test_a_database_at_its_size_limit_is_told_and_goes_on_when_there_is_room(keeper: Keeper) -> None:
    """The same fault without a file system of our own."""

    def limit(pages: int) -> Callable[[Any], Any]:
        return lambda u: u.receipts._db.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar()

    keeper.store.run(limit(keeper.store.run(lambda u: u.receipts._db.exec_driver_sql("PRAGMA page_count").scalar())))
    with pytest.raises(StorageBusy, match="full"):
        for _ in range(1_000):
            keeper.keep("x" * 2_000)
    keeper.all_there()  # the connection that met the limit was thrown away with it


def test_a_read_only_disk_is_told_and_writing_goes_on_when_it_may(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    first = Keeper(folder / "test.db")
    first.keep()
    first.store.close()
    with _read_only(folder):
        late = SqliteStore(first.url, lambda: NOW, keys=KEYS)
        assert late.healthy() is False
        with pytest.raises(StorageBusy, match=r"read_only|gone"):
            late.run(lambda u: u.receipts.sweep(NOW))
    first.store = late
    first.all_there()
    late.close()


class _mounted:
    """Mounts something on a folder, or skips the test where that isn't allowed."""

    def __init__(self, tmp_path: Path, *words: str) -> None:
        self._folder, self._words = tmp_path / "mount", words

    def __enter__(self) -> Path:
        self._folder.mkdir()
        done = subprocess.run(["mount", *self._words, str(self._folder)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this machine doesn't let the tests mount a small disk; the size limit test covers the fault")
        return self._folder

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "-l", str(self._folder)], check=True)


class _read_only:
    """A folder that can't be written to: by its mode, or as root by a read-only mount over itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        if os.geteuid() != 0:
            self._mode(0o500, 0o400)
            return
        bound = subprocess.run(["mount", "--bind", self._folder, self._folder], capture_output=True, check=False)
        if bound.returncode:
            pytest.skip("root may write everywhere, and this machine doesn't let the tests mount")
        subprocess.run(["mount", "-o", "remount,ro,bind", self._folder], check=True)

    def __exit__(self, *_: object) -> None:
        if os.geteuid() != 0:
            self._mode(0o700, 0o600)
        else:
            subprocess.run(["umount", "-l", self._folder], check=True)

    def _mode(self, folder: int, file: int) -> None:
        for path in self._folder.iterdir():
            path.chmod(file)
        self._folder.chmod(folder)


def _fill_up(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as file:
        while shutil.disk_usage(ballast.parent).free:
            file.write(b"\0" * 4096)
