"""The stand-in for Telegram is as strict as Telegram: each rule that a bot can trip over has a test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, Fault, FloodLimits, Person, updates
from tests.botapi.client import HttpClient
from tests.botapi.markup import parse_html
from tests.botapi.wire import Answer, HttpServer, Request

ANE = 1001
Say = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def http(api: BotApi) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{api.url}/bot{api.token}/", trust_env=False) as client:
        yield client


@pytest.fixture
def call(http: httpx.AsyncClient) -> Say:
    async def say(method: str, **params: Any) -> dict[str, Any]:
        return (await http.post(method, json=params)).json()

    return say


@pytest.fixture
def ane(api: BotApi) -> Person:
    return api.person(ANE, started=True)


def buttons(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label[:20]}] for label in labels]}


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


# The protocol


async def test_json_form_multipart_and_query_say_the_same(http: httpx.AsyncClient, ane: Person) -> None:
    markup = json.dumps(buttons("Ja"))
    fields = {"chat_id": str(ANE), "text": "Hvad så du? æøå", "reply_markup": markup}
    answers = [
        await http.post("sendMessage", json=fields),
        await http.post("sendMessage", data=fields),
        await http.post("sendMessage", files={name: (None, value) for name, value in fields.items()}),
        await http.get("sendMessage", params=fields),
    ]
    seen = [answer.json()["result"] for answer in answers]
    assert [message["text"] for message in seen] == ["Hvad så du? æøå"] * 4
    assert [message["reply_markup"] for message in seen] == [buttons("Ja")] * 4


async def test_a_wrong_token_or_method_is_refused(api: BotApi, call: Say) -> None:
    async with httpx.AsyncClient(base_url=api.url, trust_env=False) as client:
        assert (await client.post("/bot1:wrong/getMe")).status_code == 401
        assert (await client.post("/elsewhere")).status_code == 404
    assert (await call("sendMesage"))["error_code"] == 404
    assert (await call("getMe"))["result"]["username"] == "trivselsbot_test_bot"


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff"])
async def test_a_broken_body_is_a_400(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("sendMessage", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_a_lone_surrogate_is_refused(http: httpx.AsyncClient, ane: Person) -> None:
    body = b'{"chat_id":1001,"text":"\\ud800"}'
    answer = await http.post("sendMessage", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


# Trouble


async def test_flood_limits_answer_429_with_the_seconds_to_wait(api: BotApi, call: Say) -> None:
    api.limit_floods(FloodLimits(overall_per_second=4, chat_per_second=1, chat_burst=2))
    for chat in (1, 2, 3):
        api.person(chat, started=True)
    own = [await call("sendMessage", chat_id=1, text=str(number)) for number in range(3)]
    others = [await call("sendMessage", chat_id=chat, text="hej") for chat in (2, 3)]
    assert [answer["ok"] for answer in own] == [True, True, False]
    assert own[2]["parameters"]["retry_after"] == 2
    assert [answer["ok"] for answer in others] == [True, False]
    api.pass_time(2)
    assert (await call("sendMessage", chat_id=1, text="hej"))["ok"] is True


async def test_a_group_takes_20_messages_a_minute(api: BotApi, call: Say) -> None:
    api.group(-7)
    api.limit_floods(FloodLimits())
    answers = [await call("sendMessage", chat_id=-7, text=str(number)) for number in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]
    assert answers[-1]["parameters"]["retry_after"] > 50


@pytest.mark.parametrize(
    ("fault", "carried_out"), [(Fault.RESET_BEFORE, False), (Fault.RESET_AFTER, True), (Fault.SILENCE, True)]
)
async def test_a_lost_answer_does_not_tell_whether_the_message_was_sent(
    api: BotApi, http: httpx.AsyncClient, ane: Person, fault: Fault, carried_out: bool
) -> None:
    api.faults.plan(fault, "sendMessage")
    with pytest.raises(httpx.TransportError):
        await http.post("sendMessage", json={"chat_id": ANE, "text": "hej"}, timeout=0.3)
    assert len(api.messages(ANE)) == carried_out


async def test_faults_are_used_up_call_by_call(api: BotApi, http: httpx.AsyncClient, ane: Person) -> None:
    api.faults.plan(Fault.ERROR_500, "sendMessage", times=2, skip=1)
    api.faults.plan(Fault.TOO_MANY, "sendMessage")
    api.faults.plan(Fault.ERROR_502)
    hello = {"chat_id": ANE, "text": "hej"}
    codes = [(await http.post("sendMessage", json=hello)).status_code for _ in range(6)]
    assert codes == [200, 500, 500, 429, 502, 200]


# Delivery


class Bot:
    """A bot of four lines: keeps what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str, str]] = []
        self.under_way: dict[str, int] = {}
        self.overlaps = 0
        self.answers: list[Answer] = []
        self.secret = ""

    async def __call__(self, request: Request) -> Answer:
        update = json.loads(request.body)
        self.secret = request.headers.get(b"x-telegram-bot-api-secret-token", b"").decode()
        kind = next(name for name in update if name != "update_id")
        content = update[kind]
        chat = str(content["from"]["id"])
        lane = kind[:5] + chat
        self.overlaps += self.under_way.get(lane, 0)
        self.under_way[lane] = self.under_way.get(lane, 0) + 1
        for _ in range(3):  # let others come in between
            await asyncio.get_running_loop().run_in_executor(None, int)
        self.under_way[lane] -= 1
        self.got.append((update["update_id"], chat, content.get("text") or content.get("data")))
        return self.answers.pop(0) if self.answers else Answer()


