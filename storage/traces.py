"""Which messages stand in Telegram chats: numbers and times, never a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select

from dialogs.records import Trace
from storage.statements import Upsert
from storage.tables import Traces

_T = Traces.__table__


def _leave(insert: Callable[[Any], Any]) -> Any:
    return insert(_T).on_conflict_do_nothing(index_elements=["chat_id", "message_id"])


_LEAVE = Upsert(_leave)
_OLD = select(_T.c.chat_id).where(_T.c.at < bindparam("before", type_=_T.c.at.type))
_TAKE = (
    delete(_T)
    .where(
        or_(
            _T.c.chat_id == bindparam("chat"),
            _T.c.chat_id.in_(_OLD) & (_T.c.at < bindparam("along", type_=_T.c.at.type)),
        )
    )
    .returning(_T.c.chat_id, _T.c.message_id, _T.c.person_id, _T.c.at)
)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
NO_CHAT = 0  # Telegram gives no chat this number


class SqlTraces:
    """The same messages in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def leave(self, trace: Trace) -> None:
        """Note a message; one that is known keeps its first moment."""
        self._db.execute(_LEAVE.on(self._db), asdict(trace))

    def take(self, before: datetime, along: datetime) -> Sequence[Trace]:
        """Take out what stood there before the first moment, and of the same chats what came before the second."""
        return self._taken(before, along, NO_CHAT)

    def take_all(self, chat_id: int) -> Sequence[Trace]:
        """Take out everything of one chat."""
        return self._taken(LONG_AGO, LONG_AGO, chat_id)

    def _taken(self, before: datetime, along: datetime, chat: int) -> Sequence[Trace]:
        rows = self._db.execute(_TAKE, {"before": before, "along": along, "chat": chat})
        return sorted((Trace(*row) for row in rows), key=lambda one: (one.chat_id, one.message_id))
