"""The database is busy, locked or broken: she hears that it is not saved, Telegram keeps the update, and it heals."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from tests.botapi import updates
from tests.core.form_kit import danish
from tests.telegram.kit import ANE, Room, telegram
from tests.telegram.play import ask, opening, pick, play, until

UNSAVED = "problems.not_saved_yet"
NAME = "Uglen"


async def at_the_name(room: Room) -> None:
    await play(room, until("q01_barn"))
    await room.person().expects(ask("q01_barn"))
    await room.quiet()


async def test_while_nothing_can_be_saved_she_is_told_once_and_then_it_is_saved() -> None:
    async with telegram() as room:
        ane = room.person()
        await at_the_name(room)
        room.store.refuse = 5
        await ane.says(NAME)
        await ane.expects(opening(UNSAVED))
        await ane.expects(ask("q02_alder"))
        await room.quiet()
        assert len(room.store.refused) == 5
        assert [text for text in ane.heard if opening(UNSAVED) in text] == [danish().words(UNSAVED)]
        assert room.draft().answers["q01_barn"] == NAME
        assert room.draft().revision == 3


async def test_a_busy_answer_is_a_503_so_that_telegram_repeats_it() -> None:
    async with telegram() as room:
        await at_the_name(room)
        body = updates.text_message(777, updates.private_chat(ANE), updates.user(ANE), NAME)
        update = updates.message(room.api.queue.new_id(), body)
        room.store.refuse = 1
        assert (await room.post(update)).status == 503
        assert "q01_barn" not in room.draft().answers
        assert (await room.post(update)).status == 200
        assert room.draft().answers["q01_barn"] == NAME


async def test_a_press_that_could_not_be_saved_is_answered_when_it_is() -> None:
    async with telegram() as room:
        await play(room, until("q00_udgave"))
        await room.person().expects(ask("q00_udgave"))
        room.store.refuse = 3
        query = await room.tap(pick(room, ":q00_udgave:hele"))
        await room.person().expects(ask("q01_barn"))
        await room.quiet()
        assert room.api.answered(query) is not None
        assert room.draft().revision == 2


async def test_a_real_lock_on_the_file_is_waited_out_by_repeats(tmp_path: Path) -> None:
    async with telegram(folder=tmp_path, lock_seconds=0.02) as room:
        ane = room.person()
        await at_the_name(room)
        other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await ane.says(NAME)
        await ane.expects(opening(UNSAVED))
        other.execute("ROLLBACK")
        other.close()
        await ane.expects(ask("q02_alder"))
        await room.quiet()
        assert room.draft().answers["q01_barn"] == NAME
        assert room.draft().revision == 3


async def test_the_file_gone_is_never_called_saved(tmp_path: Path) -> None:
    async with telegram(folder=tmp_path, lock_seconds=0.02) as room:
        ane = room.person()
        await at_the_name(room)
        before = [message["text"] for message in room.api.messages(ANE)]
        for path in tmp_path.glob("bot.db*"):
            path.unlink()
        await ane.says(NAME)
        await ane.expects(opening(UNSAVED))
        assert not ane.sees(ask("q02_alder"))
        assert [message["text"] for message in room.api.messages(ANE)][: len(before)] == before
        room.api.queue.remove(next(iter(room.api.queue.waiting)))


async def test_a_mistake_of_ours_is_told_as_unsaved_and_closes_no_chat(caplog: pytest.LogCaptureFixture) -> None:
    async with telegram() as room:
        ane = room.person()
        await at_the_name(room)
        room.store.broken = 1
        with caplog.at_level(logging.INFO):
            await ane.says(NAME)
            await ane.expects(opening("problems.not_saved"))
        assert room.draft().revision == 2
        assert "an update failed: KeyError at " in caplog.text
        assert "pupil" not in caplog.text, "an error's own words may be personal"
        await ane.says(NAME)
        await ane.expects(ask("q02_alder"))
        assert room.draft().revision == 3


async def test_a_block_that_could_not_be_noted_is_noted_later_and_sends_nothing() -> None:
    async with telegram() as room:
        ane = room.person()
        room.store.refuse = 2
        await ane.blocks()
        await room.quiet()
        assert not room.run(lambda uow: uow.people.get("ane")).telegram_on
        assert room.api.called("sendMessage") == []
