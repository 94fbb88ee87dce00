"""Group commit: who shares a transaction, who fails alone, and when answers are released."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import Any

import pytest

from dialogs.records import StorageBusy
from storage.group import GROUP_LIMIT, GroupCommit, WorkFailed


class Ledger:
    """A database of one list: works append to it, and a transaction that fails leaves it as it was."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.groups: list[int] = []
        self.gate, self.entered, self.busy = Event(), Event(), False
        self.gate.set()

    def transact(self, works: Sequence[Callable[[Any], Any]]) -> list[Any]:
        self.entered.set()
        assert self.gate.wait(10)
        if self.busy:
            raise StorageBusy("full")
        before, results = list(self.kept), []
        for index, work in enumerate(works):
            try:
                results.append(work(self.kept))
            except Exception as error:
                self.kept = before
                raise WorkFailed(index, error) from error
        self.groups.append(len(works))
        return results


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def group(ledger: Ledger) -> Iterator[GroupCommit]:
    opened = GroupCommit(ledger.transact, lambda: None, "test")
    yield opened
    ledger.gate.set()
    opened.close()


def adds(name: str) -> Callable[[list[str]], str]:
    """A work that adds its name and returns it in capitals."""

    def work(kept: list[str]) -> str:
        kept.append(name)
        return name.upper()

    return work


def fails(kept: list[str]) -> None:
    """A work that writes and then raises."""
    kept.append("half")
    raise RuntimeError("mine")


async def together(ledger: Ledger, group: GroupCommit, works: Sequence[Any]) -> list[Any]:
    """Let the works wait behind a first one, so that they form a group; their results or exceptions."""
    ledger.gate.clear()
    first = asyncio.create_task(group.submit(adds("first")))
    await asyncio.to_thread(ledger.entered.wait, 10)
    waiting = [asyncio.create_task(group.submit(work)) for work in works]
    await asyncio.wait(waiting, timeout=0)  # one round of the loop: they take their places, in this order
    ledger.gate.set()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_works_that_wait_share_one_commit_in_the_order_they_came(ledger: Ledger, group: GroupCommit) -> None:
    assert await together(ledger, group, [adds(n) for n in "abc"]) == ["A", "B", "C"]
    assert (ledger.groups, ledger.kept) == ([1, 3], ["first", "a", "b", "c"])


async def test_a_group_is_bounded(ledger: Ledger, group: GroupCommit) -> None:
    await together(ledger, group, [adds("x")] * (GROUP_LIMIT + 5))
    assert ledger.groups == [1, GROUP_LIMIT, 5]


@pytest.mark.parametrize("at", range(4))
async def test_only_the_guilty_work_fails_wherever_it_stands(ledger: Ledger, group: GroupCommit, at: int) -> None:
    works: list[Any] = [adds(n) for n in "abc"]
    works.insert(at, fails)
    results = await together(ledger, group, works)
    assert [str(r) for r in results] == [*"ABC"[:at], "mine", *"ABC"[at:]]
    assert ledger.kept == ["first", "a", "b", "c"]


async def test_several_guilty_works_fail_and_the_rest_is_kept(ledger: Ledger, group: GroupCommit) -> None:
    results = await together(ledger, group, [fails, adds("a"), fails, fails, adds("b")])
    assert [str(r) for r in results] == ["mine", "A", "mine", "mine", "B"]
    assert ledger.kept == ["first", "a", "b"]


async def test_when_nothing_can_be_saved_all_are_told_at_once_and_the_next_may_try(
    ledger: Ledger, group: GroupCommit
) -> None:
    ledger.busy = True
    results = await asyncio.gather(*(group.submit(adds(n)) for n in "ab"), return_exceptions=True)
    assert [type(r) for r in results] == [StorageBusy, StorageBusy]
    ledger.busy = False
    assert (await group.submit(adds("c")), ledger.kept) == ("C", ["c"])


async def test_nobody_is_answered_before_the_commit(ledger: Ledger, group: GroupCommit) -> None:
    ledger.gate.clear()
    task = asyncio.create_task(group.submit(adds("a")))
    await asyncio.to_thread(ledger.entered.wait, 10)
    done, _ = await asyncio.wait([task], timeout=0)
    assert not done
    ledger.gate.set()
    assert await task == "A"


async def test_whoever_stops_waiting_does_not_disturb_the_others(ledger: Ledger, group: GroupCommit) -> None:
    ledger.gate.clear()
    leaving = asyncio.create_task(group.submit(adds("a")))
    await asyncio.to_thread(ledger.entered.wait, 10)
    staying = asyncio.create_task(group.submit(adds("b")))
    await asyncio.wait([staying], timeout=0)
    leaving.cancel()
    ledger.gate.set()
    assert await staying == "B"
    assert ledger.kept == ["a", "b"]


def test_a_loop_that_has_closed_does_not_stop_the_writer(ledger: Ledger, group: GroupCommit) -> None:
    async def leave() -> None:
        ledger.gate.clear()
        waiting = asyncio.ensure_future(group.submit(adds("a")))
        await asyncio.to_thread(ledger.entered.wait, 10)
        waiting.cancel()

    asyncio.run(leave())
    ledger.gate.set()
    assert group.run(adds("b")) == "B"


def test_closing_finishes_what_waits(ledger: Ledger) -> None:
    closed = Event()
    group = GroupCommit(ledger.transact, closed.set, "test")

    async def ask() -> list[Any]:
        waiting = [asyncio.ensure_future(group.submit(adds(n))) for n in "abc"]
        await asyncio.wait(waiting, timeout=0)
        await asyncio.to_thread(group.close)
        return await asyncio.gather(*waiting)

    assert asyncio.run(ask()) == ["A", "B", "C"]
    assert closed.is_set()
    with pytest.raises(StorageBusy, match="closed"):
        group.run(adds("late"))
    group.close()
