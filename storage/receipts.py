"""Receipts: the stored answer to each incoming event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from dialogs.records import Receipt
from storage.tables import Receipts

_T = Receipts.__table__
_GET = select(_T.c.reply).where(_T.c.key == bindparam("k"))
_PUT = insert(_T)
_SWEEP = delete(_T).where(_T.c.at < bindparam("before", type_=_T.c.at.type))


class SqlReceipts:
    """Receipts in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, key: str) -> dict[str, Any] | None:
        """The reply that this event got, or None when it is new."""
        return self._db.execute(_GET, {"k": key}).scalar()

    def put(self, receipt: Receipt) -> None:
        """Store the reply; the same key twice is refused, so that no event can take effect twice."""
        self._db.execute(_PUT, {"key": receipt.key, "reply": receipt.reply, "at": receipt.at})

    def sweep(self, before: datetime) -> int:
        """Delete receipts from before this moment; how many they were."""
        return self._db.execute(_SWEEP, {"before": before}).rowcount
