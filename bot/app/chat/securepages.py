"""The secure page's use cases: who a link or a Mini App lets in, what is written there, and the chat that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.app.chat.handle import App
from bot.app.entry import initdata, secure
from bot.app.turns.incoming import Actor, Incoming, Opened, Pressed
from bot.app.turns.ways import Target
from bot.ports import UnitOfWork
from dialogs.access import DOOR
from dialogs.acts import DraftAct, encode
from dialogs.people import Person
from dialogs.records import Moved
from dialogs.replies import Reply


@dataclass(frozen=True)
class GoingOn:
    """What a Telegram chat should show next, and the promises that are kept by showing it."""

    chat_id: int
    reply: Reply
    keys: Sequence[str]


class SecurePages:
    """Over the same store as the conversation. `token` is the bot's, for the Mini App's proof; None without a bot."""

    def __init__(self, app: App, token: str | None) -> None:
        self.app, self._token = app, token

    async def link(self, chat_id: int, arg: str) -> str | None:
        """A fresh one-time secret for whoever is bound to this chat. None for what is not theirs."""
        now = self.app.clock.now()

        def work(uow: UnitOfWork) -> str | None:
            person = uow.people.by_chat(chat_id)
            return secure.mint(uow, self.app.world, person, arg, now) if person is not None else None

        return await self.app.store.submit(DOOR, work)

    def by_link(self, uow: UnitOfWork, secret: str) -> tuple[Person, Target] | None:
        """Inside a transaction: use a link up and stand where it leads."""
        found = secure.redeem(uow, secret, self.app.clock.now())
        return self._arrived(uow, found)

    def by_app(self, uow: UnitOfWork, init_data: str, arg: str) -> tuple[Person, Target] | None:
        """Inside a transaction: let in who opened the Mini App, and stand where its button leads."""
        now = self.app.clock.now()
        opened = initdata.check(init_data, self._token, now) if self._token else None
        return self._arrived(uow, secure.enter(uow, opened, arg, now)) if opened is not None else None

    def _arrived(self, uow: UnitOfWork, found: tuple[Person, Target] | None) -> tuple[Person, Target] | None:
        if found is None or found[1].kind != "draft":
            return found
        person, target = found
        uow = uow.acting(Actor(person.id, "web", 2, "one"))  # the door knows who it is, and opens nothing of theirs
        draft = uow.drafts.get(target.id)
        if draft is None or draft.owner != person.id or draft.status != "open":
            return person, Target("chat", "")
        if target.question and target.question != secure.open_question(self.app.world, draft):
            return None  # the link was for one question, and that one is answered: the chat has a fresh button
        before = uow.conversations.get(person.id)
        place = f"draft:{draft.id}"
        if before.place != place and not uow.conversations.save(replace(before, place=place, pending=None, misses=0)):
            raise Moved
        return found

    async def write(self, actor: Actor, incoming: Incoming, key: str | None) -> Reply:
        """One turn on the secure page; then the chat goes on. Raises StorageBusy when nothing was saved."""
        now = self.app.clock.now()

        def work(uow: UnitOfWork) -> Reply:
            kind, thing = uow.conversations.get(actor.person_id).subject
            reply = self.app.turn(uow, actor, incoming, key, now)
            if kind == "draft" and not reply.refused and all(card.kind != "problem" for card in reply.cards):
                self.app.promise_chat(uow, actor, thing, now)
            return reply

        return await self.app.store.submit(actor, work)

    async def next_in_chat(self, person_id: str, ceiling: int) -> GoingOn | None:
        """What the person's chat should show now; None when nothing was promised or there is no chat."""
        now = self.app.clock.now()

        def work(uow: UnitOfWork) -> GoingOn | None:
            person = uow.people.get(person_id)
            actor = Actor(person_id, "telegram", ceiling, "one")
            uow = uow.acting(actor)
            due = [row.wish for row in uow.outbox.pending_of_person(person_id) if row.wish.template == "chat_next"]
            if person is None or person.telegram_chat is None or not due:
                return None
            draft = uow.drafts.get(due[0].draft_id or "")
            sent = draft is not None and draft.status != "open"
            # A press on a draft that is sent shows the case that it became.
            incoming = Pressed(encode(DraftAct("help", draft.id, 0))) if draft and sent else Opened()
            reply = self.app.turn(uow, actor, incoming, None, now, person)
            return GoingOn(person.telegram_chat, reply, [wish.dedupe_key for wish in due])

        return await self.app.store.submit(DOOR, work)

    async def shown(self, keys: Sequence[str]) -> None:
        """The chat has gone on: the promises need no sender any more."""
        now = self.app.clock.now()
        await self.app.store.submit(DOOR, lambda uow: secure.mark_shown(uow, list(keys), now))
