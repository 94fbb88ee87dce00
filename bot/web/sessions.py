"""Browser sessions over the store: who is here, coming in by invitation, and the demo's way of being somebody."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.ports import Clock, Store, UnitOfWork, WebSession
from bot.web.ports import DemoPerson, SignedIn

IDLE = timedelta(minutes=30)  # reliability_security.md § 7.6: a shared staff PC must not stay open
ABSOLUTE = timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=1)  # one write a minute is enough to know that somebody is here
Admit = Callable[[UnitOfWork, str, datetime], str | None]


class Sessions:
    """The Doors of a real store. `admit` uses an invitation up inside the transaction and names the person."""

    def __init__(self, store: Store, clock: Clock, admit: Admit, demo: Sequence[DemoPerson] = ()) -> None:
        self.store, self.clock, self.admit = store, clock, admit
        self.demo = tuple(demo)

    async def who(self, token: str, *, touch: bool = True) -> SignedIn | None:
        """Whose session this is, while it lasts."""
        key, now = hashed(token), self.clock.now()

        def work(uow: UnitOfWork) -> SignedIn | None:
            session = uow.doors.session(key)
            if session is None:
                return None
            person = uow.people.get(session.person_id)
            left = min(session.seen_at + IDLE, session.created_at + ABSOLUTE) - now
            if left <= timedelta(0) or person is None or not person.active:
                uow.doors.end_session(key)
                return None
            if touch and now - session.seen_at >= TOUCH_AFTER:
                uow.doors.touch_session(key, now)
            return SignedIn(person, left // timedelta(minutes=1))

        return await self.store.submit(work)

    async def redeem(self, code: str) -> str | None:
        """Use an invitation up and sign its person in."""
        return await self._start(lambda uow, now: self.admit(uow, code, now))

    async def be(self, person_id: str) -> str | None:
        """Sign in as one of the demo's people."""
        known = person_id if any(person.person_id == person_id for person in self.demo) else None
        return await self._start(lambda uow, now: known)

    async def end(self, token: str) -> None:
        """Sign out."""
        key = hashed(token)
        await self.store.submit(lambda uow: uow.doors.end_session(key))

    async def demo_people(self) -> Sequence[DemoPerson]:
        """The people of the demo; nobody outside a demo."""
        return self.demo

    async def _start(self, find: Callable[[UnitOfWork, datetime], str | None]) -> str | None:
        token, now = secrets.token_urlsafe(32), self.clock.now()

        def work(uow: UnitOfWork) -> str | None:
            person_id = find(uow, now)
            if person_id is None:
                return None
            uow.doors.add_session(WebSession(hashed(token), person_id, now, now))
            return token

        return await self.store.submit(work)


def hashed(token: str) -> str:
    """What is stored of a token: it has 256 random bits, so a plain hash can't be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
