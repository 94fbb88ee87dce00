"""Sessions over a real store: how sure, how many, how long on a shared computer, and ended from elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.identity.sessions import IDLE, MOST, SHARED_IDLE, Place, fresh_token, hashed, raised
from bot.web.place import device_words
from tests.web.test_web_ports import ANNA, House
from tests.web.visitor import Visitor

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
SMALL = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


async def test_an_invitation_proves_one_thing_and_the_demo_is_practice() -> None:
    house = House()
    assured = []
    for token in (await house.sessions.redeem("god"), await house.sessions.be(ANNA)):
        signed = await house.sessions.who(token or "")
        assert signed is not None
        assured.append((signed.assurance, signed.opens_cases))
    assert assured == [("one", False), ("practice", True)]


async def test_a_surer_session_has_a_new_token_and_the_same_last_hour() -> None:
    house = House()
    old, new = await house.sessions.redeem("god") or "", fresh_token()
    house.clock.move(minutes=20)
    session = house.store.run(lambda uow: uow.doors.session(hashed(old)))
    assert session is not None
    house.store.run(lambda uow: raised(uow, session, new, "two", "totp", house.clock.now()))
    assert await house.sessions.who(old) is None  # whoever had fixed or stolen the old one has nothing
    surer = house.store.run(lambda uow: uow.doors.session(hashed(new)))
    assert surer is not None
    assert (surer.assurance, surer.method, surer.created_at) == ("two", "totp", session.created_at)
    signed = await house.sessions.who(new)
    assert signed is not None
    assert signed.opens_cases


async def test_the_session_used_longest_ago_gives_way_to_a_sixth() -> None:
    house = House()
    tokens = []
    for _ in range(MOST + 1):
        tokens.append(await house.signed_in())
        house.clock.move(minutes=1)
    alive = [await house.sessions.who(token) is not None for token in tokens]
    assert alive == [False, *[True] * MOST]


async def test_a_shared_computer_is_left_sooner() -> None:
    house = House()
    shared = await house.sessions.be(ANNA, Place(shared=True)) or ""
    own = await house.sessions.be(ANNA) or ""
    house.clock.at += SHARED_IDLE
    assert SHARED_IDLE < IDLE
    assert await house.sessions.who(shared) is None
    assert await house.sessions.who(own) is not None


async def test_a_person_sees_their_own_sessions_and_ends_one_or_all_others() -> None:
    house = House()
    here, there, third = [await house.sessions.be(ANNA, Place(f"nr. {n}")) or "" for n in range(3)]
    listed = await house.sessions.devices(here)
    assert (listed[0].device, listed[0].here) == ("nr. 0", True)
    assert len(listed) == 3
    assert {hashed(here), hashed(there), here, there}.isdisjoint(d.id for d in listed)
    gone = next(d.id for d in listed if d.device == "nr. 1")
    assert [await house.sessions.end_device(here, gone) for _ in range(2)] == [True, False]
    assert await house.sessions.who(there) is None
    await house.sessions.end_others(here)
    assert await house.sessions.who(third) is None
    assert await house.sessions.who(here) is not None


async def test_nobody_ends_the_session_of_another() -> None:
    house = House()
    mine = await house.sessions.be(ANNA) or ""
    other = await house.sessions.redeem("god") or ""
    stranger = house.person("fjord-leder")
    session = house.store.run(lambda uow: uow.doors.session(hashed(other)))
    assert session is not None
    house.store.run(lambda uow: uow.doors.end_session(session.token_hash))
    house.store.run(lambda uow: uow.doors.add_session(replace(session, person_id=stranger.id)))
    theirs = (await house.sessions.devices(other))[0].id
    assert await house.sessions.end_device(mine, theirs) is False
    await house.sessions.end_others(mine)
    assert await house.sessions.who(other) is not None
    assert await house.sessions.devices("ukendt") == []


async def test_who_looked_in_is_written_down_for_the_nightly_clearing() -> None:
    house = House()
    token = await house.signed_in()
    house.clock.move(minutes=5)
    await house.sessions.who(token)
    unseen = house.store.run(lambda uow: list(uow.identity.unseen_since(house.clock.now())))
    assert unseen == []
    assert house.store.run(lambda uow: list(uow.identity.unseen_since(house.clock.now() + IDLE))) == [ANNA]


@pytest.mark.parametrize(
    ("agent", "words"),
    [(FIREFOX, "Firefox, Windows"), (EDGE, "Edge, Windows"), (PHONE, "Safari, iPhone"), (SMALL, "Chrome, Android")],
)
def test_a_browser_is_known_by_two_words(agent: str, words: str) -> None:
    assert device_words(agent) == words


@pytest.mark.parametrize("agent", ["", "curl/8", "\x00" * 9_999])
def test_an_unknown_program_has_no_words(agent: str) -> None:
    assert device_words(agent) == ""


async def test_the_page_lists_sessions_and_ends_them() -> None:
    phone = await Visitor().become("laerke-laerer")
    other = Visitor(phone.ports)
    await other.become("laerke-laerer")
    page = await other.get("/min-adgang")
    assert "Mine enheder" in page.words
    assert "Firefox, Windows" in page.words
    page = await other.post("/min-adgang/enhed", device="all")
    assert "Alle andre steder er logget ud" in page.words
    assert len(phone.doors.sessions) == 1
