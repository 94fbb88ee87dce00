"""Consent on the web: asked, told, taken back; and what each reader sees follows at once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import docx
import pytest

from dialogs.cases.words import day_words
from tests.bare import bare
from tests.web.demo_house import (
    AWAY,
    LEADER,
    OTHER_TEACHER,
    PEDAGOGUE,
    PSYCHOLOGIST,
    SOCIAL,
    STOPPED,
    Guest,
    demo_house,
)

PATH = f"/sag/{AWAY}/samtykke"


async def ask(guest: Guest, path: str = PATH, **changes: str | list[str]) -> None:
    until = (guest.house.clock.now() + timedelta(days=60)).date().isoformat()
    fields: dict[str, str | list[str]] = {
        "act": "ask",
        "givers": ["school"],
        "to": ["psychologist"],
        "kinds": ["wellbeing"],
        "reason": "Mødet om at komme i skole",
        "note": "Noget om mors job",
        "until": until,
        "age": "u15",
        "custody": "one",
    }
    await guest.get(path)
    await guest.post(path, **fields | changes)


async def answer(guest: Guest, act: str = "record", **changes: str) -> None:
    page = await guest.get(PATH)
    today = guest.house.handbook.today(guest.house.clock.now()).isoformat()
    fields = {"act": act, "consent": page.hidden["consent"], "party": "holder_1", "day": today}
    await guest.post(PATH, **fields | {"said": "yes", "way": "written"} | changes)


@pytest.fixture
async def writer() -> Guest:
    return await Guest(house=demo_house()).become(PEDAGOGUE)


async def seen_by(guest: Guest, who: str) -> str:
    """The case page of a team member of the same house."""
    member = await Guest(house=guest.house).become(who)
    page = await member.get(f"/team/sag/{AWAY}")
    assert page.status == 200
    return page.words


async def test_a_yes_lets_whom_it_names_see_more_and_nobody_else(writer: Guest) -> None:
    assert "lige flyttet" not in await seen_by(writer, PSYCHOLOGIST)
    await ask(writer, kinds=["family"], note="")
    assert "lige flyttet" not in await seen_by(writer, PSYCHOLOGIST), "asking is no yes"
    await answer(writer)
    assert writer.page is not None
    assert "Der er sagt ja" in writer.page.words
    assert "lige flyttet" in await seen_by(writer, PSYCHOLOGIST)
    assert "lige flyttet" not in await seen_by(writer, SOCIAL)


@pytest.mark.parametrize("changes", [{"kinds": ["absence"], "note": ""}, {"kinds": ["family"]}])
async def test_a_yes_to_some_of_it_is_no_yes_to_the_rest_and_its_limits_stand_where_it_is_read(writer, changes) -> None:
    await ask(writer, **changes)
    await answer(writer)
    shown = await seen_by(writer, PSYCHOLOGIST)
    assert "lige flyttet" not in shown
    assert "Aftalt: " in shown and "Tal kun om det" in shown
    assert "mors job" not in shown, "what was kept out is not told by telling that it was"


async def test_taken_back_counts_at_once_and_everybody_hears_of_it_without_a_word_about_what(writer: Guest) -> None:
    await ask(writer)
    await answer(writer)
    await answer(writer, "withdraw")
    shown = await seen_by(writer, PSYCHOLOGIST)
    assert "lige flyttet" not in shown
    assert "gælder ikke mere" in shown
    rows = bare(writer.house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))
    told = {row.wish.recipient for row in rows if row.wish.template == "consent_ended"}
    assert {LEADER, PSYCHOLOGIST, SOCIAL} <= told
    about = [row for row in rows if row.wish.case_id is not None]
    assert about and all(set(row.wish.params) <= {"code", "date", "colour", "days"} for row in about)


async def test_a_no_is_no_consent(writer: Guest) -> None:
    await ask(writer)
    await answer(writer, said="no")
    assert "lige flyttet" not in await seen_by(writer, PSYCHOLOGIST)
    assert writer.page is not None
    assert "Der er sagt nej" in writer.page.words


async def test_the_form_is_a_paper_to_sign_with_room_for_names(writer: Guest) -> None:
    await ask(writer)
    page = await writer.get(PATH)
    link = next(link for link in page.links if link.endswith(".docx"))
    made = docx.Document(BytesIO((await writer.file(link)).content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert "Barnets navn" in cells
    assert "Mødet om at komme i skole" in cells
    assert "Psykologen fra PPR" in cells
    assert "Forælder 1: navn" in cells
    assert {"Skolens voksne", "Lærkeskolen, Solbæk Kommune"} <= set(cells)
    assert (await writer.file(link.replace("docx", "txt"))).status_code == 200


async def test_a_blanket_is_refused_with_the_reason_and_the_words_stay(writer: Guest) -> None:
    await ask(writer, reason="Til alle relevante samarbejdspartnere")
    assert writer.page is not None
    assert writer.page.status == 422
    assert "Det er for bredt" in writer.page.words
    assert "Til alle relevante samarbejdspartnere" in writer.page.html


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": "Mødet om 010112-1234"}, "CPR-nummer"),
        ({"note": "Karen Jensen må intet vide"}, "ligner et navn"),
        ({"age": ""}, "Vælg et svar"),
        ({"age": "15_17"}, "passer ikke med alderen på sagen"),
        ({"givers": []}, "hvem der må fortælle"),
        ({"custody": "placed"}, "sagsbehandleren"),
        ({"to": []}, "hvem der må få det at vide"),
    ],
)
async def test_what_can_not_be_kept_or_asked_is_refused(writer: Guest, changes: dict[str, str], says: str) -> None:
    await ask(writer, **changes)
    assert writer.page is not None
    assert writer.page.status == 422
    assert says in writer.page.words
    assert bare(writer.house).run(lambda uow: uow.filings.of_case(AWAY, "consent")) == []


async def test_an_oral_yes_without_its_reason_is_refused(writer: Guest) -> None:
    await ask(writer)
    await answer(writer, way="oral")
    assert writer.page is not None
    assert "hvorfor det blev mundtligt" in writer.page.words
    await answer(writer, way="oral", reason="Hun ringede fra arbejde")
    assert "hvem der hørte svaret" in writer.page.words
    assert "Hun ringede fra arbejde" in writer.page.html
    await answer(writer, way="oral", reason="Hun ringede fra arbejde", receiver="Pædagogen i SFO")
    assert "Hørt af: Pædagogen i SFO. Hun ringede fra arbejde" in writer.page.words


async def test_an_answer_that_was_refused_keeps_what_was_chosen(writer: Guest) -> None:
    await ask(writer, custody="two")
    await answer(writer, way="oral", party="holder_2", receiver="Pædagogen i SFO")
    assert writer.page is not None
    chosen = [tag for tag in writer.page.html.split("<input")[1:] if "checked" in tag.split(">")[0]]
    assert {'value="holder_2"', 'value="yes"', 'value="oral"'} <= {word for tag in chosen for word in tag.split()}
    assert 'value="Pædagogen i SFO"' in writer.page.html


async def test_the_paper_stays_in_reach_after_the_yes(writer: Guest) -> None:
    await ask(writer)
    await answer(writer)
    page = await writer.get(PATH)
    link = next(link for link in page.links if link.endswith(".pdf"))
    assert "Hent papiret igen" in page.words
    assert (await writer.file(link.replace("pdf", "txt"))).status_code == 200


async def test_a_consent_taken_back_says_who_took_it_back_and_who_wrote_that_down_and_when(writer: Guest) -> None:
    await ask(writer)
    await answer(writer)
    assert writer.page is not None
    assert "Skrevet ind af Jonas Vang" in writer.page.words
    leader = await Guest(house=writer.house).become(LEADER)
    await answer(leader, "withdraw")
    page = await writer.get(PATH)
    assert "Trukket tilbage" in page.words
    today = writer.house.handbook.today(writer.house.clock.now())
    day = day_words(today)
    assert f"Forælder 1: tog det tilbage {day}. Skrevet ind af Birgit Søe {day} {today.year}." in page.words
    assert "Hvad det gjaldt" in page.words, "what it was for is folded, and still there"


async def test_who_may_not_know_who_wrote_the_worry_does_not_learn_it_from_a_consent(writer: Guest) -> None:
    await ask(writer)
    await answer(writer)
    social = await Guest(house=writer.house).become(SOCIAL)
    assert "Jonas" not in await seen_by(writer, SOCIAL)
    page = await social.get(PATH)
    assert "Skrevet ind af pædagogen" in page.words and "Jonas" not in page.words


async def test_the_page_asks_only_for_what_fits_the_case_and_says_which_day_is_the_last(writer: Guest) -> None:
    page = await writer.get(PATH)
    assert page.hidden["age"] == "u15"
    assert "15–17 år" not in page.words, "a child in the SFO has one age that fits, and nobody is asked for it"
    assert 'id="givers-daycare" name="givers" value="daycare" checked' in page.html
    assert 'id="givers-school" name="givers" value="school" >' in page.html
    await ask(writer)
    assert writer.page is not None
    assert "Til og med" in writer.page.words


async def test_the_same_form_sent_twice_is_one_consent(writer: Guest) -> None:
    await writer.get(PATH)
    own = dict(writer.own)
    fields = {"act": "ask", "to": "psychologist", "kinds": "wellbeing", "reason": "Mødet", "until": "2027-01-15"}
    for _ in range(2):
        await writer.post(PATH, bare=True, **own, **fields, age="u15", custody="one")
    assert len(bare(writer.house).run(lambda uow: uow.filings.of_case(AWAY, "consent"))) <= 1


async def test_a_stranger_finds_nothing(writer: Guest) -> None:
    await ask(writer)
    stranger = await Guest(house=writer.house).become(OTHER_TEACHER)
    assert (await stranger.get(PATH)).status == 404
    await stranger.get("/chat")
    assert (await stranger.post(PATH, act="withdraw", consent="x", party="holder_1", day="2026-11-23")).status == 404
    assert (await stranger.get(f"{PATH}/x.txt")).status == 404


async def test_one_case_can_not_reach_the_consent_of_another(writer: Guest) -> None:
    await ask(writer)
    consent_id = bare(writer.house).run(lambda uow: uow.filings.of_case(AWAY, "consent"))[0].id
    leader = await Guest(house=writer.house).become(LEADER)
    assert (await leader.get(f"/sag/{STOPPED}/samtykke/{consent_id}.txt")).status == 404


async def test_its_end_is_warned_of_and_the_warning_stops_when_it_was_taken_back(writer: Guest) -> None:
    from bot.app.notices.wanted import not_wanted

    await ask(writer)
    await answer(writer)
    house = writer.house

    def reasons() -> list[str | None]:
        rows = bare(house).run(lambda uow: uow.outbox.listing(["pending"], 1_000))
        ends = [row.wish for row in rows if row.wish.template == "consent_ends"]
        assert len(ends) == 2
        return [bare(house).run(lambda uow, w=wish: not_wanted(uow, w, house.clock.now())) for wish in ends]

    assert reasons() == [None, None]
    await answer(writer, "withdraw")
    assert reasons() == ["consent_over", "consent_over"]


@pytest.mark.parametrize(("who", "page"), [(PEDAGOGUE, "sag"), (PSYCHOLOGIST, "team/sag")])
async def test_the_sharing_guide_is_asked_from_the_case_by_the_writer_and_by_the_team(who: str, page: str) -> None:
    guest = await Guest(house=demo_house()).become(who)
    shown = await guest.get(f"/{page}/{AWAY}")
    assert f'value="go:share:{AWAY}"' in shown.html
    await guest.post("/chat", act=f"go:share:{AWAY}")
    chat = await guest.get("/chat")
    assert "Det, der står på sagen, spørger jeg ikke om igen." in chat.words
    assert "Det ved jeg fra sagen: Barnet er under 18." in chat.words
