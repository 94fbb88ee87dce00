"""What was agreed at meetings comes into the plan with one tap, and says there and in the plan the same."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dialogs.meetings import agreements
from dialogs.meetings.agreements import Agreement
from dialogs.plans.filed import load_bare
from dialogs.plans.model import Effort
from tests.bare import bare
from tests.web.demo_house import LEADER, QUIET, TEACHER, Guest
from tests.web.test_agreements import WHAT, day, path, seat_of, stored
from tests.web.test_network import a_day, called
from tests.web.test_plan import NEED, PATH, plan_in, wishes


@pytest.fixture
async def writer() -> Guest:
    """The teacher with a plan of one need, and a meeting where something was agreed for her."""
    maja = await Guest().become(TEACHER)
    meeting = await called(maja, chair=LEADER)
    board, mine = f"/moede/{meeting}/tavle", seat_of(maja, meeting, TEACHER)
    birgit = await Guest(house=maja.house).become(LEADER)
    await birgit.get(board)
    await birgit.post(board, act="agree", text=WHAT, seat=mine, who="", day=day(maja))
    await maja.get(PATH)
    await maja.post(PATH, act="make")
    await maja.post(PATH, act="need", text=NEED)
    return maja


def ref(guest: Guest) -> str:
    return f"m:{stored(guest).id}:0"


def agreed(guest: Guest) -> Agreement:
    return agreements.of(stored(guest))[0]


async def taken(guest: Guest) -> Effort:
    """What was agreed at a meeting comes with the words that it was agreed in."""
    await guest.post(PATH, act="take", about=ref(guest), need=plan_in(guest).needs[0].id, text="Noget andet")
    return plan_in(guest).efforts[0]


async def test_what_was_agreed_is_offered_and_nothing_comes_into_the_plan_by_itself(writer: Guest) -> None:
    page = await writer.get(PATH)
    assert f'name="about" value="{ref(writer)}"' in page.html
    assert plan_in(writer).efforts == ()
    effort = await taken(writer)
    assert (effort.text, effort.by, effort.need) == (WHAT, "LAER", plan_in(writer).needs[0].id)
    assert effort.ends == date.fromisoformat(day(writer))
    page = await writer.get(PATH)
    assert f'name="about" value="{ref(writer)}"' not in page.html
    assert path(writer) in page.links


async def test_it_is_taken_once(writer: Guest) -> None:
    await taken(writer)
    page = await writer.post(PATH, act="take", about=ref(writer), need="")
    assert (page.status, "taget med i planen, eller det er gjort" in page.words) == (422, True)
    assert len(plan_in(writer).efforts) == 1


async def test_what_is_taken_out_is_offered_again(writer: Guest) -> None:
    effort = await taken(writer)
    page = await writer.post(PATH, act="drop", about=effort.id)
    assert f'name="about" value="{ref(writer)}"' in page.html


async def test_done_in_the_plan_is_done_where_it_was_agreed(writer: Guest) -> None:
    effort = await taken(writer)
    await writer.post(PATH, act="done", about=effort.id)
    assert agreed(writer).state == "done"
    assert "Gjort i dag" in (await writer.get(path(writer))).words


async def test_done_where_it_was_agreed_shows_in_the_plan_and_on_its_paper(writer: Guest) -> None:
    await taken(writer)
    await writer.get(path(writer))
    await writer.post(path(writer), act="done", about="0")
    page = await writer.get(PATH)
    assert "Gjort i dag" in page.words
    assert "Sæt som gjort" not in page.words
    assert "Gjort" in (await writer.file(f"{PATH}.txt")).text


async def test_a_new_day_in_the_plan_is_the_new_day_of_the_agreement(writer: Guest) -> None:
    effort, later = await taken(writer), a_day(writer, 40)
    fields = {"about": effort.id, "need": effort.need, "text": WHAT, "by": "LAER", "starts": str(effort.starts)}
    await writer.post(PATH, act="effort", ends=later, **fields)
    assert (agreed(writer).by.isoformat(), agreed(writer).turn) == (later, 1)
    assert plan_in(writer).efforts[0].agreed == ref(writer)
    page = await writer.post(PATH, act="effort", ends=str(effort.starts), **fields)
    assert agreed(writer).by == effort.starts or page.status == 422


async def test_one_thing_is_reminded_of_in_one_place(writer: Guest) -> None:
    await taken(writer)
    assert wishes(writer, "plan_effort") == []
    filed = bare(writer.house).run(lambda uow: uow.filings.of_case(QUIET, "plan"))[0]
    assert load_bare(filed).ends == {}
    assert {one.recipient for one in wishes(writer, "agreement_late")} == {TEACHER}


async def test_who_does_it_is_asked_where_nobody_could_know(writer: Guest) -> None:
    board = f"/moede/{stored(writer).id}/tavle"
    birgit = await Guest(house=writer.house).become(LEADER)
    await birgit.get(board)
    await birgit.post(board, act="agree", text="Kommer med til fodbold", who="Træneren", day=day(writer))
    other = f"m:{stored(writer).id}:1"
    page = await writer.post(PATH, act="take", about=other, need="", by="")
    assert (page.status, "Vælg, hvem der gør det" in page.words) == (422, True)
    await writer.post(PATH, act="take", about=other, need="", by="KLUB")
    assert [one.by for one in plan_in(writer).efforts] == ["KLUB"]


async def test_before_there_is_a_plan_the_page_says_what_waits_for_it() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    board, mine = f"/moede/{meeting}/tavle", seat_of(maja, meeting, TEACHER)
    await maja.get(board)
    await maja.post(board, act="agree", text=WHAT, seat=mine, who="", day=day(maja))
    assert "som I har aftalt på møder" in (await maja.get(PATH)).words


async def test_what_the_team_has_decided_can_be_taken_in_with_its_day_and_the_plan_reminds_of_it(writer: Guest) -> None:
    """The demo's team has decided about this child: what the writer was told, whose it is, and when it is looked at."""
    case = bare(writer.house).run(lambda uow: uow.cases.get(QUIET))
    page = await writer.get(PATH)
    offered = next(iter(re.findall(r'name="about" value="(d:[0-9]+)"', page.html)))
    await writer.post(PATH, act="take", about=offered, need="", text="Ser klassen i to frikvarterer")
    effort = plan_in(writer).efforts[0]
    assert (effort.by, effort.ends, effort.agreed) == ("PSY", case.follow_up, offered)
    assert effort.text == "Ser klassen i to frikvarterer"
    assert wishes(writer, "plan_effort")
    assert offered not in (await writer.get(PATH)).html
