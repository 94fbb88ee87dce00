"""Ending what opens for somebody, behind the guard. Whoever keeps people can take ways in away, and never use them."""

from __future__ import annotations

from datetime import datetime

from bot.guard.hall import Hand
from bot.ports import Forbidden
from dialogs.access.decide import Deny, Miss, Resource


class GuardedExits:
    """The Exits port in one actor's hands. Nobody ends their own access: that is what «Min adgang» is for."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw

    def shut(self, person_id: str, *, ways: bool) -> None:
        """End sessions, what waits for an answer, and open invitations; with `ways`, every way in too."""
        if self._hand.is_me(person_id):
            raise Forbidden("access.end")
        self._hand.must("access.end", Resource("session", person_id), details="ways" if ways else "sessions")
        self._raw.doors.end_sessions_of(person_id)
        self._raw.identity.forget_challenges_of(person_id)
        for invite in self._raw.doors.open_invites(self._hand.hall.now):
            if invite.person_id == person_id:
                self._raw.doors.withdraw_invite(invite.code_hash)
        if ways:
            self._raw.identity.remove_of(person_id)

    def renew(self, person_id: str, now: datetime) -> None:
        """Being unseen counts from now."""
        if self._hand.is_me(person_id):
            raise Forbidden("access.renew")
        self._hand.must("access.renew", Resource("session", person_id))
        self._raw.identity.was_here(person_id, now)

    def missed(self, person_id: str, how: Miss) -> None:
        """A try to sign in that was no good: the door's to tell. How many there can be, the throttle says."""
        self._hand.need("session.use", Resource("session"))
        self._hand.note("session.open", Resource("session", person_id), Deny(how))
