"""The ways in: invitations and web sessions. Only hashes of secrets are stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.records import Invite, WebSession
from storage.mapping import invite_from, session_from
from storage.tables import Invites, WebSessions

_INVITES, _SESSIONS = Invites.__table__, WebSessions.__table__
_TAKE = (
    update(_INVITES)
    .where(
        _INVITES.c.code_hash == bindparam("key"),
        _INVITES.c.used_at.is_(None),
        _INVITES.c.expires_at > bindparam("now", type_=_INVITES.c.expires_at.type),
    )
    .values(used_at=bindparam("now", type_=_INVITES.c.used_at.type))
    .returning(_INVITES)
)
_SESSION = select(_SESSIONS).where(_SESSIONS.c.token_hash == bindparam("key"))
_TOUCH = update(_SESSIONS).where(_SESSIONS.c.token_hash == bindparam("key")).values(seen_at=bindparam("now"))
_END = delete(_SESSIONS).where(_SESSIONS.c.token_hash == bindparam("key"))


class SqlDoors:
    """Invitations and sessions in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add_invite(self, invite: Invite) -> None:
        """Store a new invitation."""
        values = {
            "code_hash": invite.code_hash,
            "role": invite.role,
            "school_id": invite.school_id,
            "person_id": invite.person_id,
            "expires_at": invite.expires_at,
            "used_at": invite.used_at,
        }
        self._db.execute(insert(_INVITES), values)

    def take_invite(self, code_hash: str, now: datetime) -> Invite | None:
        """Use an invitation up: the invite once, then None; also None when it has run out."""
        row = self._db.execute(_TAKE, {"key": code_hash, "now": now}).first()
        return invite_from(row) if row else None

    def add_session(self, session: WebSession) -> None:
        """Store a new session."""
        values = {
            "token_hash": session.token_hash,
            "person_id": session.person_id,
            "created_at": session.created_at,
            "seen_at": session.seen_at,
        }
        self._db.execute(insert(_SESSIONS), values)

    def session(self, token_hash: str) -> WebSession | None:
        """The session behind this token, or None."""
        row = self._db.execute(_SESSION, {"key": token_hash}).first()
        return session_from(row) if row else None

    def touch_session(self, token_hash: str, now: datetime) -> None:
        """Write down that the session was used."""
        self._db.execute(_TOUCH, {"key": token_hash, "now": now})

    def end_session(self, token_hash: str) -> None:
        """Sign out: the token opens nothing from now on."""
        self._db.execute(_END, {"key": token_hash})
