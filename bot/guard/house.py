"""The house's own repositories behind the guard: notices, receipts, and how people get in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.guard.hall import Hand
from bot.ports import Doors, Forbidden, Identity, Invite, Outbox, Receipt, Vault, WebSession
from dialogs.access.decide import Deny, Resource
from dialogs.access.rules import Tie
from dialogs.access.vouching import let_in, locked
from dialogs.guides.localnotes import LocalNote
from dialogs.identity import SECOND
from dialogs.notices import Arrived, Channel, OutboxRow, Wish
from dialogs.records import Trace


class GuardedOutbox:
    """The Outbox port in one actor's hands: people ask for notices to be sent and read their own."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.outbox

    def add(self, wish: Wish) -> bool:
        """Store a wish; it has no content, and its recipient is checked when it is sent."""
        self._hand.need("notice.write", Resource("notice"))
        return self._raw.add(wish)

    def due_of_person(self, person_id: str, now: datetime, limit: int = 50) -> Sequence[Arrived]:
        """What oneself was told."""
        return self._raw.due_of_person(person_id, now, limit) if self._lists(person_id) else []

    def unread(self, person_id: str, now: datetime) -> int:
        """How much of one's own is new."""
        return self._raw.unread(person_id, now) if self._lists(person_id) else 0

    def saw_meeting(self, person_id: str, meeting_id: str, now: datetime) -> None:
        """One has looked oneself."""
        self._own(person_id)
        self._raw.saw_meeting(person_id, meeting_id, now)

    def pending_of_person(self, person_id: str) -> Sequence[OutboxRow]:
        """One's own that wait."""
        return self._raw.pending_of_person(person_id) if self._lists(person_id) else []

    def gathered_by(self, person_id: str, reason: str) -> Sequence[OutboxRow]:
        """What one message has told of before."""
        return self._sender().gathered_by(person_id, reason)

    def ahead_of(self, row: OutboxRow) -> Sequence[OutboxRow]:
        """What is to go before a row."""
        return self._sender().ahead_of(row)

    def last_sent(self, person_id: str, channel: Channel) -> datetime | None:
        """When a person's channel was used last."""
        return self._sender().last_sent(person_id, channel)

    def _lists(self, person_id: str) -> bool:
        ties: tuple[Tie, ...] = ("self",) if self._hand.is_me(person_id) else ()
        return self._hand.may("notice.list", Resource("notice"), ties)

    def of_case(self, case_id: str) -> Sequence[OutboxRow]:
        """Refused: who was told of a case is a part of what is held about it, and leaves with the rest (`dossiers`)."""
        raise Forbidden("notice.list")

    def cancel(self, draft_id: str, reason: str) -> int:
        """Drop what waits about one's own draft; what waits about a case is nobody's to silence."""
        self._hand.need("notice.write", Resource("notice"))
        if not self._hand.service and self._hand.raw.drafts.mine(draft_id, self._hand.me) is None:
            self._hand.note("notice.write", Resource("draft", draft_id), Deny("no_tie"))
            raise Forbidden("notice.write")
        return self._raw.cancel(draft_id, reason)

    def get(self, row_id: int) -> OutboxRow | None:
        """One row, for the sender."""
        return self._sender().get(row_id)

    def claim(self, now: datetime, token: str, lease_seconds: float, limit: int) -> Sequence[OutboxRow]:
        """Lease due rows."""
        return self._sender().claim(now, token, lease_seconds, limit)

    def finish(self, row: OutboxRow, token: str) -> bool:
        """Write a row's outcome."""
        return self._sender().finish(row, token)

    def rescue(self, now: datetime) -> Sequence[OutboxRow]:
        """Rows whose lease ran out."""
        return self._sender().rescue(now)

    def put_off(self, row_id: int, person_id: str, until: datetime) -> bool:
        """Put one's own off."""
        self._own(person_id)
        return self._raw.put_off(row_id, person_id, until)

    def turn_off(self, row_id: int, person_id: str) -> bool:
        """Turn one's own off."""
        self._own(person_id)
        return self._raw.turn_off(row_id, person_id)

    def gather(self, row_ids: Sequence[int], person_id: str, reason: str, now: datetime) -> Sequence[int]:
        """One message tells of these: the sender's."""
        return self._sender().gather(row_ids, person_id, reason, now)

    def _own(self, person_id: str) -> None:
        ties: tuple[Tie, ...] = ("self",) if self._hand.is_me(person_id) else ()
        self._hand.need("notice.settle", Resource("notice"), ties)

    def take_turn(self, road: str, now: datetime, gap: timedelta) -> datetime:
        """The next turn on a road."""
        return self._sender().take_turn(road, now, gap)

    def next_due(self) -> datetime | None:
        """When the next row is due."""
        return self._sender().next_due()

    def count(self) -> dict[str, int]:
        """Rows by state."""
        return self._keeper().count()

    def listing(self, states: Sequence[str], limit: int = 100) -> Sequence[OutboxRow]:
        """Rows in these states."""
        return self._keeper().listing(states, limit)

    def retry(self, row_id: int, now: datetime) -> bool:
        """Try a failed row again."""
        self._hand.must("notice.admin", Resource("notice", str(row_id)), details="retry")
        return self._raw.retry(row_id, now)

    def _sender(self) -> Outbox:
        self._hand.need("notice.send", Resource("notice"))
        return self._raw

    def _keeper(self) -> Outbox:
        if self._hand.service == "worker":
            return self._sender()
        self._hand.must("notice.admin", Resource("notice"), details="list")
        return self._raw


