"""Empty SQLite databases with today's schema: the migrations run once, and every test gets a copy of its own."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from storage import upgrade


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


def migrated(path: Path) -> str:
    """Put an empty database here; its URL."""
    path.write_bytes(_empty())
    return f"sqlite:///{path}"
