"""The meeting pages: book, answer, move and cancel as people do it, and what a refusal keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bare import bare
from tests.web.demo_house import AWAY, LEADER, OTHER_TEACHER, PEDAGOGUE, PSYCHOLOGIST, TEACHER, Guest, demo_house


@pytest.fixture
async def leader() -> Guest:
    return await Guest(house=demo_house()).become(LEADER)


async def beside(guest: Guest, who: str) -> Guest:
    """Another person in the same house."""
    return await Guest(house=guest.house).become(who)


def in_a_week(guest: Guest) -> str:
    return (guest.house.handbook.today(guest.house.clock.now()) + timedelta(days=7)).isoformat()


async def book(guest: Guest, path: str = "/moeder", **changes: str | list[str]) -> int:
    await guest.get(path)
    fields: dict[str, str | list[str]] = {
        "act": "book-1",
        "school": "laerkeskolen",
        "sag": "",
        "kind": "staff",
        "day": in_a_week(guest),
        "time": "12:30",
        "minutes": "45",
        "text": "Klassens trivsel",
        "people": [PSYCHOLOGIST],
    }
    return (await guest.post("/moeder", **fields | changes)).status


def meeting_id(guest: Guest, kind: str = "staff") -> str:
    rows = bare(guest.house).run(lambda uow: uow.meetings.of_school("laerkeskolen", guest.house.clock.now()))
    return next(row.id for row in rows if row.kind == kind)


async def test_a_leader_books_people_see_it_and_one_answers(leader: Guest) -> None:
    assert await book(leader) == 200
    path = f"/moede/{meeting_id(leader)}"
    page = await (await beside(leader, PSYCHOLOGIST)).get("/moeder")
    assert "Møde på skolen" in page.words
    assert "Svar, om du kommer" in page.words
    guest = await beside(leader, PSYCHOLOGIST)
    assert "Klassens trivsel" in (await guest.get(path)).words
    assert (await guest.post(path, act="answer", answer="yes")).status == 200
    assert "Alle, I ikke kan undvære, kommer." in (await leader.get(path)).words


async def test_a_refusal_says_why_and_keeps_what_was_written(leader: Guest) -> None:
    assert await book(leader, text="Om 010203-1234") == 422
    assert await book(leader, time="kvart i to") == 422
    page = await leader.post("/moeder", act="book-1", school="laerkeskolen", sag="", kind="staff", text="Trivsel i 4.B")
    assert "Jeg forstår ikke tiden" in page.words
    assert "Trivsel i 4.B" in page.words


async def test_a_stranger_finds_neither_the_meeting_nor_the_case(leader: Guest) -> None:
    await book(leader)
    path = f"/moede/{meeting_id(leader)}"
    for who in (TEACHER, OTHER_TEACHER):
        guest = await beside(leader, who)
        assert (await guest.get(path)).status == 404
        assert (await guest.get(f"/sag/{AWAY}/moede")).status == 404
        await guest.get("/moeder")
        assert (await guest.post(path, act="cancel", reason="Nej.")).status == 404


async def test_a_meeting_about_a_case_begins_at_the_case_where_it_is_asked_who_may_come(leader: Guest) -> None:
    writer = await beside(leader, PEDAGOGUE)
    answer = await writer.file(f"/moeder?sag={AWAY}")
    assert answer.headers["location"] == f"/sag/{AWAY}/moede"
    assert await book(writer, "/moeder", sag=AWAY, kind="network") == 200, "shown the page that asks"
    assert "Hvem skal med?" in (await writer.get(f"/sag/{AWAY}/moede")).words
    rows = bare(writer.house).run(lambda uow: uow.meetings.of_case(AWAY))
    assert rows == []


async def test_the_chair_moves_invites_and_cancels(leader: Guest) -> None:
    await book(leader)
    path = f"/moede/{meeting_id(leader)}"
    await leader.get(path)
    move = {"day": in_a_week(leader), "time": "9.15", "minutes": "30", "place": "Lokale 2"}
    assert (await leader.post(path, act="move", **move)).status == 200
    assert "kl. 9.15" in (await leader.get(path)).words
    assert (await leader.post(path, act="invite", person=PEDAGOGUE)).status == 200
    assert (await leader.post(path, act="cancel", reason="")).status == 422
    assert (await leader.post(path, act="cancel", reason="Vi er for få.")).status == 200
    assert "Vi er for få." in (await leader.get(path)).words
    assert (await leader.post(path, act="answer", answer="yes")).status == 422


async def test_the_page_opens_at_the_answer_that_the_chat_led_to(leader: Guest) -> None:
    assert await book(leader) == 200
    path = f"/moede/{meeting_id(leader)}"
    other = await beside(leader, PSYCHOLOGIST)
    opened = {
        answer: (await other.get(f"{path}?svar={answer}")).html.count('"deed" open') for answer in ("anden", "nej")
    }
    assert opened == {"anden": 1, "nej": 1}
    assert '"deed" open' not in (await other.get(path)).html


async def test_an_invitation_is_new_until_the_meeting_is_looked_at(leader: Guest) -> None:
    guest = await beside(leader, PSYCHOLOGIST)

    def new() -> int:
        return bare(leader.house).run(lambda uow: uow.outbox.unread(PSYCHOLOGIST, leader.house.clock.now()))

    before = new()
    assert await book(leader) == 200
    assert new() == before + 1
    assert f"{before + 1} nye" in (await guest.get("/beskeder")).words
    await guest.get(f"/moede/{meeting_id(leader)}")
    assert new() == before
