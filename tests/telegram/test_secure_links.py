"""The way to the secure page: bound, short-lived, used once, and never a secret at rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest

from bot.app.chat.securepages import SecurePages
from bot.app.entry import secure
from bot.app.turns.incoming import Actor, Filled, Pressed
from bot.identity.sessions import ANYWHERE
from bot.web.entry.securedoor import SecureDoor
from bot.web.ports.entry import Way
from dialogs.acts import DraftAct, encode
from tests.attacks.initdata import good
from tests.telegram.kit import ANE, BIRGIT, PUBLIC, STRANGER, Room, telegram
from tests.telegram.play import ask, opening, play, until
from tests.told import notices_of

WEB = Actor("ane", "web", 2, "practice")


def door(room: Room, *, here: bool = True) -> SecureDoor:
    """The secure page's door beside this room's gateway, in its process or in another."""
    return SecureDoor(SecurePages(room.app, room.api.token), room.gateway.go_on if here else None)


async def at_the_nickname(room: Room) -> str:
    """Ane stands at a question that wants words; the draft's id."""
    ane = room.person()
    await play(room, until("q01_barn"))
    await ane.expects(ask("q01_barn"))
    return str(room.draft().id)


async def link_of(room: Room, arg: str, chat: int = ANE) -> str | None:
    return await SecurePages(room.app, room.api.token).link(chat, arg)


def fill(room: Room, text: str) -> Filled:
    """The open question's own form, with these words."""
    draft = room.draft()
    question = secure.open_question(room.app.world, draft)
    return Filled(encode(DraftAct("fill", draft.id, draft.revision, question)), text=text)


def stored(room: Room) -> str:
    """All that the store holds, as one text."""
    return repr(room.store.inner.__dict__)


async def test_a_link_opens_once_and_for_its_person_only() -> None:
    async with telegram("strict") as room:
        draft = await at_the_nickname(room)
        secret = await link_of(room, f"d-{draft}")
        assert secret is not None
        assert len(secret) * 6 >= 160
        assert secret not in stored(room)
        way = await door(room).by_link(secret, ANYWHERE)
        assert way is not None
        assert (way.kind, way.id) == ("draft", draft)
        assert room.run(lambda uow: uow.doors.sessions_of("ane"))[0].assurance == "one"
        assert await door(room).by_link(secret, ANYWHERE) is None


async def test_a_link_opens_the_question_that_it_was_made_for_and_no_other() -> None:
    async with telegram("strict") as room:
        draft = await at_the_nickname(room)
        first, second = await link_of(room, f"d-{draft}"), await link_of(room, f"d-{draft}")
        assert await door(room).by_link(first or "", ANYWHERE) is not None
        await door(room).write(WEB, fill(room, "Ræven"), "k1")
        assert await door(room).by_link(second or "", ANYWHERE) is None
        assert await door(room).by_link(await link_of(room, f"d-{draft}") or "", ANYWHERE) is not None


@pytest.mark.parametrize(("minutes", "opens"), [(9.9, True), (10, False), (600, False)])
async def test_a_link_lives_ten_minutes(minutes: float, opens: bool) -> None:
    async with telegram("strict") as room:
        secret = await link_of(room, f"d-{await at_the_nickname(room)}")
        room.clock.move(minutes=minutes)
        assert (await door(room).by_link(secret or "", ANYWHERE) is not None) == opens


async def test_nobody_gets_a_link_to_what_is_not_theirs() -> None:
    async with telegram("strict") as room:
        draft = await at_the_nickname(room)
        for arg in (f"d-{draft}", "d-nothing", "c-nothing", "x-1", "", f"d-{draft}'--"):
            assert await link_of(room, arg, BIRGIT) is None or arg == "c-nothing"
            assert await link_of(room, arg, STRANGER) is None
        for made_up in ("", "x", "å" * 40, "0" * 400):
            assert await door(room).by_link(made_up, ANYWHERE) is None


