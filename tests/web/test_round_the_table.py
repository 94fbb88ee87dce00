"""What those around a meeting find when something has happened: a substitute, a lost page, a next day, an answer."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.web.demo_house import LEADER, PEDAGOGUE, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house
from tests.web.test_meetings import beside
from tests.web.test_network import a_day, called
from tests.web.test_running import path_of


@pytest.fixture
async def leader() -> Guest:
    return await Guest(house=demo_house()).become(LEADER)


async def test_everybody_sees_for_whom_a_substitute_comes_and_the_cases_stay_the_teams(leader: Guest) -> None:
    path, sent = path_of(leader), await beside(leader, PSYCHOLOGIST)
    await sent.get(path)
    assert (await sent.post(path, act="answer", answer="substitute", person=PEDAGOGUE)).status == 200
    assert "Jonas Vang, pædagog, i stedet for Nadia Rahimi" in re.sub(r"\s+", " ", (await leader.get(path)).words)
    instead = await beside(leader, PEDAGOGUE)
    agenda = (await instead.get(f"{path}/dagsorden")).words
    assert "Sagerne kan kun teamet se her." in agenda
    assert "Der er ingen sager" not in agenda, "there are, and it is not for the substitute to be told otherwise"
    assert "Sagerne kan kun teamet se her." not in (await leader.get(f"{path}/dagsorden")).words


async def test_whoever_lost_the_page_of_a_meeting_that_has_begun_finds_it_with_the_team(leader: Guest) -> None:
    path = path_of(leader)
    assert "Næste møde er" in (await leader.get("/team")).words
    await leader.get(f"{path}/dagsorden")
    await leader.post(f"{path}/nu", act="begin")
    page = await (await beside(leader, PSYCHOLOGIST)).get("/team")
    assert "I er midt i et møde." in page.words
    assert f"{path}/nu" in page.links
    await leader.post(f"{path}/nu", act="end")
    assert f"{path}/nu" not in (await leader.get("/team")).links


async def test_a_meeting_that_is_over_asks_nobody_for_an_answer() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja, chair=LEADER)
    birgit = await beside(maja, LEADER)
    assert "I mangler stadig svar" in (await birgit.get(f"/moede/{meeting}")).words
    assert (await birgit.post(f"/moede/{meeting}", act="hold")).status == 200
    assert "I mangler stadig svar" not in (await maja.get(f"/moede/{meeting}")).words


async def test_the_day_that_the_steps_end_with_leads_to_the_next_meeting() -> None:
    maja = await Guest().become(TEACHER)
    board = f"/moede/{await called(maja)}/tavle"
    assert not [link for link in (await maja.get(board)).links if "dag=" in link]
    day = a_day(maja, 28)
    await maja.post(board, act="go", step="4", anyway="yes")
    assert (await maja.post(board, act="help", text="En leg hver dag", who="Pædagog", day=day, need="")).status == 200
    await maja.post(board, act="go", step="5")
    assert (await maja.post(board, act="finish", day=day)).status == 200
    path = f"/sag/{QUIET}/moede?dag={day}"
    assert path in (await maja.get(board)).links
    assert f'name="day" required value="{day}"' in (await maja.get(path)).html
    assert 'name="day" required value=""' in (await maja.get(f"/sag/{QUIET}/moede?dag=i-morgen")).html


async def test_what_could_be_done_otherwise_is_read_by_the_others_and_said_by_nobody() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja)
    await maja.get(f"/moede/{meeting}")
    await maja.post(f"/moede/{meeting}", act="hold")
    page = await maja.get(f"/moede/{meeting}/bagefter")
    seat = re.findall(r'name="seat" value="([^"]+)"', page.html)[0]
    wish = "Mere tid til barnets egne ord."
    assert (
        await maja.post(f"/moede/{meeting}/bagefter", act="after", seat=seat, sense="partly", note=wish)
    ).status == 200
    birgit = await beside(maja, LEADER)
    read = (await birgit.get(f"/moede/{meeting}/bagefter")).words
    assert wish in read
    assert "Maja" not in read.partition("Svarene samlet")[2]


async def test_half_of_one_answer_and_half_of_the_next_are_nobodys_sentence() -> None:
    maja = await Guest().become(TEACHER)
    path = f"/moede/{await called(maja)}/forberedelse"
    await maja.get(path)
    calm = {"text": "Frikvarteret er langt.", "say": "Min bænk og min ven.", "note": "At en spørger mig."}
    assert "112" not in (await maja.post(path, act="houses", told=["good"], **calm)).words.partition("Botten")[2]
    page = await maja.post(path, act="houses", told=["good"], **calm | {"say": "Far slår mig."})
    assert "112" in page.words.partition("Botten")[2]


async def test_the_lines_that_a_family_writes_on_stand_below_what_they_answer() -> None:
    maja = await Guest().become(TEACHER)
    meeting = await called(maja, chair=LEADER, who=["LAER", "AKT", "LED"], place_words="Lokale 2", child="")
    birgit = await beside(maja, LEADER)
    paper = PdfReader(BytesIO((await birgit.file(f"/moede/{meeting}/brev.pdf")).content))
    (page,) = [text for sheet in paper.pages if "Tænk over tre ting" in (text := sheet.extract_text())]
    assert "Det går godt" in page and "Det håber vi på" in page
