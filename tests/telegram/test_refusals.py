"""What must never be kept: it is refused, taken out of the chat at once and again later, and stands nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.botapi import Fault
from tests.telegram.kit import ANE, Room, telegram
from tests.telegram.play import YELLOW, ask, opening, play, until
from tests.telegram.rig import Mailbox, worker_of
from tests.told import notices_of

NAMES = (
    ("Uglen hedder Peter Hansen.", "Peter Hansen", "refused.names"),
    ("Hans nummer er 010180-1233, sagde mor.", "010180-1233", "refused.cpr"),
    ("Ring på 20 33 44 55 og hør.", "20 33 44 55", "refused.phones"),
    ("Skriv til fiktiv.mor@example.org i aften.", "fiktiv.mor@example.org", "refused.emails"),
    ("De bor på Solsikkevej 14, 2. tv.", "Solsikkevej 14", "refused.addresses"),
)
WHERE = "q05_set"


async def open_at_the_story(room: Room) -> None:
    await play(room, until(WHERE))
    await room.person().expects(ask(WHERE))
    await room.quiet()


def bytes_of(folder: Path) -> bytes:
    """The database with its log, as they lie on the disk."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("bot.db*")))


@pytest.mark.parametrize(("text", "secret", "reason"), NAMES, ids=lambda value: value[:14])
async def test_a_refused_text_leaves_the_chat_at_once_and_stands_nowhere(
    text: str, secret: str, reason: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with telegram(folder=tmp_path) as room:
        ane = room.person()
        await open_at_the_story(room)
        before = room.draft()
        message_id = await ane.says(text)
        reply = await ane.expects(opening(reason))
        await room.quiet()
        assert ask(WHERE) in reply.text, "the question comes again"
        assert secret not in reply.text
        assert room.draft() == before
        assert message_id not in room.api.world.chats[ANE].messages
        on_disk = bytes_of(tmp_path)
        assert before.id.encode() in on_disk
        assert secret.encode() not in on_disk
        own_words = [record.getMessage() for record in caplog.records if record.name.startswith(("bot", "storage"))]
        assert not any(secret in line for line in own_words)


async def test_what_could_not_be_deleted_at_once_is_deleted_by_the_worker() -> None:
    async with telegram() as room:
        ane = room.person()
        await open_at_the_story(room)
        room.api.faults.plan(Fault.ERROR_500, "deleteMessage")
        message_id = await ane.says(NAMES[0][0])
        await ane.expects(opening(NAMES[0][2]))
        await room.quiet()
        assert message_id in room.api.world.chats[ANE].messages
        room.clock.move(minutes=1)
        async with worker_of(room) as worker:
            await worker.drain()
        assert message_id not in room.api.world.chats[ANE].messages


@pytest.mark.parametrize("age", [0, 49 * 3600], ids=["deleted already", "too old to delete"])
async def test_a_deletion_that_telegram_refuses_is_done_with(age: int) -> None:
    async with telegram() as room:
        ane = room.person()
        await open_at_the_story(room)
        if age:
            room.api.faults.plan(Fault.ERROR_500, "deleteMessage")
        await ane.says(NAMES[0][0])
        await ane.expects(opening(NAMES[0][2]))
        await room.quiet()
        room.clock.move(minutes=1)
        room.api.pass_time(age)
        async with worker_of(room) as worker:
            await worker.drain()
        (row,) = [r for r in room.run(lambda uow: notices_of(uow, "ane")) if r.wish.template == "telegram_delete"]
        assert row.state in ("sent", "dropped", "failed")


async def test_a_redelivered_refusal_says_the_same_and_plans_one_deletion() -> None:
    async with telegram() as room:
        room.api.tuning.copies = (3, 3)
        ane = room.person()
        await open_at_the_story(room)
        await ane.says(NAMES[1][0])
        await ane.expects(opening(NAMES[1][2]))
        await room.quiet()
        rows = [r for r in room.run(lambda uow: notices_of(uow, "ane")) if r.wish.template == "telegram_delete"]
        assert len(rows) == 1
        assert set(rows[0].wish.params) == {"chat", "message"}


async def test_someone_who_blocks_the_bot_gets_notices_by_mail_and_back_again() -> None:
    async with telegram() as room:
        birgit = room.person(1002)
        await birgit.blocks()
        await room.quiet()
        assert not room.run(lambda uow: uow.people.get("birgit")).telegram_on
        await play(room, YELLOW)
        await room.person().expects(opening("sent.title"))
        mail = Mailbox()
        async with worker_of(room, mail) as worker:
            await worker.drain()
        assert [to for to, _ in mail.sent] == ["birgit@example.org"]
        await birgit.unblocks()
        await room.quiet()
        assert room.run(lambda uow: uow.people.get("birgit")).telegram_on
        assert birgit.heard == []


async def test_someone_found_blocked_while_sending_gets_it_by_mail() -> None:
    async with telegram() as room:
        room.api.world.chats[1003].blocked = True  # Telegram's own update is lost or late
        await play(room, YELLOW)
        await room.person().expects(opening("sent.title"))
        mail = Mailbox()
        async with worker_of(room, mail) as worker:
            await worker.drain()
        assert [to for to, _ in mail.sent] == ["nadia@example.org"]
        assert not room.run(lambda uow: uow.people.get("nadia")).telegram_on
