"""What was agreed before is what a meeting begins with: what, who, by when, and done or not yet by one press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs.meetings import agreements
from tests.bare import bare
from tests.web.demo_house import AWAY, LEADER, OTHER_TEACHER, STOPPED, TEACHER, Guest, demo_house
from tests.web.test_agreements import WHAT, day, reasons, seat_of, stored
from tests.web.test_network import a_day, called, filled, meeting_on
from tests.web.test_running import decision, path_of


async def held(guest: Guest, meeting: str, ahead: int = 3) -> None:
    """Begin the meeting, and agree on one thing that the teacher has."""
    board = f"/moede/{meeting}/tavle"
    await guest.post(f"/moede/{meeting}", act="hold")
    await guest.get(board)
    agreed = {
        "act": "agree",
        "text": WHAT,
        "seat": seat_of(guest, meeting, TEACHER),
        "who": "",
        "day": a_day(guest, ahead),
    }
    page = await guest.post(board, **agreed)
    assert page.status == 200, page.words


@pytest.fixture
async def leader() -> Guest:
    """Who leads the second meeting about the same child: something was agreed at the first."""
    birgit = await Guest().become(LEADER)
    await held(birgit, await called(birgit, chair=LEADER, who=["LAER"]))
    return birgit


def ref(guest: Guest) -> str:
    return f"{stored(guest).id}.0"


async def next_board(guest: Guest) -> str:
    meeting = await called(guest, chair=LEADER, who=["LAER"])
    return f"/moede/{meeting}/tavle"


async def test_the_next_meeting_about_the_child_begins_with_what_was_agreed(leader: Guest) -> None:
    board = await next_board(leader)
    page = await leader.get(board)
    before, after = page.words.split("Det har I aftalt før")[1].split("Rammen for mødet", 1)
    assert WHAT in before and "Skal være gjort" in before and "Lærer, Maja Holm" in before
    assert WHAT not in after, "the board itself is empty"
    own = await leader.get(f"/moede/{stored(leader).id}/tavle")
    assert "Det har I aftalt før" not in own.words, "a meeting does not look back at itself"


async def test_one_press_says_that_it_is_done_and_the_reminders_stop(leader: Guest) -> None:
    board = await next_board(leader)
    await leader.get(board)
    page = await leader.post(board, act="was_done", about=f"{ref(leader)}/")
    assert "Gjort i dag" in page.words
    assert set(reasons(leader).values()) == {"agreement_done"}


async def test_one_press_says_not_yet_and_it_gets_a_day_a_week_later(leader: Guest) -> None:
    board = await next_board(leader)
    await leader.get(board)
    page = await leader.post(board, act="was_not", about=f"{ref(leader)}/")
    (one,) = agreements.of(stored(leader))
    days = leader.house.workdays.school()
    assert one.state == "open" and one.turn == 1
    assert one.by == days.next_open(leader.house.clock.now() + timedelta(days=7)).date()
    assert page.status == 200 and WHAT in page.words


async def test_what_has_its_day_later_than_that_is_not_moved_forward_by_not_yet() -> None:
    birgit = await Guest().become(LEADER)
    await held(birgit, await called(birgit, chair=LEADER, who=["LAER"]), ahead=30)
    board = await next_board(birgit)
    page = await birgit.get(board)
    assert WHAT in page.words and "Ikke endnu" not in page.words
    assert (await birgit.post(board, act="was_not", about=f"{ref(birgit)}/")).status == 422
    (one,) = agreements.of(stored(birgit))
    assert one.by.isoformat() == a_day(birgit, 30)


async def test_what_was_done_long_ago_is_told_no_more(leader: Guest) -> None:
    board = await next_board(leader)
    await leader.get(board)
    await leader.post(board, act="was_done", about=f"{ref(leader)}/")
    meeting = stored(leader)
    (one,) = meeting.notes["agreed"]["agreements"]
    long_ago = (leader.house.clock.now() - timedelta(days=15)).date().isoformat()
    older = replace(
        meeting, notes={"agreed": {"agreements": [one | {"since": long_ago}]}}, revision=meeting.revision + 1
    )
    assert bare(leader.house).run(lambda uow: uow.meetings.save(older, meeting.revision))
    assert WHAT not in (await leader.get(board)).words


async def test_a_press_about_what_was_never_agreed_before_this_meeting_changes_nothing(leader: Guest) -> None:
    board = await next_board(leader)
    await leader.get(board)
    for made_up in ("aaaaaaaaaaaa.0/", "nothing/", f"{ref(leader)}9/"):
        page = await leader.post(board, act="was_done", about=made_up)
        assert page.status == 422 and "Aftalen er her ikke" in page.words, made_up
    await held(leader, board.split("/")[2])
    page = await leader.post(board, act="was_done", about=f"{board.split('/')[2]}.0/")
    assert page.status == 422, "what was agreed here and now is for the page of agreements"
    stranger = await Guest(house=leader.house).become(OTHER_TEACHER)
    assert (await stranger.get(board)).status == 404


async def test_the_weekly_meeting_shows_what_was_agreed_about_the_case_in_front() -> None:
    birgit = await Guest(house=demo_house()).become(LEADER)
    await birgit.get(f"/sag/{AWAY}/moede")
    page = await birgit.post(f"/sag/{AWAY}/moede", **filled(birgit, chair=LEADER, scribe="", who=["LAER"]))
    meeting = meeting_on(page)
    seat = next(one for one in seats(birgit, meeting) if one.person_id == LEADER)
    await birgit.post(f"/moede/{meeting}", act="hold")
    board = f"/moede/{meeting}/tavle"
    await birgit.get(board)
    await birgit.post(board, act="agree", text=WHAT, seat=seat.id, who="", day=day(birgit))
    screen = f"{path_of(birgit)}/nu"
    await birgit.get(f"{path_of(birgit)}/dagsorden")
    page = await birgit.post(screen, act="begin")
    assert "Det har I aftalt før" in page.words and WHAT in page.words
    page = await birgit.post(screen, act="was_done", about=f"{meeting}.0/{AWAY}")
    assert "Gjort i dag" in page.words


def seats(guest: Guest, meeting: str) -> Any:
    return bare(guest.house).run(lambda uow: uow.meetings.get(meeting)).seats


async def test_the_weekly_meeting_begins_with_what_the_team_decided_and_the_writer_hears() -> None:
    birgit = await Guest(house=demo_house()).become(LEADER)
    path, screen = path_of(birgit), f"{path_of(birgit)}/nu"
    await birgit.get(f"{path}/dagsorden")
    await birgit.post(screen, act="begin")
    await birgit.post(screen, **decision(birgit))
    page = await birgit.get(screen)
    assert "Det har I aftalt før" in page.words and "Hjælp her på stedet" in page.words
    page = await birgit.post(screen, act="was_done", about=AWAY)
    assert "Gjort. Ses på igen" in page.words
    case = bare(birgit.house).run(lambda uow: uow.cases.get(AWAY))
    assert case.follow_up.isoformat() == decision(birgit)["follow_up"], "whether it helped is asked on its day"
    told = [row.wish for row in bare(birgit.house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))]
    assert [one.recipient for one in told if one.template == "writer_followup"] == [case.writer_id]
    assert (await birgit.post(screen, act="was_done", about=STOPPED)).status == 422
