"""What the Bot API accepts as reply markup, and what it quietly drops."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from tests.botapi.errors import bad_request
from tests.botapi.params import mapping

MAX_BUTTONS = 100
MAX_IN_A_ROW = 12
MAX_CALLBACK_BYTES = 64
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "pay",
)
_URL = re.compile(r"(https?|tg|ton|tonsite)://\S+|[\w-]+(\.[\w-]+)+(/\S*)?", re.IGNORECASE)
Markup = dict[str, Any]


def check_markup(value: Any) -> Markup | None:
    """The markup as it will be kept; None when there is none. Refuses what Telegram refuses."""
    if value is None:
        return None
    document = mapping(value, "object expected as reply markup; it")
    if "inline_keyboard" in document:
        rows = _rows(document["inline_keyboard"], _inline_button)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in document:
        return {**document, "keyboard": _rows(document["keyboard"], _plain_button)}
    return dict(document)


def _rows(value: Any, check: Any) -> list[list[dict[str, Any]]]:
    if not isinstance(value, list):
        raise bad_request("field keyboard must be an Array of Arrays")
    rows: list[list[dict[str, Any]]] = []
    for row in cast("list[Any]", value):
        if not isinstance(row, list):
            raise bad_request("field keyboard must be an Array of Arrays")
        # The server cuts a long row without a word: a lost button shows in the test that wants to press it.
        buttons = [check(button) for button in cast("list[Any]", row)][:MAX_IN_A_ROW]
        if buttons:
            rows.append(buttons)
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(value: Any) -> dict[str, Any]:
    button = dict(mapping(value, "can't parse inline keyboard button: it"))
    label = button.get("text")
    if not isinstance(label, str) or not label.strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be a non-empty String')
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be given")
    _check_action(button)
    return button


def _check_action(button: Mapping[str, Any]) -> None:
    data = button.get("callback_data")
    if data is not None and (not isinstance(data, str) or len(data.encode("utf-8")) > MAX_CALLBACK_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and (not isinstance(url, str) or not _URL.fullmatch(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    web_app = button.get("web_app")
    if web_app is not None:
        target = mapping(web_app, "can't parse inline keyboard button: web_app").get("url")
        if not isinstance(target, str) or not target.startswith("https://"):
            raise bad_request(f"inline keyboard button Web App URL '{target}' is invalid: Only HTTPS links are allowed")


def _plain_button(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        value = {"text": value}
    button = dict(mapping(value, "can't parse keyboard button: it"))
    if not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    return button
