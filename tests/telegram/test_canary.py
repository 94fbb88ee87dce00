"""What people wrote is a marker each; none stands in a button, the outbox, a log, a notice or an error."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

import orjson
import pytest

from bot.app.cases import team
from bot.app.turns.incoming import Actor
from dialogs.cases.acts import Ask, Open
from tests.telegram.kit import ANE, BIRGIT, NADIA, TORBEN, Room, telegram
from tests.telegram.play import YELLOW, codes, opening, play
from tests.telegram.rig import Mailbox, worker_of
from tests.told import notices_of

# A word per text, which no form, notice or log would use by itself. The nickname is held to 40 characters.
MARKERS = {step.question: f"kanarie{number}fugl" for number, step in enumerate(YELLOW) if step.text and step.question}
QUESTION, REPLY, ADDED = "kanariespurgtfugl", "kanariesvaretfugl", "kanarielagttilfugl"
NOISY = ("aiogram", "aiohttp", "telegram", "httpx", "httpcore", "asyncio", "uvicorn")


def written() -> set[str]:
    return {*MARKERS.values(), QUESTION, REPLY, ADDED}


async def the_team_asks(room: Room) -> str:
    (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))

    def work(uow: Any) -> None:
        birgit = uow.people.get("birgit")
        for act in (Open(), Ask(f"Hvem så {QUESTION} først?")):
            acted = team.act(room.app.world.handbook, uow, birgit, case.id, act, room.clock.now())
            assert not acted.problems

    room.app.store.run(Actor("birgit", "web", 2, "two"), work)
    return str(case.id)


async def the_whole_way(room: Room, mail: Mailbox) -> None:
    """Write, send, notices; the team asks, she answers, she adds; notices again, and one that fails."""
    ane = room.person()
    await play(room, YELLOW, {question: f"Elev {marker}" for question, marker in MARKERS.items()})
    await ane.expects(opening("sent.title"))
    await room.quiet()
    room.api.world.chats[NADIA].blocked = True
    async with worker_of(room, mail) as worker:
        await worker.drain()
        case_id = await the_team_asks(room)
        await worker.drain()
        for code, words, receipt in (("thread", REPLY, "cases.replied"), ("add", ADDED, "cases.added")):
            await room.tap(f"go:{code}:{case_id}")
            await ane.expects()
            await room.quiet()
            await ane.says(f"Det var {words} i går.")
            await ane.expects(opening(receipt))
        await room.quiet()
        await worker.drain()
    room.store.broken = 1
    await ane.says(f"Og så {ADDED} igen.")
    await ane.expects(opening("problems.not_saved"))
    await room.quiet()


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that our own loggers say, at the lowest level; the libraries as the command line sets them."""
    caplog.set_level(logging.DEBUG)
    for name in NOISY:
        caplog.set_level(logging.WARNING, logger=name)
    return caplog


def clean(where: str, text: str) -> None:
    found = sorted(marker for marker in written() if marker in text)
    assert not found, f"{where} holds {found}"


async def test_what_people_wrote_stands_only_where_it_belongs(said: pytest.LogCaptureFixture) -> None:
    async with telegram() as room:
        mail = Mailbox()
        await the_whole_way(room, mail)
        (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))
        kept = repr(case.answers) + repr(room.run(lambda uow: uow.cases.entries(case.id)))
        assert all(marker in kept for marker in written()), "else this test would look for nothing"

        for chat in (ANE, BIRGIT, NADIA, TORBEN):
            clean("a button", "\n".join(code for message in room.api.messages(chat) for code in codes(message)))
        for chat in (BIRGIT, NADIA, TORBEN):
            clean("a notice", orjson.dumps(room.api.messages(chat)).decode())
        notices = [message for message in room.api.messages(ANE) if "url" in repr(message.get("reply_markup"))]
        assert notices, "the team's question comes to her as a notice"
        clean("a notice to the writer", orjson.dumps(notices).decode())
        assert mail.sent, "Nadia's notice went by mail"
        clean("a mail", repr(mail.sent))

        rows = [row for who in ("ane", "birgit", "nadia", "torben") for row in _rows(room, who)]
        assert len(rows) > 8
        clean("the outbox", orjson.dumps([asdict(row) for row in rows]).decode())

    told = [record.getMessage() + (record.exc_text or "") for record in said.records]
    assert any("an update failed: KeyError" in line for line in told)
    clean("a log", "\n".join(told))


def _rows(room: Room, person_id: str) -> list[Any]:
    return list(room.run(lambda uow: notices_of(uow, person_id)))
