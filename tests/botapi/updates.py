"""Builders of Update documents as Telegram sends them: pure functions, plain JSON.

Every test person is fictional. Dates are seconds since 1970, as in the Bot API.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.botapi.markup import utf16_length

Json = dict[str, Any]
DEFAULT_DATE = 1_767_603_600  # 2026-01-05 10:00 in Denmark, a Monday
_COMMAND = re.compile(r"/[a-zA-Z0-9_]{1,32}(@\w+)?")


def user(user_id: int, first_name: str = "Ane", *, language: str = "da", is_bot: bool = False) -> Json:
    """A person (or a bot) as the sender of an update."""
    return {"id": user_id, "is_bot": is_bot, "first_name": first_name, "language_code": language}


def private_chat(chat_id: int, first_name: str = "Ane") -> Json:
    """The chat between one person and the bot; its id is the person's."""
    return {"id": chat_id, "type": "private", "first_name": first_name}


def group_chat(chat_id: int, title: str = "Team 3", kind: str = "supergroup") -> Json:
    """A group, supergroup or channel; ids below zero."""
    return {"id": chat_id, "type": kind, "title": title}


def command_entities(text: str) -> list[Json]:
    """The entity that Telegram puts on a command that opens a text."""
    match = _COMMAND.match(text)
    return [{"type": "bot_command", "offset": 0, "length": utf16_length(match.group())}] if match else []


def text_message(
    message_id: int, chat: Mapping[str, Any], sender: Mapping[str, Any], text: str, *, date: int = DEFAULT_DATE
) -> Json:
    """A text that a person wrote."""
    body = bare_message(message_id, chat, sender, date=date)
    body["text"] = text
    if entities := command_entities(text):
        body["entities"] = entities
    return body


def bare_message(
    message_id: int, chat: Mapping[str, Any], sender: Mapping[str, Any], *, date: int = DEFAULT_DATE, **content: Any
) -> Json:
    """A message without text; add its content by name, e.g. `photo=[...]`."""
    return {"message_id": message_id, "from": dict(sender), "chat": dict(chat), "date": date, **content}


def message(update_id: int, body: Mapping[str, Any]) -> Json:
    """The update that carries a new message."""
    return {"update_id": update_id, "message": dict(body)}


def edited_message(update_id: int, body: Mapping[str, Any], text: str, *, edit_date: int | None = None) -> Json:
    """The update that tells of a changed text."""
    changed = {**body, "text": text, "edit_date": edit_date or int(body["date"]) + 5}
    changed.pop("entities", None)
    if entities := command_entities(text):
        changed["entities"] = entities
    return {"update_id": update_id, "edited_message": changed}


def callback_query(
    update_id: int, query_id: str, sender: Mapping[str, Any], body: Mapping[str, Any] | None, data: str
) -> Json:
    """The update of a pressed button; `body` is the message with the keyboard, None when it is too old."""
    query: Json = {"id": query_id, "from": dict(sender), "chat_instance": "4815162342", "data": data}
    if body is not None:
        query["message"] = dict(body)
    return {"update_id": update_id, "callback_query": query}


def inaccessible_message(message_id: int, chat: Mapping[str, Any]) -> Json:
    """What stands for a message that Telegram no longer shows to the bot (date 0)."""
    return {"message_id": message_id, "chat": dict(chat), "date": 0}


def my_chat_member(
    update_id: int,
    chat: Mapping[str, Any],
    sender: Mapping[str, Any],
    bot: Mapping[str, Any],
    *,
    old: str = "member",
    new: str = "kicked",
    date: int = DEFAULT_DATE,
) -> Json:
    """The bot's own membership changed: `kicked` in a private chat means that the person blocked it."""
    return {
        "update_id": update_id,
        "my_chat_member": {
            "chat": dict(chat),
            "from": dict(sender),
            "date": date,
            "old_chat_member": _member(bot, old),
            "new_chat_member": _member(bot, new),
        },
    }


def _member(bot: Mapping[str, Any], status: str) -> Json:
    member: Json = {"user": dict(bot), "status": status}
    if status == "kicked":
        member["until_date"] = 0
    return member


def photo(file_id: str = "AgACAgQAAxkBAAEB") -> Json:
    """The content of a photo message: `bare_message(..., **photo())`."""
    sizes = ((90, 67, 1_253), (320, 240, 19_870), (1280, 960, 152_113))
    return {
        "photo": [
            {
                "file_id": f"{file_id}{width}",
                "file_unique_id": f"AQAD{width}",
                "width": width,
                "height": height,
                "file_size": size,
            }
            for width, height, size in sizes
        ]
    }


def voice(seconds: int = 7) -> Json:
    """The content of a voice message."""
    return {
        "voice": {
            "duration": seconds,
            "mime_type": "audio/ogg",
            "file_id": "AwACAgQAAxkBAAEC",
            "file_unique_id": "AgADvoice",
            "file_size": 4_000 * seconds,
        }
    }


def document(name: str = "referat.pdf") -> Json:
    """The content of a message with a file."""
    return {
        "document": {
            "file_name": name,
            "mime_type": "application/pdf",
            "file_id": "BQACAgQAAxkBAAED",
            "file_unique_id": "AgADdocument",
            "file_size": 24_576,
        }
    }


def forwarded(sender: Mapping[str, Any], *, date: int = DEFAULT_DATE - 3_600) -> Json:
    """What makes a message a forwarded one."""
    return {"forward_origin": {"type": "user", "sender_user": dict(sender), "date": date}}
