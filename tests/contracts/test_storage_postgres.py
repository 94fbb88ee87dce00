"""What the PostgreSQL store promises beyond the common contract: many processes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError

from dialogs.records import Receipt, StorageBusy
from storage import PostgresStore, Refused
from storage.engines import engine_for
from storage.faults import translate
from storage.postgres import RERUNS
from tests.contracts.lanes import blocked
from tests.contracts.stores import NOW, a_case, a_draft, a_wish, an_entry, fill
from tests.keys import KEYS

pytestmark = pytest.mark.postgres


@pytest.fixture
def opened(clean_postgres: str) -> Iterator[PostgresStore]:
    """A filled store on a real server."""
    store = PostgresStore(clean_postgres, keys=KEYS)
    store.run(fill)
    yield store
    store.close()


def at_once(store: PostgresStore, work: Any, people: int) -> list[Any]:
    """Run the work from several threads that have all read before any of them goes on."""
    barrier = Barrier(people)

    def one(number: int) -> Any:
        tries = 0

        def together(unit: Any) -> Any:
            nonlocal tries
            tries += 1
            unit.people.get("ada")  # takes the snapshot
            if tries == 1:
                barrier.wait(10)
            return work(unit, number)

        return store.run(together)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


def test_the_timeline_has_no_gap_and_no_twin_when_people_write_at_once(opened: PostgresStore) -> None:
    opened.run(lambda u: u.cases.add(a_case()))
    at_once(opened, lambda u, n: u.cases.add_entry(an_entry("added", n=n)), 3)
    assert [entry.seq for entry in opened.run(lambda u: u.cases.entries("c1"))] == [1, 2, 3]


def test_two_saves_of_the_same_draft_end_in_one(opened: PostgresStore) -> None:
    opened.run(lambda u: u.drafts.add(a_draft()))
    saved = at_once(opened, lambda u, n: u.drafts.save(a_draft(focus=f"q{n}", revision=1), 0), 3)
    assert sorted(saved) == [False, False, True]


def test_a_redelivered_event_takes_effect_once(opened: PostgresStore) -> None:
    def turn(unit: Any, number: int) -> Any:
        if (seen := unit.receipts.get("tg:1")) is not None:
            return seen
        unit.outbox.add(a_wish(f"k{number}"))
        unit.receipts.put(Receipt("tg:1", {"by": number}, NOW))
        return {"by": number}

    answers = at_once(opened, turn, 3)
    assert all(answer == answers[0] for answer in answers)
    assert opened.run(lambda u: u.outbox.count()["pending"]) == 1


def test_workers_share_the_due_rows_without_taking_one_twice(opened: PostgresStore) -> None:
    opened.run(lambda u: [u.outbox.add(a_wish(f"k{n}")) for n in range(40)])

    def worker(name: str) -> list[int]:
        mine: list[int] = []
        while True:
            try:
                rows = opened.run(lambda u: u.outbox.claim(NOW, name, 60, 3))
            except StorageBusy:
                continue  # beaten to its rows four times running; they are still there, or taken
            if not rows:
                return mine
            mine += [row.id for row in rows]

    with ThreadPoolExecutor(4) as pool:
        taken = [row for rows in pool.map(worker, "abcd") for row in rows]
    assert sorted(taken) == list(range(1, 41))


def test_a_claim_never_takes_more_than_it_was_asked_for(opened: PostgresStore) -> None:
    opened.run(lambda u: [u.outbox.add(a_wish(f"k{n}")) for n in range(20)])
    assert [len(opened.run(lambda u: u.outbox.claim(NOW, "t", 60, 7))) for _ in range(4)] == [7, 7, 6, 0]


def test_a_conflict_that_never_ends_is_given_up(opened: PostgresStore) -> None:
    opened.run(lambda u: u.drafts.add(a_draft()))
    tries = 0

    def always_late(unit: Any) -> None:
        nonlocal tries
        tries += 1
        draft = unit.drafts.get("d1")
        # Another process changes the draft each time after we have read it.
        opened.run(lambda other: other.drafts.save(replace(draft, revision=draft.revision + 1), draft.revision))
        unit.drafts.save(replace(draft, revision=draft.revision + 1), draft.revision)

    with pytest.raises(StorageBusy):
        opened.run(always_late)
    assert tries == RERUNS + 1


def test_a_key_that_is_still_taken_after_a_rerun_is_refused(opened: PostgresStore) -> None:
    opened.run(lambda u: u.drafts.add(a_draft()))
    with pytest.raises(Refused):
        opened.run(lambda u: u.drafts.add(a_draft()))


def test_a_cut_connection_is_told_and_the_next_work_gets_a_new_one(opened: PostgresStore) -> None:
    def cut(unit: Any) -> None:
        unit.drafts.add(a_draft())
        # The same as a server that restarts: our own backend is ended in the middle of the work.
        unit.drafts._db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageBusy):
        opened.run(cut)
    assert opened.run(lambda u: u.drafts.get("d1")) is None


def test_a_read_only_server_is_busy_and_not_healthy(opened: PostgresStore, clean_postgres: str) -> None:
    def set_read_only(value: str) -> None:
        engine = engine_for(clean_postgres)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(
                text(f"ALTER DATABASE {engine.url.database} SET default_transaction_read_only = {value}")
            )
        engine.dispose()

    set_read_only("on")
    try:
        late = PostgresStore(clean_postgres, keys=KEYS)
        assert late.healthy() is False
        with pytest.raises(StorageBusy, match="read_only"):
            late.run(lambda u: u.drafts.add(a_draft()))
        late.close()
    finally:
        engine = engine_for(clean_postgres)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER DATABASE {engine.url.database} RESET default_transaction_read_only"))
        engine.dispose()
    assert opened.healthy() is True


async def test_works_of_one_lane_keep_their_order_whichever_process_was_asked(clean_postgres: str) -> None:
    first, second = (PostgresStore(clean_postgres, keys=KEYS) for _ in range(2))
    first.run(fill)

    def open_draft(unit: Any) -> None:
        unit.people.get("ada")
        unit.drafts.add(a_draft())

    def go_on(unit: Any) -> bool:
        draft = unit.drafts.get("d1")
        return draft is not None and bool(unit.drafts.save(replace(draft, revision=1), 0))

    with blocked(clean_postgres, "chat:71") as gate:
        one = asyncio.create_task(first.submit(open_draft, "chat:71"))
        await gate.has_waiting(1)
        two = asyncio.create_task(second.submit(go_on, "chat:71"))
        await gate.has_waiting(2)
        beside = await second.submit(lambda u: u.people.get("bo").id, "chat:73")
        gate.open()
        await one
        assert await two, "the second work did not see what the first one did"
    assert beside == "bo"
    first.close()
    second.close()


async def test_works_of_one_lane_keep_their_order_in_one_process(opened: PostgresStore) -> None:
    done: list[int] = []
    await asyncio.gather(*(opened.submit(lambda _, n=n: done.append(n), "chat:71") for n in range(40)))
    assert done == list(range(40))


async def test_a_lane_is_free_again_after_a_work_that_failed_or_was_cut_off(opened: PostgresStore) -> None:
    def fails(_: Any) -> None:
        raise KeyError("x")

    def cut(unit: Any) -> None:
        unit.drafts._db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(KeyError):
        await opened.submit(fails, "chat:71")
    with pytest.raises(StorageBusy):
        await opened.submit(cut, "chat:71")
    assert await opened.submit(lambda u: u.people.get("ada").id, "chat:71") == "ada"


def test_whoever_waits_too_long_for_a_lane_is_told_that_nothing_is_saved(opened: PostgresStore) -> None:
    with blocked(opened._engine.url.render_as_string(hide_password=False), "chat:71"), pytest.raises(StorageBusy):
        opened.run(lambda u: u.drafts.add(a_draft()), "chat:71")
    assert opened.run(lambda u: u.drafts.get("d1")) is None


def test_a_server_that_is_not_there_is_busy() -> None:
    store = PostgresStore("postgresql://nobody@/nowhere?host=/nonexistent", keys=KEYS)
    with pytest.raises(StorageBusy, match="gone"):
        store.run(lambda u: None)
    assert store.healthy() is False
    store.close()


def test_a_pool_without_a_free_connection_is_busy() -> None:
    assert isinstance(translate(TimeoutError("pool")), StorageBusy)


def test_a_nul_outside_a_body_is_our_mistake_and_not_called_busy(opened: PostgresStore) -> None:
    with pytest.raises(Exception, match="hidden") as caught:
        opened.run(lambda u: u.people.add_school(replace(u.people.schools()[0], id="x", name="\x00")))
    assert not isinstance(caught.value, StorageBusy)
