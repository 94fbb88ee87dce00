"""The front door of the conversation: one incoming event, one transaction, one reply.

A redelivered event gets the reply that was stored with it. Order inside the transaction: receipt seen? → who is it →
act → save where the conversation is → store the reply. Nothing here talks to the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from bot.app.chat import asking, going, refusing, returning, spoken, thread, typed
from bot.app.chat.natures import NATURES
from bot.app.chat.place import where, with_place
from bot.app.chat.urgency import urgent
from bot.app.drafts import acute, answering, drafting
from bot.app.drafts.keeping import here
from bot.app.drafts.showing import pointer, secure_row
from bot.app.entry import admission, binding, secure
from bot.app.entry.admission import deletion
from bot.app.plans import chat as planchat
from bot.app.turns import menu, traces
from bot.app.turns.incoming import Actor, Command, Filled, Incoming, Opened, Pressed, Said, SentMedia
from bot.app.turns.turn import Turn, World, say
from bot.ports import Clock, Receipt, Store, UnitOfWork
from dialogs import replies
from dialogs.access import DOOR
from dialogs.acts import DraftAct, Go, decode
from dialogs.guards import clean
from dialogs.people import Person
from dialogs.records import Moved
from dialogs.render import history
from dialogs.replies import Card, Reply, Row
from dialogs.types import Limits

MAX_ANSWER = Limits().max_length
MAX_TEXT = 2 * MAX_ANSWER  # control marks and blanks that `clean` takes away may make a text this much longer


FORGET = Command("glem")  # unbinds the chat it is written in: for a phone that is about to change hands


@dataclass(frozen=True)
class ChatPage:
    """A whole conversation as it stands, for a channel that can show more than the last message."""

    reply: Reply
    history: tuple[Row, ...] = ()
    title: str = ""
    drafts: int = 0


class App:
    """The conversation's use cases over a store. Safe to share between requests."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self.store, self.world, self.clock = store, replace(world, natures=NATURES), clock
        self._seen: dict[str, date] = {}  # whose sight was written down today: once a day is enough

    async def handle(self, actor: Actor, incoming: Incoming, key: str | None = None) -> Reply:
        """Do one thing once; the same key gets the same reply. Raises StorageBusy when nothing was saved."""
        now = self.clock.now()
        lane = f"person:{actor.person_id}"
        return await self.store.submit(actor, lambda uow: self.turn(uow, actor, incoming, key, now), lane)

    async def urgent(self, actor: Actor, incoming: Incoming) -> bool:
        """Whether this must be let through whatever else its person has done."""
        return await self.store.submit(actor, lambda uow: urgent(self.world, uow, actor.person_id, incoming))

    async def chat_page(self, actor: Actor) -> ChatPage:
        """Where the person is, with what they have answered. Raises StorageBusy when it can't be read."""
        now = self.clock.now()
        return await self.store.submit(actor, lambda uow: self._page(uow, actor, now))

    async def handle_chat(
        self, chat_id: int, incoming: Incoming, key: str, ceiling: int, message_id: int | None = None
    ) -> Reply:
        """The same for whoever is bound to a Telegram chat; a stranger is told how to get in."""
        now, seen = self.clock.now(), dict[str, date]()

        def work(uow: UnitOfWork) -> Reply:
            person = uow.people.by_chat(chat_id)
            if person is None:
                return self.notice("start.unknown")
            if incoming == FORGET:
                binding.forget(uow, person.id, now)
                return self.notice("start.forgotten")
            if self._seen.get(person.id) != now.date():
                uow.identity.was_here(person.id, now)
                seen[person.id] = now.date()
            actor = Actor(person.id, "telegram", ceiling, "one")
            door, uow = uow, uow.acting(actor)
            reply = self.turn(uow, actor, incoming, key, now, person)
            if message_id is None:
                return reply
            if reply.refused:
                # Deleting is tried at once by the gateway; this row is the promise that it is tried again.
                uow.outbox.add(deletion(chat_id, message_id, person.id, now))
            elif reply.edits or traces.own_words(incoming):
                traces.leave(door, chat_id, (message_id,), person.id, now)
            return reply

        reply = await self.store.submit(DOOR, work, _lane(chat_id))
        self._seen.update(seen)
        return reply

    async def edited_in_chat(self, chat_id: int, text: str, ceiling: int, message_id: int | None = None) -> Reply:
        """An edit of an old message changes nothing, and the person is told so: silence would be the worst.

        What may not stand in the chat is taken away from it, edited in or not; danger is heard all the same.
        """
        now = self.clock.now()

        def work(uow: UnitOfWork) -> Reply:
            person = uow.people.by_chat(chat_id)
            if person is None or not person.active:
                return self.notice("start.unknown")
            actor = Actor(person.id, "telegram", ceiling, "one")
            door, uow = uow, uow.acting(actor)
            t = self._begin(uow, actor, person, now)
            before = t.conversation
            reply = _within_ceiling(t, _edited(t, clean(text[:MAX_TEXT])))
            if t.conversation is not before and not uow.conversations.save(t.conversation):
                raise Moved
            if reply.refused and message_id is not None:
                uow.outbox.add(deletion(chat_id, message_id, person.id, now))
            elif message_id is not None:
                traces.leave(door, chat_id, (message_id,), person.id, now)
            return reply

        return await self.store.submit(DOOR, work, _lane(chat_id))

    async def stands(self, chat_id: int, numbers: Sequence[int], key: str | None = None) -> None:
        """Messages of the bot's that tell of what somebody said stand in this chat now, by these numbers.

        `key` is the event whose whole reply they are: should it come again, it is not shown again.
        """
        now = self.clock.now()

        def work(uow: UnitOfWork) -> None:
            person = uow.people.by_chat(chat_id)
            if person is not None:
                traces.leave(uow, chat_id, numbers, person.id, now)
            if key is not None and uow.receipts.get(traces.shown(key)) is None:
                uow.receipts.put(Receipt(traces.shown(key), {}, now))

        await self.store.submit(DOOR, work)

    async def reachable(self, chat_id: int, *, on: bool) -> Reply:
        """The person blocked or unblocked the bot: notices go the other way, or this way again."""

        def work(uow: UnitOfWork) -> Reply:
            person = uow.people.by_chat(chat_id)
            if person is not None and person.telegram_on != on:
                uow.people.save(replace(person, telegram_on=on))
            return Reply(())

        return await self.store.submit(DOOR, work, _lane(chat_id))

    async def bind_chat(self, chat_id: int, code: str, key: str) -> Reply:
        """Use an invitation up and bind this chat to the person it is for. The code is worth nothing afterwards."""
        now = self.clock.now()
        work = partial(admission.bind, world=self.world, chat_id=chat_id, code=code, key=key, now=now)
        return await self.store.submit(DOOR, work, _lane(chat_id))

    def notice(self, words_key: str) -> Reply:
        """One sentence to somebody who has no conversation."""
        return Reply((Card(kind="problem", text=self.world.content.words(words_key)),))

    def _begin(self, uow: UnitOfWork, actor: Actor, person: Person, now: datetime) -> Turn:
        return Turn(self.world, uow, actor, person, uow.conversations.get(person.id), now)

    def turn(
        self,
        uow: UnitOfWork,
        actor: Actor,
        incoming: Incoming,
        key: str | None,
        now: datetime,
        person: Person | None = None,
    ) -> Reply:
        """One whole turn inside an open transaction. Reruns are harmless: it reads and writes only through `uow`."""
        if key is not None and (stored := uow.receipts.get(key)) is not None:
            again = replies.load(stored)
            return again if uow.receipts.get(traces.shown(key)) is None else replace(again, cards=())
        person = person or uow.people.get(actor.person_id)
        if person is None or not person.active:
            return self.notice("start.unknown")
        t = self._begin(uow, actor, person, now)
        before = t.conversation
        reply = _within_ceiling(t, returning.with_way_back(t, _duty_once(_dispatch(t, incoming))))
        after = t.conversation
        if actor.channel == "web":
            after = replace(after, reply=replies.dump(reply), shown=_mark(t))
        # Telegram keeps its own messages: there an answer is the draft and the receipt, and nothing else is written.
        if after is not before and not uow.conversations.save(after):
            raise Moved
        if key is not None:
            uow.receipts.put(Receipt(key, reply, now))
        return reply

    def promise_chat(self, uow: UnitOfWork, actor: Actor, draft_id: str, now: datetime) -> None:
        """After something was written on the secure page: the person's Telegram chat goes on."""
        person = uow.people.get(actor.person_id)
        if person is not None:
            secure.goes_on(self._begin(uow, actor, person, now), draft_id)

    def _page(self, uow: UnitOfWork, actor: Actor, now: datetime) -> ChatPage:
        person = uow.people.get(actor.person_id)
        if person is None or not person.active:
            return ChatPage(Reply(()))
        t = self._begin(uow, actor, person, now)
        last = t.conversation.reply
        sheet = here(t)
        rows: tuple[Row, ...] = ()
        title = ""
        if sheet is not None:
            rows = history(sheet.form, sheet.seen, self.world.content.words)
            title = f"{sheet.form.title} · {sheet.draft.code}"
        if last is not None and t.conversation.shown == _mark(t):
            reply = replies.load(last)
        else:  # a first visit, or the conversation went on in another channel
            reply = where(t) if last is not None or sheet is not None else menu.hello(t)
        return ChatPage(reply, rows, title, len(uow.drafts.open_of(person.id)))


