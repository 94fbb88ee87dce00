"""After forty hours nothing of what somebody said stands in the chat: theirs and the bot's messages are deleted."""

from __future__ import annotations

import asyncio

import orjson

from bot.app.retention import sweep
from dialogs.access import WORKER
from tests.telegram.kit import ANE, BIRGIT, Room, telegram
from tests.telegram.play import STORY, YELLOW, ask, opening, pick, play, until
from tests.telegram.rig import worker_of
from tests.telegram.test_turns import press, text


async def days_pass(room: Room, hours: float) -> None:
    """Time goes on here and at Telegram, and the worker does its round."""
    room.clock.move(hours=hours)
    room.api.pass_time(hours * 3600)
    room.app.store.run(WORKER, lambda uow: sweep(uow, room.clock.now()))
    async with worker_of(room) as worker:
        await worker.drain()


def standing(room: Room, chat: int = ANE) -> str:
    """All that can be read in the chat, texts and buttons."""
    found = room.api.world.chat(chat).messages.values()
    return "\n".join(message.get("text", "") + str(message.get("reply_markup", "")) for message in found)


def own(room: Room) -> list[str]:
    """What she has written that stands there still."""
    return [message["text"] for message in room.api.world.chat(ANE).messages.values() if message["from"]["id"] == ANE]


def of_the_writer(room: Room) -> list[str]:
    """What was answered, with the ticks and the code: none of it may be read in the chat afterwards."""
    (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))
    words = [value for value in case.answers.values() if isinstance(value, str) and len(value) > 12]
    return [STORY, case.code, "☑", *words]


async def test_after_forty_hours_nothing_of_a_sent_worry_stands_in_the_chat() -> None:
    async with telegram() as room:
        await play(room, YELLOW)
        await room.person().expects(opening("sent.title"))
        await room.quiet()
        told = of_the_writer(room)
        before = standing(room)
        assert STORY in before and told[1] in before, "the test must be able to fail"
        await days_pass(room, 39)
        assert STORY in standing(room)
        await days_pass(room, 1.5)
        left = standing(room)
        assert [words for words in told if words in left] == []
        assert not room.run(lambda uow: uow.traces.take_all(ANE)), "what was asked for is not asked for again"


async def test_notices_in_the_teams_chats_go_too() -> None:
    async with telegram() as room:
        await play(room, YELLOW)
        await room.quiet()
        await days_pass(room, 0.1)
        (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))
        first = set(room.api.world.chat(BIRGIT).messages)
        assert first and case.code in standing(room, BIRGIT)
        await days_pass(room, 41)
        assert not first & set(room.api.world.chat(BIRGIT).messages)


async def test_under_strict_her_own_words_and_the_codes_go_too() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        for words in ("/ny", "hjælp", "Hvad er tavshedspligt?", "/kladder"):
            await ane.says(words)
            await ane.expects()
        await room.quiet()
        code = room.draft().code
        assert code in standing(room) and "hjælp" in own(room)
        await days_pass(room, 40.5)
        assert code not in standing(room)
        assert not [words for words in own(room) if not words.startswith("/")]


async def test_an_ordinary_question_still_rides_in_the_answer_of_the_webhook() -> None:
    async with telegram() as room:
        await play(room, until("q00_udgave"))
        await room.person().expects(ask("q00_udgave"))
        answer = await room.post(press(room, pick(room, ":q00_udgave:hele")))
        assert ask("q01_barn") in orjson.loads(answer.body)["text"]


async def test_forgetting_the_chat_takes_away_what_stands_there_at_once() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q06_omraader"))
        await ane.expects(ask("q06_omraader"))
        assert STORY in standing(room)
        await ane.says("/glem")
        await ane.expects(opening("start.forgotten"))
        await room.quiet()
        await days_pass(room, 0.1)
        assert STORY not in standing(room)


async def test_an_update_that_comes_again_does_not_show_its_reply_again() -> None:
    async with telegram() as room:
        await play(room, until("q06_omraader"))
        await room.person().expects(ask("q06_omraader"))
        # A list of drafts tells what she has: it stands in the chat by its number and not in the webhook's answer.
        said = text(room, "/kladder")
        first = await room.post(said)
        await room.quiet()
        before = list(room.api.world.chat(ANE).messages)
        copies = await asyncio.gather(*(room.post(said) for _ in range(3)))
        await room.quiet()
        assert first.body == b"" and {copy.status for copy in copies} == {200}
        assert list(room.api.world.chat(ANE).messages) == before


async def test_copies_that_come_side_by_side_show_one_reply() -> None:
    async with telegram() as room:
        await play(room, until("q06_omraader"))
        await room.person().expects(ask("q06_omraader"))
        before = len(room.api.world.chat(ANE).messages)
        said = text(room, "/kladder")
        await asyncio.gather(*(room.post(said) for _ in range(3)))
        await room.quiet()
        assert len(room.api.world.chat(ANE).messages) == before + 1