async def test_a_link_of_somebody_who_has_left_opens_nothing() -> None:
    async with telegram("strict") as room:
        secret = await link_of(room, f"d-{await at_the_nickname(room)}")
        from dataclasses import replace

        room.run(lambda uow: uow.people.save(replace(uow.people.get("ane"), active=False)))
        assert await door(room).by_link(secret or "", ANYWHERE) is None


async def test_no_receipt_holds_a_link() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        draft = await at_the_nickname(room)
        await room.tap(f"go:secure:d-{draft}")
        await ane.expects(opening("secure.link"))
        (url,) = [
            button["url"]
            for message in room.api.messages(ANE)
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "url" in button
        ]
        assert url.startswith(f"{PUBLIC}/l/")
        assert url.rpartition("/")[2] not in stored(room)


async def test_the_question_opens_as_a_mini_app() -> None:
    async with telegram("strict") as room:
        draft = await at_the_nickname(room)
        shown = orjson.dumps(room.api.messages(ANE)[-1]).decode()
        assert f'"web_app":{{"url":"{PUBLIC}/m?til=d-{draft}"}}' in shown


async def by_app(room: Room, user: int, arg: str, **how: Any) -> Way | None:
    return await door(room).by_app(good(user, room.clock.now(), room.api.token, **how), arg, ANYWHERE)


async def test_telegrams_proof_opens_once_and_for_a_bound_person_only() -> None:
    async with telegram("strict") as room:
        arg = f"d-{await at_the_nickname(room)}"
        way = await by_app(room, ANE, arg)
        assert way is not None
        assert way.kind == "draft"
        assert await by_app(room, ANE, arg) is None, "the same proof twice"
        room.clock.move(seconds=1)
        assert await by_app(room, STRANGER, arg) is None
        other = await by_app(room, BIRGIT, arg)
        assert other is not None
        assert other.kind == "chat", "somebody else's draft is not opened by its name"


async def test_what_is_written_brings_the_chat_on_by_itself() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        await at_the_nickname(room)
        before = len(room.api.messages(ANE))
        await door(room).write(WEB, fill(room, "Uglen"), "web:one")
        await ane.expects(ask("q02_alder"))
        assert len(room.api.messages(ANE)) == before + 1
        assert "Uglen" not in str(room.api.messages(ANE))
        waiting = room.run(lambda uow: [r.wish for r in notices_of(uow, "ane") if r.wish.template == "chat_next"])
        assert [room.run(lambda uow, w=w: uow.receipts.get(w.dedupe_key)) for w in waiting] == [{}]


async def test_a_web_in_another_process_leaves_a_promise_to_the_worker() -> None:
    async with telegram("strict") as room:
        await at_the_nickname(room)
        await door(room, here=False).write(WEB, fill(room, "Uglen"), "web:one")
        await door(room, here=False).write(WEB, fill(room, "Uglen"), "web:one")
        (wish,) = room.run(lambda uow: [r.wish for r in notices_of(uow, "ane") if r.wish.template == "chat_next"])
        assert wish.due_at - room.clock.now() < timedelta(minutes=1)
        assert "Uglen" not in repr(wish)


async def test_a_refused_text_brings_nothing_on() -> None:
    async with telegram("strict") as room:
        await at_the_nickname(room)
        reply = await door(room).write(WEB, fill(room, "010110-4321"), "web:one")
        assert reply.refused
        assert room.run(lambda uow: [r for r in notices_of(uow, "ane") if r.wish.template == "chat_next"]) == []
        assert "q01_barn" not in room.draft().answers


async def test_a_press_where_there_is_nothing_to_open_shows_where_one_is() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        for code in ("go:secure:d-nothing", "go:link:c-nothing", "go:secure:", "go:link:x"):
            await room.tap(code)
            await ane.expects(opening("problems.stale"))
        assert (await room.app.handle(WEB, Pressed("go:secure:d-x"))).cards