class GuardedReceipts:
    """The Receipts port: the key of an event is known to whoever brings the event."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.receipts

    def get(self, key: str) -> dict[str, Any] | None:
        """The reply that this event got."""
        return self._raw.get(key)

    def put(self, receipt: Receipt) -> None:
        """Store the reply."""
        self._raw.put(receipt)

    def sweep(self, before: datetime) -> int:
        """Forget old ones."""
        self._hand.need("receipt.sweep", Resource("receipt"))
        return self._raw.sweep(before)


class GuardedDoors:
    """The Doors port in one actor's hands. Coming in and going out are logged; staying is not."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.doors

    def add_invite(self, invite: Invite) -> None:
        """Make an invitation."""
        if invite.person_id is not None and self._hand.is_me(invite.person_id):
            raise Forbidden("invite.make")  # nobody proves who they are by a code of their own making
        self._hand.must(
            "invite.make", Resource("invite", invite.person_id or "", invite.school_id), details=invite.role
        )
        self._raw.add_invite(self._locked(invite) if self._hand.me else invite)

    def _locked(self, invite: Invite) -> Invite:
        """An administrator's code. Whoever makes one could use it: it opens nothing of a child until somebody else has
        said who came in with it, and binds no chat of somebody who has been in before.

        None for who has a second factor: they come in by that, or all of it is taken away first, which they hear of.
        """
        hall, raw = self._hand.hall, self._hand.raw
        person = hall.person(invite.person_id or "")
        if person is None:
            raise Forbidden("invite.make")  # nobody can vouch for whom nobody has named
        theirs = raw.identity.of_person(person.id)
        if any(one.kind in SECOND for one in theirs):
            raise Forbidden("invite.make")
        seen = person.telegram_chat is not None or bool(theirs) or raw.identity.seen(person.id)
        after = let_in(person, self._hand.me, again=seen)
        raw.people.save(after)
        hall.moved(person, after)
        return replace(invite, web_only=invite.web_only or locked(after))

    def open_invites(self, now: datetime) -> Sequence[Invite]:
        """Invitations that wait to be used."""
        self._hand.need("invite.list", Resource("invite"))
        return self._raw.open_invites(now)

    def withdraw_invite(self, code_hash: str) -> bool:
        """Take an invitation back."""
        gone = self._raw.withdraw_invite(code_hash)
        self._hand.must("invite.withdraw", Resource("invite"), details="gone" if gone else "none")
        return gone

    def take_invite(self, code_hash: str, now: datetime, *, chat: bool = False) -> Invite | None:
        """Use an invitation up; a code that is no good is written down too."""
        taken = self._raw.take_invite(code_hash, now, chat=chat)
        self._hand.must("invite.take", Resource("invite"), details="good" if taken is not None else "bad")
        return taken

    def add_session(self, session: WebSession) -> None:
        """Open a session."""
        self._session(session.person_id, "begin")
        self._raw.add_session(session)

    def session(self, token_hash: str) -> WebSession | None:
        """The session with this token."""
        return self._any().session(token_hash)

    def sessions_of(self, person_id: str) -> Sequence[WebSession]:
        """A person's open sessions."""
        return self._any(person_id).sessions_of(person_id)

    def touch_session(self, token_hash: str, now: datetime) -> None:
        """Somebody is still there."""
        self._any().touch_session(token_hash, now)

    def end_session(self, token_hash: str) -> None:
        """Close a session."""
        found = self._any().session(token_hash)
        if found is not None:
            self._session(found.person_id, "end")
        self._raw.end_session(token_hash)

    def end_sessions_of(self, person_id: str) -> int:
        """Close all of a person's sessions."""
        self._session(person_id, "end_all")
        return self._raw.end_sessions_of(person_id)

    def sweep_sessions(self, begun_before: datetime) -> int:
        """Forget sessions of yesterday."""
        self._hand.need("session.sweep", Resource("session"))
        return self._raw.sweep_sessions(begun_before)

    def _any(self, person_id: str = "") -> Doors:
        self._hand.need("session.use", Resource("session"), ("self",) if self._hand.is_me(person_id) else ())
        return self._raw

    def _session(self, person_id: str, what: str) -> None:
        ties: tuple[Tie, ...] = ("self",) if self._hand.is_me(person_id) else ()
        self._hand.must("session.open", Resource("session", person_id), ties, details=what)


