"""From Telegram's JSON to what a person did."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest

from bot.app.turns.incoming import Command, Opened, Pressed, Said, SentMedia
from bot.telegram_gateway.incoming import Heard, Unreadable, parse
from tests.botapi import updates as u

CHAT, ANE = u.private_chat(1001), u.user(1001)
GROUP, CHANNEL = u.group_chat(-100_500), u.group_chat(-100_700, "Nyt fra skolen", "channel")
BOT = u.user(110201543, "Trivselsbot", is_bot=True)


def hear(update: dict[str, Any]) -> Heard | None:
    return parse(orjson.dumps(update))


def said(text: str, **more: Any) -> dict[str, Any]:
    return u.message(7, {**u.text_message(55, CHAT, ANE, text), **more})


def media(**content: Any) -> dict[str, Any]:
    return u.message(7, u.bare_message(55, CHAT, ANE, **content))


_FILE = {"file_id": "AgAC", "file_unique_id": "AgAD", "file_size": 5}
_CLIP = {**_FILE, "duration": 3, "width": 9, "height": 9, "length": 9}
_STICKER = {**_FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}


# --- texts and commands ---


def test_a_text_is_what_was_said_with_its_chat_and_message() -> None:
    assert hear(said("Han gik ud.")) == Heard(7, 1001, "event", Said("Han gik ud."), 55)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/ny", Command("ny")),
        ("/NY", Command("ny")),
        ("/ny@trivselsbot_test_bot", Command("ny")),
        ("/start K7-_x", Command("start", "K7-_x")),
        ("/start@trivselsbot_test_bot  K7 ", Command("start", "K7")),
        ("/start", Command("start")),
        ("/hjaelp\nmed to linjer", Command("hjaelp", "med to linjer")),
        ("/findes_ikke", Command("findes_ikke")),
    ],
)
def test_a_slash_and_a_word_is_a_command(text: str, command: Command) -> None:
    assert hear(said(text)) == Heard(7, 1001, "event", command, 55)


@pytest.mark.parametrize("text", ["/", "/ny!", "/blåbær", "https://example.org/ny", " /ny", "7/9", "/" + "a" * 33])
def test_a_text_that_only_looks_like_a_command_is_a_text(text: str) -> None:
    assert hear(said(text)) == Heard(7, 1001, "event", Said(text), 55)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "før\x00efter",
        "\u202eøvb\u202c",
        "<b>&amp;</b>",
        "🙈" * 500,
        "e\u0301\u200b",
        "\r\n",
        "'; DROP--",
    ],
)
def test_any_text_comes_through_as_it_was_written(text: str) -> None:
    assert hear(said(text)) == Heard(7, 1001, "event", Said(text), 55)


def test_a_lone_surrogate_becomes_a_question_mark_and_the_rest_is_kept() -> None:
    raw = json.dumps(said("XX ræv")).replace("XX", "\\ud83d").encode()
    found = parse(raw)
    assert found == Heard(7, 1001, "event", Said("? ræv"), 55)


def test_a_forwarded_text_is_a_text() -> None:
    assert hear(said("Han gik ud.", **u.forwarded(u.user(77)))) == Heard(7, 1001, "event", Said("Han gik ud."), 55)


def test_an_edited_text_is_known_as_edited_with_its_words_for_the_guards() -> None:
    body = u.text_message(55, CHAT, ANE, "før")
    assert hear(u.edited_message(7, body, "efter")) == Heard(7, 1001, "edited", Said("efter"), 55)


# --- media ---


@pytest.mark.parametrize(
    "content",
    [
        u.photo(),
        {**u.photo(), "caption": "Se ham her"},
        u.voice(),
        u.document(),
        {"video": _CLIP},
        {"video_note": _CLIP},
        {"animation": _CLIP},
        {"audio": _CLIP},
        {"sticker": _STICKER},
        {"location": {"latitude": 55.6, "longitude": 12.5}},
        {"contact": {"phone_number": "12345678", "first_name": "Fiktiv"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "Skolen", "address": "Vej"}},
        {"what_comes_in_a_later_bot_api": {"id": 1}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_everything_but_text_is_media_whatever_it_holds(content: dict[str, Any]) -> None:
    assert hear(media(**content)) == Heard(7, 1001, "event", SentMedia(), 55)


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": u.text_message(3, CHAT, BOT, "gammel")},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
        {"write_access_allowed": {}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_telegrams_own_notices_in_a_private_chat_get_no_answer(content: dict[str, Any]) -> None:
    assert hear(media(**content)) is None


# --- presses ---


def press(body: dict[str, Any] | None, data: str = "go:menu", sender: dict[str, Any] = ANE) -> Heard | None:
    return hear(u.callback_query(7, "4711", sender, body, data))


def test_a_press_on_the_bots_message_is_its_code() -> None:
    assert press(u.text_message(55, CHAT, BOT, "Hvad vil du?")) == Heard(
        7, 1001, "event", Pressed("go:menu"), 55, "4711"
    )


def test_a_press_on_a_message_that_telegram_forgot_shows_where_the_person_is() -> None:
    assert press(None) == Heard(7, 1001, "event", Opened(), None, "4711")


def test_a_press_on_an_inaccessible_message_counts_but_that_message_is_not_changed() -> None:
    assert press(u.inaccessible_message(55, CHAT)) == Heard(7, 1001, "event", Pressed("go:menu"), None, "4711")


@pytest.mark.parametrize("chat", [GROUP, CHANNEL, u.private_chat(1002)], ids=["group", "channel", "another's chat"])
def test_a_press_outside_the_persons_own_chat_only_stops_the_spinner(chat: dict[str, Any]) -> None:
    assert press(u.text_message(55, chat, BOT, "Hvad vil du?")) == Heard(7, 1001, "stray", callback_id="4711")


# --- groups, channels, membership ---


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_a_text_in_a_group_is_only_that_a_group_spoke(kind: str) -> None:
    found = hear(u.message(7, u.text_message(55, u.group_chat(-9, kind=kind), ANE, "/start ABC")))
    assert found == Heard(7, -9, "group")


def test_being_added_to_a_group_is_a_group_that_spoke() -> None:
    assert hear(u.my_chat_member(7, GROUP, ANE, BOT, old="left", new="member")) == Heard(7, -100_500, "group")
    assert hear(u.message(7, u.bare_message(5, GROUP, ANE, new_chat_members=[BOT]))) == Heard(7, -100_500, "group")


@pytest.mark.parametrize(
    "update",
    [
        u.message(7, u.bare_message(5, GROUP, ANE, **u.photo())),
        u.edited_message(7, u.text_message(5, GROUP, ANE, "a"), "b"),
        u.my_chat_member(7, GROUP, ANE, BOT, old="member", new="kicked"),
        u.my_chat_member(7, CHANNEL, ANE, BOT, old="left", new="member"),
        u.message(7, u.text_message(5, CHANNEL, ANE, "a")),
        {"update_id": 7, "channel_post": u.text_message(5, CHANNEL, ANE, "a")},
        {"update_id": 7, "inline_query": {"id": "1", "from": ANE, "query": "a", "offset": ""}},
        {"update_id": 7, "from_a_later_bot_api": {"id": 1}},
        {"update_id": 7},
    ],
    ids=[
        "photo",
        "edited",
        "thrown out",
        "channel joined",
        "channel text",
        "channel post",
        "inline",
        "future",
        "empty",
    ],
)
def test_what_is_none_of_our_business_is_nothing(update: dict[str, Any]) -> None:
    assert hear(update) is None


@pytest.mark.parametrize(("new", "kind"), [("kicked", "blocked"), ("member", "unblocked")])
def test_blocking_and_unblocking_in_a_private_chat(new: str, kind: str) -> None:
    assert hear(u.my_chat_member(7, CHAT, ANE, BOT, old="member", new=new)) == Heard(7, 1001, kind)  # type: ignore[arg-type]


# --- what is no update ---


def deep(levels: int) -> bytes:
    return b'{"update_id": 7, "message": ' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"update_id": "x"}',
        b'{"update_id": NaN}',
        b'{"message": {}}',
        b'{"update_id": 7, "message": {"text": 5}}',
        deep(100),
        deep(150_000),
        b"[" * 200_000,
        b'{"update_id": ' + b"9" * 5_000 + b"}",
    ],
    ids=["empty", "null", "list", "cut", "bytes", "text id", "nan", "no id", "odd", "deep", "deeper", "nested", "huge"],
)
def test_what_is_no_update_is_unreadable_and_never_a_crash(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(raw)


@pytest.mark.parametrize("number", [2**53, 2**70, -(2**64)])
def test_ids_that_no_database_takes_are_unreadable(number: int) -> None:
    body = u.text_message(55, u.private_chat(number), u.user(number), "a")
    with pytest.raises(Unreadable):
        parse(json.dumps(u.message(7, body)).encode())
