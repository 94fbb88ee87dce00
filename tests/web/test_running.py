"""The weekly meeting on its screen: begin, decide, go on after a restart, and end."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.bootstrap import build_web
from tests.bare import bare
from tests.web.demo_house import AWAY, LEADER, OTHER_TEACHER, PSYCHOLOGIST, Guest, demo_house


@pytest.fixture
async def leader() -> Guest:
    return await Guest(house=demo_house()).become(LEADER)


def path_of(guest: Guest) -> str:
    now = guest.house.clock.now()
    rows = bare(guest.house).run(lambda uow: uow.meetings.of_school("laerkeskolen", now))
    return f"/moede/{next(row.id for row in rows if row.slot)}"


def decision(guest: Guest) -> dict[str, str]:
    day = guest.house.handbook.today(guest.house.workdays.next_open(guest.house.clock.now() + timedelta(days=14)))
    return {
        "act": "decide", "case": AWAY, "outcome": "local_effort", "owner": PSYCHOLOGIST, "reason": "Det kan løses her.",
        "words": "Tak. Nadia kommer ud.", "follow_up": day.isoformat(),
    }  # fmt: skip


async def test_the_demo_has_its_meeting_and_an_agenda(leader: Guest) -> None:
    page = await leader.get(path_of(leader))
    assert "Det faste TRIO-møde" in page.words
    agenda = await leader.get(f"{path_of(leader)}/dagsorden")
    assert "T9HK-Sten" in agenda.words
    assert "P4NX-Havn" not in agenda.words  # red


async def test_a_case_is_decided_and_the_meeting_goes_on_after_a_restart(leader: Guest) -> None:
    path = f"{path_of(leader)}/nu"
    await leader.get(f"{path_of(leader)}/dagsorden")
    page = await leader.post(path, act="begin")
    assert "Sag 1 af" in page.words
    assert "T9HK-Sten" in re.sub(r"\s+", " ", page.words)
    bad = await leader.post(path, **decision(leader) | {"words": ""})
    assert bad.status == 422
    assert "Det kan løses her." in bad.words
    leader.client._transport.app = build_web(leader.house)  # type: ignore[attr-defined]  # a new process, the same database
    assert "Sag 1 af" in (await leader.get(path)).words
    page = await leader.post(path, **decision(leader))
    assert "Så er alt på listen talt om." in page.words
    assert "1 af 1 har hørt fra jer i tide." in page.words
    receipt = await leader.get(f"{path}?svar={AWAY}")
    assert "Svaret er sendt til den, der skrev. Hjælp her på stedet." in receipt.words
    assert "har ansvaret. I ser på det igen" in receipt.words
    assert (await leader.post(path, **decision(leader))).status == 422
    await leader.post(path, act="end")
    over = (await leader.get(f"{path_of(leader)}/dagsorden")).words
    assert "Mødet er slut." in over and "Talt om" in over and "har ansvaret. I ser på det igen" in over


async def test_a_number_is_not_kept_and_a_stranger_sees_nothing(leader: Guest) -> None:
    path = f"{path_of(leader)}/nu"
    await leader.get(f"{path_of(leader)}/dagsorden")
    await leader.post(path, act="begin")
    assert (await leader.post(path, **decision(leader) | {"reason": "010203-1234"})).status == 422
    stranger = await Guest(house=leader.house).become(OTHER_TEACHER)
    for address in (path, path_of(leader), f"{path_of(leader)}/dagsorden"):
        assert (await stranger.get(address)).status == 404


async def test_no_list_of_the_meeting_names_who_wrote_before_it_in_it_or_after_it(leader: Guest) -> None:
    """The leader may know who wrote; the others who look at the same screen may not, and the end lands on the list."""
    listed, path = f"{path_of(leader)}/dagsorden", f"{path_of(leader)}/nu"
    pages = [await leader.get(listed), await leader.post(path, act="begin")]
    await leader.post(path, act="end")
    for page in (*pages, await leader.get(listed)):
        assert "Spørg den, der har skrevet." in page.words
        assert "Jonas" not in page.words


async def test_a_case_that_is_put_off_is_not_told_as_talked_about(leader: Guest) -> None:
    listed = await leader.get(f"{path_of(leader)}/dagsorden")
    assert "Mødet er først" in listed.words and "Vil I begynde nu?" in listed.words
    path = f"{path_of(leader)}/nu"
    await leader.post(path, act="begin")
    page = await leader.post(path, act="leave", case=AWAY)
    assert "0 talt om, 1 udskudt." in page.words
    assert "alt på listen talt om" not in page.words
    assert "har hørt fra jer i tide" not in page.words
