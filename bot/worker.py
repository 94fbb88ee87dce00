"""The sender: takes one due notice, asks whether it is still wanted, sends it, records what happened.

    1. one transaction: what a dead worker left becomes `uncertain`; the next due row is leased, `attempts + 1`
    2. the same transaction finishes rows that are not to be sent now, and goes on to the next
    3. the network call, outside any transaction, with the lease longer than the longest call
    4. one transaction: the outcome where the lease is still ours, what follows from it, and the person's closed channel

A sender leases one row at a time: a row in `sending` is a row that may have been sent, so a `kill -9` leaves at most as
many in doubt as there are senders. Several of them, because a send takes 100 ms and a road allows 25 a second. Whoever
takes a row takes its turn on the road in the same transaction, so all processes with one token keep one pace.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from bot.app.chores import Chore, Rounds
from bot.app.entry.leaving import suspend_unseen
from bot.app.notices.gathering import Gatherer
from bot.app.notices.inorder import POLL_SECONDS, after_earlier, after_gathering, chat_free
from bot.app.notices.wanted import not_wanted
from bot.app.retention import sweep
from bot.app.turns import traces
from bot.ports import Clock, DeliveryError, Ids, Messenger, StorageBusy, Store, UnitOfWork
from dialogs.access import WORKER
from dialogs.gathering import TEMPLATE
from dialogs.meetings.calendar import Appointment
from dialogs.meetings.model import Meeting
from dialogs.notice_texts import NoticeError, NoticeText, NoticeTexts
from dialogs.notices import IN_CALENDAR, ROAD, Channel, OutboxRow, Wish, takes_turn
from dialogs.people import Person
from dialogs.retention import Deletion, Keeping, keeping

log = logging.getLogger(__name__)

SEND_SECONDS = 30.0  # above every messenger's own time-outs together, below the lease
LEASE_SECONDS = 60.0
TURNS = 20  # places on the road that one message may miss before it goes all the same
AT_ONCE = 20  # rows that one transaction may put aside before it lets others write
CHORE_SECONDS = 60.0
BLANK = NoticeText("", "", "", "", "", "")  # a deletion says nothing
_BUGS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

Waiter = Callable[[asyncio.Event, float], Awaitable[None]]


class Rules(Protocol):
    """What happens before and after a try (bot/delivery/policy.py)."""

    def before(
        self, row: OutboxRow, to: Person | None, now: datetime, held: Mapping[Channel, datetime]
    ) -> OutboxRow: ...
    def later(self, row: OutboxRow, until: datetime) -> OutboxRow: ...
    def after_success(self, row: OutboxRow, ref: str, now: datetime) -> OutboxRow: ...
    def after_error(
        self, row: OutboxRow, to: Person, error: DeliveryError, now: datetime, held_until: datetime | None = None
    ) -> OutboxRow: ...
    def follow_up(self, row: OutboxRow, now: datetime) -> Wish | None: ...
    def number(self, row: OutboxRow) -> int: ...


class Pace(Protocol):
    """How fast, and when a channel is down (bot/delivery/budget.py)."""

    def held(self, now: datetime) -> Mapping[Channel, datetime]: ...
    def ready_at(self, channel: Channel, recipient: str) -> datetime: ...
    def spent(self, channel: Channel, recipient: str, now: datetime) -> None: ...
    def worked(self, channel: Channel) -> None: ...
    def failed(self, channel: Channel, error: DeliveryError, now: datetime) -> None: ...


@dataclass(frozen=True)
class Road:
    """What a channel's messages share: a name (never the token itself), and the time between two of them."""

    name: str
    gap: timedelta


@dataclass(frozen=True)
class Outfit:
    """Everything a worker is given."""

    store: Store
    messengers: Mapping[Channel, Messenger]
    texts: NoticeTexts
    rules: Rules
    pace: Pace
    clock: Clock
    ids: Ids
    base_url: str
    chores: Sequence[Chore[Any]] = ()
    kept: Keeping = field(default_factory=keeping)  # how long, of each store of data
    keep_ledger: Callable[[Sequence[Deletion]], None] | None = None  # outside the database, for restoring
    lease_seconds: float = LEASE_SECONDS
    roads: Mapping[Channel, Road] = field(default_factory=dict[Channel, "Road"])
    senders: int = 1
    gatherer: Gatherer | None = None  # for those who want one message a day
    appointment: Callable[[Meeting], Appointment] | None = None  # what a calendar is told of a meeting


