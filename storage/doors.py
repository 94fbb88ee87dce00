"""The ways in: invitations and web sessions. Only hashes of secrets are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, false, insert, or_, select, update

from dialogs.identity import WebSession
from dialogs.records import Invite
from storage.mapping import invite_from, session_from
from storage.tables import Invites, WebSessions

_INVITES, _SESSIONS = Invites.__table__, WebSessions.__table__
_TAKE = (
    update(_INVITES)
    .where(
        _INVITES.c.code_hash == bindparam("key"),
        _INVITES.c.used_at.is_(None),
        _INVITES.c.expires_at > bindparam("now", type_=_INVITES.c.expires_at.type),
        or_(_INVITES.c.web_only == false(), ~bindparam("chat", type_=_INVITES.c.web_only.type)),
    )
    .values(used_at=bindparam("now", type_=_INVITES.c.used_at.type))
    .returning(_INVITES)
)
_OPEN_INVITES = (
    select(_INVITES)
    .where(_INVITES.c.used_at.is_(None), _INVITES.c.expires_at > bindparam("now", type_=_INVITES.c.expires_at.type))
    .order_by(_INVITES.c.expires_at, _INVITES.c.code_hash)
)
_WITHDRAW = delete(_INVITES).where(_INVITES.c.code_hash == bindparam("key"), _INVITES.c.used_at.is_(None))
_SESSION = select(_SESSIONS).where(_SESSIONS.c.token_hash == bindparam("key"))
_SESSIONS_OF = (
    select(_SESSIONS)
    .where(_SESSIONS.c.person_id == bindparam("person"))
    .order_by(_SESSIONS.c.seen_at.desc(), _SESSIONS.c.token_hash)
)
_TOUCH = update(_SESSIONS).where(_SESSIONS.c.token_hash == bindparam("key")).values(seen_at=bindparam("now"))
_END = delete(_SESSIONS).where(_SESSIONS.c.token_hash == bindparam("key"))
_END_ALL = delete(_SESSIONS).where(_SESSIONS.c.person_id == bindparam("person"))
_SWEEP = delete(_SESSIONS).where(_SESSIONS.c.created_at < bindparam("before", type_=_SESSIONS.c.created_at.type))


class SqlDoors:
    """Invitations and sessions in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add_invite(self, invite: Invite) -> None:
        """Store a new invitation."""
        self._db.execute(insert(_INVITES), asdict(invite))

    def take_invite(self, code_hash: str, now: datetime, *, chat: bool = False) -> Invite | None:
        """Use an invitation up: the invite once, then None; also None when it has run out or is not for a chat."""
        row = self._db.execute(_TAKE, {"key": code_hash, "now": now, "chat": chat}).first()
        return invite_from(row) if row else None

    def open_invites(self, now: datetime) -> Sequence[Invite]:
        """Invitations that nobody has used and that have not run out, the first to run out first."""
        return [invite_from(row) for row in self._db.execute(_OPEN_INVITES, {"now": now})]

    def withdraw_invite(self, code_hash: str) -> bool:
        """Delete an invitation that nobody has used; False when there is no such one."""
        return self._db.execute(_WITHDRAW, {"key": code_hash}).rowcount > 0

    def add_session(self, session: WebSession) -> None:
        """Store a new session."""
        self._db.execute(insert(_SESSIONS), asdict(session))

    def session(self, token_hash: str) -> WebSession | None:
        """The session behind this token, or None."""
        row = self._db.execute(_SESSION, {"key": token_hash}).first()
        return session_from(row) if row else None

    def sessions_of(self, person_id: str) -> Sequence[WebSession]:
        """The person's sessions, the latest used first."""
        return [session_from(row) for row in self._db.execute(_SESSIONS_OF, {"person": person_id})]

    def touch_session(self, token_hash: str, now: datetime) -> None:
        """Write down that the session was used."""
        self._db.execute(_TOUCH, {"key": token_hash, "now": now})

    def end_session(self, token_hash: str) -> None:
        """Sign out: the token opens nothing from now on."""
        self._db.execute(_END, {"key": token_hash})

    def end_sessions_of(self, person_id: str) -> int:
        """Sign the person out everywhere; how many sessions that ended."""
        return self._db.execute(_END_ALL, {"person": person_id}).rowcount

    def sweep_sessions(self, begun_before: datetime) -> int:
        """Delete sessions whose last hour has come; how many there were."""
        return self._db.execute(_SWEEP, {"before": begun_before}).rowcount
