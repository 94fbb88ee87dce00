"""The exchange register, the feedback and the clocks on the web: who may, what is refused, and what nobody is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.notices.wanted import not_wanted
from bot.bootstrap import build
from bot.settings import Settings
from dialogs.access import OPERATOR
from dialogs.notices import numbered
from dialogs.papers.consents import Consent, Scope, dump
from tests.bare import bare
from tests.core.form_kit import overlaid
from tests.web.demo_house import (
    AWAY,
    DEPUTY,
    LEADER,
    OTHER_TEACHER,
    PEDAGOGUE,
    PSYCHOLOGIST,
    QUIET,
    SOCIAL,
    TEACHER,
    Guest,
    demo_house,
)

SCOPE = Scope(("psychologist",), ("wellbeing",), "Vi vil tale om, hvordan vi hjælper.", date(2030, 1, 1), "")
PATH = f"/sag/{AWAY}/udveksling"
WHY = {
    "text": "Vi ved ikke, hvordan vi hjælper.",
    "note": "Alle her kender barnet.",
    "reason": "Mor tog ikke telefonen tirsdag.",
}


@pytest.fixture
async def leader() -> Guest:
    return await Guest(house=demo_house()).become(LEADER)


async def beside(guest: Guest, who: str) -> Guest:
    """Another person in the same house."""
    return await Guest(house=guest.house).become(who)


def today(guest: Guest) -> str:
    return guest.house.handbook.today(guest.house.clock.now()).isoformat()


async def plan(guest: Guest, path: str = PATH, **changes: str | list[str]) -> int:
    await guest.get(path)
    fields: dict[str, str | list[str]] = {
        **WHY,
        "seats": ["teacher", "psychologist"],
        "runs": "no",
        "day": today(guest),
    }
    return (await guest.post(path, act="plan", **fields | changes)).status


def meeting(guest: Guest, state: str, case_id: str = AWAY) -> str:
    rows = bare(guest.house).run(lambda uow: uow.filings.of_case(case_id, "exchange"))
    return next(row.id for row in rows if row.state == state)


async def act(guest: Guest, name: str, exchange_id: str, **fields: str) -> Any:
    await guest.get(PATH)
    return await guest.post(PATH, act=name, exchange=exchange_id, **fields)


async def hold(guest: Guest) -> None:
    told = {"kinds": "wellbeing", "text": "Vi spørger forældrene.", "reason": "Lederen ringer i morgen."}
    await act(guest, "hold", meeting(guest, "planned"), **told)


async def test_one_meeting_one_follow_up_and_then_the_other_ways_are_shown(leader: Guest) -> None:
    assert await plan(leader) == 200
    await hold(leader)
    assert await plan(leader) == 422, "a follow-up says what is special"
    assert await plan(leader, words="Psykologen kunne ikke komme.") == 200
    await act(leader, "confirm", meeting(leader, "proposed"))
    await hold(leader)
    assert await plan(leader, words="Endnu et") == 422
    assert leader.page is not None
    assert "Muligheden er brugt" in leader.page.words
    assert {f"/sag/{AWAY}/samtykke", "/sparring", f"/sag/{AWAY}/underretning"} <= set(leader.page.links)


async def test_while_the_parents_have_not_answered_no_meeting_goes_around_them(leader: Guest) -> None:
    form = await leader.get(f"/sag/{AWAY}/samtykke")
    assert form.status == 200
    asked = Consent(
        "samtykkeaaaa",
        AWAY,
        "asked",
        SCOPE,
        ("holder_1",),
        LEADER,
        leader.house.handbook.today(leader.house.clock.now()),
    )
    bare(leader.house).run(lambda uow: uow.filings.add(dump(asked)))
    assert await plan(leader) == 422
    assert leader.page is not None and "ikke svaret endnu" in leader.page.words


async def test_a_leader_does_not_say_yes_to_her_own_follow_up_when_another_leads_the_case_too(leader: Guest) -> None:
    house = leader.house
    deputy = bare(house).run(lambda uow: uow.people.get(DEPUTY))
    assert deputy is not None
    second = replace(deputy, memberships=tuple(replace(one, deputy=False) for one in deputy.memberships))
    house.store.run(OPERATOR, lambda uow: uow.people.save(second))
    await plan(leader)
    await hold(leader)
    await plan(leader, words="Psykologen kunne ikke komme.")
    page = await act(leader, "confirm", meeting(leader, "proposed"))
    assert page.status == 422 and "En anden leder" in page.words
    other = await beside(leader, DEPUTY)
    await act(other, "confirm", meeting(leader, "proposed"))
    assert meeting(leader, "planned")


async def test_only_the_leader_confirms_a_follow_up(leader: Guest) -> None:
    await plan(leader)
    await hold(leader)
    await plan(leader, words="Psykologen kunne ikke komme.")
    social = await beside(leader, SOCIAL)
    page = await act(social, "confirm", meeting(leader, "proposed"))
    assert page.status == 422
    assert "lederen" in page.words


@pytest.mark.parametrize(
    "said", ["jurist: {godkendt_af: Juristen, leader_confirms_first_exchange: true}", "leder_siger_ja_foerst: true"]
)
async def test_where_the_municipality_wants_it_the_first_meeting_waits_for_the_leader(
    tmp_path: Path, said: str
) -> None:
    (tmp_path / "kommune.yaml").write_text(f"{said}\n", encoding="utf-8")
    content, issues = overlaid(tmp_path)
    assert content is not None and issues == []
    house = build(Settings(database_url="memory:"), practice=True, content=content)
    leader = await Guest(house=house).become(LEADER)
    await plan(leader)
    assert meeting(leader, "proposed")
    assert "Venter på lederens ja" in (await leader.get(PATH)).words


async def test_who_says_yes_reads_every_reason_and_afterwards_all_that_was_noted_stands_there(leader: Guest) -> None:
    await plan(leader)
    await hold(leader)
    await plan(leader, words="Psykologen kunne ikke komme.")
    page = await leader.get(PATH)
    for reason in (*WHY.values(), "Psykologen kunne ikke komme."):
        assert reason in page.words
    for told in ("Hvordan barnet har det", "Vi spørger forældrene.", "Lederen ringer i morgen."):
        assert told in page.words


async def test_cases_about_one_child_share_its_one_meeting(leader: Guest) -> None:
    await plan(leader)
    await hold(leader)
    await leader.get(PATH)
    await leader.post(PATH, act="same", code="K7RT-Måge")
    other = f"/sag/{QUIET}/udveksling"
    assert await plan(leader, other) == 422, "the first meeting is used on the other case too"
    page = await leader.get(other)
    assert "T9HK-Sten" in page.words
    assert WHY["text"] not in page.words, "the other case's words stay there"


async def test_two_children_that_turn_out_to_be_one_have_used_both_meetings(leader: Guest) -> None:
    other = f"/sag/{QUIET}/udveksling"
    for path in (PATH, other):
        await plan(leader, path)
    await leader.get(PATH)
    await leader.post(PATH, act="same", code="K7RT-Måge")
    rows = bare(leader.house).run(
        lambda uow: uow.filings.of_group(uow.filings.of_case(AWAY, "child")[0].group, "exchange"),
    )
    assert sorted(row.body["number"] for row in rows) == [1, 2]
    assert len({row.slot for row in rows}) == 2


async def test_children_that_are_one_take_a_case_of_others_along_and_read_nothing_of_it(leader: Guest) -> None:
    other, raw = f"/sag/{QUIET}/udveksling", bare(leader.house)
    for path in (PATH, other):
        await plan(leader, path)

    def a_case_of_others(uow: Any) -> None:
        case, tie = uow.cases.get(QUIET), uow.filings.of_case(QUIET, "child")[0]
        (meeting,) = uow.filings.of_case(QUIET, "exchange")
        uow.cases.add(replace(case, id="fremmed", code="X2X2-Sten", draft_id="fremmed", excluded=(LEADER,)))
        uow.filings.add(replace(tie, id="t9", case_id="fremmed", slot="child:fremmed"))
        body = {**meeting.body, "number": 2, "decisions": "Kun for dem."}
        uow.filings.add(replace(meeting, id="m9", case_id="fremmed", state="held", body=body, slot="m9"))

    raw.run(a_case_of_others)
    await leader.get(PATH)
    assert (await leader.post(PATH, act="same", code="K7RT-Måge")).status == 200
    key = raw.run(lambda uow: uow.filings.of_case(AWAY, "child")[0].group)
    rows = raw.run(lambda uow: uow.filings.of_group(key, "exchange"))
    assert sorted(row.body["number"] for row in rows) == [1, 2, 3]
    theirs = next(row for row in rows if row.id == "m9")
    assert (theirs.case_id, theirs.body["decisions"], theirs.body["number"]) == ("fremmed", "Kun for dem.", 3)
    assert len(raw.run(lambda uow: uow.filings.of_group(key, "child"))) == 3


async def test_the_childs_key_is_no_name(leader: Guest) -> None:
    await plan(leader)
    key = bare(leader.house).run(lambda uow: uow.filings.of_case(AWAY, "child")[0].group)
    assert key not in (AWAY, "T9HK-Sten", "Muslingen")
    assert len(key) >= 12


async def test_nothing_about_the_child_is_sent_before_or_after(leader: Guest) -> None:
    before = {row.id for row in bare(leader.house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))}
    await plan(leader)
    await hold(leader)
    rows = bare(leader.house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))
    new = [row.wish for row in rows if row.id not in before]
    assert new
    assert all(set(wish.params) == {"code"} for wish in new)
    psychologist = await beside(leader, PSYCHOLOGIST)
    page = await psychologist.get(f"/team/sag/{AWAY}")
    assert "lige flyttet" not in page.words, "a meeting opens nothing in the product"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": ""}, "alle tre grunde"),
        ({"runs": "yes"}, "sagsbehandleren"),
        ({"seats": ["teacher", "police"]}, "uden samtykke"),
        ({"seats": ["teacher"]}, "mindst to"),
        ({"text": "Karen Jensen har det svært"}, "ligner et navn"),
        ({"day": "2020-01-01"}, "fra i dag"),
    ],
)
async def test_what_does_not_fit_the_rule_is_refused_and_the_words_stay(
    leader: Guest, changes: dict[str, Any], says: str
) -> None:
    assert await plan(leader, **changes) == 422
    assert leader.page is not None
    assert says in leader.page.words
    assert WHY["note"] in leader.page.html
    assert bare(leader.house).run(lambda uow: uow.filings.of_case(AWAY, "exchange")) == []


@pytest.mark.parametrize("who", [PEDAGOGUE, OTHER_TEACHER])
async def test_the_register_is_the_teams(leader: Guest, who: str) -> None:
    await plan(leader)
    guest = await beside(leader, who)
    assert (await guest.get(PATH)).status == 404
    assert (await guest.get(f"{PATH}/{meeting(leader, 'planned')}.txt")).status == 404


async def test_the_note_is_a_file(leader: Guest) -> None:
    await plan(leader)
    await hold(leader)
    note = await leader.file(f"{PATH}/{meeting(leader, 'held')}.txt")
    assert "Vi spørger forældrene." in note.text
    assert "Psykolog fra PPR" in note.text
    assert note.headers["content-disposition"].endswith('"delingsnotat-T9HK-Sten.txt"')


# --- feedback ---


async def test_the_writer_reads_what_was_ticked_and_nothing_else(leader: Guest) -> None:
    social = await beside(leader, SOCIAL)
    path = f"/sag/{AWAY}/tilbagemelding"
    page = await social.get(path)
    assert not [field for field in page.fields if "text" in field], "there is no field for own words"
    await social.post(path, received="yes", started="support", text="Familien har fået en kontaktperson")
    writer = await beside(leader, PEDAGOGUE)
    shown = (await writer.get(f"/sag/{AWAY}")).words
    assert "Vi har fået din underretning. Der er sat hjælp i gang." in shown
    assert "kontaktperson" not in shown
    assert "Der er sat hjælp i gang." in (await social.get(f"/team/sag/{AWAY}")).words
    for who in (LEADER, PSYCHOLOGIST):  # the law lets whoever reported be told, and nobody else
        team = (await (await beside(leader, who)).get(f"/team/sag/{AWAY}")).words
        assert "svarede den, der har underrettet" in team
        assert "sat hjælp i gang" not in team


async def test_only_the_social_worker_speaks_for_the_authority(leader: Guest) -> None:
    for who in (LEADER, PSYCHOLOGIST, PEDAGOGUE):
        guest = await beside(leader, who)
        assert (await guest.get(f"/sag/{AWAY}/tilbagemelding")).status == 404
        await guest.get("/chat")
        assert (await guest.post(f"/sag/{AWAY}/tilbagemelding", received="yes")).status in (404, 422)
    assert "told" not in [entry.kind for entry in bare(leader.house).run(lambda uow: uow.cases.entries(AWAY))]


async def test_special_circumstances_tell_the_receipt_only(leader: Guest) -> None:
    social = await beside(leader, SOCIAL)
    await social.get(f"/sag/{AWAY}/tilbagemelding")
    page = await social.post(f"/sag/{AWAY}/tilbagemelding", special="yes", started="support")
    assert page.status == 422
    assert "særlige forhold" in page.words


# --- clocks ---


async def test_the_clock_is_the_persons_own_and_its_reminder_stops_with_the_receipt(leader: Guest) -> None:
    maja, house = await beside(leader, TEACHER), leader.house
    path = f"/sag/{QUIET}/underretning"
    await maja.get(path)
    page = await maja.post(path, act="sent", day=today(leader))
    assert "Du skal have en kvittering senest" in page.words
    others = (await leader.get(path)).words
    assert "Du skal have en kvittering senest" not in others

    def reminder() -> Any:
        rows = bare(house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))
        return next(row.wish for row in rows if row.wish.template == "receipt_due")

    wish = reminder()
    again = replace(wish, dedupe_key=numbered(wish, 2))  # nobody knows whether the first one arrived
    assert wish.recipient == TEACHER
    assert wish.due_at > house.clock.now() + timedelta(days=7)
    for one in (wish, again):
        assert bare(house).run(lambda uow, w=one: not_wanted(uow, w, w.due_at)) is None
    await maja.get(path)
    report = bare(house).run(lambda uow: uow.filings.of_case(QUIET, "report"))[0].id
    page = await maja.post(path, act="receipt", report=report, day=today(leader))
    assert "Kvitteringen kom" in page.words
    for one in (wish, again):
        assert bare(house).run(lambda uow, w=one: not_wanted(uow, w, w.due_at)) == "receipt_came"


async def test_nobody_writes_on_the_report_of_another(leader: Guest) -> None:
    maja = await beside(leader, TEACHER)
    path = f"/sag/{QUIET}/underretning"
    await maja.get(path)
    await maja.post(path, act="sent", day=today(leader))
    report = bare(leader.house).run(lambda uow: uow.filings.of_case(QUIET, "report"))[0].id
    await leader.get(path)
    assert (await leader.post(path, act="receipt", report=report, day=today(leader))).status == 422
