"""A turn over Telegram: presses, repeats, old buttons, order, and long replies."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import orjson
import pytest

from bot.app.turns.incoming import Actor, Said
from dialogs.values import picks_of
from tests.botapi import Fault, updates
from tests.core.form_kit import danish
from tests.telegram.kit import ANE, BIRGIT, FACT, Room, telegram
from tests.telegram.play import STORY, YELLOW, ask, codes, opening, pick, play, until
from tests.told import notices_of


def press(room: Room, data: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """A press of Ane's as an update that is not yet delivered."""
    query = room.api.world.new_query(ANE)
    message = body or room.api.messages(ANE)[-1]
    return updates.callback_query(room.api.queue.new_id(), query.id, updates.user(ANE), message, data)


def text(room: Room, words: str) -> dict[str, Any]:
    body = updates.text_message(room.api.world.new_message_id(), updates.private_chat(ANE), updates.user(ANE), words)
    return updates.message(room.api.queue.new_id(), body)


async def test_a_whole_worry_goes_from_the_chat_to_the_team() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, YELLOW)
        await ane.expects(opening("sent.title"))
        (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))
        assert (case.colour.now, case.route, case.state) == ("yellow", "trio", "sent")
        assert case.answers["q05_set"] == STORY
        await room.quiet()
        assert room.drafts() == []


async def test_every_press_is_answered_exactly_once() -> None:
    async with telegram() as room:
        await play(room, YELLOW)
        await room.quiet()
        presses = [query for query in room.api.world.queries.values()]
        assert len(presses) > 15
        assert all(query.answer is not None for query in presses)
        assert len([call for call in room.api.called("answerCallbackQuery") if call.ok]) == len(presses)


async def test_messages_can_not_be_forwarded_or_saved() -> None:
    async with telegram() as room:
        await play(room, YELLOW[:6])
        await room.quiet()
        assert all(message["has_protected_content"] for message in room.api.messages(ANE))


@pytest.mark.parametrize("same", [True, False], ids=["the same update", "a new update"])
async def test_a_double_press_moves_once(same: bool) -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q00_udgave"))
        await ane.expects(ask("q00_udgave"))
        first = press(room, pick(room, ":q00_udgave:hele"))
        second = first if same else press(room, pick(room, ":q00_udgave:hele"))
        one, other = await room.post(first), await room.post(second)
        assert (one.status, other.status) == (200, 200)
        assert room.draft().revision == 2
        assert (one.body == other.body) is same
        assert ask("q01_barn") in orjson.loads(other.body)["text"]


async def test_two_presses_at_the_same_moment_move_once() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q00_udgave"))
        await ane.expects(ask("q00_udgave"))
        data = pick(room, ":q00_udgave:hele")
        await asyncio.gather(*(room.post(press(room, data)) for _ in range(6)))
        assert room.draft().revision == 2


async def test_a_tick_set_twice_is_set_and_the_message_is_changed_in_place() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q06_omraader"))
        await ane.expects(ask("q06_omraader"))
        data = pick(room, ":q06_omraader:venner")
        body = room.api.messages(ANE)[-1]
        first, second = await room.post(press(room, data, body)), await room.post(press(room, data, body))
        for answer in map(orjson.loads, (first.body, second.body)):
            assert (answer["method"], answer["message_id"]) == ("editMessageText", body["message_id"])
            labels = [button["text"] for row in answer["reply_markup"]["inline_keyboard"] for button in row]
            assert "☑ Venner" in labels
        assert room.draft().marks == ("venner",)


async def test_a_tick_on_a_message_that_telegram_forgot_comes_as_a_new_message() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q06_omraader"))
        await ane.expects(ask("q06_omraader"))
        data = pick(room, ":q06_omraader:venner")
        gone = updates.inaccessible_message(5, updates.private_chat(ANE))
        before = len(room.api.messages(ANE))
        await room.post(press(room, data, gone))
        assert len(room.api.messages(ANE)) == before + 1
        assert "☑ Venner" in str(room.api.messages(ANE)[-1]["reply_markup"])
        assert room.draft().marks == ("venner",)


