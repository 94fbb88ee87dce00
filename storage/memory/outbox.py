"""The outbox in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.gathering import TEMPLATE
from dialogs.notices import SILENT, SUBJECT, Arrived, Channel, OutboxRow, Wish
from storage.memory.state import State, moment, plain
from storage.outbox import RETRIABLE, STATES, UNSENT, in_due_order, newest_first


class MemoryOutbox:
    """The same as `SqlOutbox`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, wish: Wish) -> bool:
        if wish.dedupe_key in self._state.dedupe:
            return False
        number = max(self._state.outbox, default=0) + 1
        self._state.dedupe[wish.dedupe_key] = number
        self._state.outbox[number] = OutboxRow(
            number, replace(wish, params=plain(dict(wish.params))), due_at=moment(wish.due_at)
        )
        return True

    def get(self, row_id: int) -> OutboxRow | None:
        return self._state.outbox.get(row_id)

    def claim(self, now: datetime, token: str, lease_seconds: float, limit: int) -> Sequence[OutboxRow]:
        lease = now + timedelta(seconds=lease_seconds)
        due = self._where(lambda row: row.state == "pending" and (row.due_at or row.wish.due_at) <= now)
        return [
            self._put(replace(row, state="sending", attempts=row.attempts + 1, lease_token=token, lease_until=lease))
            for row in sorted(due, key=in_due_order)[:limit]
        ]

    def finish(self, row: OutboxRow, token: str) -> bool:
        if row.state == "sending":
            raise ValueError("a finished row has an outcome")
        stored = self._state.outbox.get(row.id)
        if stored is None or stored.state != "sending" or stored.lease_token != token:
            return False
        self._put(
            replace(row, wish=stored.wish, due_at=row.due_at or row.wish.due_at, lease_token=None, lease_until=None)
        )
        return True

    def rescue(self, now: datetime) -> Sequence[OutboxRow]:
        stuck = self._where(lambda row: row.lease_until is not None and row.lease_until <= now)
        return [
            self._put(replace(row, state="uncertain", last_error="lease_expired", lease_token=None, lease_until=None))
            for row in sorted(stuck, key=in_due_order)
        ]

    def due_of_person(self, person_id: str, now: datetime, limit: int = 50) -> Sequence[Arrived]:
        told = sorted(self._told(person_id, now), key=newest_first)
        return sorted(sorted(told, key=lambda one: not one.new)[:limit], key=newest_first)

    def unread(self, person_id: str, now: datetime) -> int:
        return sum(one.new for one in self._told(person_id, now))

    def saw_meeting(self, person_id: str, meeting_id: str, now: datetime) -> None:
        for row in self._where(lambda row: (row.wish.recipient, row.wish.meeting_id) == (person_id, meeting_id)):
            if row.seen_at is None and row.wish.due_at <= now:
                self._put(replace(row, seen_at=moment(now)))

    def pending_of_person(self, person_id: str) -> Sequence[OutboxRow]:
        waiting = self._where(lambda row: (row.wish.recipient, row.state) == (person_id, "pending"))
        return sorted(waiting, key=lambda row: (row.due_at or row.wish.due_at, row.id))

    def gathered_by(self, person_id: str, reason: str) -> Sequence[OutboxRow]:
        wanted = (person_id, "sent", reason)
        return self._where(lambda row: (row.wish.recipient, row.state, row.reason) == wanted)[::-1]

    def ahead_of(self, row: OutboxRow) -> Sequence[OutboxRow]:
        def ahead(other: OutboxRow) -> bool:
            same = all(getattr(other.wish, name) == getattr(row.wish, name) for name in ("recipient", *SUBJECT))
            return same and other.id < row.id and other.state in UNSENT

        return self._where(ahead)[::-1]

    def last_sent(self, person_id: str, channel: Channel) -> datetime | None:
        mine = self._where(lambda row: (row.wish.recipient, row.sent_via) == (person_id, channel))
        return max((row.sent_at for row in mine if row.sent_at is not None), default=None)

    def of_case(self, case_id: str) -> Sequence[OutboxRow]:
        return [row for _, row in sorted(self._state.outbox.items()) if row.wish.case_id == case_id]

    def cancel(self, draft_id: str, reason: str) -> int:
        dropped = self._where(lambda row: (row.state, row.wish.draft_id) == ("pending", draft_id))
        for row in dropped:
            self._put(replace(row, state="dropped", reason=reason))
        return len(dropped)

    def put_off(self, row_id: int, person_id: str, until: datetime) -> bool:
        row = self._state.outbox.get(row_id)
        if row is None or (row.wish.recipient, row.state) != (person_id, "pending"):
            return False
        self._put(replace(row, due_at=moment(until)))
        return True

    def turn_off(self, row_id: int, person_id: str) -> bool:
        row = self._state.outbox.get(row_id)
        if row is None or (row.wish.recipient, row.state) != (person_id, "pending"):
            return False
        self._put(replace(row, state="dropped", reason="turned_off"))
        return True

    def gather(self, row_ids: Sequence[int], person_id: str, reason: str, now: datetime) -> Sequence[int]:
        taken: list[int] = []
        for row_id in sorted(row_ids):
            row = self._state.outbox.get(row_id)
            if row is not None and (row.wish.recipient, row.state) == (person_id, "pending"):
                self._put(replace(row, state="sent", sent_via="web", sent_at=moment(now), reason=reason))
                taken.append(row_id)
        return taken

    def count(self) -> dict[str, int]:
        found: dict[str, int] = dict.fromkeys(STATES, 0)
        for row in self._state.outbox.values():
            found[row.state] += 1
        return found

    def listing(self, states: Sequence[str], limit: int = 100) -> Sequence[OutboxRow]:
        return self._where(lambda row: row.state in states)[:limit]

    def retry(self, row_id: int, now: datetime) -> bool:
        row = self._state.outbox.get(row_id)
        if row is None or row.state not in RETRIABLE:
            return False
        self._put(replace(row, state="pending", due_at=now, tried=(), last_error=None))
        return True

    def take_turn(self, road: str, now: datetime, gap: timedelta) -> datetime:
        at = max(self._state.paces.get(road, now), moment(now))
        self._state.paces[road] = at + gap
        return at

    def next_due(self) -> datetime | None:
        return min((row.due_at or row.wish.due_at for row in self._where(lambda r: r.state == "pending")), default=None)

    def _told(self, person_id: str, now: datetime) -> list[Arrived]:
        told = self._where(lambda r: r.wish.recipient == person_id and r.wish.due_at <= now and r.state != "dropped")
        return [
            Arrived(row, self._is_new(row, now))
            for row in told
            if row.wish.channel not in SILENT and row.wish.template != TEMPLATE
        ]

    def _is_new(self, row: OutboxRow, now: datetime) -> bool:
        wish = row.wish
        if wish.case_id is not None:
            looked = self._state.views.get((wish.recipient, wish.case_id))
            return looked is None or looked < wish.due_at
        of_meeting = wish.meeting_id is not None and wish.draft_id is None
        return of_meeting and row.seen_at is None and (wish.until is None or wish.until > now)

    def _where(self, true: Callable[[OutboxRow], bool]) -> list[OutboxRow]:
        return sorted(filter(true, self._state.outbox.values()), key=lambda row: -row.id)

    def _put(self, row: OutboxRow) -> OutboxRow:
        self._state.outbox[row.id] = row
        return row
