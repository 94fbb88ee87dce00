"""The methods a form bot calls, each as strict as the real server; parameters in, result out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.botapi import params as p
from tests.botapi.errors import ApiError, bad_request
from tests.botapi.keyboards import Markup, check_markup
from tests.botapi.markup import parse_html, utf16_length
from tests.botapi.params import Params
from tests.botapi.world import DELETE_SECONDS, QUERY_SECONDS, Chat, World

MAX_TEXT = 4096
MAX_RAW_BYTES = 32 * 1024
MAX_ENTITIES = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_ACTIONS = frozenset({"typing", "upload_photo", "record_voice", "upload_voice", "upload_document", "find_location"})
_REACTIONS = frozenset("👍👎❤🔥🥰👏😁🤔🎉🙏👌🤝✍🤗👀💯🫡")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
Method = Callable[[World, Params], Any]


def get_me(world: World, _: Params) -> Any:
    """Who the bot is."""
    return {**world.bot, "can_join_groups": False, "can_read_all_group_messages": False}


def send_message(world: World, params: Params) -> Any:
    """A new text in a chat."""
    chat = world.writable(_chat_id(params))
    text, entities = _text(params)
    markup = check_markup(p.nested(params, "reply_markup"))
    message: dict[str, Any] = {
        "message_id": world.new_message_id(),
        "from": world.bot,
        "chat": chat.document,
        "date": int(world.now()),
        "text": text,
    }
    if entities:
        message["entities"] = entities
    if p.boolean(params, "protect_content"):
        message["has_protected_content"] = True
    _set_markup(message, markup)
    chat.messages[message["message_id"]] = message
    world.happened("sent", chat.id, message)
    return _shown(message)


def edit_message_text(world: World, params: Params) -> Any:
    """A new text, and a new keyboard or none, on one of the bot's messages."""
    chat, message = _own_message(world, params)
    text, entities = _text(params)
    markup = check_markup(p.nested(params, "reply_markup"))
    same = message["text"] == text and message.get("entities", []) == entities
    if same and message.get("reply_markup") == markup:
        raise bad_request(_NOT_MODIFIED)
    message["text"] = text
    message.pop("entities", None)
    if entities:
        message["entities"] = entities
    return _edited(world, chat, message, markup)


def edit_message_reply_markup(world: World, params: Params) -> Any:
    """A new keyboard, or none, on one of the bot's messages."""
    chat, message = _own_message(world, params)
    markup = check_markup(p.nested(params, "reply_markup"))
    if message.get("reply_markup") == markup:
        raise bad_request(_NOT_MODIFIED)
    return _edited(world, chat, message, markup)


