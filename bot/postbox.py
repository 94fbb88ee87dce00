"""The part of the ports that is about notices: what waits to be sent, and what a person was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from dialogs.notices import Arrived, Channel, OutboxRow, Wish


class Outbox(Protocol):
    def add(self, wish: Wish) -> bool:
        """Store the wish; False when its dedupe_key is already there, whatever became of it."""
        ...

    def get(self, row_id: int) -> OutboxRow | None: ...
    def claim(self, now: datetime, token: str, lease_seconds: float, limit: int) -> Sequence[OutboxRow]:
        """Lease due rows: `sending`, attempts + 1, lease written before anything is sent. One statement."""
        ...

    def finish(self, row: OutboxRow, token: str) -> bool:
        """Write the row's outcome where the lease is still ours; False when it is not."""
        ...

    def rescue(self, now: datetime) -> Sequence[OutboxRow]:
        """Rows whose lease ran out while sending; they become `uncertain`, never silently pending again."""
        ...

    def due_of_person(self, person_id: str, now: datetime, limit: int = 50) -> Sequence[Arrived]:
        """What the person was or should have been told by now, the newest first; what is new is never cut away."""
        ...

    def unread(self, person_id: str, now: datetime) -> int:
        """How many of those are new."""
        ...

    def saw_meeting(self, person_id: str, meeting_id: str, now: datetime) -> None:
        """The person has looked at the meeting: what they were told about it is not new any more."""
        ...

    def pending_of_person(self, person_id: str) -> Sequence[OutboxRow]:
        """Everything that still waits to be sent to the person, the first to go first."""
        ...

    def gathered_by(self, person_id: str, reason: str) -> Sequence[OutboxRow]:
        """What one message has told of before, by the reason that it left on each."""
        ...

    def ahead_of(self, row: OutboxRow) -> Sequence[OutboxRow]:
        """What the same person was to be told of the same thing before this, and has not been yet."""
        ...

    def last_sent(self, person_id: str, channel: Channel) -> datetime | None:
        """When the last message went to the person on this channel."""
        ...

    def of_case(self, case_id: str) -> Sequence[OutboxRow]: ...
    def cancel(self, draft_id: str, reason: str) -> int:
        """Drop pending rows about a draft; the number of rows dropped."""
        ...

    def count(self) -> dict[str, int]:
        """Rows by state."""
        ...

    def listing(self, states: Sequence[str], limit: int = 100) -> Sequence[OutboxRow]: ...
    def retry(self, row_id: int, now: datetime) -> bool: ...
    def next_due(self) -> datetime | None: ...
    def put_off(self, row_id: int, person_id: str, until: datetime) -> bool:
        """Try a person's own waiting notice from this moment on; False for any other row."""
        ...

    def turn_off(self, row_id: int, person_id: str) -> bool:
        """Drop a person's own waiting notice; False for any other row."""
        ...

    def gather(self, row_ids: Sequence[int], person_id: str, reason: str, now: datetime) -> Sequence[int]:
        """Show these waiting notices of a person on the page only, since one message tells of them; those it could."""
        ...

    def take_turn(self, road: str, now: datetime, gap: timedelta) -> datetime:
        """The moment when the next message may go on this road, and it is taken: nobody else gets the same one.

        The pace is the database's, so it holds for all processes that send with the same token.
        """
        ...
