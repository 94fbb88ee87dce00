"""A real PostgreSQL server for the tests: the one that TEST_POSTGRES_URL names, else one of our own in a temp folder.

Without Debian's server binaries the tests are skipped with the reason, but with CI=true they fail: a green run there
must mean that PostgreSQL was met.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a database that the tests may empty."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    with server(binaries_here()) as url:
        yield url


@contextmanager
def server(binaries: Path, settings: str = _SETTINGS, copy_of: str = "") -> Iterator[str]:
    """A server on a private socket, without a port and without durability; gone afterwards.

    `copy_of` is the URL of one that this one is to follow as its standby.
    """
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    data = home / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")  # the server refuses to run as root
        if copy_of:
            _run(binaries / "pg_basebackup", "-D", data, "-d", copy_of, "-R", "--checkpoint=fast", "--no-sync")
        else:
            _run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"{settings} -c unix_socket_directories={home}"
        _run(binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def binaries_here() -> Path:
    """The newest server's programs; without them the test is skipped, or fails where it must be met."""
    folder = _binaries()
    if folder is None:
        reason = "no PostgreSQL server binaries under /usr/lib/postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def _binaries() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    # Not captured: the server would inherit the pipe, and reading it would wait for the server's end.
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")