@pytest.mark.parametrize(
    "data",
    ["", "x", "go:", "go:nowhere", "a", "a:b", "a:::::", "📌", "x" * 64, "go:case:zzz", "go:resume:zzz", "f:d:0:q:o"],
)
async def test_a_code_that_we_never_wrote_moves_nothing_and_is_answered(data: str) -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q00_udgave"))
        await ane.expects(ask("q00_udgave"))
        before = room.draft()
        await ane.presses_data(data, message=room.api.messages(ANE)[-1])
        await ane.expects_answer()
        await ane.expects()
        assert room.draft() == before


async def test_an_old_button_changes_nothing_and_shows_where_she_is() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q02_alder"))
        await ane.expects(ask("q02_alder"))
        old = next(message for message in room.api.messages(ANE) if ask("q04_sikkerhed") in message["text"])
        before = room.draft()
        await ane.presses_data(next(c for c in codes(old) if c.endswith(":ja")), message=old)
        reply = await ane.expects(opening("problems.stale"))
        assert ask("q02_alder") in reply.text
        assert room.draft() == before


async def test_a_button_of_a_sent_worry_changes_nothing_and_shows_the_case() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, YELLOW)
        await ane.expects(opening("sent.title"))
        old = next(message for message in room.api.messages(ANE) if ask("q08_hvortit") in message["text"])
        await ane.presses_data(next(c for c in codes(old) if c.endswith(":dagligt")), message=old)
        reply = await ane.expects(opening("sent.already"))
        assert danish().words("cases.add") in reply.labels
        assert len(room.run(lambda uow: uow.cases.of_writer("ane"))) == 1


async def test_another_persons_button_opens_nothing() -> None:
    async with telegram() as room:
        ane, birgit = room.person(), room.person(BIRGIT)
        await play(room, until("q02_alder"))
        await ane.expects(ask("q02_alder"))
        before = room.draft()
        for row in room.api.keyboard(ANE):
            for button in row:
                await room.tap(button["callback_data"], BIRGIT)
                await birgit.expects_answer()
        await room.quiet()
        assert room.draft() == before
        assert not birgit.sees(ask("q02_alder"))


async def test_a_redelivered_text_gets_the_same_reply_and_does_nothing() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        await ane.expects(ask("q01_barn"))
        update = text(room, "Uglen")
        replies = {(await room.post(update)).body for _ in range(3)}
        assert len(replies) == 1
        assert room.draft().revision == 3
        later = [await room.post(text(room, "/hjaelp")), await room.post(update)]
        assert later[1].body in replies
        assert room.draft().revision == 3


async def test_a_redelivered_send_makes_one_case_and_one_notice_each() -> None:
    async with telegram() as room:
        room.api.tuning.copies = (2, 3)
        room.api.tuning.overlapping = True
        ane = room.person()
        await play(room, YELLOW)
        await ane.expects(opening("sent.title"))
        await room.quiet()
        assert len(room.run(lambda uow: uow.cases.of_writer("ane"))) == 1
        for member in ("birgit", "nadia", "torben"):
            rows = room.run(lambda uow, m=member: notices_of(uow, m))
            assert [row.wish.template for row in rows].count("team_new") == 1


@pytest.mark.parametrize("seed", range(4))
async def test_shuffled_copies_leave_the_same_worry_as_a_clean_delivery(seed: int) -> None:
    async with telegram() as plain, telegram() as rough:
        rough.api.tuning.copies, rough.api.tuning.shuffled = (1, 3), True
        rough.api.tuning.overlapping = bool(seed % 2)
        dice = random.Random(seed)
        for room in (plain, rough):
            ane = room.person()
            room.api.latency = dice.uniform(0, 0.003) if room is rough else 0.0
            await play(room, until("q19_farve"))
            await ane.expects(ask("q19_farve"))
            await room.quiet()
        assert rough.draft().answers == plain.draft().answers
        assert rough.draft().revision == plain.draft().revision


async def test_a_tap_that_overtakes_the_text_before_it_loses_neither() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        await ane.expects(ask("q01_barn"))
        body = room.api.messages(ANE)[-1]
        tap = press(room, pick(room, ":q01_barn"), body)
        words = text(room, "Uglen")
        await room.post(tap)  # its own lane: it came first, though she wrote first
        answer = await room.post(words)
        assert room.draft().answers["q01_barn"] == "Uglen"
        assert ask("q02_alder") in orjson.loads(answer.body)["text"]