class GuardedTraces:
    """The Traces port: the door notes what is said in a chat, the sweep takes it out in time."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.traces

    def leave(self, trace: Trace) -> None:
        """Note a message."""
        self._hand.need("trace.leave", Resource("notice"))
        self._raw.leave(trace)

    def take(self, before: datetime, along: datetime) -> Sequence[Trace]:
        """Take out what has stood long enough."""
        self._hand.need("trace.sweep", Resource("notice"))
        return self._raw.take(before, along)

    def take_all(self, chat_id: int) -> Sequence[Trace]:
        """Take out a chat that is unbound."""
        self._hand.need("trace.sweep", Resource("notice"))
        return self._raw.take_all(chat_id)


class GuardedNotes:
    """The Notes port: what the professions write on their cards, for the school's own people."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.notes

    def versions(self, profession: str, school_id: str) -> Sequence[LocalNote]:
        """All versions of one note."""
        allowed = self._hand.may("note.read", Resource("note", profession, school_id))
        return self._raw.versions(profession, school_id) if allowed else []

    def add(self, note: LocalNote) -> bool:
        """Store the next version, in the actor's own name."""
        if not self._hand.is_me(note.author_id):
            raise Forbidden("note.write")
        self._hand.must("note.write", Resource("note", note.profession, note.school_id))
        return self._raw.add(note)


def identity_of(hand: Hand) -> Identity:
    """How people sign in: the door's own business, and the sweep's."""
    if hand.service not in ("door", "worker", "operator", "setup"):
        raise Forbidden("identity")
    return hand.raw.identity


def vault_of(hand: Hand) -> Vault:
    """Subkeys, for services."""
    if not hand.service:
        raise Forbidden("vault")
    return hand.raw.vault
