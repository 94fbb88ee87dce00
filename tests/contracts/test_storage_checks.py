"""The invariant checker: a good database has no breach, and each planted one is found and named without its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from dialogs.identity import WebSession
from dialogs.records import Conversation, Receipt, StorageBusy
from storage import invariants, open_store
from storage.engines import engine_for
from storage.keyring import KeyRing
from storage.tables import Drafts
from storage.vault import Field, Vault
from tests.contracts.stores import KINDS, NOW, a_case, a_draft, a_wish, an_entry, fill
from tests.keys import KEYS

LONG_AGO, SOON = NOW - timedelta(days=9), NOW + timedelta(days=1)


@pytest.fixture(params=KINDS[1:])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with one of everything, and nothing wrong."""
    given = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "clean_postgres")
    store = open_store(given, lambda: NOW, keys=KEYS)
    store.run(everything)
    store.close()
    yield given


def everything(unit: Any) -> None:
    """A closed and an open case, sent and waiting notices, a conversation, a session."""
    fill(unit)
    unit.drafts.add(a_draft())
    unit.drafts.add(a_draft("draft-of-c1", status="submitted"))
    unit.cases.add(a_case())
    unit.cases.add(a_case("c2", state="closed", answered_at=NOW, closed_at=NOW))
    for case_id in ("c1", "c2"):
        unit.cases.add_entry(an_entry("sent", case_id))
        unit.cases.add_entry(an_entry("stored", case_id))
    unit.conversations.save(Conversation("ada", pending="ord"))
    unit.receipts.put(Receipt("tg:1", {}, NOW))
    unit.receipts.put(Receipt("tg:2", {}, NOW))
    unit.doors.add_session(WebSession("token", "ada", NOW, NOW))
    for n in range(4):
        unit.outbox.add(a_wish(f"k{n}", due_at=NOW - timedelta(minutes=10 - n), until=SOON))
    first, second, _ = unit.outbox.claim(NOW, "t", 60, 3)
    unit.outbox.finish(replace(first, state="sent", sent_at=NOW), "t")
    unit.outbox.finish(replace(second, state="dropped", reason="closed"), "t")


def found(url: str, at: datetime = NOW, **options: Any) -> list[tuple[str, str, str]]:
    """The breaches as code, table and key."""
    return [(breach.code, breach.table, breach.key) for breach in invariants(url, at, **options, keys=KEYS)]


def test_a_good_database_has_no_breach(url: str) -> None:
    assert found(url, forms=["worry"]) == []


