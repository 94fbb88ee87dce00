"""Receipts: the stored answer to each incoming event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from dialogs.records import Receipt
from storage.prepared import Prepared
from storage.tables import Receipts
from storage.vault import Field, Vault, key_of_day

_T = Receipts.__table__
_REPLY = Field(_T.c.reply)
_GET = Prepared(select(_T.c.reply).where(_T.c.key == bindparam("k")))
_PUT = Prepared(insert(_T))
_SWEEP = delete(_T).where(_T.c.at < bindparam("before", type_=_T.c.at.type))


class SqlReceipts:
    """Receipts in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def get(self, key: str) -> dict[str, Any] | None:
        """The reply that this event got, or None when it is new."""
        rows = _GET.fetch(self._db, {"k": key})
        return _REPLY.open(self._vault, key, rows[0][0]) if rows else None

    def put(self, receipt: Receipt) -> None:
        """Store the reply; the same key twice is refused, so that no event can take effect twice."""
        reply = _REPLY.seal(self._vault, receipt.key, key_of_day(receipt.at), receipt.reply)
        _PUT.change(self._db, {"key": receipt.key, "reply": reply, "at": receipt.at})

    def sweep(self, before: datetime) -> int:
        """Delete receipts from before this moment, and the keys of days that are over; how many receipts they were."""
        self._vault.shred_before(_REPLY.kind, key_of_day(before))
        return self._db.execute(_SWEEP, {"before": before}).rowcount
