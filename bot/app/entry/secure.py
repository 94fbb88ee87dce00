"""The way from Telegram to the secure page and back: one-time links, the Mini App, and the chat that goes on.

A link is a secret of 160 bits of which only the hash is stored. It is bound to a person, to what it opens and, for a
draft, to the question that was open. It lives ten minutes and is used up by the first POST. No reply holds one: replies
are kept as receipts, so the channel asks for the link when it draws the button.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.app.cases import team
from bot.app.drafts.keeping import find
from bot.app.entry import admission
from bot.app.entry.initdata import Opened
from bot.app.turns.incoming import Actor
from bot.app.turns.turn import Turn, World, say
from bot.app.turns.ways import Target, read
from bot.ports import Challenge, Receipt, UnitOfWork
from dialogs.acts import Go, encode
from dialogs.notices import Wish
from dialogs.people import Person
from dialogs.position import locate
from dialogs.replies import Button, Card, Reply
from dialogs.types import Draft

LINK_MINUTES: Final = 10
KIND: Final = "secure_link"
NEXT_AFTER = timedelta(seconds=20)  # the gateway goes on at once; this is the promise that somebody does
NEXT_UNTIL = timedelta(hours=1)


def offer(t: Turn, arg: str) -> Reply | None:
    """The fresh one-time link that a press asks for; None for what is not this person's."""
    target = read(arg)
    if target is None or not t.world.public_url or not _is_mine(t, target):
        return None
    row = ((Button(t.words("secure.open"), encode(Go("link", arg)), "primary"),),)
    return say(Card(kind="say", text=t.words("secure.link", minutes=LINK_MINUTES), buttons=row))


def _is_mine(t: Turn, target: Target) -> bool:
    if target.kind == "draft":
        draft = find(t, target.id)
        return draft is not None and draft.status == "open"
    if target.kind == "plan":  # it is the team's as much as the writer's
        return team.relates(t.uow, target.id)
    if target.kind.startswith("meeting"):  # whoever has a seat may answer
        meeting = t.uow.meetings.get(target.id)
        return meeting is not None and meeting.seat_of(t.person.id) is not None
    return team.my_case(t.world.handbook, t.uow, t.person, target.id, t.now) is not None


def mint(uow: UnitOfWork, world: World, person: Person, arg: str, now: datetime) -> str | None:
    """Make a one-time link's secret for this person; None for what it may not open."""
    target = read(arg)
    if target is None or not person.active:
        return None
    question = ""
    if target.kind == "draft":
        draft = uow.acting(Actor(person.id, "telegram", 1, "one")).drafts.get(target.id)
        if draft is None or draft.status != "open":
            return None
        question = open_question(world, draft)
    secret = world.ids.secret() + world.ids.secret()  # two of 128 bits: a link needs 160
    data = {"kind": target.kind, "id": target.id, "question": question}
    expires = now + timedelta(minutes=LINK_MINUTES)
    uow.identity.put_challenge(Challenge(admission.hashed(secret), KIND, expires, person.id, data))
    return secret


def redeem(uow: UnitOfWork, secret: str, now: datetime) -> tuple[Person, Target] | None:
    """Use a link up: whose it is and what it opens, once. None when it is used, old, or never was."""
    found = uow.identity.take_challenge(admission.hashed(secret), KIND, now)
    person = uow.people.get(found.person_id) if found is not None and found.person_id is not None else None
    if found is None or person is None or not person.active:
        return None
    return person, Target(str(found.data["kind"]), str(found.data["id"]), str(found.data["question"]))


def open_question(world: World, draft: Draft) -> str:
    """The question that a draft stands at, or "" after the last one."""
    current = locate(world.content.form(draft.form_id), draft).current
    return current.id if current is not None else ""


def enter(uow: UnitOfWork, opened: Opened, arg: str, now: datetime) -> tuple[Person, Target] | None:
    """Let in who opened the Mini App, once for each string that Telegram signed; None for anybody unknown."""
    key = f"initdata:{opened.mark}"
    if uow.receipts.get(key) is not None:
        return None
    uow.receipts.put(Receipt(key, {}, now))
    person = uow.people.by_chat(opened.user_id)
    target = read(arg) or Target("chat", "")
    return (person, target) if person is not None and person.active else None


def goes_on(t: Turn, draft_id: str) -> None:
    """Promise that the Telegram chat goes on after something was written on the secure page."""
    draft = find(t, draft_id)
    if t.person.telegram_chat is None or not t.person.telegram_on or draft is None:
        return
    wish = Wish(
        dedupe_key=f"chat_next:{draft.id}:{draft.revision}",
        recipient=t.person.id,
        template="chat_next",
        due_at=t.now + NEXT_AFTER,
        params={"code": draft.code},
        channel="telegram",
        delivery="turn",
        until=t.now + NEXT_UNTIL,
        draft_id=draft.id,
        still="chat_behind",
    )
    t.uow.outbox.add(wish)


def mark_shown(uow: UnitOfWork, keys: list[str], now: datetime) -> None:
    """Write down that the chat has gone on."""
    for key in keys:
        if uow.receipts.get(key) is None:
            uow.receipts.put(Receipt(key, {}, now))
