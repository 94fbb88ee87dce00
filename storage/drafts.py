"""Drafts: what people have answered so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.types import Draft
from storage.mapping import Values, draft_from, draft_values
from storage.prepared import Prepared
from storage.revisions import must_move
from storage.tables import Drafts
from storage.vault import Field, Vault

_T = Drafts.__table__
_BODY = Field(_T.c.body)
_ADD = Prepared(insert(_T))
_GET = Prepared(select(_T.c.body).where(_T.c.id == bindparam("key")))
_MINE = Prepared(select(_T.c.body).where(_T.c.id == bindparam("key"), _T.c.owner == bindparam("of")))
_MINE_NOW = (_T.c.id == bindparam("key"), _T.c.owner == bindparam("of"))  # a draft never changes hands
_REVISION = Prepared(select(_T.c.revision).where(*_MINE_NOW))
_SAVE = Prepared(update(_T).where(*_MINE_NOW, _T.c.revision == bindparam("expected")))
_OPEN_OF = (
    select(_T.c.id, _T.c.body)
    .where(_T.c.owner == bindparam("owner"), _T.c.status == "open")
    .order_by(_T.c.changed_at.desc(), _T.c.id)
)
_EXPIRED = select(_T.c.id, _T.c.body).where(_T.c.expires_at <= bindparam("now", type_=_T.c.expires_at.type))
_EXPIRED = _EXPIRED.order_by(_T.c.expires_at, _T.c.id)
_DELETE = delete(_T).where(_T.c.id == bindparam("key"))


class SqlDrafts:
    """Drafts in one open transaction; `stamp` gives a moment that is later than every one before it."""

    def __init__(self, connection: Connection, stamp: Callable[[], datetime], vault: Vault) -> None:
        self._db, self._stamp, self._vault = connection, stamp, vault

    def add(self, draft: Draft) -> None:
        """Store a new draft."""
        _ADD.change(self._db, self._values(draft))

    def get(self, draft_id: str) -> Draft | None:
        """The draft with this id, whatever its status, or None."""
        rows = _GET.fetch(self._db, {"key": draft_id})
        return self._open(draft_id, rows[0][0]) if rows else None

    def mine(self, draft_id: str, owner: str) -> Draft | None:
        """The draft when this person owns it."""
        rows = _MINE.fetch(self._db, {"key": draft_id, "of": owner})
        return self._open(draft_id, rows[0][0]) if rows else None

    def save(self, draft: Draft, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the revision or the owner is another, or it is gone."""
        must_move(draft.revision, expected_revision)
        values = self._values(draft) | {"key": draft.id, "of": draft.owner, "expected": expected_revision}
        return _SAVE.change(self._db, values) == 1

    def close(self, draft: Draft, expected_revision: int) -> bool:
        """`save` for the last time, under a new key: what was written before can't be opened any more."""
        if _REVISION.fetch(self._db, {"key": draft.id, "of": draft.owner}) != [(expected_revision,)]:
            return False
        self._vault.shred(_BODY.kind, draft.id)
        return self.save(draft, expected_revision)

    def open_of(self, person_id: str) -> Sequence[Draft]:
        """Open drafts, the latest changed first."""
        return [self._open(*row) for row in self._db.execute(_OPEN_OF, {"owner": person_id})]

    def expired(self, now: datetime) -> Sequence[Draft]:
        """Drafts of any status whose time is up, the oldest first."""
        return [self._open(*row) for row in self._db.execute(_EXPIRED, {"now": now})]

    def delete(self, draft_id: str) -> None:
        """Remove a draft and every answer in it, for good: its key goes too."""
        self._db.execute(_DELETE, {"key": draft_id})
        self._vault.shred(_BODY.kind, draft_id)

    def _values(self, draft: Draft) -> Values:
        values = draft_values(draft, self._stamp())
        return values | {"body": _BODY.seal(self._vault, draft.id, draft.id, values["body"])}

    def _open(self, draft_id: str, body: Any) -> Draft:
        return draft_from(_BODY.open(self._vault, draft_id, body))