def _lane(chat_id: int) -> str:
    """What a chat sends is done in the order in which it came, also when several processes take its updates."""
    return f"chat:{chat_id}"


def _within_ceiling(t: Turn, reply: Reply) -> Reply:
    """The reply without what this channel may not carry: the one place that every reply passes on its way out."""
    if all(card.data_class <= t.actor.ceiling for card in reply.cards):
        return reply
    shown = [card for card in reply.cards if card.data_class <= t.actor.ceiling]
    leave = ((t.go("menu.menu", "menu", style="quiet"), t.go("question.acute", "acute", style="danger")),)
    return replace(reply, cards=(*shown, Card(kind="problem", text=pointer(t), buttons=(*secure_row(t), *leave))))


def _duty_once(reply: Reply) -> Reply:
    """The reply with the duty to report under its last result only: said under each of them it is read under none."""
    said = set[str]()
    cards: list[Card] = []
    for card in reversed(reply.cards):
        again = card.detail in said and not card.detail_title
        cards.append(replace(card, detail="") if again else card)
        said.add(card.detail)
    return replace(reply, cards=tuple(reversed(cards)))


def _mark(t: Turn) -> str:
    """What the conversation is about and how far it has come, as one comparable word."""
    sheet = here(t)
    return f"{t.conversation.place}:{sheet.draft.revision}" if sheet is not None else t.conversation.place


