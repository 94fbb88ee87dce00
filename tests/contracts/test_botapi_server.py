"""The stand-in for Telegram is as strict as Telegram: what it takes from a bot, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.botapi import BotApi, Person
from tests.botapi.markup import parse_html
from tests.contracts.botapi_kit import ANE, Say, buttons

# Texts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("a" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b></b>", "message text is empty"),
    ],
)
async def test_a_text_has_1_to_4096_utf16_units(call: Say, ane: Person, text: str, why: str) -> None:
    answer = await call("sendMessage", chat_id=ANE, text=text, parse_mode="HTML")
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {why}")


@pytest.mark.parametrize("text", ["a", "a" * 4096, "😀" * 2048, "<b>" + "a" * 4096 + "</b>", "æøå &amp; &lt;"])
async def test_a_text_within_the_limit_is_sent(call: Say, ane: Person, text: str) -> None:
    answer = await call("sendMessage", chat_id=ANE, text=text, parse_mode="HTML")
    assert answer["ok"] is True


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("å<script>", 'Unsupported start tag "script" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<3 hej>", 'Unsupported start tag "3" at byte offset 0'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    ],
)
async def test_html_must_be_balanced_and_known(call: Say, ane: Person, source: str, why: str) -> None:
    answer = await call("sendMessage", chat_id=ANE, text=source, parse_mode="HTML")
    assert answer["description"] == f"Bad Request: can't parse entities: {why}"


def test_html_gives_plain_text_and_entities_in_utf16_units() -> None:
    text, entities = parse_html(
        '😀 <b>fed <i>og</i></b> <a href="https://example.dk/?a=1&amp;b">her</a> &#230;&lt;b&gt;'
    )
    assert text == "😀 fed og her æ<b>"
    assert [(item["type"], item["offset"], item["length"]) for item in entities] == [
        ("bold", 3, 6),
        ("italic", 7, 2),
        ("text_link", 10, 3),
    ]


async def test_a_text_without_parse_mode_is_taken_as_it_is(call: Say, ane: Person) -> None:
    answer = await call("sendMessage", chat_id=ANE, text="1 < 2 & 3")
    assert answer["result"]["text"] == "1 < 2 & 3"


# Keyboards


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "Ja", "callback_data": "æ" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "Ja", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "Ja"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "", "callback_data": "1"}, "non-empty String"),
        ({"text": "Ja", "url": "javascript:alert(1)"}, "Wrong HTTP URL"),
        ({"text": "Ja", "web_app": {"url": "http://example.dk"}}, "Only HTTPS links are allowed"),
        ({"text": "Ja", "callback_data": "1", "url": "https://example.dk"}, "exactly one action"),
    ],
)
async def test_a_button_must_be_one_telegram_takes(call: Say, ane: Person, button: dict[str, Any], why: str) -> None:
    answer = await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup={"inline_keyboard": [[button]]})
    assert answer["ok"] is False
    assert why in answer["description"]


async def test_callback_data_may_fill_64_bytes(call: Say, ane: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "æ" * 32}]]}
    assert (await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup=keyboard))["ok"] is True


async def test_a_keyboard_has_at_most_100_buttons(call: Say, ane: Person) -> None:
    good = await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup=buttons(*map(str, range(100))))
    bad = await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup=buttons(*map(str, range(101))))
    assert good["ok"] is True
    assert bad["description"] == "Bad Request: reply markup is too long"


async def test_a_row_past_12_buttons_is_cut_without_a_word(api: BotApi, call: Say, ane: Person) -> None:
    row = [{"text": str(number), "callback_data": str(number)} for number in range(14)]
    await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup={"inline_keyboard": [row]})
    assert len(api.keyboard(ANE)[0]) == 12


# Edits and deletions


async def test_an_edit_that_changes_nothing_is_refused(call: Say, ane: Person) -> None:
    sent = (await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup=buttons("Ja")))["result"]
    where = {"chat_id": ANE, "message_id": sent["message_id"]}
    same_text = await call("editMessageText", **where, text="Vælg", reply_markup=buttons("Ja"))
    same_buttons = await call("editMessageReplyMarkup", **where, reply_markup=buttons("Ja"))
    assert same_text["description"].startswith("Bad Request: message is not modified")
    assert same_buttons["description"].startswith("Bad Request: message is not modified")


async def test_an_edit_that_names_no_keyboard_removes_it(api: BotApi, call: Say, ane: Person) -> None:
    sent = (await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup=buttons("Ja")))["result"]
    await call("editMessageText", chat_id=ANE, message_id=sent["message_id"], text="Vælg")
    assert api.keyboard(ANE) == []


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_only_own_and_known_messages_can_be_edited(call: Say, ane: Person, method: str) -> None:
    theirs = await ane.says("hej")
    unknown = await call(method, chat_id=ANE, message_id=5, text="nyt")
    foreign = await call(method, chat_id=ANE, message_id=theirs, text="nyt")
    assert unknown["description"] == "Bad Request: message to edit not found"
    assert foreign["description"] == "Bad Request: message can't be edited"


async def test_both_sides_messages_can_be_deleted_until_48_hours_have_passed(
    api: BotApi, call: Say, ane: Person
) -> None:
    mine = (await call("sendMessage", chat_id=ANE, text="hej"))["result"]["message_id"]
    theirs, late = await ane.says("en kladde"), await ane.says("en til")
    api.pass_time(48 * 3600 - 5)
    assert (await call("deleteMessage", chat_id=ANE, message_id=theirs))["ok"] is True
    assert (await call("deleteMessage", chat_id=ANE, message_id=theirs))["ok"] is False
    api.pass_time(10)
    too_late = await call("deleteMessages", chat_id=ANE, message_ids=[4, mine, late])
    assert too_late["description"] == "Bad Request: message can't be deleted for everyone"
    assert len(api.messages(ANE)) == 1


async def test_unknown_ids_are_passed_over_when_many_are_deleted(api: BotApi, call: Say, ane: Person) -> None:
    mine = (await call("sendMessage", chat_id=ANE, text="hej"))["result"]["message_id"]
    assert (await call("deleteMessages", chat_id=ANE, message_ids=[1, mine]))["ok"] is True
    assert api.messages(ANE) == []
    assert (await call("deleteMessages", chat_id=ANE, message_ids=list(range(101))))["ok"] is False


# Taps


async def test_a_press_is_answered_once_and_within_a_minute(api: BotApi, call: Say, ane: Person) -> None:
    await call("sendMessage", chat_id=ANE, text="Vælg", reply_markup=buttons("Ja", "Nej"))
    first = await ane.presses("Ja")
    assert (await call("answerCallbackQuery", callback_query_id=first, text="Tak"))["ok"] is True
    assert await ane.expects_answer() == "Tak"
    again = await call("answerCallbackQuery", callback_query_id=first)
    second = await ane.presses("Nej")
    api.pass_time(61)
    late = await call("answerCallbackQuery", callback_query_id=second)
    assert "query is too old" in again["description"]
    assert "query is too old" in late["description"]
    assert api.answered(second) is None


async def test_a_toast_has_at_most_200_signs(call: Say, ane: Person) -> None:
    query = await ane.presses_data("x")
    answer = await call("answerCallbackQuery", callback_query_id=query, text="a" * 201)
    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"


# Who may be written to


async def test_a_bot_cannot_write_to_strangers_or_first_or_when_blocked(api: BotApi, call: Say, ane: Person) -> None:
    api.person(1002)
    await ane.blocks()
    answers = [await call("sendMessage", chat_id=chat, text="hej") for chat in (9, 1002, ANE)]
    assert [(answer["error_code"], answer["description"]) for answer in answers] == [
        (400, "Bad Request: chat not found"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (403, "Forbidden: bot was blocked by the user"),
    ]
    await ane.unblocks()
    assert (await call("sendMessage", chat_id=ANE, text="hej"))["ok"] is True


async def test_a_moved_group_names_its_new_id(api: BotApi, call: Say) -> None:
    api.group(-5, kind="group").moved_to = -1005
    answer = await call("sendMessage", chat_id=-5, text="hej")
    assert answer["parameters"] == {"migrate_to_chat_id": -1005}


async def test_a_bot_leaves_groups_but_not_people(api: BotApi, call: Say, ane: Person) -> None:
    api.group(-5)
    assert (await call("leaveChat", chat_id=-5))["ok"] is True
    assert (await call("sendMessage", chat_id=-5, text="hej"))["error_code"] == 403
    assert (await call("leaveChat", chat_id=ANE))["ok"] is False


# The profile


@pytest.mark.parametrize(
    ("command", "ok"),
    [
        ({"command": "hjaelp", "description": "Få hjælp"}, True),
        ({"command": "hjælp", "description": "Få hjælp"}, False),
        ({"command": "Ny", "description": "Ny sag"}, False),
        ({"command": "ny", "description": ""}, False),
        ({"command": "ny", "description": "a" * 257}, False),
    ],
)
async def test_commands_are_plain_lower_case(call: Say, command: dict[str, str], ok: bool) -> None:
    answer = await call("setMyCommands", commands=[command], language_code="da")
    assert answer["ok"] is ok


async def test_commands_are_kept_by_scope_and_language(call: Say) -> None:
    ny, stop = ({"command": name, "description": name} for name in ("ny", "stop"))
    await call("setMyCommands", commands=[ny], language_code="da")
    await call("setMyCommands", commands=[stop], scope={"type": "all_private_chats"})
    assert (await call("getMyCommands", language_code="da"))["result"] == [ny]
    assert (await call("getMyCommands", scope={"type": "all_private_chats"}))["result"] == [stop]
    assert (await call("getMyCommands"))["result"] == []


@pytest.mark.parametrize(
    ("method", "field", "limit"),
    [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_profile_texts_have_their_limits(call: Say, method: str, field: str, limit: int) -> None:
    assert (await call(method, **{field: "a" * limit}))["ok"] is True
    assert (await call(method, **{field: "a" * (limit + 1)}))["ok"] is False


async def test_a_reaction_is_one_emoji_from_the_list(call: Say, ane: Person) -> None:
    number = await ane.says("hej")
    where = {"chat_id": ANE, "message_id": number}
    assert (await call("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}]))["ok"]
    bad = await call("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "🦕"}])
    assert bad["description"] == "Bad Request: REACTION_INVALID"


@pytest.mark.parametrize(("action", "ok"), [("typing", True), ("dancing", False)])
async def test_a_chat_action_is_one_of_the_known(call: Say, ane: Person, action: str, ok: bool) -> None:
    assert (await call("sendChatAction", chat_id=ANE, action=action))["ok"] is ok


@pytest.mark.parametrize(
    ("button", "ok"),
    [
        ({"type": "commands"}, True),
        ({"type": "web_app", "text": "Åbn", "web_app": {"url": "https://example.dk"}}, True),
        ({"type": "web_app", "text": "Åbn", "web_app": {"url": "http://example.dk"}}, False),
        ({"type": "fancy"}, False),
    ],
)
async def test_a_menu_button_is_one_of_three(call: Say, button: dict[str, Any], ok: bool) -> None:
    assert (await call("setChatMenuButton", menu_button=button))["ok"] is ok
