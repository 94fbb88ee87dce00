"""What the professions add to their cards: rows are only added, and the highest version is the one that counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dialogs.guides.localnotes import LocalNote
from storage.sealing import row_name
from storage.statements import Upsert
from storage.tables import ProfileNotes
from storage.vault import Field, Unreadable, Vault

_T = ProfileNotes.__table__
_BODY = Field(_T.c.body)
_KEY = ("profession", "school_id", "version")
_ADD = Upsert(lambda insert: insert(_T).on_conflict_do_nothing(index_elements=list(_KEY)))


class SqlNotes:
    """Local notes in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def versions(self, profession: str, school_id: str) -> Sequence[LocalNote]:
        """All versions of one note, the oldest first; without what an older version sealed for one who left."""
        mine = (_T.c.profession == profession, _T.c.school_id == school_id)
        rows = self._db.execute(select(_T).where(*mine).order_by(_T.c.version)).all()
        return [note for row in rows if (note := self._note(row)) is not None]

    def add(self, note: LocalNote) -> bool:
        """Store the next version; False, and nothing written, when that version is taken."""
        values: dict[str, Any] = {name: getattr(note, name) for name in (*_KEY, "author_id", "role", "at")}
        values["body"] = _BODY.seal(self._vault, row_name(_BODY, note), note.school_id, {"text": note.text})
        return self._db.execute(_ADD.on(self._db), values).rowcount == 1

    def _note(self, row: Any) -> LocalNote | None:
        try:
            body = _BODY.open(self._vault, row_name(_BODY, row), row.body)
        except Unreadable:
            return None
        return LocalNote(row.profession, row.school_id, row.version, row.author_id, row.role, body["text"], row.at)
