"""The vault: what is stored is sealed, opens in its own place only, and is gone for good with its key."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, text, type_coerce, update
from sqlalchemy.types import LargeBinary

from dialogs.guides.localnotes import LocalNote
from dialogs.records import Conversation, Receipt, StorageBusy
from storage import PostgresStore, SqliteStore, open_store
from storage.engines import engine_for
from storage.keyring import KEPT, KeyRing
from storage.keys import Kek, KeyProblem, kek_from_secret
from storage.tables import Cases, DataKeys, Drafts, Entries, People
from storage.vault import Field, Unreadable, Vault
from tests.contracts.stores import KINDS, NOW, a_case, a_draft, an_entry, fill
from tests.keys import KEYS

BODY = Field(Drafts.__table__.c.body)
OTHER = (Kek(os.urandom(32), "KEY_FILE"),)


@pytest.fixture(params=KINDS[1:])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "clean_postgres")


@pytest.fixture
def store(url: str) -> Iterator[Any]:
    """A store with people in it."""
    opened = open_store(url, lambda: NOW, keys=KEYS)
    opened.run(fill)
    yield opened
    opened.close()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The database behind the store's back."""
    opened = engine_for(url)
    yield opened
    opened.dispose()


def raw(engine: Engine, column: Any, *where: Any) -> bytes:
    """What stands in a column."""
    with engine.connect() as connection:
        return connection.execute(select(type_coerce(column, LargeBinary)).where(*where)).scalar_one()


def keys_of(engine: Engine, kind: str) -> list[str]:
    """Whose keys of one kind there are."""
    with engine.connect() as connection:
        table = DataKeys.__table__
        return sorted(connection.execute(select(table.c.owner).where(table.c.kind == kind)).scalars())


