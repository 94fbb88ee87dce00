"""Getting in: one-time invitations, and binding a Telegram chat to a person."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.entry import binding
from bot.app.turns import menu
from bot.app.turns.incoming import Actor
from bot.app.turns.turn import Turn, World, say
from bot.ports import Ids, Invite, Receipt, UnitOfWork
from dialogs import replies
from dialogs.notices import Wish
from dialogs.people import Membership, Person, Role
from dialogs.replies import Card, Reply

MAX_WEB_HOURS = 72  # over a weekend; whoever needs longer asks for a new one
INVITE_MINUTES = 10  # ASVS 6.5.5: codes that bind live ten minutes at most


def hashed(secret: str) -> str:
    """What the store keeps of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def invite(
    uow: UnitOfWork,
    ids: Ids,
    role: Role,
    school_id: str,
    now: datetime,
    person_id: str | None = None,
    web_hours: int = 0,
) -> str:
    """Make a one-time code for a role at a school, or for one known person; only its hash is stored.

    With `web_hours` it lives that long, signs in on the web only and never binds a chat.
    """
    code = ids.secret()
    expires = now + (timedelta(hours=web_hours) if web_hours else timedelta(minutes=INVITE_MINUTES))
    uow.doors.add_invite(Invite(hashed(code), role, school_id, person_id, expires, web_only=bool(web_hours)))
    return code


def accept(uow: UnitOfWork, ids: Ids, code: str, now: datetime, *, chat: bool = False) -> Person | None:
    """Use an invitation up: the person it was for, or a new one with its role. None when the code is no good."""
    taken = uow.doors.take_invite(hashed(code), now, chat=chat)
    if taken is None:
        return None
    if taken.person_id is not None:
        return uow.people.get(taken.person_id)
    role: Role = taken.role  # type: ignore[assignment]  # written by `invite` from a Role
    person = Person(id=ids.new(), name="", memberships=(Membership(taken.school_id, role),))
    uow.people.add(person)
    return person


def bind(uow: UnitOfWork, world: World, chat_id: int, code: str, key: str, now: datetime) -> Reply:
    """Bind a chat by its invitation. Whoever was bound to the chat before is unbound; a redelivery changes nothing."""
    if (stored := uow.receipts.get(key)) is not None:
        return replies.load(stored)
    person = accept(uow, world.ids, code, now, chat=True)
    number = binding.claim(uow, chat_id, code, now) if person is None else None
    if number is not None:
        reply = Reply((Card(kind="say", text=world.content.words("start.claimed", number=str(number))),))
    elif person is None or not person.active:
        reply = Reply((Card(kind="problem", text=world.content.words("start.bad_code")),))
    else:
        before = uow.people.by_chat(chat_id)
        if before is not None and before.id != person.id:
            uow.people.save(replace(before, telegram_chat=None))
        person = replace(person, telegram_chat=chat_id, telegram_on=True)
        uow.people.save(person)
        school = uow.people.school(person.home)
        actor = Actor(person.id, "telegram", 2, "one")
        uow = uow.acting(actor)
        t = Turn(world, uow, actor, person, uow.conversations.get(person.id), now)
        welcome = t.card("start.bound", name=person.name or "kollega", school=school.name if school else "")
        reply = say(welcome, *menu.hello(t).cards)
    uow.receipts.put(Receipt(key, replies.dump(reply), now))
    return reply


def deletion(chat_id: int, message_id: int, recipient: str, now: datetime) -> Wish:
    """The durable second try at deleting a refused message from a chat; Telegram allows it for 48 hours."""
    return Wish(
        dedupe_key=f"delete:{chat_id}:{message_id}",
        recipient=recipient,
        template="telegram_delete",
        due_at=now + timedelta(seconds=20),
        params={"chat": chat_id, "message": message_id},
        channel="telegram_delete",
        delivery="alert",
        until=now + timedelta(hours=40),
        red=True,
    )