def _dispatch(t: Turn, incoming: Incoming) -> Reply:
    match incoming:
        case Opened():
            return where(t)
        case Command():
            return spoken.run(t, incoming.name)
        case Pressed():
            return _press(t, incoming.act)
        case Filled():
            return _fill(t, incoming)
        case Said():
            return _too_long(t, incoming.text) or _said(t, clean(incoming.text), beside=incoming.beside)
        case SentMedia():
            return with_place(t, t.problem("media"))


def _press(t: Turn, code: str) -> Reply:
    act = decode(code)
    match act:
        case None:
            return with_place(t, t.problem("unknown_act"))
        case DraftAct():
            return drafting.press(t, act)
        case Go():
            return going.go(t, act)


def _fill(t: Turn, filled: Filled) -> Reply:
    act = decode(filled.act)
    if not isinstance(act, DraftAct) or act.verb != "fill":
        return with_place(t, t.problem("unknown_act"))
    sheet = here(t)
    if sheet is None or sheet.draft.id != act.draft:
        return drafting.press(t, act)
    if act.revision != sheet.draft.revision:
        return with_place(t, t.problem("stale"))
    if (refusal := _too_long(t, filled.text, filled.note)) is not None:
        return refusal
    text, note = clean(filled.text), clean(filled.note)
    if text and not filled.picks and not note:
        return _said(t, text)  # the words of a field are the words of the chat: "tilbage" goes back there too
    refusal = refusing.check(t, f"{text}\n{note}")
    return refusal or answering.filled(t, sheet, act.question, filled.picks, text, note)


def _edited(t: Turn, text: str) -> Reply:
    told = t.problem("edited")
    if (refusal := refusing.check(t, text)) is not None:
        return replace(refusal, cards=(told, *refusal.cards))
    heard = acute.listen(t, text, {}, kept=False) if text else None
    return say(told, *heard) if heard is not None else with_place(t, told)


def _too_long(t: Turn, *texts: str) -> Reply | None:
    """Refuse by size before anything reads the text: no field holds more, and nobody else should wait for it."""
    longest = max(len(text) for text in texts)
    if longest <= MAX_TEXT:
        return None
    return with_place(t, t.problem("too_long", max=MAX_ANSWER, length=longest))


def _said(t: Turn, text: str, *, beside: bool = False) -> Reply:
    if not text:
        return with_place(t, t.problem("empty"))
    if t.conversation.alert is not None:
        return refusing.check(t, text) or _answer_alert(t, text)
    command = spoken.command_in(t, text)
    if command is not None:
        return spoken.run(t, command)
    refusal = refusing.check(t, text)
    if refusal is not None:
        return refusal
    sheet = here(t)
    if sheet is not None:
        return typed.said(t, sheet, text, beside=beside)
    if (scored := planchat.heard(t, text)) is not None:
        return scored
    if t.on_case:
        return asking.hold(t, text) if asking.sounds_like_question(t, text) else thread.said(t, text)
    return asking.ask(t, text)


def _answer_alert(t: Turn, text: str) -> Reply:
    if (leaving := spoken.leaves(text)) is not None:
        return spoken.run(t, leaving)
    said = spoken.yes_no(text)
    if said is not None and (reply := asking.after_alert(t, said)) is not None:
        return reply
    sheet = here(t)
    heard = acute.listen(t, text, sheet.draft.answers if sheet is not None else {}, kept=False)
    if heard is not None:
        return say(t.problem("alert_not_kept"), *heard)
    if told := asking.above_alert(t, text):
        return with_place(t, *told)
    return say(t.problem("answer_alert_first"), acute.alert_card(t, t.conversation.alert or "other"))
