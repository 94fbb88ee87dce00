"""One open transaction and its repositories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from storage.audit import SqlAudit
from storage.cases import SqlCases
from storage.conversations import SqlConversations
from storage.doors import SqlDoors
from storage.drafts import SqlDrafts
from storage.filings import SqlFilings
from storage.identity import SqlIdentity
from storage.keyring import KeyRing
from storage.meetings import SqlMeetings
from storage.members import SqlEmergencies, SqlMembers
from storage.notes import SqlNotes
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.receipts import SqlReceipts
from storage.retention import SqlRetention
from storage.statements import Upsert
from storage.tables import Pulse
from storage.traces import SqlTraces
from storage.vault import Vault

_PULSE = Pulse.__table__


def _beat(insert_into: Any) -> Any:
    row = insert_into(_PULSE)
    return row.on_conflict_do_update(index_elements=["id"], set_={"at": row.excluded.at})


_BEAT = Upsert(_beat)


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Stamps:
    """Moments that never stand still, so that "latest first" has one answer even when the clock does."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._last = now, datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """Now, or just after the moment given before."""
        self._last = max(self._now(), self._last + timedelta(microseconds=1))
        return self._last


class SqlUnitOfWork:
    """The repositories over one connection; whoever opened the transaction commits it."""

    def __init__(self, connection: Connection, stamps: Callable[[], datetime], ring: KeyRing) -> None:
        self._db, self._stamps = connection, stamps
        self.vault = vault = Vault(connection, ring)
        self.people = SqlPeople(connection, vault)
        self.conversations = SqlConversations(connection, vault)
        self.drafts = SqlDrafts(connection, stamps, vault)
        self.cases = SqlCases(connection, vault)
        self.filings = SqlFilings(connection, vault)
        self.meetings = SqlMeetings(connection, vault)
        self.outbox = SqlOutbox(connection)
        self.receipts = SqlReceipts(connection, vault)
        self.retention = SqlRetention(connection, vault)
        self.doors = SqlDoors(connection)
        self.traces = SqlTraces(connection)
        self.identity = SqlIdentity(connection, vault)
        self.notes = SqlNotes(connection, vault)
        self.audit = SqlAudit(connection, vault)
        self.members = SqlMembers(connection)
        self.emergencies = SqlEmergencies(connection, vault)

    def beat(self) -> None:
        """Write something, for the health probe."""
        self._db.execute(_BEAT.on(self._db), {"id": 1, "at": self._stamps()})
