"""From a Telegram update to what a person did. Pure; aiogram is the codec."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, InaccessibleMessage, Message, Update
from pydantic import ValidationError

from bot.app.turns.incoming import Command, Incoming, Opened, Pressed, Said, SentMedia
from bot.telegram_gateway.quick import QuickPress, QuickText, read

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?\Z", re.DOTALL)
_GONE = ("kicked", "left")
_GROUPS = ("group", "supergroup")
_MAX_ID = 2**52  # Telegram's ids have at most 52 significant bits (Bot API, Chat.id); a database takes no wider number
# What a person sends. Anything else without text is Telegram's own notice (a pinned message, a timer): no answer to it.
_MEDIA = frozenset(
    {
        ContentType.ANIMATION, ContentType.AUDIO, ContentType.CHECKLIST, ContentType.CONTACT, ContentType.DICE,
        ContentType.DOCUMENT, ContentType.GAME, ContentType.INVOICE, ContentType.LIVE_PHOTO, ContentType.LOCATION,
        ContentType.PAID_MEDIA, ContentType.PHOTO, ContentType.POLL, ContentType.RICH_MESSAGE, ContentType.STICKER,
        ContentType.STORY, ContentType.UNKNOWN, ContentType.VENUE, ContentType.VIDEO, ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """One update that matters. `message_id` is the message that was sent or pressed; `callback_id` wants an answer.

    A "stray" is a press on a message that is not in the person's own chat: the spinner stops, and nothing else happens.
    """

    update_id: int
    chat_id: int
    kind: Literal["event", "edited", "group", "blocked", "unblocked", "stray"]
    incoming: Incoming | None = None
    message_id: int | None = None
    callback_id: str | None = None


class Unreadable(Exception):  # noqa: N818 - a state, not a mistake
    """The update can't be understood; it is acknowledged and dropped, since a repeat would be the same."""


def parse(raw: bytes) -> Heard | None:
    """What an update says; None when it is nothing to us. Raises Unreadable for what is no update at all."""
    quick = read(raw)
    found = _from_quick(quick) if quick is not None else heard(_update(raw))
    if found is not None and max(abs(found.chat_id), abs(found.update_id), abs(found.message_id or 0)) > _MAX_ID:
        raise Unreadable
    return found


def _from_quick(quick: QuickText | QuickPress) -> Heard:
    if isinstance(quick, QuickPress):
        press = Pressed(quick.data)
        return Heard(quick.update_id, quick.chat_id, "event", press, quick.message_id, quick.callback_id)
    return Heard(quick.update_id, quick.chat_id, "event", _typed(quick.text), quick.message_id)


def _typed(text: str) -> Incoming:
    """A slash command, or just words."""
    command = _COMMAND.match(text)
    return Command(command[1].lower(), (command[2] or "").strip()) if command else Said(text)


def _update(raw: bytes) -> Update:
    try:
        return Update.model_validate_json(raw)
    except ValidationError:
        return _parse_slowly(raw)


def _parse_slowly(raw: bytes) -> Update:
    """Once more with lone surrogates replaced: JSON may carry them, and neither parser nor database takes them."""
    try:
        return Update.model_validate(_mended(json.loads(raw)))
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def _mended(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {_mended(k): _mended(v) for k, v in value.items()}
        case list():
            return [_mended(item) for item in value]
        case _:
            return value


def heard(update: Update) -> Heard | None:
    """The part of an update that we act on."""
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query)
    if update.message is not None:
        return _message(update.update_id, update.message)
    if update.edited_message is not None:
        message = update.edited_message
        if message.chat.type != "private":
            return None
        text = message.text or message.caption or ""
        return Heard(update.update_id, message.chat.id, "edited", Said(text), message.message_id)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    return None


def _press(update_id: int, query: CallbackQuery) -> Heard:
    message, sender = query.message, query.from_user.id
    if message is None:  # too old for Telegram to show: the person gets where they are now
        return Heard(update_id, sender, "event", Opened(), None, query.id)
    if message.chat.type != "private" or message.chat.id != sender:
        return Heard(update_id, sender, "stray", callback_id=query.id)
    # What the bot can't see any more, it can't change either: the reply comes as a new message.
    pressed = None if isinstance(message, InaccessibleMessage) else message.message_id
    return Heard(update_id, sender, "event", Pressed(query.data or ""), pressed, query.id)


def _message(update_id: int, message: Message) -> Heard | None:
    chat = message.chat
    if chat.type != "private":
        spoken = message.text is not None or bool(message.new_chat_members) or bool(message.group_chat_created)
        return Heard(update_id, chat.id, "group") if spoken and chat.type in _GROUPS else None
    if message.text is None:
        sent = message.content_type in _MEDIA
        return Heard(update_id, chat.id, "event", SentMedia(), message.message_id) if sent else None
    return Heard(update_id, chat.id, "event", _typed(message.text), message.message_id)


def _membership(update_id: int, change: ChatMemberUpdated) -> Heard | None:
    gone = change.new_chat_member.status in _GONE
    if change.chat.type == "private":
        return Heard(update_id, change.chat.id, "blocked" if gone else "unblocked")
    return Heard(update_id, change.chat.id, "group") if change.chat.type in _GROUPS and not gone else None