async def test_a_tap_made_before_a_text_that_was_faster_is_old_and_shows_the_question() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q02_alder"))
        await ane.expects(ask("q02_alder"))
        body = room.api.messages(ANE)[-1]
        tap = press(room, pick(room, ":q02_alder:k46"), body)
        await room.post(text(room, "4"))
        answer = orjson.loads((await room.post(tap)).body)
        assert opening("problems.stale") in answer["text"]
        assert ask("q03_rolle") in answer["text"]
        assert len(picks_of(room.draft().answers["q02_alder"])) == 1


async def test_an_edited_text_changes_no_answer_and_she_is_told_so() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        await ane.expects(ask("q01_barn"))
        message_id = await ane.says("Uglen")
        await ane.expects(ask("q02_alder"))
        await ane.edits(message_id, "Elev 4C-9")
        reply = await ane.expects(opening("problems.edited"))
        assert ask("q02_alder") in reply.text
        assert room.draft().answers["q01_barn"] == "Uglen"


async def test_a_number_that_is_edited_into_a_message_is_taken_out_of_the_chat() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        await ane.expects(ask("q01_barn"))
        message_id = await ane.says("Uglen")
        await ane.expects(ask("q02_alder"))
        await ane.edits(message_id, "010110-4321")
        reply = await ane.expects(opening("problems.edited"))
        await room.quiet()
        assert opening("refused.cpr") in reply.text
        assert message_id not in room.api.world.chats[1001].messages
        assert room.draft().answers["q01_barn"] == "Uglen"


async def test_a_given_name_is_refused_on_telegram_and_asked_about_on_the_web() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q05_set"))
        await ane.expects(ask("q05_set"))
        text = "Oliver sad alene hele dagen."
        message_id = await ane.says(text)
        await ane.expects(opening("refused.lone_names"))
        await room.quiet()
        assert message_id not in room.api.world.chats[1001].messages
        assert "q05_set" not in room.draft().answers
        reply = await room.app.handle(Actor("ane", "web", 2, "practice"), Said(text))
        assert room.draft().answers["q05_set"] == text
        assert opening("names.ask") in "\n".join(card.text for card in reply.cards)


@pytest.mark.parametrize("content", [updates.photo(), updates.voice(), updates.document()], ids=lambda c: next(iter(c)))
async def test_media_is_never_taken_and_the_question_comes_again(content: dict[str, Any]) -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q05_set"))
        await ane.expects(ask("q05_set"))
        before = room.draft()
        await ane.sends(**content)
        reply = await ane.expects(opening("problems.media"))
        assert ask("q05_set") in reply.text
        assert room.draft() == before


LONG = {"q05_set": f"{FACT} " * 40, "q10_styrker": f"{FACT} " * 20}


async def test_a_long_reply_comes_in_parts_and_the_question_comes_last() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q19_farve"), LONG)
        await ane.expects(ask("q19_farve"))
        await room.quiet()
        seen = len(room.api.messages(ANE))
        await ane.says("/fortsaet")
        await room.tap(pick(room, ":q19_farve:enig"))
        await ane.expects(opening("summary.ask"))
        await room.quiet()
        parts = room.api.messages(ANE)[seen:]
        assert len(parts) >= 2
        assert any(code.startswith("x:") for code in codes(parts[-1]))
        assert not any(code.startswith("x:") for part in parts[:-1] for code in codes(part))


async def test_the_question_arrives_also_when_the_first_part_of_its_reply_fails() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q19_farve"), LONG)
        await ane.expects(ask("q19_farve"))
        room.api.faults.plan(Fault.RESET_BEFORE, "sendMessage")
        await room.tap(pick(room, ":q19_farve:enig"))
        await ane.expects(opening("summary.ask"))


async def test_the_parts_of_a_person_who_blocked_the_bot_fail_quietly() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        await ane.expects(ask("q01_barn"))
        room.api.world.chats[ANE].blocked = True
        assert (await room.post(text(room, "Uglen"))).status == 200
        assert room.draft().answers["q01_barn"] == "Uglen"
