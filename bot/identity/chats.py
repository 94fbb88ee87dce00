"""Binding Telegram from «Min adgang», over the store."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app.entry import binding
from bot.app.entry.binding import Found
from bot.identity.common import No, Outfit, live, stale
from bot.ports import Ids, UnitOfWork, WebSession
from dialogs.access import DOOR
from dialogs.access.vouching import locked


@dataclass(frozen=True)
class ChatState:
    """What the page shows: whether a chat is bound, and one that waits for a yes."""

    bound: bool
    found: Found | None = None


class Chats:
    """The person's own chat."""

    def __init__(self, outfit: Outfit, ids: Ids) -> None:
        self.o, self.ids = outfit, ids

    async def state(self, token: str) -> ChatState | None:
        """What is bound and what waits; None when nobody is signed in."""
        now = self.o.clock.now()

        def work(uow: UnitOfWork) -> ChatState | None:
            session = live(uow, token, now)
            person = uow.people.get(session.person_id) if session else None
            if session is None or person is None:
                return None
            return ChatState(person.telegram_chat is not None, binding.found(uow, session.token_hash, now))

        return await self.o.store.submit(DOOR, work)

    async def offer(self, token: str) -> str | No:
        """A code for a link that lives ten minutes and works once; it takes a sure session."""
        now, code = self.o.clock.now(), self.ids.secret()

        def work(uow: UnitOfWork) -> str | No:
            session = _sure(uow, live(uow, token, now))
            if isinstance(session, No):
                return session
            if stale(uow, session, now):
                return No("prove_again")
            binding.offer(uow, session.person_id, session.token_hash, code, now)
            return code

        return await self.o.store.submit(DOOR, work)

    async def answer(self, token: str, *, yes: bool) -> bool | No:
        """The person's answer to "is it you?"; whether the chat is bound now."""
        now = self.o.clock.now()

        def work(uow: UnitOfWork) -> bool | No:
            session = _sure(uow, live(uow, token, now))
            if isinstance(session, No):
                return session
            if yes:
                return binding.confirm(uow, session.person_id, session.token_hash, now)
            binding.refuse(uow, session.token_hash, now)
            return False

        return await self.o.store.submit(DOOR, work)

    async def forget(self, token: str) -> None:
        """Unbind; any session of the person may do that."""
        now = self.o.clock.now()

        def work(uow: UnitOfWork) -> None:
            session = live(uow, token, now)
            if session is not None:
                binding.forget(uow, session.person_id, now)

        await self.o.store.submit(DOOR, work)


def _sure(uow: UnitOfWork, session: WebSession | None) -> WebSession | No:
    person = uow.people.get(session.person_id) if session is not None else None
    if session is None or person is None:
        return No("signed_out")
    if session.assurance != "two":
        return No("prove_first")
    return No("unvouched") if locked(person) else session
