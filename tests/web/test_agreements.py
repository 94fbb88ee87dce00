"""What was agreed at a network meeting, on the web: given to somebody, reminded of, and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app.meetings.leftbehind import look_for_holders
from bot.app.notices.wanted import not_wanted
from dialogs.access import OPERATOR, WORKER
from dialogs.meetings import agreements
from dialogs.notices import Wish
from tests.bare import bare
from tests.web.demo_house import LEADER, OTHER_TEACHER, QUIET, TEACHER, Guest
from tests.web.test_network import a_day, called

WHAT = "Spiser frokost med ham om tirsdagen"


@pytest.fixture
async def leader() -> Guest:
    """The one who leads a meeting that is being held, with one agreement that the teacher has."""
    birgit = await Guest().become(LEADER)
    meeting = await called(birgit, chair=LEADER, who=["LAER"])
    await birgit.post(f"/moede/{meeting}", act="hold")
    await birgit.get(f"/moede/{meeting}/tavle")
    page = await birgit.post(
        f"/moede/{meeting}/tavle",
        act="agree",
        text=WHAT,
        seat=seat_of(birgit, meeting, TEACHER),
        who="",
        day=day(birgit),
    )
    assert page.status == 200, page.words
    return birgit


def day(guest: Guest) -> str:
    return a_day(guest, 21)


def stored(guest: Guest) -> Any:
    """The meeting where something was agreed; the demo has another one about the same child."""
    found = bare(guest.house).run(lambda uow: uow.meetings.of_case(QUIET))
    return next(one for one in found if agreements.of(one))


def seat_of(guest: Guest, meeting_id: str, person_id: str) -> str:
    return bare(guest.house).run(lambda uow: uow.meetings.get(meeting_id)).seat_of(person_id).id


def path(guest: Guest) -> str:
    return f"/moede/{stored(guest).id}/aftaler"


def wishes(guest: Guest) -> list[Wish]:
    rows = bare(guest.house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))
    return [row.wish for row in rows if row.wish.template.startswith("agreement_")]


def reasons(guest: Guest) -> dict[tuple[str, str, int], str | None]:
    """What the worker makes of each reminder when its hour comes: by template, person and turn."""
    now, found = guest.house.clock.now(), wishes(guest)

    def judge(uow: Any) -> dict[tuple[str, str, int], str | None]:
        return {
            (one.template, one.recipient, int(one.dedupe_key.split(":")[3])): not_wanted(uow, one, max(one.due_at, now))
            for one in found
        }

    return guest.house.store.run(WORKER, judge)


async def test_whoever_has_it_is_reminded_on_the_day_and_after_and_then_who_leads(leader: Guest) -> None:
    by = leader.house.clock.now().fromisoformat(f"{day(leader)}T08:00:00+00:00")
    found = {(one.template, one.recipient): one for one in wishes(leader)}
    assert set(found) == {
        ("agreement_due", TEACHER), ("agreement_late", TEACHER), ("agreement_missed", LEADER),
    }  # fmt: skip
    due, late = found["agreement_due", TEACHER], found["agreement_late", TEACHER]
    assert due.due_at.date() == by.date() < late.due_at.date()
    assert due.until == late.due_at
    assert found["agreement_missed", LEADER].due_at >= late.due_at + timedelta(days=7)
    assert set(reasons(leader).values()) == {None}
    assert all(leader.house.workdays.school().is_open(one.due_at) for one in wishes(leader))
    assert WHAT not in str(wishes(leader))


async def test_what_is_done_is_reminded_of_no_more(leader: Guest) -> None:
    maja = await Guest(house=leader.house).become(TEACHER)
    page = await maja.get(path(maja))
    assert WHAT in page.words and "Din aftale" in page.words
    page = await maja.post(path(maja), act="done", about="0")
    assert "Gjort i dag" in page.words
    assert set(reasons(maja).values()) == {"agreement_done"}


async def test_another_day_brings_its_own_reminders(leader: Guest) -> None:
    maja = await Guest(house=leader.house).become(TEACHER)
    await maja.get(path(maja))
    later = a_day(maja, 35)
    await maja.post(path(maja), act="move", about="0", day=later)
    found = reasons(maja)
    assert {found[key] for key in found if key[2] == 0} == {"agreement_moved"}
    assert {(key[0], key[1]) for key in found if key[2] == 1} == {
        ("agreement_due", TEACHER), ("agreement_late", TEACHER), ("agreement_missed", LEADER),
    }  # fmt: skip
    page = await maja.post(path(maja), act="move", about="0", day="2020-01-01")
    assert (page.status, "Vælg en dag, der ikke er gået" in page.words) == (422, True)


async def test_whoever_asks_for_help_is_asked_no_more_and_who_leads_is(leader: Guest) -> None:
    maja = await Guest(house=leader.house).become(TEACHER)
    await maja.get(path(maja))
    await maja.post(path(maja), act="help", about="0", text="Jeg har gårdvagt om tirsdagen")
    found = reasons(maja)
    assert found["agreement_late", TEACHER, 0] == "agreement_asked"
    assert found["agreement_help", LEADER, 0] is None
    page = await leader.get(path(leader))
    assert "Jeg har gårdvagt om tirsdagen" in page.words
    await leader.post(path(leader), act="move", about="0", day=day(leader))
    assert reasons(leader)["agreement_help", LEADER, 0] == "agreement_moved"


async def test_a_name_in_a_cry_for_help_is_refused_and_the_words_are_kept(leader: Guest) -> None:
    maja = await Guest(house=leader.house).become(TEACHER)
    await maja.get(path(maja))
    page = await maja.post(path(maja), act="help", about="0", text="Ring til Mila Sørensen, 010110-1234")
    assert page.status == 422
    assert "Ring til Mila" in page.html
    assert not [one for one in wishes(maja) if one.template == "agreement_help"]


async def test_what_the_family_does_a_person_reminds_them_of(leader: Guest) -> None:
    board, parent = (
        f"/moede/{stored(leader).id}/tavle",
        next(one for one in stored(leader).seats if one.role == "parent"),
    )
    await leader.get(board)
    await leader.post(board, act="agree", text="Læser højt om aftenen", seat=parent.id, who="", day=day(leader))
    found = [one for one in wishes(leader) if one.dedupe_key.split(":")[2] == "1"]
    assert {(one.template, one.recipient) for one in found} == {("agreement_missed", LEADER)}
    assert len(found) == 2


async def test_help_that_is_chosen_in_the_five_steps_is_an_agreement_too(leader: Guest) -> None:
    board = f"/moede/{stored(leader).id}/tavle"
    await leader.get(board)
    await leader.post(board, act="help", text="Leger i lille gruppe", who="Pædagogen", day=day(leader), need="")
    page = await leader.get(path(leader))
    assert "Leger i lille gruppe" in page.words


async def test_a_closed_case_and_a_stranger_hear_nothing(leader: Guest) -> None:
    stranger = await Guest(house=leader.house).become(OTHER_TEACHER)
    assert (await stranger.get(path(leader))).status == 404

    def shut(uow: Any) -> None:
        case = uow.cases.get(QUIET)
        assert uow.cases.save(replace(case, state="closed", revision=case.revision + 1), case.revision)

    bare(leader.house).run(shut)
    assert set(reasons(leader).values()) == {"case_closed"}


async def test_the_coming_reminders_show_it_with_its_one_act(leader: Guest) -> None:
    maja = await Guest(house=leader.house).become(TEACHER)
    page = await maja.get("/paamindelser")
    assert "Husk din aftale" in page.words
    assert path(maja) in page.links
    await maja.get(path(maja))
    await maja.post(path(maja), act="done", about="0")
    assert "Husk din aftale" not in (await maja.get("/paamindelser")).words


async def test_nobody_sees_to_their_own_agreement() -> None:
    """Who leads the meeting has it: then it is the leader on the case who hears that it was missed."""
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    board, mine = f"/moede/{meeting}/tavle", seat_of(maja, meeting, TEACHER)
    await maja.get(board)
    await maja.post(board, act="agree", text=WHAT, seat=mine, who="", day=day(maja))
    assert {(one.template, one.recipient) for one in wishes(maja)} == {
        ("agreement_due", TEACHER), ("agreement_late", TEACHER), ("agreement_missed", LEADER),
    }  # fmt: skip


async def handed(guest: Guest, to: str, why: str = "Maja har fået en ny klasse") -> Any:
    await guest.get(path(guest))
    seat = seat_of(guest, stored(guest).id, to)
    return await guest.post(path(guest), act="hand", about="0", seat=seat, day=day(guest), text=why)


async def test_somebody_else_can_have_it_and_hears_of_it_and_the_first_is_reminded_no_more(leader: Guest) -> None:
    page = await handed(leader, LEADER)
    assert page.status == 200 and "Maja har fået en ny klasse" in page.words, page.words
    found = reasons(leader)
    assert {found[key] for key in found if key[2] == 0} == {"agreement_moved"}
    assert {(key[0], key[1]) for key in found if key[2] == 1} >= {("agreement_due", LEADER), ("agreement_late", LEADER)}
    assert not [key for key in found if key[1] == TEACHER and key[2] == 1 and key[0] != "agreement_missed"]
    maja = await Guest(house=leader.house).become(TEACHER)
    page = await handed(maja, TEACHER, "Jeg har tid igen")
    assert page.status == 200
    assert not [one for one in wishes(maja) if one.template == "agreement_given" and one.recipient == TEACHER], (
        "nobody is told of what they have just done themselves"
    )
    await handed(leader, LEADER)
    await handed(leader, TEACHER, "Maja kan igen")
    given = [one for one in wishes(leader) if one.template == "agreement_given"]
    assert [one.recipient for one in given] == [TEACHER]
    assert "Maja kan igen" not in str(given)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": ""}, "Skriv kort, hvorfor en anden får den."),
        ({"seat": "aaaa"}, "Vælg en anden fra mødet"),
        ({"day": "2020-01-01"}, "Vælg en dag, der ikke er gået"),
        ({"text": "Mila Sørensen, 010110-1234"}, "CPR"),
    ],
)
async def test_it_is_not_handed_on_without_a_reason_a_day_and_somebody_who_is_there(
    leader: Guest, changes: dict[str, str], why: str
) -> None:
    await leader.get(path(leader))
    form = {"seat": seat_of(leader, stored(leader).id, LEADER), "day": day(leader), "text": "Maja er på kursus"}
    page = await leader.post(path(leader), act="hand", about="0", **form | changes)
    assert page.status == 422 and why in page.words
    (one,) = agreements.of(stored(leader))
    assert (one.turn, one.given) == (0, "")


async def test_when_whoever_had_it_has_left_the_one_who_minds_it_is_told_and_gives_it_on(leader: Guest) -> None:
    house = leader.house
    maja = bare(house).run(lambda uow: uow.people.get(TEACHER))
    house.store.run(OPERATOR, lambda uow: uow.people.save(replace(maja, active=False)))

    def chore() -> None:
        house.store.run(WORKER, lambda uow: look_for_holders(house.handbook, uow, house.clock.now()))

    chore()
    chore()
    (told,) = [one for one in wishes(leader) if one.template == "agreement_left"]
    assert told.recipient == LEADER
    assert reasons(leader)["agreement_left", LEADER, 0] is None
    assert reasons(leader)["agreement_due", TEACHER, 0] == "person_gone"
    page = await leader.get(path(leader))
    assert "er her ikke mere" in page.words
    assert (await handed(leader, TEACHER)).status == 422, "nobody is given it who has left"
    await handed(leader, LEADER)
    assert reasons(leader)["agreement_left", LEADER, 0] == "agreement_moved"
    house.store.run(OPERATOR, lambda uow: uow.people.save(maja))


async def test_whoever_comes_back_before_it_is_sent_is_no_news(leader: Guest) -> None:
    house = leader.house
    maja = bare(house).run(lambda uow: uow.people.get(TEACHER))
    house.store.run(OPERATOR, lambda uow: uow.people.save(replace(maja, active=False)))
    house.store.run(WORKER, lambda uow: look_for_holders(house.handbook, uow, house.clock.now()))
    house.store.run(OPERATOR, lambda uow: uow.people.save(maja))
    assert reasons(leader)["agreement_left", LEADER, 0] == "holder_back"