SENT = "UPDATE outbox SET {} WHERE id = 1"
PLANTED: dict[str, tuple[str, tuple[str, str, str]]] = {
    "a state nobody knows": (SENT.format("state = 'lost', sent_at = NULL"), ("I3", "outbox", "1")),
    "a lease without sending": (SENT.format("lease_token = 't'"), ("I3", "outbox", "1")),
    "a lease without an end": ("UPDATE outbox SET lease_until = NULL WHERE id = 3", ("I3", "outbox", "3")),
    "sent without an attempt": (SENT.format("attempts = 0"), ("I4", "outbox", "1")),
    "sent at no time": (SENT.format("sent_at = NULL"), ("I4", "outbox", "1")),
    "failed with a time of sending": (SENT.format("state = 'failed'"), ("I4", "outbox", "1")),
    "dropped without a reason": ("UPDATE outbox SET reason = NULL WHERE id = 2", ("I5", "outbox", "2")),
    "a closed case without an answer": ("UPDATE cases SET answered_at = NULL WHERE id = 'c2'", ("C1", "cases", "c2")),
    "an open case with an end": ("UPDATE cases SET closed_at = stored_at WHERE id = 'c1'", ("C1", "cases", "c1")),
    "a case never stored": ("UPDATE entries SET kind = 'sent' WHERE case_id = 'c1'", ("C2", "cases", "c1")),
    "a submitted draft without a case": (
        "UPDATE cases SET draft_id = 'other' WHERE id = 'c1'",
        ("C3", "drafts", "draft-of-c1"),
    ),
    "a gap in a timeline": ("UPDATE entries SET seq = 7 WHERE case_id = 'c2' AND seq = 2", ("C5", "entries", "c2")),
    "a timeline that starts late": (
        "UPDATE entries SET seq = 0 WHERE case_id = 'c2' AND seq = 1",
        ("C5", "entries", "c2"),
    ),
    "a draft's column that lies": ("UPDATE drafts SET revision = 9 WHERE id = 'd1'", ("C6", "drafts", "d1")),
    "a case's column that lies": ("UPDATE cases SET state = 'planned' WHERE id = 'c1'", ("C6", "cases", "c1")),
    "a body that is plain text": ("UPDATE drafts SET body = '{}' WHERE id = 'd1'", ("I7", "drafts", "d1")),
    "a name that is plain text": ("UPDATE people SET name = 'Ada Ager' WHERE id = 'ada'", ("I7", "people", "ada")),
    "a reply of another receipt": (
        "UPDATE receipts SET reply = (SELECT reply FROM receipts WHERE key = 'tg:2') WHERE key = 'tg:1'",
        ("I7", "receipts", "tg:1"),
    ),
    "a line of another place in the timeline": (
        "UPDATE entries SET data = (SELECT data FROM entries WHERE case_id = 'c1' AND seq = 1) "
        "WHERE case_id = 'c1' AND seq = 2",
        ("I7", "entries", "c1:2"),
    ),
    "a case whose key is gone": ("DELETE FROM data_keys WHERE kind = 'case' AND owner = 'c2'", ("I7", "cases", "c2")),
    "a session of somebody who left": (
        "UPDATE people SET active = (1 = 0) WHERE id = 'ada'",
        ("I9", "web_sessions", "ada"),
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_every_planted_fault_is_found(url: str, fault: str) -> None:
    statement, breach = PLANTED[fault]
    plant(url, statement)
    assert breach in found(url)


def plant(url: str, *statements: str) -> None:
    """Break the data behind the store's back."""
    engine = engine_for(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize("body", [{}, 7, "ord"])
def test_a_sealed_body_that_is_no_draft_is_found(url: str, body: Any) -> None:
    engine, ring = engine_for(url), KeyRing(KEYS)
    with engine.begin() as connection:
        ring.unlock(connection)
        sealed = Field(Drafts.__table__.c.body).seal(Vault(connection, ring), "d1", "d1", body)
        connection.execute(update(Drafts.__table__).where(Drafts.__table__.c.id == "d1").values(body=sealed))
    engine.dispose()
    assert ("C6", "drafts", "d1") in found(url)


LATER = {
    "a lease that ran out long ago": (timedelta(minutes=2), ("I3", "outbox", "3")),
    "a notice that nobody sends": (timedelta(hours=2), ("I3", "outbox", "4")),
    "a notice past its time": (timedelta(days=2), ("I5", "outbox", "4")),
    "an old receipt": (timedelta(days=5), ("I13", "receipts", NOW.isoformat(" "))),
    "an expired draft": (timedelta(days=32), ("I13", "drafts", "d1")),
}


@pytest.mark.parametrize("fault", LATER)
def test_what_nobody_does_in_time_is_found(url: str, fault: str) -> None:
    after, breach = LATER[fault]
    assert breach not in found(url)
    assert breach in found(url, NOW + after)


def test_a_draft_of_an_unknown_form_is_found_when_the_forms_are_given(url: str) -> None:
    assert found(url, forms=["other"]) == [("I11", "drafts", "d1"), ("I11", "drafts", "draft-of-c1")]


@pytest.mark.postgres
def test_a_second_case_of_one_draft_is_found_where_the_index_is_gone(clean_postgres: str) -> None:
    """Only on PostgreSQL, where an index can be dropped and built again; the check is the same statement on both."""
    store = open_store(clean_postgres, lambda: NOW, keys=KEYS)
    store.run(everything)
    store.close()
    plant(clean_postgres, "ALTER TABLE cases DROP CONSTRAINT uq_cases_draft_id", "UPDATE cases SET draft_id = 'same'")
    try:
        assert {("C4", "cases", "c1"), ("C4", "cases", "c2")} <= set(found(clean_postgres))
    finally:
        again = "ALTER TABLE cases ADD CONSTRAINT uq_cases_draft_id UNIQUE (draft_id)"
        plant(clean_postgres, "UPDATE cases SET draft_id = id", again)


def test_a_missing_row_is_found(sqlite_url: str) -> None:
    store = open_store(sqlite_url, lambda: NOW, keys=KEYS)
    store.run(everything)
    store.close()
    plant(sqlite_url, "PRAGMA foreign_keys = OFF", "DELETE FROM schools WHERE id = 'eng'")
    assert ("D2", "memberships") in [breach[:2] for breach in found(sqlite_url)]


def test_a_damaged_file_is_found(sqlite_url: str) -> None:
    # An index that the file still holds pages for, but that the schema no longer knows.
    drop = "DELETE FROM sqlite_master WHERE name = 'ix_drafts_expires_at'"
    plant(sqlite_url, "PRAGMA writable_schema = ON", drop)
    assert ("D1", "file", "") in found(sqlite_url)


def test_a_breach_never_quotes_a_content(url: str) -> None:
    plant(url, PLANTED["a draft's column that lies"][0])
    assert "Sidder alene" not in repr(invariants(url, NOW, keys=KEYS))


def test_a_database_that_cannot_be_read_is_busy(tmp_path: Path) -> None:
    with pytest.raises(StorageBusy, match="gone"):
        invariants(f"sqlite:///{tmp_path / 'ingen.db'}", NOW, keys=KEYS)
