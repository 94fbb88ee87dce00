"""What signing in and the secure page need from the use cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.app.turns.incoming import Incoming
from bot.identity.sessions import ANYWHERE, Place
from dialogs.access import Actor
from dialogs.access.vouching import locked
from dialogs.identity import OPENS_CASES, Assurance
from dialogs.people import Person
from dialogs.replies import Reply


@dataclass(frozen=True)
class DemoPerson:
    """One of the fictional people that a demo lets you be."""

    person_id: str
    name: str
    role: str  # in words: "lærer", "socialrådgiver"
    school: str


@dataclass(frozen=True)
class SignedIn:
    person: Person
    minutes_left: int  # until the session ends by itself
    assurance: Assurance = "practice"  # how sure we are that it is this person
    shared: bool = False  # a computer that others use too
    until: datetime | None = None  # the moment it ends if nothing more is done
    session: str = ""  # what the log calls this session: never the token, never its stored hash

    @property
    def opens_cases(self) -> bool:
        """Whether what is written about a child may be shown and taken here."""
        return self.proven and not self.waits

    @property
    def proven(self) -> bool:
        """Whether two things have proved who this is."""
        return self.assurance in OPENS_CASES

    @property
    def waits(self) -> bool:
        """Whether somebody else has to say first that it is them (dialogs/access/vouching.py)."""
        return locked(self.person)


@dataclass(frozen=True)
class Device:
    """One open session, as its owner sees it."""

    id: str  # not the token and not its stored hash: it can end the session, and nothing else
    device: str
    since: datetime
    seen: datetime
    shared: bool
    here: bool


class Doors(Protocol):
    """Browser sessions. Tokens are secrets of ≥ 128 bits; only their hashes are stored."""

    async def who(self, token: str, *, touch: bool = True) -> SignedIn | None:
        """Whose session this is; `touch` counts as activity. None when it has ended or never was."""
        ...

    async def redeem(self, code: str, place: Place = ANYWHERE) -> str | None:
        """Use an invitation up and start a session: its token, or None when the code is no good."""
        ...

    async def devices(self, token: str) -> Sequence[Device]:
        """The open sessions of whoever this token signs in, this one first."""
        ...

    async def end_device(self, token: str, device_id: str) -> bool:
        """End one of the person's other sessions; False when there is no such one."""
        ...

    async def end_others(self, token: str) -> None:
        """End all of the person's sessions but this one."""
        ...

    async def be(self, person_id: str, place: Place = ANYWHERE) -> str | None:
        """Start a session as a demo person: its token. None for anybody else, and always None outside a demo."""
        ...

    async def end(self, token: str) -> None: ...

    async def demo_people(self) -> Sequence[DemoPerson]:
        """The people of the demo; nobody outside a demo."""
        ...


@dataclass(frozen=True)
class Way:
    """Somebody was let in: the session's token, and what the link or the button leads to."""

    token: str
    person_id: str
    kind: str
    id: str


class Secure(Protocol):
    """The secure page, where what Telegram may not carry is written."""

    async def by_link(self, secret: str, place: Place) -> Way | None:
        """Use a one-time link up. None when it is used, old or never was."""
        ...

    async def by_app(self, init_data: str, arg: str, place: Place) -> Way | None:
        """Let in whom Telegram vouches for, once for each proof."""
        ...

    async def link_by_app(self, init_data: str, arg: str) -> str | None:
        """A fresh link for whom Telegram vouches for: the page is a frame, and what is written needs a browser."""
        ...

    async def write(self, actor: Actor, incoming: Incoming, key: str | None) -> Reply:
        """One turn of the conversation, after which the Telegram chat goes on."""
        ...
