"""The team's inbox and case page, and the writer's own pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app.cases.views import ActChoice
from bot.app.turns.incoming import Command, Pressed
from bot.web.cases.forms import act_of
from bot.web.dates import UNCLEAR_DATE, day_of
from bot.web.site import Form
from dialogs.cases import acts as caseacts
from dialogs.cases.acts import (
    AcceptBaton,
    Add,
    Ask,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.cases.words import act_name
from dialogs.types import Problem
from tests.web import teamfakes
from tests.web.visitor import Visitor

MEMBER, WRITER = "laerke-raadgiver", "laerke-laerer"
NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Copenhagen
ZONE = ZoneInfo("Europe/Copenhagen")


def read(**fields: str) -> object:
    return act_of(Form({name: (value,) for name, value in fields.items()}), NOW, ZONE)


@pytest.mark.parametrize(
    ("fields", "act"),
    [
        ({"act": "ask", "text": "Hvem leger han med?"}, Ask("Hvem leger han med?")),
        ({"act": "reply", "text": "Ingen"}, Reply("Ingen")),
        ({"act": "plan", "day": "2026-11-25"}, Plan(date(2026, 11, 25))),
        ({"act": "plan", "day": "25.11.2026"}, Plan(date(2026, 11, 25))),
        ({"act": "plan", "day": "onsdag"}, Problem("plan_missing")),
        ({"act": "discuss"}, Discuss()),
        (
            {
                "act": "decide",
                "outcome": "local_effort",
                "owner": "p1",
                "reason": "G",
                "words": "O",
                "follow_up": "2027-01-05",
            },
            Decide("local_effort", "p1", "G", "O", date(2027, 1, 5)),
        ),
        ({"act": "decide", "outcome": "no_action"}, Decide("no_action", "", "", "", None)),
        ({"act": "decide", "outcome": "slet ikke"}, Problem("outcome_missing")),
        ({"act": "propose_lowering", "to": "yellow", "reason": "G"}, ProposeLowering("yellow", "G")),
        ({"act": "propose_lowering", "to": "lilla"}, Problem("not_lower")),
        ({"act": "confirm_lowering"}, ConfirmLowering()),
        ({"act": "refuse_lowering", "reason": "G"}, RefuseLowering("G")),
        ({"act": "raise", "to": "red", "reason": "G"}, Raise("G", "red")),
        ({"act": "raise"}, Problem("not_higher")),
        ({"act": "follow_up", "effect": "7", "note": "N", "next": "2027-02-01"}, FollowUp(7, "N", date(2027, 2, 1))),
        ({"act": "follow_up"}, FollowUp(None, "", None)),
        ({"act": "follow_up", "effect": "syv"}, Problem("effect_range")),
        ({"act": "follow_up", "effect": "1" * 5_000}, FollowUp(111, "", None)),
        ({"act": "follow_up", "next": "snart"}, UNCLEAR_DATE),
        ({"act": "close", "words": "Tak"}, Close("Tak")),
        ({"act": "reopen", "reason": "G"}, Reopen("G")),
        ({"act": "give_to", "owner": "p1"}, GiveTo("p1")),
        ({"act": "accept_baton"}, AcceptBaton()),
        ({"act": "add", "text": "T"}, Add("T", NOW)),
        ({"act": "add", "text": "T", "event_at": "2026-11-24"}, Add("T", NOW)),
        ({"act": "add", "text": "T", "event_at": "19.11.2026"}, Add("T", datetime(2026, 11, 19, 12, tzinfo=ZONE))),
        ({"act": "add", "text": "T", "event_at": "i går"}, UNCLEAR_DATE),
        ({"act": "open"}, None),
        ({"act": "slet"}, None),
        ({}, None),
    ],
)
def test_a_form_asks_for_one_act(fields: dict[str, str], act: object) -> None:
    assert read(**fields) == act


def test_every_act_that_the_page_can_offer_is_understood() -> None:
    names = {act_name(kind) for kind in caseacts.ACTS} - {"open"}
    assert all(read(act=name) is not None for name in names)
    assert names == set(teamfakes.WORDS.acts) - {"open"}


@pytest.mark.parametrize("text", ["", "31.02.2026", "2026-13-01", "24/11", "０１.０１.2026 ", "1.1.99999", "\x00"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert day_of(text) is None or text.startswith("０")


async def test_the_inbox_shows_colour_as_a_word_and_says_what_to_do_next() -> None:
    page = await (await Visitor().become(MEMBER)).get("/team")
    assert page.status == 200
    for words in ("Rød", "Gul", "Grøn", "Ingen farve", "Ny", "Ændret", "Til orientering", "3 dage", "overskredet"):
        assert words in page.words
    assert page.words.index("P4LN-Ravn") < page.words.index("K7RT-Måge")
    assert "Åbn den nu" in page.words


def test_every_colour_has_a_shape_of_its_own() -> None:
    shapes = []
    for colour in ("green", "yellow", "red", "none"):
        visitor = Visitor()
        env = visitor.client._transport.app.state.site.templates  # type: ignore[attr-defined,union-attr]
        html = str(env.get_template("_macros.html.j2").module.light(colour))
        shapes.append(re.search(r"<(circle|path)[^>]*>", html)[0])  # type: ignore[index]
    assert len(set(shapes)) == 4


async def test_a_case_is_ready_for_a_meeting() -> None:
    page = await (await Visitor().become(MEMBER)).get("/team/sag/sag1")
    for words in (
        "Kort fortalt",
        "Drøftes uden navn",
        "Skjult for dig: Omkring barnet",
        "Skrev til: Han kom ikke.",
        "Skrevet i dag kl. 9.12",
        "Din pligt til at underrette er din egen",
        "Farven hører til bekymringen nu",
        "Ingen lige nu.",
    ):
        assert words in page.words
    assert page.words.index("Barnet kaldes") < page.words.index("Set og hørt")  # the meeting speaks by it


async def test_the_page_offers_only_what_can_be_done_now() -> None:
    visitor = await Visitor().become(MEMBER)
    visitor.team.case = replace(teamfakes.CASE, acts=teamfakes.CASE.acts[:1], informed=True)
    page = await visitor.get("/team/sag/sag1")
    assert re.findall(r'name="act" value="(\w+)"', page.html) == ["ask"]


async def test_an_act_is_done_once_and_the_case_is_shown_again() -> None:
    visitor = await Visitor().become(MEMBER)
    await visitor.get("/team/sag/sag1")
    data = {**visitor.own, "act": "plan", "day": "2026-11-25"}
    for _ in range(3):
        response = await visitor.client.post("/team/sag/sag1", data=data)
        assert (response.status_code, response.headers["location"]) == (303, "/team/sag/sag1")
    assert [done[:3] for done in visitor.team.acted] == [(MEMBER, "sag1", Plan(date(2026, 11, 25)))]


async def test_a_refusal_says_why_opens_the_form_and_keeps_the_words() -> None:
    visitor = await Visitor().become(MEMBER)
    await visitor.get("/team/sag/sag1")
    page = await visitor.post("/team/sag/sag1", act="decide", reason="Vi talte om det", words="Kære Anna", outcome="x")
    assert page.status == 422
    assert "Vælg, hvad I har aftalt" in page.words
    assert ">Vi talte om det</textarea>" in page.html
    assert ">Kære Anna</textarea>" in page.html
    page = await visitor.post("/team/sag/sag1", act="ask", text="  ")
    assert "Der står ikke noget endnu" in page.words


async def test_the_same_deed_on_another_case_is_another_deed() -> None:
    visitor = await Visitor().become(MEMBER)
    await visitor.get("/team/sag/sag1")
    own = visitor.own
    assert (await visitor.client.post("/team/sag/sag2", data={**own, "act": "discuss"})).status_code == 404
    assert (await visitor.client.post("/team/sag/sag1", data={**own, "act": "discuss"})).status_code == 303
    assert len(visitor.team.acted) == 1


async def test_a_stranger_cannot_act_on_a_case() -> None:
    for person, path in (("fjord-laerer", "/team/sag/sag1"), ("fjord-laerer", "/sag/sag1"), (MEMBER, "/sag/sag1")):
        visitor = await Visitor().become(person)
        assert (await visitor.post(path, act="add", text="x")).status == 404
        assert visitor.team.acted == []


async def test_the_writer_sees_where_it_stands_and_answers() -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.get("/sager")
    assert "Teamet spørger dig" in page.words
    page = await visitor.get("/sag/sag1")
    for words in ("Det sker nu:", "Hvem leger han med?", "Det skrev du", "Din pligt til at underrette er din egen"):
        assert words in page.words
    await visitor.post("/sag/sag1", act="reply", text="Ingen lige nu")
    assert visitor.team.acted[0][2] == Reply("Ingen lige nu")


async def test_the_question_stands_first_with_its_field_under_it() -> None:
    visitor = await Visitor().become(WRITER)
    html = (await visitor.get("/sag/sag1")).html
    order = ["Hvem leger han med?", 'id="reply-text"', "Det sker nu:", "Det kan du gøre", 'id="add-text"']
    places = [html.index(one) for one in order]
    assert places == sorted(places)
    assert html.count('id="reply-text"') == 1


@pytest.mark.parametrize(
    ("now", "act", "offered"),
    [
        ("yellow", "raise", {"raise-red"}),
        ("green", "raise", {"raise-red", "raise-yellow"}),
        ("red", "propose_lowering", {"propose_lowering-yellow", "propose_lowering-green"}),
        ("yellow", "propose_lowering", {"propose_lowering-green"}),
    ],
)
async def test_only_another_colour_is_offered_and_none_is_chosen(now: Any, act: str, offered: set[str]) -> None:
    visitor = await Visitor().become(MEMBER)
    colour = replace(teamfakes.CASE.colour, now=now)
    acts = (ActChoice(act, teamfakes.WORDS.acts[act]),)
    visitor.team.case = replace(teamfakes.CASE, colour=colour, acts=acts)
    page = await visitor.get("/team/sag/sag1")
    assert {one for one in page.ids if one.startswith(f"{act}-") and f"{act}-reason" not in one} == offered
    assert "checked" not in page.html


async def test_danger_in_an_answer_leads_to_the_card_in_the_chat_and_back_to_the_case() -> None:
    visitor = await Visitor().become(WRITER)
    await visitor.get("/sag/sag1")
    visitor.team.danger = "violence"
    response = await visitor.client.post("/sag/sag1", data={**visitor.own, "act": "reply", "text": "Far slår."})
    assert (response.status_code, response.headers["location"]) == (303, "/chat?fra=sag1#nu")
    assert visitor.chat.done[-1][1] == Pressed("go:card:violence")
    page = await visitor.get("/chat?fra=sag1")
    assert "Det, du skrev, ligger hos teamet." in page.words
    assert "/sag/sag1" in page.links
    assert "/sag/" not in (await visitor.get("/chat?fra=<b>")).html


async def test_an_unfinished_worry_is_found_from_her_cases() -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.get("/sager")
    assert "Se dine kladder (2)" in page.words
    await visitor.post("/chat", command="kladder")
    assert visitor.chat.done[-1][1] == Command("kladder")


async def test_a_writer_without_cases_is_told_where_to_begin() -> None:
    page = await (await Visitor().become("fjord-laerer")).get("/sager")
    assert "Du har ikke sendt noget endnu" in page.words
    assert "/chat" in page.links