@dataclass(frozen=True)
class _Parcel:
    """One leased row, ready to go."""

    row: OutboxRow
    token: str
    to: Person
    channel: Channel
    notice: NoticeText
    link: str | None
    turn: datetime | None = None  # not before this moment; None is at once


@dataclass(frozen=True)
class _Taken:
    """What a look into the outbox gave: a parcel, and whether there may be more at once."""

    parcel: _Parcel | None
    more: bool


async def wait_for_event(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, at most so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


class Worker:
    """Sends what is due until it is told to stop; then finishes the one in flight."""

    def __init__(self, outfit: Outfit, wait: Waiter = wait_for_event) -> None:
        self._out, self._wait = outfit, wait
        self._woken, self._stopping = asyncio.Event(), asyncio.Event()
        first = Chore("sweep", partial(sweep, table=outfit.kept)), Chore("unseen", suspend_unseen)
        self._rounds = Rounds(outfit.store, (*first, *outfit.chores))
        self._round_at: datetime | None = None
        self._troubles: dict[int, str] = {}  # by sender: one that goes well says nothing of another
        self._last_look: datetime | None = None
        self._ledgered = 0
        self._counts: dict[str, int] = {}

    def wake(self) -> None:
        """Look at once: something has been put in the outbox by this process. Call from the worker's event loop."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is in flight and end `run`."""
        self._stopping.set()
        self._woken.set()

    def status(self) -> dict[str, object]:
        """What /readyz and `outbox list` tell: content-free."""
        now = self._out.clock.now()
        return {
            "stopping": self._stopping.is_set(),
            "seconds_since_look": None if self._last_look is None else (now - self._last_look).total_seconds(),
            "trouble": next(iter((*self._troubles.values(), *self._rounds.troubles.values())), None),
            "held": {channel: until.isoformat() for channel, until in self._out.pace.held(now).items()},
            "rows": dict(self._counts),
        }

    async def run(self) -> None:
        """Work until `stop`. Trouble with the database or a mistake of ours is told by name and waited out."""
        async with asyncio.TaskGroup() as senders:
            for number in range(self._out.senders):
                senders.create_task(self._send_on(number))

    async def _send_on(self, number: int) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                busy = await self.step()
                if number == 0:
                    await self._do_chores()
                self._troubles.pop(number, None)
            except StorageBusy:
                busy, self._troubles[number] = False, "storage_busy"
            except Exception as error:  # the loop must outlive any single mistake; its text may be personal
                busy, self._troubles[number] = False, type(error).__name__
                log.error("worker: unexpected %s", type(error).__name__)
            if not busy and not self._stopping.is_set():
                await self._wait(self._woken, POLL_SECONDS)

    async def drain(self) -> int:
        """Send everything that is due now; the number of tries made."""
        tries = 0
        while await self.step():
            tries += 1
        return tries

    async def step(self) -> bool:
        """Try one notice; False when none is due. Raise StorageBusy when the database can't say."""
        token = self._out.ids.secret()
        while True:
            now = self._out.clock.now()
            taken = await self._out.store.submit(WORKER, lambda uow, now=now: self._take(uow, token, now))
            self._last_look = now
            if taken.parcel is not None:
                await self._send(taken.parcel)
                return True
            if not taken.more:
                return False

    # --- before: one transaction ---

    def _take(self, uow: UnitOfWork, token: str, now: datetime) -> _Taken:
        for lost in uow.outbox.rescue(now):
            self._follow(uow, lost, now)
        for _ in range(AT_ONCE):
            rows = uow.outbox.claim(now, token, self._out.lease_seconds, 1)
            if not rows:
                return _Taken(None, more=False)
            try:
                prepared = self._prepare(uow, rows[0], token, now)
            except _BUGS as error:
                # One row that trips us must not stop the queue behind it. It is shown as failed, by code.
                log.error("worker: row %d failed with %s", rows[0].id, type(error).__name__)
                prepared = replace(rows[0], state="failed", last_error="unexpected")
            if isinstance(prepared, _Parcel):
                return _Taken(prepared, more=True)
            uow.outbox.finish(prepared, token)
        return _Taken(None, more=True)

    def _prepare(self, uow: UnitOfWork, row: OutboxRow, token: str, now: datetime) -> _Parcel | OutboxRow:
        """The parcel, or the row with the reason why nothing is sent now."""
        wish, to = row.wish, uow.people.get(row.wish.recipient)
        deletes = wish.channel == "telegram_delete"
        if not deletes and (reason := not_wanted(uow, wish, now)) is not None:
            return replace(row, state="dropped", reason=reason)
        row = self._out.rules.before(row, to, now, self._out.pace.held(now))
        channel = row.sent_via
        if row.state != "sending" or channel is None:
            return row
        of_chat = max(self._out.pace.ready_at(channel, wish.recipient), chat_free(uow.outbox, row, channel, now))
        wait_until = max(of_chat, after_earlier(uow.outbox, row, now), after_gathering(uow.outbox, row, now))
        if wait_until > now:
            return self._out.rules.later(row, wait_until)
        to = to or Person(wish.recipient, "", ())  # a deletion outlives the person's account
        if deletes:
            return _Parcel(row, token, to, channel, BLANK, None, self._turn(uow, row, channel, now))
        told = self._gathered(uow, row, to, now)
        if told is None:
            return replace(row, state="dropped", reason="nothing_to_gather", sent_via=None)
        wish = told
        try:
            notice = self._out.texts.render(
                wish.template,
                wish.params,
                case_id=wish.case_id,
                draft_id=wish.draft_id,
                meeting_id=wish.meeting_id,
                again=self._out.rules.number(row),
            )
        except NoticeError:
            return replace(row, state="failed", last_error="bad_notice", sent_via=None)
        notice = self._with_calendar(uow, wish, notice)
        turn = self._turn(uow, row, channel, now)
        return _Parcel(row, token, to, channel, notice, self._out.base_url.rstrip("/") + notice.link_path, turn)

    def _gathered(self, uow: UnitOfWork, row: OutboxRow, to: Person, now: datetime) -> Wish | None:
        """The wish, or the one message of a day with what it tells of; None when that has nothing to tell."""
        gatherer = self._out.gatherer
        if gatherer is None:
            return row.wish
        gatherer.go_on(uow, row.wish, to, now)
        return gatherer.gather(uow, row, to, now) if row.wish.template == TEMPLATE else row.wish

    def _with_calendar(self, uow: UnitOfWork, wish: Wish, notice: NoticeText) -> NoticeText:
        """The notice with what a mail puts into a calendar: the meeting as it is now, moved or called off."""
        if self._out.appointment is None or wish.template not in IN_CALENDAR or wish.meeting_id is None:
            return notice
        meeting = uow.meetings.get(wish.meeting_id)
        return notice if meeting is None else replace(notice, calendar=self._out.appointment(meeting))

    def _turn(self, uow: UnitOfWork, row: OutboxRow, channel: Channel, now: datetime) -> datetime | None:
        """This message's place on the road of its channel; None for one that may go at once."""
        road = self._out.roads.get(channel)
        return uow.outbox.take_turn(road.name, now, road.gap) if road is not None and takes_turn(row.wish) else None

    # --- the network call, and after it: one transaction ---

    async def _send(self, parcel: _Parcel) -> None:
        await self._wait_for_turn(parcel)
        self._out.pace.spent(parcel.channel, parcel.row.wish.recipient, self._out.clock.now())
        outcome = await self._try(parcel)
        if isinstance(outcome, DeliveryError):
            self._out.pace.failed(parcel.channel, outcome, self._out.clock.now())
        else:
            self._out.pace.worked(parcel.channel)
        await self._record(parcel, outcome)

    async def _wait_for_turn(self, parcel: _Parcel) -> None:
        """Wait for the parcel's place on the road; one that a busy machine missed is given up for a new one.

        Places that were missed must not be used together afterwards: that is the burst that the pace is there to avoid.
        """
        turn, road = parcel.turn, self._out.roads.get(parcel.channel)
        for _ in range(TURNS):
            if turn is None or road is None:
                return
            if (ahead := (turn - self._out.clock.now()).total_seconds()) > 0:
                await self._wait(asyncio.Event(), ahead)  # at most as many gaps as there are senders in all processes
            now = self._out.clock.now()
            if now - turn <= road.gap:
                return
            turn = await self._out.store.submit(
                WORKER, lambda uow, now=now: uow.outbox.take_turn(road.name, now, road.gap)
            )

    async def _try(self, parcel: _Parcel) -> str | DeliveryError:
        """The channel's reference, or what went wrong. Whatever we can't explain may have been sent."""
        messenger = self._out.messengers.get(ROAD.get(parcel.channel, parcel.channel))
        if messenger is None:
            return DeliveryError("no_messenger")  # a set-up mistake: it closes nobody's channel
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await messenger.send(parcel.row, parcel.to, parcel.notice, parcel.link)
        except DeliveryError as error:
            return error
        except TimeoutError:
            return DeliveryError("timeout", uncertain=True)
        except Exception as error:
            log.error("worker: row %d, unexpected %s while sending", parcel.row.id, type(error).__name__)
            return DeliveryError("unexpected", uncertain=True)

    async def _record(self, parcel: _Parcel, outcome: str | DeliveryError) -> None:
        """Write what happened, trying while the lease is ours; past that the row is rescued as `uncertain`."""
        give_up = self._out.clock.now() + timedelta(seconds=self._out.lease_seconds)
        while True:
            now = self._out.clock.now()
            try:
                return await self._out.store.submit(
                    WORKER, lambda uow, now=now: self._settle(uow, parcel, outcome, now)
                )
            except StorageBusy:
                if now >= give_up:
                    raise
                await self._wait(asyncio.Event(), POLL_SECONDS)

    def _settle(self, uow: UnitOfWork, parcel: _Parcel, outcome: str | DeliveryError, now: datetime) -> None:
        rules = self._out.rules
        if not isinstance(outcome, DeliveryError):
            uow.outbox.finish(rules.after_success(parcel.row, outcome, now), parcel.token)
            if parcel.channel == "telegram" and parcel.to.telegram_chat is not None and outcome.isdecimal():
                traces.leave(uow, parcel.to.telegram_chat, (int(outcome),), parcel.to.id, now)
            return
        to = uow.people.get(parcel.to.id)
        if outcome.permanent and parcel.channel == "telegram" and to is not None:
            to = replace(to, telegram_on=False)  # blocked, deleted or never begun: a new /start opens it again
            uow.people.save(to)
        held_until = self._out.pace.held(now).get(parcel.channel)
        finished = rules.after_error(parcel.row, to or parcel.to, outcome, now, held_until)
        if uow.outbox.finish(finished, parcel.token) and finished.state == "uncertain":
            self._follow(uow, finished, now)

    def _follow(self, uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
        if (wish := self._out.rules.follow_up(row, now)) is not None:
            uow.outbox.add(wish)

    # --- now and then ---

    async def _do_chores(self) -> None:
        now = self._out.clock.now()
        if self._round_at is not None and now < self._round_at:
            return
        self._round_at = now + timedelta(seconds=CHORE_SECONDS)
        await self._rounds.go(now)
        self._counts = await self._out.store.submit(WORKER, lambda uow: uow.outbox.count())
        await self._keep_ledger()

    async def _keep_ledger(self) -> None:
        """Copy new lines of the ledger out of the database."""
        if self._out.keep_ledger is not None:
            lines = await self._out.store.submit(WORKER, lambda uow: list(uow.retention.ledger(self._ledgered)))
            if lines:
                await asyncio.to_thread(self._out.keep_ledger, lines)
                self._ledgered = lines[-1].seq


async def serve(worker: Worker) -> None:
    """Run the worker of a process of its own; SIGTERM and SIGINT let it finish what is in flight."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows has no handlers on the loop; there Ctrl-C ends it at once
            loop.add_signal_handler(name, worker.stop)
    await worker.run()
