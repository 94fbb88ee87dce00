"""The secure page's door: a one-time link or a Mini App in, a session out, all in one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.app.chat.securepages import SecurePages
from bot.app.entry.secure import mint
from bot.app.turns.incoming import Actor, Incoming
from bot.app.turns.ways import Target
from bot.identity.sessions import Place
from bot.ports import UnitOfWork, WebSession
from bot.web.entry.sessions import begin, fresh_token, hashed
from bot.web.ports.entry import Way
from dialogs.access import DOOR
from dialogs.people import Person
from dialogs.replies import Reply

Find = Callable[[UnitOfWork], tuple[Person, Target] | None]
GoOn = Callable[[str], Awaitable[None]]
MAX_SECRET = 128


class SecureDoor:
    """Over the real store. `go_on` lets a Telegram chat in this process go on at once; without it the worker tells."""

    def __init__(self, pages: SecurePages, go_on: GoOn | None = None) -> None:
        self._pages, self._go_on = pages, go_on

    async def by_link(self, secret: str, place: Place) -> Way | None:
        """Use a one-time link up and sign its person in."""
        return await self._enter(lambda uow: self._pages.by_link(uow, secret[:MAX_SECRET]), place)

    async def by_app(self, init_data: str, arg: str, place: Place) -> Way | None:
        """Sign in who opened the Mini App, on Telegram's word, once."""
        return await self._enter(lambda uow: self._pages.by_app(uow, init_data, arg), place)

    async def link_by_app(self, init_data: str, arg: str) -> str | None:
        """A fresh link for whom Telegram vouches for."""
        app = self._pages.app

        def work(uow: UnitOfWork) -> str | None:
            found = self._pages.by_app(uow, init_data, arg)
            return mint(uow, app.world, found[0], arg, app.clock.now()) if found is not None else None

        return await app.store.submit(DOOR, work)

    async def write(self, actor: Actor, incoming: Incoming, key: str | None) -> Reply:
        """One turn on the secure page; then the chat goes on."""
        reply = await self._pages.write(actor, incoming, key)
        if self._go_on is not None:
            await self._go_on(actor.person_id)
        return reply

    async def _enter(self, find: Find, place: Place) -> Way | None:
        token, now = fresh_token(), self._pages.app.clock.now()

        def work(uow: UnitOfWork) -> Way | None:
            found = find(uow)
            if found is None:
                return None
            person, target = found
            session = WebSession(hashed(token), person.id, now, now, "one", "invite", place.device, place.shared)
            begin(uow, session)
            return Way(token, person.id, target.kind, target.id)

        return await self._pages.app.store.submit(DOOR, work)
