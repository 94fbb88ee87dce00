"""Receipts: the stored answer to each incoming event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from dialogs.records import Receipt
from storage.prepared import Prepared
from storage.tables import Receipts

_T = Receipts.__table__
_GET = Prepared(select(_T.c.reply).where(_T.c.key == bindparam("k")))
_PUT = Prepared(insert(_T))
_SWEEP = delete(_T).where(_T.c.at < bindparam("before", type_=_T.c.at.type))


class SqlReceipts:
    """Receipts in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, key: str) -> dict[str, Any] | None:
        """The reply that this event got, or None when it is new."""
        rows = _GET.fetch(self._db, {"k": key})
        return rows[0][0] if rows else None

    def put(self, receipt: Receipt) -> None:
        """Store the reply; the same key twice is refused, so that no event can take effect twice."""
        _PUT.change(self._db, {"key": receipt.key, "reply": receipt.reply, "at": receipt.at})

    def sweep(self, before: datetime) -> int:
        """Delete receipts from before this moment; how many they were."""
        return self._db.execute(_SWEEP, {"before": before}).rowcount
