"""What the use cases need for letting people in: invitations, sessions, ways to sign in, and wrong tries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dialogs.access.decide import Miss
from dialogs.identity import Challenge, Credential, Kind, Tries, WebSession
from dialogs.records import Invite


class Doors(Protocol):
    """Invitations and web sessions."""

    def add_invite(self, invite: Invite) -> None: ...
    def take_invite(self, code_hash: str, now: datetime, *, chat: bool = False) -> Invite | None:
        """Use an invitation up: the invite once, then None; also None when it has run out, or when it is for the web
        only and a chat asks.
        """
        ...

    def open_invites(self, now: datetime) -> Sequence[Invite]:
        """Invitations that nobody has used and that have not run out, the first to run out first."""
        ...

    def withdraw_invite(self, code_hash: str) -> bool:
        """Delete an invitation that nobody has used; False when there is no such one."""
        ...

    def add_session(self, session: WebSession) -> None: ...
    def session(self, token_hash: str) -> WebSession | None: ...
    def sessions_of(self, person_id: str) -> Sequence[WebSession]:
        """The person's sessions, the latest used first."""
        ...

    def touch_session(self, token_hash: str, now: datetime) -> None: ...
    def end_session(self, token_hash: str) -> None: ...
    def end_sessions_of(self, person_id: str) -> int:
        """Sign the person out everywhere; how many sessions that ended."""
        ...

    def sweep_sessions(self, begun_before: datetime) -> int: ...


class Identity(Protocol):
    """Ways to sign in, and what waits for an answer. Everything is found by a hash of what is brought."""

    def add(self, credential: Credential) -> bool:
        """Store a new credential; False, and nothing written, when its `lookup` is taken."""
        ...

    def get(self, lookup: str) -> Credential | None: ...
    def of_person(self, person_id: str, kind: Kind | None = None) -> Sequence[Credential]:
        """The person's credentials, the oldest first."""
        ...

    def save(self, credential: Credential) -> bool:
        """Write data and time of use where the revision is still the credential's, then add one; False otherwise."""
        ...

    def remove(self, lookup: str) -> None: ...
    def remove_of(self, person_id: str, kind: Kind | None = None) -> int: ...
    def put_challenge(self, challenge: Challenge) -> None:
        """Store it, in place of an older one with the same key."""
        ...

    def challenge(self, key_hash: str, now: datetime) -> Challenge | None: ...
    def take_challenge(self, key_hash: str, kind: str, now: datetime) -> Challenge | None:
        """Use it up: the challenge once, then None; also None when it has run out or is of another kind."""
        ...

    def forget_challenges_of(self, person_id: str) -> None: ...
    def tries(self, key: str) -> Tries | None: ...
    def put_tries(self, tries: Tries) -> None: ...
    def forget_tries(self, key: str) -> None: ...
    def sweep(self, now: datetime, tries_before: datetime) -> int:
        """Delete challenges that have run out and windows that opened before; how many rows."""
        ...

    def was_here(self, person_id: str, now: datetime) -> None:
        """Write down that the person has been seen, on whatever channel."""
        ...

    def seen(self, person_id: str) -> bool:
        """Whether the person has ever been seen."""
        ...

    def unseen_since(self, before: datetime) -> Sequence[str]:
        """Ids of active people who were last seen before this moment; people who were never seen are not among them."""
        ...


class Exits(Protocol):
    """Taking away what opens for somebody, for whoever keeps people; it opens nothing for anybody."""

    def shut(self, person_id: str, *, ways: bool) -> None:
        """End the person's sessions, what waits for an answer, and open invitations; with `ways`, ways in too."""
        ...

    def proves(self, person_id: str) -> bool:
        """Whether the person has a second factor."""
        ...

    def renew(self, person_id: str, now: datetime) -> None:
        """The person is back: being unseen counts from now."""
        ...

    def vouch(self, person_id: str, *, known: bool) -> Sequence[str] | None:
        """Say whether it is them whom an administrator let in: who watches over privacy, to be told of a no.

        Known: their lock is taken away. Not known: it stays, and sessions, ways in and the chat end. None, and nothing
        done, where there is no lock, or where one made the way in oneself.
        """
        ...

    def missed(self, person_id: str, how: Miss) -> None:
        """Write down that somebody did not get in; "" for a name or a key that is nobody's."""
        ...
