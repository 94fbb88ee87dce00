"""Binding a Telegram chat from a signed-in page: a ten-minute link, then "is it you?" on that very page.

A link that leaked binds nothing: whoever uses it first sees a number in Telegram that the person on the page does not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app.turns import traces
from bot.ports import Challenge, UnitOfWork

MINUTES = timedelta(minutes=10)  # ASVS 6.5.5: what binds lives ten minutes at most


@dataclass(frozen=True)
class Found:
    """A chat that used the link, and the number that stands in it now."""

    chat: int
    number: int


def offer(uow: UnitOfWork, person_id: str, session_hash: str, code: str, now: datetime) -> None:
    """A fresh link for this page; what waited on the page before is forgotten."""
    uow.identity.take_challenge(_answer_key(session_hash), "chat-found", now)
    data = {"session": session_hash}
    uow.identity.put_challenge(Challenge(_link_key(code), "chat", now + MINUTES, person_id, data))


def claim(uow: UnitOfWork, chat_id: int, code: str, now: datetime) -> int | None:
    """A chat brings the link: it is used up, and the number to compare is given. None when it is no such link."""
    link = uow.identity.take_challenge(_link_key(code), "chat", now)
    if link is None:
        return None
    number = 10 + int(_hash("number", code)[:8], 16) % 90
    data = {"chat": chat_id, "number": number}
    key = _answer_key(str(link.data["session"]))
    uow.identity.put_challenge(Challenge(key, "chat-found", now + MINUTES, link.person_id, data))
    return number


def found(uow: UnitOfWork, session_hash: str, now: datetime) -> Found | None:
    """The chat that waits for this page's yes."""
    waiting = uow.identity.challenge(_answer_key(session_hash), now)
    return Found(int(waiting.data["chat"]), int(waiting.data["number"])) if waiting else None


def confirm(uow: UnitOfWork, person_id: str, session_hash: str, now: datetime) -> bool:
    """The person on the page says yes: bind. Whoever was bound to the chat before is unbound."""
    waiting = uow.identity.take_challenge(_answer_key(session_hash), "chat-found", now)
    person = uow.people.get(person_id)
    if waiting is None or person is None or waiting.person_id != person_id:
        return False
    chat = int(waiting.data["chat"])
    before = uow.people.by_chat(chat)
    if before is not None and before.id != person_id:
        uow.people.save(replace(before, telegram_chat=None))
    uow.people.save(replace(person, telegram_chat=chat, telegram_on=True))
    return True


def refuse(uow: UnitOfWork, session_hash: str, now: datetime) -> None:
    """The person on the page says no: the chat gets nothing."""
    uow.identity.take_challenge(_answer_key(session_hash), "chat-found", now)


def forget(uow: UnitOfWork, person_id: str, now: datetime) -> None:
    """Unbind the person's chat, and take away what is known to stand in it."""
    person = uow.people.get(person_id)
    if person is not None and person.telegram_chat is not None:
        traces.forget(uow, person.telegram_chat, now)
        uow.people.save(replace(person, telegram_chat=None))


def _link_key(code: str) -> str:
    return _hash("chat", code)


def _answer_key(session_hash: str) -> str:
    return _hash("chat-found", session_hash)


def _hash(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()
