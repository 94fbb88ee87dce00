"""The stand-in for Telegram brings updates as Telegram does: in order, again until taken, by webhook or poll."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from tests.botapi import BotApi, Fault, FloodLimits, Person, updates
from tests.botapi.client import HttpClient
from tests.botapi.wire import Answer, HttpServer, Request
from tests.contracts.botapi_kit import ANE, Bot, Say, buttons

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