def test_a_plain_value_is_refused_by_a_sealed_column(url: str, engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(Exception, match="sealed values only"):
        connection.execute(insert(People.__table__), {"id": "x", "name": b"Ada", "telegram_on": True, "active": True})


def test_the_same_words_never_look_the_same_twice(store: Any, engine: Engine) -> None:
    store.run(lambda u: u.drafts.add(a_draft("d1")))
    first = raw(engine, Drafts.__table__.c.body)
    store.run(lambda u: u.drafts.save(a_draft("d1", revision=1), 0))
    second = raw(engine, Drafts.__table__.c.body)
    assert first[:9] == second[:9], "the same key"
    assert first[9:21] != second[9:21], "another nonce"
    assert first[21:] != second[21:]


MOVES: dict[str, Callable[[Connection], Any]] = {
    "to another row": lambda c: c.execute(text("UPDATE drafts SET body = (SELECT body FROM drafts WHERE id = 'd2')")),
    "to another column": lambda c: c.execute(text("UPDATE people SET email = name WHERE id = 'ada'")),
    "to another table": lambda c: c.execute(text("UPDATE drafts SET body = (SELECT body FROM cases)")),
}


@pytest.mark.parametrize("move", MOVES)
def test_a_value_opens_only_where_it_was_sealed(store: Any, engine: Engine, move: str) -> None:
    store.run(lambda u: (u.drafts.add(a_draft("d1")), u.drafts.add(a_draft("d2")), u.cases.add(a_case())))
    with engine.begin() as connection:
        MOVES[move](connection)
    with pytest.raises(Unreadable):
        store.run(lambda u: (u.drafts.get("d1"), u.people.get("ada")))


def test_a_value_of_another_municipality_does_not_open(store: Any, engine: Engine) -> None:
    store.run(lambda u: u.drafts.add(a_draft("d1")))
    with engine.begin() as connection:
        connection.execute(text("UPDATE tenant_keys SET tenant = '0123456789abcdef'"))
    store.close()
    with pytest.raises(Unreadable):
        reopened(engine).run(lambda u: u.drafts.get("d1"))


def reopened(engine: Engine, keys: Any = KEYS) -> Any:
    """A store of another process."""
    shown = engine.url.render_as_string(hide_password=False)
    if engine.dialect.name != "sqlite":
        return PostgresStore(shown, lambda: NOW, keys=keys)
    with engine.connect() as connection:
        path = connection.exec_driver_sql("PRAGMA database_list").one()[2]
    return SqliteStore(f"sqlite:///{path}", lambda: NOW, keys=keys)


@pytest.mark.parametrize("keys", [OTHER, (kek_from_secret("another secret of 32 letters or more"),)])
def test_a_store_does_not_open_with_another_key(store: Any, url: str, keys: Any) -> None:
    with pytest.raises(KeyProblem, match="is not the key that this database was sealed with"):
        open_store(url, keys=keys)


def test_a_store_does_not_open_without_a_key(url: str) -> None:
    with pytest.raises(KeyProblem, match="SECRET_KEY: is missing"):
        open_store(url)


def test_any_of_several_keys_opens(store: Any, url: str) -> None:
    again = open_store(url, keys=(*OTHER, *KEYS))
    assert again.run(lambda u: u.people.get("ada")).name == "Ada Ager"
    again.close()


@pytest.mark.parametrize("table", ["tenant_keys", "data_keys"])
def test_a_changed_wrapped_key_opens_nothing(store: Any, engine: Engine, table: str) -> None:
    with engine.begin() as connection:
        wrapped = bytearray(connection.execute(text(f"SELECT wrapped FROM {table} LIMIT 1")).scalar_one())
        wrapped[5] ^= 1
        connection.execute(text(f"UPDATE {table} SET wrapped = :w"), {"w": bytes(wrapped)})
    with pytest.raises((KeyProblem, Unreadable)):
        reopened(engine).run(lambda u: u.people.get("ada"))


def test_a_key_made_in_a_work_that_fails_is_never_used(store: Any, engine: Engine) -> None:
    """Else what is sealed with it could not be opened by anybody after the next start."""

    def fails(unit: Any) -> None:
        unit.drafts.add(a_draft("d1"))
        raise LookupError

    with pytest.raises(LookupError):
        store.run(fails)
    assert keys_of(engine, "draft") == []
    store.run(lambda u: u.drafts.add(a_draft("d1")))
    assert reopened(engine).run(lambda u: u.drafts.get("d1")) == a_draft("d1")


def test_a_deleted_draft_takes_its_key_along(store: Any, engine: Engine) -> None:
    store.run(lambda u: u.drafts.add(a_draft("d1")))
    stolen = raw(engine, Drafts.__table__.c.body)
    store.run(lambda u: u.drafts.delete("d1"))
    assert keys_of(engine, "draft") == []
    with pytest.raises(Unreadable, match="no key"):
        store.run(lambda u: BODY.open(u.vault, "d1", stolen))


def test_a_note_on_a_card_stays_when_the_key_of_its_author_goes(store: Any, engine: Engine) -> None:
    note = LocalNote("SUND", "skov", 1, "ada", "leader", "Tirsdag i lokale 12", NOW)
    store.run(lambda u: u.notes.add(note))
    assert keys_of(engine, "school") == ["skov"]
    assert store.run(lambda u: u.vault.shred("person", "ada")) is True
    assert list(store.run(lambda u: u.notes.versions("SUND", "skov"))) == [note]


def test_a_sent_draft_leaves_nothing_that_its_old_key_opens(store: Any, engine: Engine) -> None:
    store.run(lambda u: u.drafts.add(a_draft("d1")))
    stolen = raw(engine, Drafts.__table__.c.body)
    sent = replace(a_draft("d1", revision=1, status="submitted"), answers={})
    assert store.run(lambda u: u.drafts.close(sent, 7)) is False
    assert store.run(lambda u: u.drafts.get("d1")) == a_draft("d1")
    assert store.run(lambda u: u.drafts.close(sent, 0)) is True
    assert store.run(lambda u: u.drafts.get("d1")) == sent
    with pytest.raises(Unreadable):
        store.run(lambda u: BODY.open(u.vault, "d1", stolen))


def test_receipts_have_a_key_a_day_that_goes_with_them(store: Any, engine: Engine) -> None:
    days = [NOW.replace(day=day) for day in (20, 21, 23)]
    for day in days:
        store.run(lambda u, day=day: u.receipts.put(Receipt(f"tg:{day.day}", {"text": "svar"}, day)))
    assert keys_of(engine, "receipts") == ["2026-11-20", "2026-11-21", "2026-11-23"]
    assert store.run(lambda u: u.receipts.sweep(days[1])) == 1
    assert keys_of(engine, "receipts") == ["2026-11-21", "2026-11-23"]
    assert store.run(lambda u: u.receipts.get("tg:21")) == {"text": "svar"}


def test_the_subkeys_are_the_same_in_every_process_and_differ_by_name(store: Any, engine: Engine) -> None:
    first = store.run(lambda u: [u.vault.subkey(label) for label in ("audit/v1", "bidx/v1", "link/v1")])
    assert len(set(first)) == 3 and {len(key) for key in first} == {32}
    assert reopened(engine).run(lambda u: u.vault.subkey("audit/v1")) == first[0]


def test_the_keys_in_memory_are_few(engine: Engine) -> None:
    ring = KeyRing(KEYS)
    with engine.begin() as connection:
        ring.unlock(connection)
        key = ring.make(connection, ("draft", "d"))
    for number in range(KEPT + 50):
        ring.keep(replace(key, ref=number.to_bytes(8), owner=("draft", str(number))))
    assert ring.of(("draft", "0")) is None and ring.by_ref((0).to_bytes(8)) is None
    assert ring.of(("draft", str(KEPT + 49))) is not None
    assert sum(ring.of(("draft", str(n))) is not None for n in range(KEPT + 50)) == KEPT


WORDS = (
    "ordxyzzy-svar",
    "ordxyzzy-tanke",
    "ordxyzzy-navn",
    "ordxyzzy@post.example",
    "ordxyzzy-linje",
    "ordxyzzy-reply",
)


def write_words(unit: Any) -> None:
    """Every sealed column gets a word that can be looked for."""
    ada = unit.people.get("ada")
    unit.people.save(replace(ada, name=WORDS[2], email=WORDS[3]))
    unit.drafts.add(replace(a_draft("d1"), answers={"q05": WORDS[0]}))
    unit.cases.add(replace(a_case("c1"), answers={"q05": WORDS[0]}))
    unit.cases.add_entry(an_entry("note", "c1", text=WORDS[4]))
    unit.conversations.save(Conversation("ada", pending=WORDS[1]))
    unit.receipts.put(Receipt("tg:1", {"text": WORDS[5]}, NOW))


def test_no_word_is_found_in_the_bytes_of_the_database(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, lambda: NOW, keys=KEYS)
    store.run(fill)
    store.run(write_words)
    said = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"worry" in said, "the looking itself works"
    assert [word for word in (*WORDS, "xyzzy") if word.encode() in said] == []
    store.close()


def test_a_shredded_key_is_gone_from_the_file_and_its_wal_at_once(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, lambda: NOW, keys=KEYS)
    store.run(fill)
    store.run(lambda u: u.drafts.add(a_draft("d1")))
    engine = engine_for(sqlite_url)
    wrapped = raw(engine, DataKeys.__table__.c.wrapped, DataKeys.__table__.c.kind == "draft")
    body = raw(engine, Drafts.__table__.c.body)
    engine.dispose()
    on_disk = [path for path in tmp_path.iterdir() if path.name.startswith("test.db")]
    assert any(wrapped in path.read_bytes() for path in on_disk)
    store.run(lambda u: u.drafts.delete("d1"))
    assert not any(wrapped in path.read_bytes() for path in on_disk)
    assert not any(body[21:] in path.read_bytes() for path in on_disk)
    store.close()


def test_an_entry_is_bound_to_its_number(store: Any, engine: Engine) -> None:
    store.run(lambda u: (u.cases.add(a_case()), u.cases.add_entry(an_entry("sent")), u.cases.add_entry(an_entry())))
    with engine.begin() as connection:
        table = Entries.__table__
        first = connection.execute(select(type_coerce(table.c.data, LargeBinary)).where(table.c.seq == 1)).scalar_one()
        changed = update(table).where(table.c.seq == 2).values(data=type_coerce(first, LargeBinary))
        connection.execute(changed)
    with pytest.raises(Unreadable):
        store.run(lambda u: u.cases.entries("c1"))


def test_a_file_of_another_database_is_not_opened_with_our_keys(sqlite_url: str, tmp_path: Path) -> None:
    store = SqliteStore(sqlite_url, lambda: NOW, keys=())
    with pytest.raises(KeyProblem):
        store.run(lambda u: None)
    store.close()
    with pytest.raises(StorageBusy):
        store.run(lambda u: None)


def test_many_keys_are_fetched_together(store: Any, engine: Engine) -> None:
    store.run(lambda u: [u.cases.add(a_case(f"c{n}")) for n in range(5)])
    with engine.begin() as connection:
        ring = KeyRing(KEYS)
        ring.unlock(connection)
        vault = Vault(connection, ring)
        vault.warm("case", [f"c{n}" for n in range(5)])
        assert all(ring.of(("case", f"c{n}")) is not None for n in range(5))
        body = connection.execute(select(Cases.__table__.c.body).where(Cases.__table__.c.id == "c3")).scalar_one()
        assert Field(Cases.__table__.c.body).open(vault, "c3", body)["id"] == "c3"
