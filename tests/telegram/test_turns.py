"""A turn over Telegram: presses, repeats, old buttons, order, and long replies."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import orjson
import pytest

from dialogs.values import picks_of
from tests.botapi import Fault, updates
from tests.telegram.kit import ANE, FACT, Room, telegram
from tests.telegram.play import SENT, YELLOW, code, play, until


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
        await ane.expects(SENT)
        (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))
        assert (case.colour.now, case.route, case.state) == ("yellow", "trio", "sent")
        assert case.answers["q05_set"] == YELLOW[7][1]
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
        await play(room, until("Hvor meget tid"))
        await ane.expects("Hvor meget tid har du?")
        first = press(room, code(room.api.keyboard(ANE), "Det hele"))
        second = first if same else press(room, code(room.api.keyboard(ANE), "Det hele"))
        one, other = await room.post(first), await room.post(second)
        assert (one.status, other.status) == (200, 200)
        assert room.draft().revision == 2
        assert (one.body == other.body) is same
        assert "Hvad skal vi kalde barnet her?" in orjson.loads(other.body)["text"]


async def test_two_presses_at_the_same_moment_move_once() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvor meget tid"))
        await ane.expects("Hvor meget tid har du?")
        data = code(room.api.keyboard(ANE), "Det hele")
        await asyncio.gather(*(room.post(press(room, data)) for _ in range(6)))
        assert room.draft().revision == 2


async def test_a_tick_set_twice_is_set_and_the_message_is_changed_in_place() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvad handler det mest om?"))
        await ane.expects("Hvad handler det mest om?")
        data = code(room.api.keyboard(ANE), "Venner")
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
        await play(room, until("Hvad handler det mest om?"))
        await ane.expects("Hvad handler det mest om?")
        data = code(room.api.keyboard(ANE), "Venner")
        gone = updates.inaccessible_message(5, updates.private_chat(ANE))
        answer = orjson.loads((await room.post(press(room, data, gone))).body)
        assert answer["method"] == "sendMessage"
        assert room.draft().marks == ("venner",)


@pytest.mark.parametrize(
    "data",
    ["", "x", "go:", "go:nowhere", "a", "a:b", "a:::::", "📌", "x" * 64, "go:case:zzz", "go:resume:zzz", "f:d:0:q:o"],
)
async def test_a_code_that_we_never_wrote_moves_nothing_and_is_answered(data: str) -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvor meget tid"))
        await ane.expects("Hvor meget tid har du?")
        before = room.draft()
        await ane.presses_data(data, message=room.api.messages(ANE)[-1])
        await ane.expects_answer()
        await ane.expects()
        assert room.draft() == before


async def test_an_old_button_changes_nothing_and_shows_where_she_is() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvor gammelt er barnet"))
        await ane.expects("Hvor gammelt er barnet")
        old = next(message for message in room.api.messages(ANE) if "bange for barnets sikkerhed" in message["text"])
        before = room.draft()
        await ane.presses("Ja", message_id=old["message_id"])
        reply = await ane.expects("Den knap er fra før. Her er du nu.")
        assert "Hvor gammelt er barnet" in reply.text
        assert room.draft() == before


async def test_a_button_of_a_sent_worry_changes_nothing_and_shows_the_case() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, YELLOW)
        await ane.expects(SENT)
        old = next(message for message in room.api.messages(ANE) if "Hvor tit sker det?" in message["text"])
        await ane.presses("Dagligt", message_id=old["message_id"])
        reply = await ane.expects("Den er allerede sendt.")
        assert "Skriv mere i sagen" in reply.labels
        assert len(room.run(lambda uow: uow.cases.of_writer("ane"))) == 1


async def test_another_persons_button_opens_nothing() -> None:
    async with telegram() as room:
        ane, birgit = room.person(), room.person(1002)
        await play(room, until("Hvor gammelt er barnet"))
        await ane.expects("Hvor gammelt er barnet")
        before = room.draft()
        for row in room.api.keyboard(ANE):
            for button in row:
                await birgit.presses_data(button["callback_data"])
                await birgit.expects()
        assert room.draft() == before
        assert not birgit.sees("Hvor gammelt er barnet")


async def test_a_redelivered_text_gets_the_same_reply_and_does_nothing() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvad skal vi kalde"))
        await ane.expects("Hvad skal vi kalde barnet her?")
        update = text(room, "Elev 3B-2")
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
        await ane.expects(SENT)
        await room.quiet()
        assert len(room.run(lambda uow: uow.cases.of_writer("ane"))) == 1
        for member in ("birgit", "nadia", "torben"):
            rows = room.run(lambda uow, m=member: uow.outbox.of_person(m))
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
            await play(room, until("Er du enig i farven?"))
            await ane.expects("Er du enig i farven?")
            await room.quiet()
        assert rough.draft().answers == plain.draft().answers
        assert rough.draft().revision == plain.draft().revision


async def test_a_tap_that_overtakes_the_text_before_it_loses_neither() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvad skal vi kalde"))
        await ane.expects("Hvad skal vi kalde barnet her?")
        body = room.api.messages(ANE)[-1]
        tap = press(room, code(room.api.keyboard(ANE), "Hjælp"), body)
        words = text(room, "Elev 3B-2")
        await room.post(tap)  # its own lane: it came first, though she wrote first
        answer = await room.post(words)
        assert room.draft().answers["q01_barn"] == "Elev 3B-2"
        assert "Hvor gammelt er barnet" in orjson.loads(answer.body)["text"]


async def test_a_tap_made_before_a_text_that_was_faster_is_old_and_shows_the_question() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvor gammelt er barnet"))
        await ane.expects("Hvor gammelt er barnet")
        body = room.api.messages(ANE)[-1]
        tap = press(room, code(room.api.keyboard(ANE), "4"), body)
        await room.post(text(room, "4"))
        answer = orjson.loads((await room.post(tap)).body)
        assert "Den knap er fra før." in answer["text"]
        assert "Hvordan kender du barnet?" in answer["text"]
        assert len(picks_of(room.draft().answers["q02_alder"])) == 1


async def test_an_edited_text_changes_no_answer_and_she_is_told_so() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvad skal vi kalde"))
        await ane.expects("Hvad skal vi kalde barnet her?")
        message_id = await ane.says("Elev 3B-2")
        await ane.expects("Hvor gammelt er barnet")
        await ane.edits(message_id, "Elev 4C-9")
        reply = await ane.expects("Du har rettet i en gammel besked.")
        assert "Hvor gammelt er barnet" in reply.text
        assert room.draft().answers["q01_barn"] == "Elev 3B-2"


@pytest.mark.parametrize("content", [updates.photo(), updates.voice(), updates.document()], ids=lambda c: next(iter(c)))
async def test_media_is_never_taken_and_the_question_comes_again(content: dict[str, Any]) -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Fortæl, hvad du har set"))
        await ane.expects("Fortæl, hvad du har set og hørt.")
        before = room.draft()
        await ane.sends(**content)
        reply = await ane.expects("Jeg tager ikke imod billeder, lyd eller filer.")
        assert "Fortæl, hvad du har set og hørt." in reply.text
        assert room.draft() == before


LONG = {"Fortæl, hvad du har set og hørt.": f"{FACT} " * 50, "Hvad er barnet god til": f"{FACT} " * 25}


async def test_a_long_reply_comes_in_parts_and_the_question_comes_last() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Er du enig i farven?"), LONG)
        await ane.expects("Er du enig i farven?")
        await room.quiet()
        seen = len(room.api.messages(ANE))
        await ane.says("/fortsaet")
        await ane.presses("Enig")
        await ane.expects("Skal jeg sende den?")
        await room.quiet()
        parts = room.api.messages(ANE)[seen:]
        assert len(parts) >= 2
        assert "Send" in {b["text"] for row in parts[-1]["reply_markup"]["inline_keyboard"] for b in row}


async def test_the_question_arrives_also_when_the_first_part_of_its_reply_fails() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Er du enig i farven?"), LONG)
        await ane.expects("Er du enig i farven?")
        room.api.faults.plan(Fault.RESET_BEFORE, "sendMessage")
        await ane.presses("Enig")
        await ane.expects("Skal jeg sende den?")


async def test_the_parts_of_a_person_who_blocked_the_bot_fail_quietly() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("Hvad skal vi kalde"))
        await ane.expects("Hvad skal vi kalde barnet her?")
        room.api.world.chats[ANE].blocked = True
        assert (await room.post(text(room, "Elev 3B-2"))).status == 200
        assert room.draft().answers["q01_barn"] == "Elev 3B-2"
