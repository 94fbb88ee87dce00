"""The loop of the worker: it sends what comes, outlives mistakes, runs its chores and stops when told."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.app.chores import Chore
from bot.ports import Conversation, Receipt, StorageBusy
from bot.worker import serve, wait_for_event
from tests.faults.postroom import START, Flaky, Postroom, a_draft


async def run_for(room: Postroom, seconds: float) -> None:
    """Run the real loop until so much time has gone by on the clock."""
    end = room.clock.at + timedelta(seconds=seconds)

    async def wait(event: asyncio.Event, length: float) -> None:
        room.clock.move(seconds=length)
        if room.clock.at >= end:
            room.worker.stop()
        await asyncio.sleep(0)

    room.wait = wait  # type: ignore[method-assign] # the same clock, and a stop at the end
    room.worker = room.new_worker()
    await room.worker.run()


async def test_the_loop_sends_what_comes_and_tells_how_it_is() -> None:
    room = Postroom()
    assert room.worker.status()["seconds_since_look"] is None
    room.post()
    room.post("later", to="ane", due_at=START + timedelta(seconds=30))
    await run_for(room, 130)
    assert room.states() == ["sent", "sent"]
    status = room.worker.status()
    assert status["stopping"] is True
    assert status["trouble"] is None
    assert status["held"] == {}
    assert isinstance(status["rows"], dict)
    assert status["rows"]["sent"] == 2
    assert isinstance(status["seconds_since_look"], float)


async def test_stop_finishes_the_one_in_flight_and_starts_no_other() -> None:
    room = Postroom()
    room.post("one")
    room.post("two", to="ane")
    room.telegram.during = room.worker.stop
    await room.worker.run()
    assert room.states() == ["sent", "pending"]
    assert room.row("two").attempts == 0


async def test_the_loop_outlives_a_busy_database_and_mistakes_and_names_them(caplog: pytest.LogCaptureFixture) -> None:
    room = Postroom()
    room.post()
    troubles: list[Any] = []

    def bad_chore(uow: Any, now: datetime) -> None:
        troubles.append(room.worker.status()["trouble"])
        if len(troubles) == 1:
            raise RuntimeError("Sofie Holm")

    room.chores.append(Chore("bad", bad_chore))
    inner, room.store = room.store, Flaky(room.store, {2, 3})
    await run_for(room, 200)
    room.store = inner
    assert room.states() == ["sent"]
    assert len(troubles) >= 2
    assert room.worker.status()["trouble"] is None
    assert "Sofie" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_chore_that_always_fails_is_named_as_long_as_it_does_and_stops_no_other() -> None:
    room = Postroom()
    times: list[datetime] = []

    def broken(uow: Any, now: datetime) -> None:
        raise KeyError("Sofie Holm")

    room.chores += [Chore("broken", broken), Chore("next", lambda uow, now: times.append(now))]
    room.post()
    await run_for(room, 130)
    assert len(times) == 3
    assert room.states() == ["sent"], "the sender has gone well meanwhile, which says nothing of the chore"
    assert room.worker.status()["trouble"] == "KeyError"


async def test_a_chore_that_could_not_be_saved_is_done_again_in_the_next_round_and_told_of_once() -> None:
    room, tries, told = Postroom(), [START] * 0, [START] * 0

    def hourly(uow: Any, now: datetime) -> datetime:
        tries.append(now)
        if len(tries) == 1:
            raise StorageBusy("taken back")
        return now

    room.chores.append(Chore("hourly", hourly, every=timedelta(hours=1), done=lambda at, now: told.append(at)))
    await run_for(room, 200)
    assert len(tries) == 2
    assert told == tries[1:]
    assert room.worker.status()["trouble"] is None


async def test_the_loop_names_a_busy_database_while_it_lasts() -> None:
    room = Postroom()
    inner, room.store = room.store, Flaky(room.store, set(range(1, 500)))
    await run_for(room, 20)
    room.store = inner
    assert room.worker.status()["trouble"] == "storage_busy"


async def test_chores_run_each_minute_and_the_sweep_forgets_what_is_old() -> None:
    room = Postroom()
    times: list[datetime] = []
    room.chores.append(Chore("look", lambda uow, now: times.append(now)))

    def fill(uow: Any) -> None:
        uow.receipts.put(Receipt("old", {}, START - timedelta(hours=73)))
        uow.receipts.put(Receipt("new", {}, START - timedelta(hours=71)))
        uow.drafts.add(a_draft(expires_at=START))
        uow.drafts.add(replace(a_draft(), id="d2"))
        uow.conversations.save(Conversation("ane", "draft:d1", pending="hans ord", reply={"cards": []}))

    room.store.run(fill)
    room.post("about", to="ane", template="draft_expiring", draft_id="d1", due_at=START + timedelta(days=1))
    await run_for(room, 130)
    assert len(times) == 3

    def look(uow: Any) -> Any:
        return uow.receipts.get("old"), uow.receipts.get("new"), uow.drafts.get("d1"), uow.drafts.get("d2")

    old, new, gone, kept = room.store.run(look)
    assert (old, gone) == (None, None)
    assert new is not None
    assert kept is not None
    conversation = room.store.run(lambda uow: uow.conversations.get("ane"))
    assert (conversation.place, conversation.pending, conversation.reply) == ("", None, None)
    assert (room.row("about").state, room.row("about").reason) == ("dropped", "draft_expired")


async def test_a_conversation_about_something_else_is_left_alone() -> None:
    room = Postroom()

    def fill(uow: Any) -> None:
        uow.drafts.add(a_draft(expires_at=START))
        uow.conversations.save(Conversation("ane", "draft:d2"))

    room.store.run(fill)
    await run_for(room, 2)
    assert room.store.run(lambda uow: uow.conversations.get("ane")).place == "draft:d2"


async def test_waking_ends_the_wait_at_once() -> None:
    room = Postroom()
    waits = 0

    async def wait(event: asyncio.Event, seconds: float) -> None:
        nonlocal waits
        waits += 1
        if waits == 1:
            room.post()
            room.worker.wake()
            await wait_for_event(event, 60.0)  # returns now, since somebody has called
        else:
            room.worker.stop()

    room.wait = wait  # type: ignore[method-assign] # a waiter that lets a second notice come
    room.worker = room.new_worker()
    async with asyncio.timeout(5):
        await room.worker.run()
    assert room.states() == ["sent"]


async def test_a_worker_process_stops_at_sigterm_with_the_one_in_flight_recorded() -> None:
    room = Postroom()
    room.post("one")
    room.post("two", to="ane")
    room.telegram.during = lambda: os.kill(os.getpid(), signal.SIGTERM)
    real = asyncio.get_running_loop()

    async def wait(event: asyncio.Event, seconds: float) -> None:
        await real.run_in_executor(None, lambda: None)  # the loop turns, so that the signal is seen

    room.wait = wait  # type: ignore[method-assign] # a waiter without a clock
    room.worker = room.new_worker()
    try:
        async with asyncio.timeout(10):
            await serve(room.worker)
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            real.remove_signal_handler(name)
    assert room.row("one").state == "sent"
    assert "sending" not in room.states()


async def test_the_real_waiter_gives_up_after_its_time() -> None:
    event = asyncio.Event()
    await wait_for_event(event, 0.001)
    assert not event.is_set()
