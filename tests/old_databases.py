"""Populated databases of every schema version, as JSON: each must go on living through today's migrations.

python -m tests.old_databases        writes the one of today's schema, by migrating the newest one that is there
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, select

from storage import upgrade
from storage.engines import engine_for
from storage.schema import HEAD
from tests.keys import KEYS

FOLDER = Path("tests/fixtures/db")
_BYTES = "bytes:"  # sealed values and wrapped keys, in hex; the tests' own key opens them


def insert_all(url: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Put rows into the tables as the database knows them, not as today's classes do."""
    engine = engine_for(url)
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if found := rows.get(table.name):
                connection.execute(table.insert(), [{name: _value(v) for name, v in row.items()} for row in found])
    engine.dispose()


def _value(value: Any) -> Any:
    return bytes.fromhex(value.removeprefix(_BYTES)) if isinstance(value, str) and value.startswith(_BYTES) else value


def dump_all(url: str) -> dict[str, list[dict[str, Any]]]:
    """All rows, as plain JSON."""
    engine = engine_for(url)
    found: dict[str, list[dict[str, Any]]] = {}
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in sorted(tables.sorted_tables, key=lambda one: one.name):
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            if table.name != "alembic_version" and (plain := [{k: _plain(v) for k, v in row.items()} for row in rows]):
                found[table.name] = plain
    engine.dispose()
    return found


def _plain(value: Any) -> Any:
    return _BYTES + value.hex() if isinstance(value, bytes) else value


def main() -> None:
    """Write the database of today's schema, unless it is there."""
    newest = max(FOLDER.glob("*.json"))
    if newest.stem == HEAD:
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/old.db"
        upgrade(url, to=newest.stem)
        insert_all(url, json.loads(newest.read_text("utf-8")))
        upgrade(url, keys=KEYS)
        text = json.dumps(dump_all(url), ensure_ascii=False, indent=1)
    (FOLDER / f"{HEAD}.json").write_text(text + "\n", "utf-8")
    shutil.copy(newest.with_suffix(".expected"), FOLDER / f"{HEAD}.expected")


if __name__ == "__main__":
    main()
