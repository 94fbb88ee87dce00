"""A case's pages say what is true, in plain words, and offer only what leads somewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.bare import bare
from tests.web.demo_house import LEADER, PSYCHOLOGIST, QUIET, SOCIAL, STOPPED, Guest, demo_house

CHIEF = "solbaek-chef"


async def reader(who: str, guest: Guest | None = None) -> Guest:
    return await Guest(house=guest.house if guest else demo_house()).become(who)


def violent(guest: Guest, case_id: str = QUIET) -> None:
    """Make it a case of violence, as if the writer had said so."""

    def change(uow) -> None:
        case = uow.cases.get(case_id)
        colour = replace(case.colour, now="red", suggested="red", locked=True, flow="violence")
        assert uow.cases.save(replace(case, colour=colour, revision=case.revision + 1), case.revision)

    bare(guest.house).run(change)


@pytest.mark.parametrize("who", [PSYCHOLOGIST, SOCIAL])
async def test_without_a_consent_no_page_of_the_case_tells_who_wrote_it(who: str) -> None:
    birgit = await reader(LEADER)
    await birgit.get(f"/team/sag/{STOPPED}")
    await birgit.post(
        f"/team/sag/{STOPPED}", act="plan", day=(birgit.house.clock.now() + timedelta(days=3)).date().isoformat()
    )
    guest = await reader(who, birgit)
    shown = (await guest.get(f"/team/sag/{STOPPED}")).words
    assert "kan barnet måske kendes alligevel" in shown and "Læreren" in shown
    assert [words for words in ("Maja", "Klasselærer", "10–12 år", "6A") if words in shown] == []
    assert "Maja" in (await birgit.get(f"/team/sag/{STOPPED}")).words


async def test_where_nobody_may_ask_the_parents_the_register_leads_to_the_report_and_the_telephone() -> None:
    guest = await reader(LEADER)
    violent(guest)
    page = await guest.get(f"/sag/{QUIET}/udveksling")
    main = [link for link in page.links if link.startswith(f"/sag/{QUIET}/") and "udveksling" not in link]
    assert main == [f"/sag/{QUIET}/underretning"]
    assert "Ring til" in page.words and "Spørg om samtykke" not in page.words


async def test_a_report_by_another_has_none_of_the_schools_own_light() -> None:
    guest = await reader(LEADER)
    paper = (await guest.file(f"/sag/{QUIET}/underretning.txt")).text.lower()
    assert "fra en kollega" in paper
    assert [word for word in ("farve", "enig", "udgave", "seks uger", "siden 2. klasse") if word in paper] == []


async def test_a_lower_colour_is_answered_where_it_is_asked_about() -> None:
    guest = await reader(LEADER)
    await guest.get(f"/team/sag/{STOPPED}")
    await guest.post(f"/team/sag/{STOPPED}", act="propose_lowering", to="yellow", reason="Han kommer igen hver dag.")
    social = await reader(SOCIAL, guest)
    shown = (await social.get(f"/team/sag/{STOPPED}")).words
    assert "Ja, sæt den til gul" in shown and "Nej, lad den stå" in shown
    assert shown.index("Ja, sæt den til gul") < shown.index("Hvad vil I gøre?")
    await social.post(f"/team/sag/{STOPPED}", act="confirm_lowering")
    found = bare(guest.house).run(lambda uow: uow.cases.get(STOPPED))
    assert found is not None and found.colour.now == "yellow"


async def test_an_emergency_reader_reads_nothing_untrue_and_is_offered_no_paper() -> None:
    guest = await reader("laerke-souschef")
    violent(guest)
    await guest.get("/noedadgang")
    why = "Lederen er syg, og barnets mor står her."
    await guest.post("/noedadgang", code="K7RT-Måge", cause="absence", reason=why)
    page = await guest.get(f"/team/sag/{QUIET}")
    assert "Alle på sagen har fået det at vide" in page.words and "Kun du har fået den" not in page.words
    assert "Kontakt ikke forældrene" in page.words
    assert [link for link in page.links if link.startswith(f"/sag/{QUIET}/")] == []


async def test_the_leader_alone_can_not_end_a_case_of_violence_on_its_page() -> None:
    guest = await reader(LEADER)
    violent(guest)
    page = await guest.get(f"/team/sag/{QUIET}")
    assert "Ingen kan slutte en rød sag alene" in page.words and "Ingen ny indsats nu" not in page.words
    fields = {"owner": LEADER, "reason": "R", "words": "O", "follow_up": "2030-01-01"}
    day = (guest.house.clock.now() + timedelta(days=9)).date().isoformat()
    refused = await guest.post(f"/team/sag/{QUIET}", act="decide", outcome="no_action", **fields | {"follow_up": day})
    assert refused.status == 422 and "Ingen kan slutte en rød sag alene" in refused.words


async def test_whoever_sits_in_two_teams_picks_by_the_name_of_the_school() -> None:
    page = await (await reader(CHIEF)).get("/team")
    assert {"/team?skole=laerkeskolen", "/team?skole=fjordskolen"} <= set(page.links)
    assert "Team 1" not in page.words and page.words.count("Fjordskolen") >= 1


async def test_the_front_page_names_each_place_once() -> None:
    words = (await Guest(house=demo_house()).get("/")).words
    assert [words.count(f"{place} ") > 0 for place in ("Lærkeskolen", "Fjordskolen", "Solbæk Kommune")] == [True] * 3
    assert words.count("Lærkeskolen") == 1 and "souschef" in words


async def test_what_the_child_is_called_stands_first_and_what_is_folded_comes_on_paper() -> None:
    page = await (await reader(LEADER)).get(f"/team/sag/{QUIET}")
    assert page.words.index("Stjernen") < page.words.index("Resten af svarene")
    assert "data-on-paper" in page.html
