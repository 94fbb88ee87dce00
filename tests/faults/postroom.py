"""A worker with a fake clock and scripted messengers, for the tests of sending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.guard import GuardedStore
from bot.ports import DeliveryError, StorageBusy
from bot.worker import Outfit, Worker
from dialogs.cases.model import Case, Colour
from dialogs.notice_texts import NoticeText, standard
from dialogs.notices import Channel, OutboxRow, Wish
from dialogs.people import Membership, Person, School
from dialogs.types import Draft
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore
from tests.clocks import HandClock

START = datetime(2026, 11, 24, 10, 0, tzinfo=COPENHAGEN).astimezone(UTC)  # a Tuesday morning
DAYS = danish(COPENHAGEN, range(2026, 2028))
TEXTS = standard()
ANE = Person("ane", "Ane Fiktiv", (Membership("skov", "teacher"),), "ane@example.org", 1001)
BO = Person("bo", "Bo Fiktiv", (Membership("skov", "leader"),), "bo@example.org", 1002)
CODE = "K7RT-Måge"


@dataclass
class Ids:
    """Counted ids, so that a failing test reads well."""

    made: int = 0

    def new(self) -> str:
        self.made += 1
        return f"id{self.made}"

    def code(self) -> str:
        return CODE

    def secret(self) -> str:
        return f"token-{self.new()}"


Outcome = Exception | None


@dataclass
class Scripted:
    """A messenger that does what it is told, call by call, and remembers what it was given."""

    clock: HandClock
    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    always: Outcome = None
    sent: list[tuple[int, int, str, str | None]] = field(default_factory=list[tuple[int, int, str, str | None]])
    people: list[str] = field(default_factory=list[str])
    during: Callable[[], None] | None = None
    seconds: float = 0.1

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        self.clock.move(seconds=self.seconds)
        if self.during is not None:
            self.during()
        error = self.outcomes.pop(0) if self.outcomes else self.always
        self.sent.append((row.id, row.attempts, notice.text, link))
        self.people.append(to.id)
        if error is not None:
            raise error
        return f"ref-{row.id}.{row.attempts}"

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Postroom:
    """Everything around one worker, and what a test asks of it."""

    clock: HandClock = field(default_factory=lambda: HandClock(START))
    store: Any = None
    channels: Sequence[Channel] = ("telegram", "email")
    texts: Any = TEXTS
    appointment: Any = None

    def __post_init__(self) -> None:
        self.store = self.store or MemoryStore(self.clock.now)
        self.telegram, self.email = Scripted(self.clock), Scripted(self.clock)
        self.budget = Budget()
        self.chores: list[Any] = []
        self.store.run(_fill)
        self.worker = self.new_worker()

    def new_worker(self) -> Worker:
        """Another worker process on the same database; the pace is remembered by each process alone."""
        outfit = Outfit(
            store=GuardedStore(self.store, self.clock, DAYS),
            messengers={"telegram": self.telegram, "email": self.email},
            texts=self.texts,
            rules=Policy(DAYS, frozenset(self.channels)),
            pace=self.budget,
            clock=self.clock,
            ids=Ids(),
            base_url="https://trivsel.example.org/",
            chores=self.chores,
            appointment=self.appointment,
        )
        return Worker(outfit, self.wait)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """A second passes on the clock; the loop gets its turn."""
        self.clock.move(seconds=seconds)
        await asyncio.sleep(0)

    def post(self, key: str = "k", to: str = "bo", template: str = "team_new", **other: Any) -> int:
        """Put a notice about the case in the outbox; its row number."""
        values: dict[str, Any] = {
            "due_at": self.clock.at,
            "params": {"code": CODE, "colour": "yellow"},
            "delivery": "reminder",
            "case_id": "c1",
        } | other
        assert self.store.run(lambda uow: uow.outbox.add(Wish(key, to, template, **values)))
        return self.row(key).id

    def rows(self) -> list[OutboxRow]:
        """Every row, oldest first."""
        states = ["pending", "sending", "sent", "uncertain", "dropped", "failed"]
        return sorted(self.store.run(lambda uow: uow.outbox.listing(states, 10_000)), key=lambda row: row.id)

    def row(self, key: str = "k") -> OutboxRow:
        return next(row for row in self.rows() if row.wish.dedupe_key == key)

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    async def pass_time(self, seconds: float, step: float = 30.0) -> None:
        """Let time go by with the worker looking at every step."""
        end = self.clock.at + timedelta(seconds=seconds)
        while self.clock.at < end:
            await self.worker.drain()
            self.clock.move(seconds=min(step, max((end - self.clock.at).total_seconds(), 0.001)))
        await self.worker.drain()

    def change_case(self, **values: Any) -> None:
        """Change the case's facts, whatever its rules say."""

        def work(uow: Any) -> None:
            case = uow.cases.get("c1")
            assert uow.cases.save(replace(case, revision=case.revision + 1, **values), case.revision)

        self.store.run(work)


def lost() -> DeliveryError:
    return DeliveryError("no_answer", uncertain=True)


def down() -> DeliveryError:
    return DeliveryError("unreachable")


def blocked() -> DeliveryError:
    return DeliveryError("blocked", permanent=True)


def a_draft(**other: Any) -> Draft:
    """Ane's open draft."""
    values: dict[str, Any] = {"started_at": START, "expires_at": START + timedelta(days=30)} | other
    return Draft("d1", "worry", 1, "x", "ane", CODE, **values)


def _fill(uow: Any) -> None:
    uow.people.add_school(School("skov", "Skovskolen"))
    for person in (ANE, BO):
        uow.people.add(person)
    uow.cases.add(
        Case(
            "c1", CODE, "skov", "ane", "d0", "worry", 1, {}, Colour("yellow", "yellow"), "B3", "trio",
            (), "sent", START, START,
        )
    )  # fmt: skip


class Flaky:
    """A store that is busy at chosen moments: before the work, or after it has been rolled back."""

    def __init__(self, inner: Any, busy_at: set[int]) -> None:
        self.inner, self.busy_at, self.calls = inner, busy_at, 0

    def run(self, work: Callable[[Any], Any]) -> Any:
        return self.inner.run(work)

    async def submit(self, work: Callable[[Any], Any], lane: str = "") -> Any:
        self.calls += 1
        if self.calls in self.busy_at:
            raise StorageBusy("full")
        return await self.inner.submit(work)
