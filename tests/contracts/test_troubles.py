"""A database that can't save is told to whoever runs the program: by its code, once a minute."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NoReturn

import pytest

from bot.guard import GuardedStore
from bot.ports import StorageBusy, UnitOfWork
from dialogs.access import WORKER
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.case_kit import WORKDAYS

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
def store(clock: HandClock) -> GuardedStore:
    return GuardedStore(MemoryStore(clock.now), clock, WORKDAYS)


def fails(store: GuardedStore, code: str) -> None:
    def work(_: UnitOfWork) -> NoReturn:
        raise StorageBusy(code)

    with pytest.raises(StorageBusy):
        store.run(WORKER, work)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [f"{line.levelname} {line.getMessage()}" for line in caplog.records]


def test_a_full_disk_is_told_once_a_minute_with_how_many(
    store: GuardedStore, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    fails(store, "full")
    fails(store, "full")
    clock.move(minutes=1)
    fails(store, "read_only")
    assert told(caplog) == [
        "ERROR the database can't save: full (1 since this was last told)",
        "ERROR the database can't save: read_only (2 since this was last told)",
    ]


async def test_works_of_an_event_loop_are_told_of_too(store: GuardedStore, caplog: pytest.LogCaptureFixture) -> None:
    def work(_: UnitOfWork) -> NoReturn:
        raise StorageBusy("read_only")

    with pytest.raises(StorageBusy):
        await store.submit(WORKER, work)
    assert told(caplog) == ["ERROR the database can't save: read_only (1 since this was last told)"]


@pytest.mark.parametrize("code", ["closed", "moved"])
def test_our_own_end_and_somebody_who_was_first_are_no_trouble(
    store: GuardedStore, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    fails(store, code)
    assert told(caplog) == []