@pytest.fixture
async def bot(api: BotApi, call: Say) -> AsyncIterator[Bot]:
    bot = Bot()
    async with HttpServer(bot) as server:
        answer = await call("setWebhook", url=f"{server.url}/hook", secret_token="hemmelig_1")
        assert answer["ok"] is True
        yield bot


async def test_a_chat_is_served_in_order_with_one_update_in_flight(api: BotApi, bot: Bot) -> None:
    people = [api.person(number) for number in range(1, 6)]
    for number in range(6):
        for person in people:
            await person.says(str(number))
    await api.settled()
    assert bot.overlaps == 0
    assert bot.secret == "hemmelig_1"
    for person in people:
        texts = [text for _, chat, text in bot.got if chat == str(person.chat_id)]
        assert texts == [str(number) for number in range(6)]


async def test_taps_do_not_wait_for_texts(api: BotApi, bot: Bot, ane: Person) -> None:
    bot.answers = [Answer(500), Answer(200)]
    api.tuning.pace = 1000.0  # the text's second try is at once, its third would be far away
    await ane.says("først")
    await ane.presses_data("tryk")
    await api.settled()
    assert sorted(text for _, _, text in bot.got) == ["først", "først", "tryk"]


@pytest.mark.parametrize(
    "trouble", [Answer(500), Answer(403), Answer(302), Answer(cut=True), Answer(429, b"", {"retry-after": "3"})]
)
async def test_an_update_comes_again_until_it_is_accepted(api: BotApi, bot: Bot, ane: Person, trouble: Answer) -> None:
    bot.answers = [trouble, trouble, trouble]
    await ane.says("et")
    await ane.says("to")
    await api.settled()
    assert [text for _, _, text in bot.got] == ["et"] * 4 + ["to"]


async def test_a_tap_dies_after_150_seconds_and_a_text_does_not(api: BotApi, call: Say, ane: Person) -> None:
    await ane.says("hej")
    await ane.presses_data("tryk")
    api.pass_time(151)
    found = (await call("getUpdates"))["result"]
    assert [updates for updates in found if "callback_query" in updates] == []
    assert [update["message"]["text"] for update in found] == ["hej"]
    api.pass_time(24 * 3600)
    assert (await call("getUpdates"))["result"] == []


