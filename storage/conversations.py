"""Where each person is, whatever channel they use."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from dialogs.records import Conversation
from storage.mapping import conversation_body, conversation_from
from storage.prepared import Prepared
from storage.statements import Upsert
from storage.tables import Conversations
from storage.vault import Field, Vault

_T = Conversations.__table__
_BODY = Field(_T.c.body)
_GET = Prepared(select(_T.c.revision, _T.c.body).where(_T.c.person_id == bindparam("key")))
_START = Prepared(Upsert(lambda insert: insert(_T).on_conflict_do_nothing(index_elements=["person_id"])))
_OURS = update(_T).where(_T.c.person_id == bindparam("key"), _T.c.revision == bindparam("expected"))
_MOVE = Prepared(_OURS.values(revision=bindparam("revision"), body=bindparam("body")))


class SqlConversations:
    """Conversations in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def get(self, person_id: str) -> Conversation:
        """The person's conversation; a fresh one when there is none yet."""
        rows = _GET.fetch(self._db, {"key": person_id})
        if not rows:
            return Conversation(person_id)
        return conversation_from(person_id, rows[0][0], _BODY.open(self._vault, person_id, rows[0][1]))

    def save(self, conversation: Conversation) -> bool:
        """Write it where the stored revision equals `conversation.revision`, then add one; False when it moved on.

        Revision 0 is never stored: it means that there is no row yet.
        """
        person_id = conversation.person_id
        body = _BODY.seal(self._vault, person_id, person_id, conversation_body(conversation))
        values = {"revision": conversation.revision + 1, "body": body}
        if conversation.revision == 0:
            return _START.change(self._db, values | {"person_id": conversation.person_id}) == 1
        return _MOVE.change(self._db, values | {"key": conversation.person_id, "expected": conversation.revision}) == 1
