"""The webhook's door, groups, strangers, and Telegram being slow or away."""

from __future__ import annotations

import pytest

from dialogs.values import picks_of
from tests.botapi import Fault, updates
from tests.core.form_kit import danish
from tests.telegram.kit import ANE, STRANGER, Room, telegram
from tests.telegram.play import ask, opening, pick

START = updates.message(1, updates.text_message(5, updates.private_chat(ANE), updates.user(ANE), "/ny"))


async def conversations(room: Room) -> int:
    return room.run(lambda uow: uow.conversations.get("ane").revision)


# --- who may knock ---


@pytest.mark.parametrize("secret", [None, "", "wrong", "a-secret-of-the-tests-012345678", "æøå"])
async def test_without_the_right_secret_nothing_is_heard(secret: str | None) -> None:
    async with telegram() as room:
        answer = await room.post(START, secret)
        assert (answer.status, answer.body) == (403, b"")
        assert room.drafts() == []


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "DELETE"])
async def test_only_post_is_taken(method: str) -> None:
    async with telegram() as room:
        sent: list[dict[str, object]] = []

        async def send(event: object) -> None:
            sent.append(dict(event))  # type: ignore[call-overload]

        async def receive() -> dict[str, object]:
            return {"type": "http.request"}

        await room.gateway.webhook({"method": method, "headers": []}, receive, send)  # type: ignore[arg-type]
        assert sent[0]["status"] == 405


async def test_more_than_a_megabyte_is_not_read() -> None:
    async with telegram() as room:
        assert (await room.post(b" " * 1_000_001)).status == 413
        assert (await room.post(b" " * 999_999)).status == 200
        assert room.drafts() == []


@pytest.mark.parametrize("raw", [b"", b"{}", b"[" * 100_000, b'{"update_id":1,"message":{"text":"x"}}'])
async def test_what_is_no_update_is_acknowledged_and_dropped(raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async with telegram() as room:
        answer = await room.post(raw)
        assert (answer.status, answer.body) == (200, b"")
        assert room.api.messages(ANE) == []
    assert "unreadable update dropped" in caplog.text


# --- groups and strangers ---


async def test_in_a_group_it_says_one_sentence_and_leaves() -> None:
    async with telegram() as room:
        group = room.api.group(-100_500)
        ane = updates.user(ANE)
        for number, text in enumerate(("/start ABC", "Uglen slår", "/ny"), 1):
            body = updates.text_message(number, group.document, ane, text)
            room.api.send(updates.message(room.api.queue.new_id(), body))
        await room.quiet()
        assert [message["text"] for message in room.api.messages(-100_500)] == [danish().words("start.groups")]
        assert group.bot_left
        assert room.drafts() == []
        assert await conversations(room) == 0


async def test_a_press_in_a_group_is_answered_and_shows_nothing_to_anybody() -> None:
    async with telegram() as room:
        group = room.api.group(-100_500)
        bot = room.api.world.bot
        query = room.api.world.new_query(ANE)
        body = updates.text_message(9, group.document, bot, "Hvad vil du?")
        room.api.send(updates.callback_query(room.api.queue.new_id(), query.id, updates.user(ANE), body, "go:new"))
        await room.quiet()
        assert query.answer is not None
        assert room.api.messages(-100_500) == room.api.messages(ANE) == []
        assert room.drafts() == []


@pytest.mark.parametrize("text", ["Hej", "/start", "/ny", "Uglen sidder alene"])
async def test_a_stranger_is_told_how_to_get_in_and_nothing_is_kept(text: str) -> None:
    async with telegram() as room:
        stranger = room.person(STRANGER)
        await stranger.says(text)
        await stranger.expects(opening("start.unknown"))
        assert room.run(lambda uow: uow.people.by_chat(STRANGER)) is None


# --- Telegram's own troubles ---


FAULTS = (Fault.ERROR_500, Fault.ERROR_502, Fault.TOO_MANY, Fault.RESET_BEFORE, Fault.RESET_AFTER)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_call_that_fails_loses_no_answer_and_holds_nobody_up(fault: Fault) -> None:
    async with telegram() as room:
        ane = room.person()
        await ane.says("/ny")
        await ane.expects(ask("q04_sikkerhed"))
        room.api.faults.plan(fault, "answerCallbackQuery")
        await room.tap(pick(room, ":q04_sikkerhed:nej"))
        await ane.expects(ask("q00_udgave"))
        await room.quiet()
        assert picks_of(room.draft().answers["q04_sikkerhed"]) == ("nej",)
        assert room.draft().revision == 1
        assert (await room.post(START)).status == 200


async def test_the_commands_and_texts_are_danish_and_also_the_default() -> None:
    async with telegram() as room:
        await room.gateway.introduce()
        profile = room.api.world.profile
        for language in ("da", ""):
            commands = {item["command"] for item in profile["commands", "all_private_chats", language]}
            assert commands >= {
                "start",
                "ny",
                "kladder",
                "sager",
                "trafiklys",
                "hjaelp",
                "tilbage",
                "gem",
                "stop",
                "akut",
            }
            assert "program" in profile["description", "", language]
            assert profile["short_description", "", language]


async def test_the_webhook_is_registered_once_telegram_is_back() -> None:
    async with telegram() as room:
        room.api.faults.plan(Fault.RESET_BEFORE, "setWebhook")
        await room.gateway.register("http://127.0.0.1:9")
        (target,) = [call.params["url"] for call in room.api.called("setWebhook")][-1:]
        assert target == "http://127.0.0.1:9/telegram/webhook"