def delete_message(world: World, params: Params) -> Any:
    """Remove one message for both sides."""
    chat = world.chat(_chat_id(params))
    message = chat.messages.get(p.integer(params, "message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, message)
    _delete(world, chat, message)
    return True


def delete_messages(world: World, params: Params) -> Any:
    """Remove up to 100 messages; unknown ids are passed over, one that is too old fails the call."""
    chat = world.chat(_chat_id(params))
    ids = p.items(params, "message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in map(int, ids) if number in chat.messages]
    for message in found:
        _check_deletable(world, chat, message)
    for message in found:
        _delete(world, chat, message)
    return True


def answer_callback_query(world: World, params: Params) -> Any:
    """Stop the spinner on a pressed button, once."""
    query = world.queries.get(p.text(params, "callback_query_id"))
    if utf16_length(p.text(params, "text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if query is None or query.answer is not None or world.now() - query.at > QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answer = {"text": p.text(params, "text"), "show_alert": p.boolean(params, "show_alert")}
    world.happened("answered", query.chat_id, {"callback_query_id": query.id, **query.answer})
    return True


def set_my_commands(world: World, params: Params) -> Any:
    """The list of commands for one scope and language."""
    commands = p.items(params, "commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        item = p.mapping(command, "can't parse BotCommand: it")
        name, description = item.get("command"), item.get("description")
        if not isinstance(name, str) or not _COMMAND.fullmatch(name.removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not isinstance(description, str) or not 1 <= utf16_length(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile["commands", _scope(params), _language(params)] = commands
    return True


def get_my_commands(world: World, params: Params) -> Any:
    """The list of commands for exactly this scope and language."""
    return world.profile.get(("commands", _scope(params), _language(params)), [])


def delete_my_commands(world: World, params: Params) -> Any:
    """Forget the commands for one scope and language."""
    world.profile.pop(("commands", _scope(params), _language(params)), None)
    return True


def _profile_text(what: str, limit: int) -> Method:
    def method(world: World, params: Params) -> Any:
        value = p.text(params, what)
        if utf16_length(value) > limit:
            raise bad_request(f"bot's {what.replace('_', ' ')} is too long")
        world.profile[what, "", _language(params)] = value
        return True

    return method


def set_chat_menu_button(world: World, params: Params) -> Any:
    """The button beside the text field: default, commands or web_app."""
    button = p.mapping(p.nested(params, "menu_button") or {"type": "default"}, "menu button")
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: unsupported type")
    if button["type"] == "web_app":
        url = p.mapping(button.get("web_app"), "web_app").get("url")
        if not isinstance(url, str) or not url.startswith("https://"):
            raise bad_request("menu button Web App URL is invalid: Only HTTPS links are allowed")
    world.profile["menu_button", p.text(params, "chat_id"), ""] = dict(button)
    return True


def send_chat_action(world: World, params: Params) -> Any:
    """Show that the bot is about to write."""
    world.writable(_chat_id(params))
    if p.text(params, "action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def set_message_reaction(world: World, params: Params) -> Any:
    """One emoji on a message, or none."""
    chat = world.writable(_chat_id(params))
    if p.integer(params, "message_id") not in chat.messages:
        raise bad_request("message to react not found")
    reactions = p.items(params, "reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(p.mapping(item, "reaction").get("emoji") not in _REACTIONS for item in reactions):
        raise bad_request("REACTION_INVALID")
    return True


def leave_chat(world: World, params: Params) -> Any:
    """Walk out of a group."""
    chat = world.chat(_chat_id(params))
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot_left:
        raise ApiError(403, "Forbidden: bot is not a member of the chat")
    chat.bot_left = True
    return True


METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _profile_text("name", 64),
    "setmydescription": _profile_text("description", 512),
    "setmyshortdescription": _profile_text("short_description", 120),
    "setchatmenubutton": set_chat_menu_button,
    "sendchataction": send_chat_action,
    "setmessagereaction": set_message_reaction,
    "leavechat": leave_chat,
}


def _chat_id(params: Params) -> int:
    if not p.text(params, "chat_id"):
        raise bad_request("chat_id is empty")
    return p.integer(params, "chat_id")


def _text(params: Params) -> tuple[str, list[dict[str, Any]]]:
    raw = p.text(params, "text")
    if len(raw.encode("utf-8")) > MAX_RAW_BYTES:
        raise bad_request("message is too long")
    mode = p.text(params, "parse_mode").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    plain, entities = parse_html(raw) if mode else (raw, p.items(params, "entities"))
    shown = plain.replace("\x00", "").rstrip()
    if not shown.strip():
        raise bad_request("message text is empty")
    if utf16_length(shown) > MAX_TEXT:
        raise bad_request("message is too long")
    return shown, entities[:MAX_ENTITIES]


def _own_message(world: World, params: Params) -> tuple[Chat, dict[str, Any]]:
    chat = world.writable(_chat_id(params))
    message = chat.messages.get(p.integer(params, "message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(world: World, chat: Chat, message: dict[str, Any], markup: Markup | None) -> Any:
    # An edit that says nothing of the keyboard removes it.
    _set_markup(message, markup)
    message["edit_date"] = int(world.now())
    world.happened("edited", chat.id, message)
    return _shown(message)


def _set_markup(message: dict[str, Any], markup: Markup | None) -> None:
    message.pop("reply_markup", None)
    if markup is not None:
        message["reply_markup"] = markup


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    """A returned Message carries an inline keyboard only, never a reply keyboard."""
    if "inline_keyboard" in message.get("reply_markup", {"inline_keyboard": ()}):
        return message
    return {name: value for name, value in message.items() if name != "reply_markup"}


def _check_deletable(world: World, chat: Chat, message: dict[str, Any]) -> None:
    theirs = message["from"]["id"] != world.bot["id"]
    if world.now() - message["date"] >= DELETE_SECONDS or (theirs and not chat.private):
        raise bad_request("message can't be deleted for everyone")


def _delete(world: World, chat: Chat, message: dict[str, Any]) -> None:
    del chat.messages[message["message_id"]]
    world.happened("deleted", chat.id, message)


def _scope(params: Params) -> str:
    scope = p.nested(params, "scope") or {"type": "default"}
    kind = p.mapping(scope, "BotCommandScope").get("type")
    if kind not in {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"}:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return f"chat:{scope.get('chat_id')}" if kind == "chat" else str(kind)


def _language(params: Params) -> str:
    language = p.text(params, "language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("LANGUAGE_CODE_INVALID")
    return language
