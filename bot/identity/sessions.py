"""What a session is: how it begins, becomes surer and ends. Used inside an open transaction."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.ports import UnitOfWork, WebSession
from dialogs.identity import SESSION_LIFE, Assurance, Method

IDLE = timedelta(minutes=30)  # a staff PC must not stay open
SHARED_IDLE = timedelta(minutes=10)  # a computer that others use: the next person stands right behind
ABSOLUTE = SESSION_LIFE
MOST = 5  # sessions of one person; the one that was used longest ago gives way


@dataclass(frozen=True)
class Place:
    """Where somebody signs in: the browser in two words, and whether others use it too."""

    device: str = ""
    shared: bool = False


ANYWHERE = Place()


def begin(uow: UnitOfWork, session: WebSession) -> None:
    """Open a session inside a transaction; of too many, those that were used longest ago end."""
    for old in uow.doors.sessions_of(session.person_id)[MOST - 1 :]:
        uow.doors.end_session(old.token_hash)
    uow.doors.add_session(session)
    uow.identity.was_here(session.person_id, session.seen_at)


def raised(uow: UnitOfWork, old: WebSession, token: str, assurance: Assurance, method: Method, now: datetime) -> None:
    """Put a surer session under a new token in an old one's place. Its twelve hours still count from the first."""
    uow.doors.end_session(old.token_hash)
    fresh = replace(old, token_hash=hashed(token), seen_at=now, assurance=assurance, method=method)
    uow.doors.add_session(fresh)


def ends_at(session: WebSession) -> datetime:
    """When this session ends if nothing more is done in it."""
    idle = SHARED_IDLE if session.shared else IDLE
    return min(session.seen_at + idle, session.created_at + ABSOLUTE)


def fresh_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def public_id(token_hash: str) -> str:
    """A name for a session that can stand in a page."""
    return hashlib.sha256(token_hash.encode()).hexdigest()[:16]


def hashed(token: str) -> str:
    """What is stored of a token: it has 256 random bits, so a plain hash can't be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
