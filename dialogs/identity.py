"""What is kept of how people sign in: sessions, credentials, and what must come back within minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

# How sure we are of who somebody is. `two` opens what is written about a child; `practice` is the demo, where nobody
# is real and everything is open.
Assurance = Literal["none", "one", "two", "practice"]
SESSION_LIFE = timedelta(hours=12)  # however busy: a working day
TRIES_WINDOW = timedelta(hours=1)
OPENS_CASES: frozenset[Assurance] = frozenset({"two", "practice"})

# What a session began with, and what was added to it.
Method = Literal["invite", "passphrase", "totp", "recovery", "passkey", "oidc", "practice"]
Kind = Literal["passphrase", "totp", "recovery", "passkey", "oidc"]
SECOND: tuple[Kind, ...] = ("totp", "passkey", "oidc")  # what can open cases


@dataclass(frozen=True)
class WebSession:
    """A signed-in browser. Only the hash of its token is stored."""

    token_hash: str
    person_id: str
    created_at: datetime
    seen_at: datetime
    assurance: Assurance = "one"
    method: Method = "invite"
    device: str = ""  # in two words, such as "Firefox, Windows": no version, no address
    shared: bool = False  # a computer that others use too: a short idle time


@dataclass(frozen=True)
class Credential:
    """One way in of one person; `lookup` is the hash of what is brought: a login name, a key's id, a subject."""

    lookup: str
    person_id: str
    kind: Kind
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])  # all that is secret about it, in one column
    created_at: datetime | None = None
    used_at: datetime | None = None
    revision: int = 0


@dataclass(frozen=True)
class Challenge:
    """What counts for minutes: a passkey's challenge, an OIDC state and a Telegram link, which must come back, once;
    and that somebody has just proved who they are.
    """

    key_hash: str
    kind: str
    expires_at: datetime
    person_id: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Tries:
    """How many tries have failed under one key since the window opened. The key is a keyed hash of whom or where."""

    key: str
    count: int
    since: datetime
