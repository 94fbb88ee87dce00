"""What stands in a Telegram chat and for how long: noted by number, and taken away before Telegram's 48 hours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.app.turns.incoming import Incoming, Said, SentMedia
from bot.ports import UnitOfWork
from dialogs.notices import Wish
from dialogs.records import Trace
from dialogs.replies import Card, Reply

DELETABLE: Final = timedelta(hours=47)  # Telegram lets a bot delete its message, and the other's, for 48 hours
ALONG: Final = timedelta(hours=1)  # what is nearly as old goes in the same call
AT_ONCE: Final = 100  # messages a call, Telegram's own limit
_CODE: Final = re.compile(r"\b[A-Z0-9]{4}-[A-ZÆØÅ]")  # K7RT-Måge: which worry somebody has
_KINDS: Final = frozenset({"summary", "receipt", "light", "list"})


def lasting(reply: Reply) -> bool:
    """Whether the reply tells anything of what the person has said: then its message must be known by its number."""
    return reply.refused or any(map(_tells, reply.cards))


def _tells(card: Card) -> bool:
    ticked = card.entry is not None and any(choice.on for choice in card.entry.choices)
    coded = _CODE.search(f"{card.title} {card.text}") is not None
    return card.data_class >= 1 or card.kind in _KINDS or ticked or coded


def shown(key: str) -> str:
    """The receipt's key for an event whose reply stands in the chat already, sent by calls."""
    return f"{key}:shown"


def own_words(incoming: Incoming | None) -> bool:
    """Whether the person's own message holds words or pictures; a command tells nothing."""
    return isinstance(incoming, Said | SentMedia)


def leave(uow: UnitOfWork, chat_id: int, numbers: Iterable[int], person_id: str, now: datetime) -> None:
    """Note messages that stand in a chat now."""
    for number in numbers:
        uow.traces.leave(Trace(chat_id, number, person_id, now))


def fade(uow: UnitOfWork, before: datetime, now: datetime) -> int:
    """Ask for the deletion of what has stood since before this moment; how many messages."""
    return _ask(uow, uow.traces.take(before, before + ALONG), now)


def forget(uow: UnitOfWork, chat_id: int, now: datetime) -> int:
    """Ask for the deletion of all that is known to stand in a chat: it belongs to nobody from now on."""
    return _ask(uow, uow.traces.take_all(chat_id), now)


def _ask(uow: UnitOfWork, found: Sequence[Trace], now: datetime) -> int:
    for wish in _wishes(found, now):
        uow.outbox.add(wish)
    return len(found)


def _wishes(found: Sequence[Trace], now: datetime) -> Iterator[Wish]:
    for chat, group in groupby(found, key=lambda one: one.chat_id):
        mine = list(group)
        for at in range(0, len(mine), AT_ONCE):
            part = mine[at : at + AT_ONCE]
            yield Wish(
                dedupe_key=f"fade:{chat}:{part[0].message_id}:{part[-1].message_id}:{len(part)}",
                recipient=part[0].person_id,
                template="telegram_delete",
                due_at=now,
                params={"chat": chat, "message": ",".join(str(one.message_id) for one in part)},
                channel="telegram_delete",
                delivery="alert",
                until=max(now + ALONG, min(one.at for one in part) + DELETABLE),
            )
