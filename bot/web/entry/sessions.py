"""Browser sessions over the store: who is here and how sure we are, coming in by invitation, and the demo's people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.identity.sessions import ANYWHERE, Place, begin, ends_at, fresh_token, hashed, public_id
from bot.ports import Clock, Store, UnitOfWork, WebSession
from bot.web.ports.entry import DemoPerson, Device, SignedIn
from dialogs.access import DOOR
from dialogs.identity import Assurance, Method

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
            person, ends = uow.people.get(session.person_id), ends_at(session)
            if ends <= now or person is None or not person.active:
                uow.doors.end_session(key)
                return None
            if touch and now - session.seen_at >= TOUCH_AFTER:
                uow.doors.touch_session(key, now)
                uow.identity.was_here(person.id, now)
                ends = ends_at(replace(session, seen_at=now))
            left = (ends - now) // timedelta(minutes=1)
            return SignedIn(person, left, session.assurance, session.shared, ends, public_id(key))

        return await self.store.submit(DOOR, work)

    async def redeem(self, code: str, place: Place = ANYWHERE) -> str | None:
        """Use an invitation up and sign its person in: one thing proves who they are, until they enrol more."""
        return await self._start(lambda uow, now: self.admit(uow, code, now), "one", "invite", place)

    async def be(self, person_id: str, place: Place = ANYWHERE) -> str | None:
        """Sign in as one of the demo's people."""
        known = person_id if any(person.person_id == person_id for person in self.demo) else None
        return await self._start(lambda uow, now: known, "practice", "practice", place)

    async def end(self, token: str) -> None:
        """Sign out."""
        key = hashed(token)
        await self.store.submit(DOOR, lambda uow: uow.doors.end_session(key))

    async def devices(self, token: str) -> Sequence[Device]:
        """The open sessions of whoever this token signs in, this one first."""
        key, now = hashed(token), self.clock.now()

        def work(uow: UnitOfWork) -> list[Device]:
            own = uow.doors.session(key)
            mine = uow.doors.sessions_of(own.person_id) if own else ()
            open_ones = sorted((s for s in mine if ends_at(s) > now), key=lambda s: s.token_hash != key)
            return [
                Device(public_id(s.token_hash), s.device, s.created_at, s.seen_at, s.shared, s.token_hash == key)
                for s in open_ones
            ]

        return await self.store.submit(DOOR, work)

    async def end_device(self, token: str, device_id: str) -> bool:
        """End one of the person's other sessions; False when there is no such one."""
        return await self._end_where(token, lambda session: public_id(session.token_hash) == device_id) > 0

    async def end_others(self, token: str) -> None:
        """End all of the person's sessions but this one."""
        await self._end_where(token, lambda session: True)

    async def _end_where(self, token: str, wanted: Callable[[WebSession], bool]) -> int:
        key = hashed(token)

        def work(uow: UnitOfWork) -> int:
            own = uow.doors.session(key)
            mine = uow.doors.sessions_of(own.person_id) if own else ()
            ending = [session for session in mine if session.token_hash != key and wanted(session)]
            for session in ending:
                uow.doors.end_session(session.token_hash)
            return len(ending)

        return await self.store.submit(DOOR, work)

    async def demo_people(self) -> Sequence[DemoPerson]:
        """The people of the demo; nobody outside a demo."""
        return self.demo

    async def _start(
        self,
        find: Callable[[UnitOfWork, datetime], str | None],
        assurance: Assurance,
        method: Method,
        place: Place,
    ) -> str | None:
        token, now = fresh_token(), self.clock.now()

        def work(uow: UnitOfWork) -> str | None:
            person_id = find(uow, now)
            if person_id is None:
                return None
            begin(uow, WebSession(hashed(token), person_id, now, now, assurance, method, place.device, place.shared))
            return token

        return await self.store.submit(DOOR, work)
