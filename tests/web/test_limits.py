"""A share for everybody: a flood is told to wait with its words kept, and what is red or acute never waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.turns.incoming import Command
from bot.web.limits import MOST_KEYS, PERSON, Limits, Share
from tests.web.demo_house import PEDAGOGUE, TEACHER, Guest, demo_house
from tests.web.visitor import Visitor

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def taken(limits: Limits, times: int, at: datetime = NOW, session: str = "maja", address: str = "") -> int:
    return sum(limits.take(at, session, address) for _ in range(times))


def test_a_share_is_used_up_and_comes_back_with_time() -> None:
    limits = Limits(Share(10, 2))
    assert taken(limits, 15) == 10
    assert taken(limits, 15, NOW + timedelta(seconds=3)) == 6
    assert taken(limits, 15, NOW + timedelta(hours=1)) == 10
    assert taken(limits, 15, NOW) == 0  # a clock that goes back gives nothing


def test_one_who_floods_takes_nothing_from_others() -> None:
    limits = Limits(Share(10, 2))
    taken(limits, 1_000)
    assert taken(limits, 10, session="jonas") == 10


def test_an_address_has_a_share_of_its_own_whatever_session_it_makes_up() -> None:
    limits = Limits(Share(10, 2), Share(50, 2))
    assert sum(limits.take(NOW, f"s{n}", "here") for n in range(200)) == 50


def test_a_flood_of_made_up_sessions_takes_no_more_memory_than_that() -> None:
    limits = Limits()
    for number in range(MOST_KEYS + 500):
        limits.take(NOW, f"s{number}", "")
    assert len(limits._left) == MOST_KEYS


async def flooded(visitor: Visitor) -> Visitor:
    """Somebody whose share is used up: the house's clock may go on while we ask."""
    for _ in range(2 * PERSON.burst):
        if (await visitor.client.get("/beskeder")).status_code == 429:
            return visitor
    raise AssertionError("nobody is ever told to wait")


async def test_a_flood_gets_a_page_that_says_to_wait() -> None:
    visitor = await flooded(await Visitor().become("laerke-laerer"))
    page = await visitor.get("/chat")
    assert page.status == 429 and page.headers["retry-after"] == "30"
    assert "Vent et halvt minut" in page.words and "/akut" in page.links


async def test_the_words_of_a_form_come_back_and_can_be_sent_again() -> None:
    visitor = await Visitor().become("laerke-laerer")
    await visitor.get("/chat")
    own = dict(visitor.own)
    await flooded(visitor)
    answer = await visitor.client.post("/chat", data={**own, "say": "Han sad alene."})
    assert answer.status_code == 429 and "Han sad alene." in answer.text and "Prøv igen" in answer.text
    assert visitor.chat.done == []


@pytest.mark.parametrize("path", ["/akut", "/hjaelp", "/", "/healthz"])
async def test_help_is_never_closed(path: str) -> None:
    visitor = await flooded(await Visitor().become("laerke-laerer"))
    assert (await visitor.client.get(path)).status_code == 200


async def test_a_cry_for_help_is_never_made_to_wait() -> None:
    visitor = await Visitor().become("laerke-laerer")
    await visitor.get("/chat")
    own = dict(visitor.own)
    await flooded(visitor)
    answer = await visitor.client.post("/chat", data={**own, "command": "akut"})
    assert answer.status_code in (200, 303) and visitor.chat.done[-1][1] == Command("akut", "")


@pytest.mark.parametrize(
    ("words", "status"), [("Hans far slår ham med et bælte.", 303), ("Han tegner godt i billedkunst.", 429)]
)
async def test_words_that_tell_of_danger_are_heard_in_a_flood(words: str, status: int) -> None:
    guest = Guest(house=demo_house())
    await guest.become(TEACHER)
    await guest.get("/chat")
    own = dict(guest.own)
    await flooded(guest)
    assert (await guest.client.post("/chat", data={**own, "say": words})).status_code == status


async def test_a_red_worry_goes_on_in_a_flood() -> None:
    guest = Guest(house=demo_house())
    await guest.become(PEDAGOGUE)
    await guest.post("/chat", command="ny")
    await guest.post("/chat", say="Hans far slår ham med et bælte.")
    page = await guest.post("/chat", act="go:alert:ja")
    assert page.status == 200
    own = dict(guest.own)
    await flooded(guest)
    assert (await guest.client.get("/beskeder")).status_code == 429
    answer = await guest.client.post("/chat", data={**own, "command": "fortsaet"})
    assert answer.status_code == 303  # nothing in it is urgent but the draft that it belongs to