@pytest.mark.parametrize("overlapping", [False, True])
async def test_updates_can_be_delivered_more_than_once_with_chats_shuffled(
    api: BotApi, bot: Bot, overlapping: bool
) -> None:
    api.tuning.copies = (1, 3)
    api.tuning.shuffled = True
    api.tuning.overlapping = overlapping
    for number in range(5):
        for person in range(1, 21):
            await api.person(person).says(str(number))
    await api.settled()
    ids = [update_id for update_id, _, _ in bot.got]
    assert len(set(ids)) == 100
    assert 150 < len(ids) <= 300
    for person in range(1, 21):
        own = [update_id for update_id, chat, _ in bot.got if chat == str(person)]
        assert own == sorted(own)


async def test_the_answer_to_a_webhook_may_carry_a_method(api: BotApi, bot: Bot, ane: Person) -> None:
    reply = {"method": "sendMessage", "chat_id": ANE, "text": "Hvad så du?", "reply_markup": buttons("Ja")}
    refused = {"method": "sendMessage", "chat_id": ANE, "text": ""}
    bot.answers = [Answer(200, json.dumps(reply).encode()), Answer(200, json.dumps(refused).encode())]
    await ane.says("hej")
    assert (await ane.expects("Hvad så du?")).labels == ("Ja",)
    await ane.says("og")
    await api.settled()
    assert [call.ok for call in api.called("sendMessage")] == [True, False]


async def test_what_was_sent_before_the_webhook_was_set_is_delivered_after(api: BotApi, call: Say, ane: Person) -> None:
    await ane.says("tidligt")
    bot = Bot()
    async with HttpServer(bot) as server:
        await call("setWebhook", url=server.url)
        await api.settled()
        info = (await call("getWebhookInfo"))["result"]
    assert [text for _, _, text in bot.got] == ["tidligt"]
    assert info["pending_update_count"] == 0


async def test_a_failing_webhook_is_told_in_its_info(api: BotApi, call: Say, bot: Bot, ane: Person) -> None:
    bot.answers = [Answer(503)]
    await ane.says("hej")
    await api.settled()
    assert (await call("getWebhookInfo"))["result"]["last_error_message"].endswith("503")
    await call("deleteWebhook")
    assert (await call("getWebhookInfo"))["result"]["url"] == ""


async def test_only_the_kinds_asked_for_are_delivered(api: BotApi, call: Say, ane: Person) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    await ane.says("hej")
    await ane.presses_data("tryk")
    found = (await call("getUpdates"))["result"]
    assert [next(iter(update.keys() - {"update_id"})) for update in found] == ["callback_query"]


@pytest.mark.parametrize("bad", [{"url": "ftp://example.dk"}, {"url": "https://a.dk", "secret_token": "å"}])
async def test_a_webhook_needs_an_address_and_a_plain_secret(call: Say, bad: dict[str, str]) -> None:
    assert (await call("setWebhook", **bad))["error_code"] == 400


# Polling


async def test_an_offset_acknowledges_what_lies_before_it(call: Say, ane: Person) -> None:
    for text in ("a", "b", "c"):
        await ane.says(text)
    first = (await call("getUpdates", limit=2))["result"]
    again = (await call("getUpdates"))["result"]
    rest = (await call("getUpdates", offset=first[-1]["update_id"] + 1))["result"]
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    assert len(again) == 3
    assert [update["message"]["text"] for update in rest] == ["c"]
    assert (await call("getUpdates", offset=-1))["result"] == rest


async def test_a_long_poll_answers_when_something_comes(api: BotApi, call: Say, ane: Person) -> None:
    poll = asyncio.ensure_future(call("getUpdates", timeout=30))
    await api.is_polled()
    await ane.says("hej")
    assert [update["message"]["text"] for update in (await poll)["result"]] == ["hej"]


