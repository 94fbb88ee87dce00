"""Ending what opens for somebody, behind the guard. Whoever keeps people can take ways in away, and never use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.guard.hall import Hand
from bot.ports import Forbidden
from dialogs.access.decide import Allow, Deny, Miss, Resource
from dialogs.access.vouching import let_in, may_vouch, vouched
from dialogs.identity import SECOND
from dialogs.people import Person


class GuardedExits:
    """The Exits port in one actor's hands. Nobody ends their own access: that is what «Min adgang» is for."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw

    def shut(self, person_id: str, *, ways: bool) -> None:
        """End sessions, what waits for an answer, and open invitations; with `ways`, every way in too."""
        if self._hand.is_me(person_id):
            raise Forbidden("access.end")
        self._hand.must("access.end", Resource("session", person_id), details="ways" if ways else "sessions")
        person = self._hand.hall.person(person_id)
        if ways and self._hand.me and person is not None:
            # Whoever takes somebody's ways in away could come in as them: somebody else has to say that it is them.
            self._keep(person, let_in(person, self._hand.me, again=True))
        self._shut(person_id, ways=ways)

    def proves(self, person_id: str) -> bool:
        """Whether the person has a second factor: then nobody else makes a code for them."""
        self._hand.need("access.end", Resource("session", person_id))
        return any(one.kind in SECOND for one in self._raw.identity.of_person(person_id))

    def renew(self, person_id: str, now: datetime) -> None:
        """Being unseen counts from now."""
        if self._hand.is_me(person_id):
            raise Forbidden("access.renew")
        self._hand.must("access.renew", Resource("session", person_id))
        self._raw.identity.was_here(person_id, now)

    def vouch(self, person_id: str, *, known: bool) -> Sequence[str] | None:
        """Say whether it is them; who is to be told of a no. Nobody vouches for a way in that they made themselves."""
        hand, person, me = self._hand, self._hand.hall.person(person_id), self._hand.person
        if person is None or not person.let_in_by or (hand.me and (me is None or not may_vouch(me, person))):
            return None
        hand.must("access.vouch", self._thing(person), details="known" if known else "unknown")
        self._keep(person, vouched(person) if known else replace(person, telegram_chat=None))
        if not known:
            self._shut(person_id, ways=True)
        people = self._raw.people.everyone()
        return [one.id for one in people if one.active and any(seat.role == "dpo" for seat in one.memberships)]

    def _thing(self, person: Person) -> Resource:
        """The person at the school where this hand may vouch for them; else at their first."""
        schools = [seat.school_id for seat in person.memberships] or [""]
        things = [Resource("session", person.id, school) for school in schools]
        return next((one for one in things if isinstance(self._hand.ask("access.vouch", one), Allow)), things[0])

    def _keep(self, before: Person, after: Person) -> None:
        self._raw.people.save(after)
        self._hand.hall.moved(before, after)

    def _shut(self, person_id: str, *, ways: bool) -> None:
        self._raw.doors.end_sessions_of(person_id)
        self._raw.identity.forget_challenges_of(person_id)
        for invite in self._raw.doors.open_invites(self._hand.hall.now):
            if invite.person_id == person_id:
                self._raw.doors.withdraw_invite(invite.code_hash)
        if ways:
            self._raw.identity.remove_of(person_id)

    def missed(self, person_id: str, how: Miss) -> None:
        """A try to sign in that was no good: the door's to tell. How many there can be, the throttle says."""
        self._hand.need("session.use", Resource("session"))
        self._hand.note("session.open", Resource("session", person_id), Deny(how))
