"""One store per test, of each kind; and the fictional people that live in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from dialogs.cases.model import Case, Colour, Entry
from dialogs.notices import Wish
from dialogs.people import Membership, Person, School
from dialogs.types import Draft
from dialogs.values import Picked
from storage import MemoryStore, PostgresStore, SqliteStore, upgrade
from storage.engines import engine_for
from storage.tables import Row
from tests.keys import KEYS
from tests.migrated import migrated

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KINDS = ["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh SQLite database of the test's own."""
    return migrated(tmp_path / "test.db")


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> str:
    """A PostgreSQL database with today's schema."""
    upgrade(postgres_url)
    return postgres_url


@pytest.fixture
def clean_postgres(migrated_postgres: str) -> str:
    """The same, empty."""
    engine = engine_for(migrated_postgres)
    with engine.begin() as connection:
        names = ", ".join(table.name for table in Row.metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()
    return migrated_postgres


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Each kind of store in turn, with a clock that stands still."""
    opened = _open(request.param, request.getfixturevalue, lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Any) -> Any:
    """The store with two schools and three people."""
    store.run(fill)
    return store


def _open(kind: str, fixture: Callable[[str], Any], now: Callable[[], datetime]) -> Any:
    match kind:
        case "memory":
            return MemoryStore(now)
        case "sqlite":
            return SqliteStore(fixture("sqlite_url"), now, keys=KEYS)
        case _:
            return PostgresStore(fixture("clean_postgres"), now, keys=KEYS)


ADA = Person("ada", "Ada Ager", (Membership("skov", "teacher"), Membership("eng", "colleague")), "ada@skov.example", 71)
BO = Person("bo", "Bo Birk", (Membership("skov", "psychologist", deputy=True),))
CLARA = Person("clara", "Clara Dam", (Membership("eng", "leader"),), telegram_chat=73, active=False)


def fill(unit: Any) -> None:
    """Two schools and three people."""
    for school in (School("skov", "Skovskolen"), School("eng", "Engskolen", 3, "13:00")):
        unit.people.add_school(school)
    for person in (CLARA, ADA, BO):
        unit.people.add(person)


def a_draft(draft_id: str = "d1", **other: Any) -> Draft:
    """Ada's draft with one answer of each kind."""
    answers = {"q01": "Sidder alene\nhver dag 🙂", "q02": 4, "q03": ("a", "b"), "q04": Picked(("ja",), "måske")}
    values = {"code": f"{draft_id}-Måge", "started_at": NOW, "expires_at": NOW + timedelta(days=30)} | other
    owner = values.pop("owner", "ada")
    return Draft(draft_id, "worry", 1, "abc", owner, answers=answers, **values)


def a_case(case_id: str = "c1", **other: Any) -> Case:
    """A case at Skovskolen, sent by Ada."""
    values: dict[str, Any] = {
        "code": f"{case_id}-Måge",
        "school_id": "skov",
        "writer_id": "ada",
        "draft_id": f"draft-of-{case_id}",
        "colour": Colour("yellow", "yellow", because=("B2CY1", "B2CY2"), child="yellow"),
        "excluded": ("clara",),
        "state": "sent",
        "sent_at": NOW,
        "stored_at": NOW,
        "follow_up": date(2026, 12, 1),
    }
    answers = a_draft().answers
    return Case(case_id, form_id="worry", form_version=1, answers=answers, band="B2", route="trio", **values | other)


def an_entry(kind: Any = "stored", case_id: str = "c1", **data: Any) -> Entry:
    """One line by Ada."""
    return Entry(case_id, kind, "ada", NOW, NOW - timedelta(minutes=5), data)


def a_wish(key: str = "k1", **other: Any) -> Wish:
    """A notice to Bo, due now."""
    values: dict[str, Any] = {"recipient": "bo", "template": "team_new", "due_at": NOW} | other
    return Wish(key, params={"code": "K7RT-Måge", "days": 3}, **values)