async def test_there_is_one_poller_and_none_beside_a_webhook(api: BotApi, call: Say, bot: Bot) -> None:
    beside = await call("getUpdates")
    await call("deleteWebhook")
    first = asyncio.ensure_future(call("getUpdates", timeout=30))
    await api.is_polled()
    second = await call("getUpdates")
    assert beside["error_code"] == 409
    assert (await first)["error_code"] == 409
    assert second["ok"] is True


# The person


async def test_a_person_sees_what_was_sent_after_her_last_act(api: BotApi, call: Say, ane: Person) -> None:
    await call("sendMessage", chat_id=ANE, text="Velkommen")
    await ane.says("hej")
    with pytest.raises(AssertionError, match="nothing with «Velkommen»"):
        await ane.expects("Velkommen", timeout=0.01)
    assert ane.sees("Velkommen")
    waiting = asyncio.ensure_future(ane.expects("barnet"))
    await call("sendMessage", chat_id=ANE, text="Hvad skal vi kalde barnet?", reply_markup=buttons("Spring over"))
    assert (await waiting).labels == ("Spring over",)
    assert ane.heard == ["Hvad skal vi kalde barnet?"]


async def test_a_press_prefers_the_newest_message_and_the_exact_label(api: BotApi, call: Say, ane: Person) -> None:
    old = (await call("sendMessage", chat_id=ANE, text="1", reply_markup=buttons("Ja", "Nej")))["result"]
    new = (await call("sendMessage", chat_id=ANE, text="2", reply_markup=buttons("Ja tak", "Ja")))["result"]
    await ane.presses("Ja")
    await ane.presses("tak")
    await ane.presses("Nej")
    await ane.presses("Ja", message_id=old["message_id"])
    pressed = [update["callback_query"] for update in (await call("getUpdates"))["result"]]
    assert [(query["data"], query["message"]["message_id"]) for query in pressed] == [
        ("Ja", new["message_id"]),
        ("Ja tak", new["message_id"]),
        ("Nej", old["message_id"]),
        ("Ja", old["message_id"]),
    ]


async def test_edits_blocks_and_media_are_real_updates(api: BotApi, call: Say, ane: Person) -> None:
    number = await ane.says("/ny sag")
    await ane.edits(number, "rettet")
    await ane.sends(**updates.photo(), caption="et billede")
    await ane.sends(**updates.voice(), **updates.forwarded(updates.user(7, "Bo")))
    await ane.blocks()
    found = (await call("getUpdates"))["result"]
    assert found[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 3}]
    assert found[1]["edited_message"]["text"] == "rettet"
    assert found[2]["message"]["photo"][0]["width"] == 90
    assert found[3]["message"]["forward_origin"]["sender_user"]["first_name"] == "Bo"
    assert found[4]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


# The wire


async def test_the_client_keeps_its_connections_and_notices_lost_ones() -> None:
    answers = [Answer(200, b"1"), Answer(200, b"2"), Answer(cut=True), Answer(200, b"3")]

    async with HttpServer(lambda _: answers.pop(0)) as server:
        client = HttpClient("127.0.0.1", server.port, connections=1)
        first = await client.post("/", b"{}")
        second = await client.post("/", b"{}")
        with pytest.raises(OSError):
            await client.post("/", b"{}")
        third = await client.post("/", b"{}")
        client.close()
    assert [first.body, second.body, third.body] == [b"1", b"2", b"3"]


async def test_the_client_gives_up_after_its_time() -> None:
    async def never(_: Request) -> Answer:
        await asyncio.Event().wait()
        return Answer()

    async with HttpServer(never) as server:
        client = HttpClient("127.0.0.1", server.port, timeout=0.01)
        with pytest.raises(OSError):
            await client.post("/", b"{}")


async def test_bytes_that_are_not_http_end_the_connection() -> None:
    async with HttpServer(lambda _: Answer()) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"\x00\x01\x02\r\n\r\n")
        answer = await reader.read()
        writer.close()
    assert answer.startswith(b"HTTP/1.1 400")
