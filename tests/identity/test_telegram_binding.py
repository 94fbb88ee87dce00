"""A chat is bound from a signed-in page: the link once and in time, then a yes on that very page."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app.entry import binding
from bot.app.entry.leaving import activate, deactivate, suspend_unseen
from tests.identity.kit import JONAS, MAJA, Guest, Town

CHAT, STRANGER = 7001, 7002


async def offered(town: Town) -> tuple[Guest, str]:
    guest, _ = await town.with_key()
    page = await guest.post("/min-adgang/telegram")
    return guest, page.html.split("/start ")[1].split("<")[0]


def claim(town: Town, code: str, chat: int = CHAT) -> Any:
    return town.do(lambda uow: binding.claim(uow, chat, code, town.clock.now()))


def bound(town: Town, person: str = MAJA) -> Any:
    return town.do(lambda uow: uow.people.get(person).telegram_chat)


async def test_a_chat_is_bound_only_after_the_yes_on_the_page() -> None:
    town = Town()
    guest, code = await offered(town)
    number = claim(town, code)
    assert bound(town) is None
    page = await guest.get("/min-adgang/telegram")
    assert f"Står der {number} i din Telegram" in page.words
    page = await guest.post("/min-adgang/telegram/svar", svar="ja")
    assert "er koblet til" in page.words
    assert bound(town) == CHAT


async def test_a_no_binds_nothing() -> None:
    town = Town()
    guest, code = await offered(town)
    claim(town, code, STRANGER)
    await guest.post("/min-adgang/telegram/svar", svar="nej")
    await guest.post("/min-adgang/telegram/svar", svar="ja")
    assert bound(town) is None


async def test_a_link_works_once_and_for_ten_minutes() -> None:
    town = Town()
    guest, code = await offered(town)
    assert claim(town, code) is not None
    assert claim(town, code, STRANGER) is None
    town.clock.move(minutes=10)
    await guest.post("/min-adgang/telegram/svar", svar="ja")
    assert bound(town) is None
    town = Town()
    _, late = await offered(town)
    town.clock.move(minutes=10)
    assert claim(town, late) is None


async def test_another_session_cannot_say_yes() -> None:
    town = Town()
    _, code = await offered(town)
    claim(town, code)
    other, _ = await town.with_key(JONAS)
    await other.post("/min-adgang/telegram/svar", svar="ja")
    assert (bound(town), bound(town, JONAS)) == (None, None)


async def test_one_proof_makes_no_link() -> None:
    town = Town()
    guest = await town.invited()
    page = await guest.post("/min-adgang/telegram")
    assert page.status == 403
    assert "/start " not in page.html


async def test_the_chat_can_be_taken_away_on_the_page() -> None:
    town = Town()
    guest, code = await offered(town)
    claim(town, code)
    await guest.post("/min-adgang/telegram/svar", svar="ja")
    await guest.post("/min-adgang/telegram/svar", svar="glem")
    assert bound(town) is None


@pytest.mark.parametrize("code", ["", "x", "æ" * 999])
def test_a_made_up_code_is_nothing(code: str) -> None:
    assert claim(Town(), code) is None


async def test_who_leaves_loses_everything_at_once() -> None:
    town = Town()
    guest, code = await offered(town)
    claim(town, code)
    await guest.post("/min-adgang/telegram/svar", svar="ja")
    assert town.keep(lambda uow: deactivate(uow, MAJA)) is True
    person = town.do(lambda uow: uow.people.get(MAJA))
    assert (person.active, person.telegram_chat, person.memberships) == (False, None, ())
    assert town.do(lambda uow: [uow.identity.of_person(MAJA), uow.doors.sessions_of(MAJA)]) == [[], []]
    assert await town.ports.doors.who(guest.token) is None
    assert town.keep(lambda uow: deactivate(uow, "ingen")) is False


async def test_who_was_not_seen_for_sixty_days_is_shut_out_and_can_come_back() -> None:
    town = Town()
    _, key = await town.with_key()
    town.clock.move(days=59)
    assert town.keep(lambda uow: list(suspend_unseen(uow, town.clock.now()))) == []
    town.clock.move(days=2)
    assert town.keep(lambda uow: list(suspend_unseen(uow, town.clock.now()))) == [MAJA]
    assert (await town.browser().key_in(key)).status == 403
    town.keep(lambda uow: activate(uow, MAJA, town.clock.now()))
    assert town.keep(lambda uow: list(suspend_unseen(uow, town.clock.now()))) == []
    assert (await town.browser().key_in(key)).status == 200
