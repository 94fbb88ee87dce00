"""Drafts: what people have answered so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.types import Draft
from storage.mapping import draft_from, draft_values
from storage.prepared import Prepared
from storage.revisions import must_move
from storage.tables import Drafts

_T = Drafts.__table__
_ADD = insert(_T)
_GET = Prepared(select(_T.c.body).where(_T.c.id == bindparam("key")))
_SAVE = Prepared(update(_T).where(_T.c.id == bindparam("key"), _T.c.revision == bindparam("expected")))
_OPEN_OF = (
    select(_T.c.body)
    .where(_T.c.owner == bindparam("owner"), _T.c.status == "open")
    .order_by(_T.c.changed_at.desc(), _T.c.id)
)
_EXPIRED = select(_T.c.body).where(_T.c.expires_at <= bindparam("now", type_=_T.c.expires_at.type))
_EXPIRED = _EXPIRED.order_by(_T.c.expires_at, _T.c.id)
_DELETE = delete(_T).where(_T.c.id == bindparam("key"))


class SqlDrafts:
    """Drafts in one open transaction; `stamp` gives a moment that is later than every one before it."""

    def __init__(self, connection: Connection, stamp: Callable[[], datetime]) -> None:
        self._db, self._stamp = connection, stamp

    def add(self, draft: Draft) -> None:
        """Store a new draft."""
        self._db.execute(_ADD, draft_values(draft, self._stamp()))

    def get(self, draft_id: str) -> Draft | None:
        """The draft with this id, whatever its status, or None."""
        rows = _GET.fetch(self._db, {"key": draft_id})
        return draft_from(rows[0][0]) if rows else None

    def save(self, draft: Draft, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the stored revision is another, or the draft is gone."""
        must_move(draft.revision, expected_revision)
        values = draft_values(draft, self._stamp()) | {"key": draft.id, "expected": expected_revision}
        return _SAVE.change(self._db, values) == 1

    def open_of(self, person_id: str) -> Sequence[Draft]:
        """Open drafts, the latest changed first."""
        return [draft_from(body) for body in self._db.execute(_OPEN_OF, {"owner": person_id}).scalars()]

    def expired(self, now: datetime) -> Sequence[Draft]:
        """Drafts of any status whose time is up, the oldest first."""
        return [draft_from(body) for body in self._db.execute(_EXPIRED, {"now": now}).scalars()]

    def delete(self, draft_id: str) -> None:
        """Remove a draft and every answer in it."""
        self._db.execute(_DELETE, {"key": draft_id})
