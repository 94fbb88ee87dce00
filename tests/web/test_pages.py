"""Every page, whoever looks: understandable, self-contained, and safe to show."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.web.security import CSP
from dialogs.danish.lix import lix
from tests.web.preview import scripted
from tests.web.visitor import Page, Visitor

WRITER, MEMBER = "laerke-laerer", "laerke-raadgiver"
OPEN = ["/", "/hjaelp", "/tilgaengelighed", "/ind/abc", "/findes-ikke"]
OWN = [(WRITER, "/chat"), (WRITER, "/sager"), (WRITER, "/sag/sag1"), (WRITER, "/beskeder"), (WRITER, "/hjaelp")]
TEAM = [(MEMBER, "/team"), (MEMBER, "/team/sag/sag1"), (MEMBER, "/chat"), (MEMBER, "/")]
ALL = [*((None, path) for path in OPEN), *OWN, *TEAM]


async def look(person: str | None, path: str) -> Page:
    visitor = Visitor()
    if person:
        await visitor.become(person)
    return await visitor.get(path)


@pytest.mark.parametrize(("person", "path"), ALL)
async def test_a_page_is_danish_has_one_main_heading_and_no_skipped_level(person: str | None, path: str) -> None:
    page = await look(person, path)
    assert '<html lang="da">' in page.html
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


@pytest.mark.parametrize(("person", "path"), ALL)
async def test_a_page_asks_nobody_else_for_anything(person: str | None, path: str) -> None:
    page = await look(person, path)
    assert all(link.startswith(("/", "#", "tel:")) and not link.startswith("//") for link in page.links)


@pytest.mark.parametrize(("person", "path"), ALL)
async def test_a_page_has_no_inline_script_or_style(person: str | None, path: str) -> None:
    page = await look(person, path)
    assert page.styled == []
    assert "<style" not in page.html
    assert page.scripts
    assert all(script.get("src") for script in page.scripts)


@pytest.mark.parametrize(("person", "path"), ALL)
async def test_every_field_has_a_label_and_every_id_is_used_once(person: str | None, path: str) -> None:
    page = await look(person, path)
    assert set(page.fields) <= page.labels
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(("person", "path"), ALL)
async def test_a_page_carries_the_guarding_headers_and_is_not_kept(person: str | None, path: str) -> None:
    headers = (await look(person, path)).headers
    assert headers["content-security-policy"] == CSP
    assert "unsafe" not in CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in CSP


@pytest.mark.parametrize("path", OPEN)
async def test_the_pages_own_words_are_plain(path: str) -> None:
    page = await look(None, path)
    main = page.html.split("<main", 1)[1].split("</main>", 1)[0]
    words = Page(200, page.headers, re.sub(r"</(p|li|h\d|dt|dd|label|button)>", ". ", f"<main{main}")).words
    assert lix(words) <= 35


async def test_the_front_page_says_that_a_bot_speaks_and_whom_to_ring() -> None:
    page = await look(None, "/")
    assert "Jeg er en robot" in page.words
    assert "tel:112" in page.links


async def test_the_demo_offers_every_person_by_name_and_role() -> None:
    page = await look(None, "/")
    assert "Sara Lund socialrådgiver" in page.words
    assert "Fjordskolen" in page.words


async def test_outside_the_demo_there_is_nobody_to_be() -> None:
    visitor = Visitor(scripted(demo=False))
    assert "Prøv det nu" not in (await visitor.get("/")).words
    assert (await visitor.post("/proev", person=WRITER, bare=True)).status == 404


async def test_a_stranger_is_led_to_the_front_page() -> None:
    visitor = Visitor()
    for path in ("/chat", "/sager", "/sag/sag1", "/team", "/team/sag/sag1", "/beskeder"):
        response = await visitor.client.get(path)
        assert (response.status_code, response.headers["location"]) == (303, "/?ud=1")


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("fjord-laerer", "/team"),
        ("fjord-laerer", "/team?skole=laerke"),
        ("fjord-laerer", "/team/sag/sag1"),
        ("fjord-laerer", "/sag/sag1"),
        (MEMBER, "/team?skole=fjord"),
        (MEMBER, "/team/sag/sag9"),
    ],
)
async def test_what_is_not_theirs_does_not_exist(person: str, path: str) -> None:
    page = await look(person, path)
    assert page.status == 404
    assert "K7RT" not in page.html


@pytest.mark.parametrize(("case", "status"), [("sag1", 200), ("sag9", 404), ("findes-ikke", 404)])
async def test_a_writers_link_leads_the_team_to_its_own_page_and_tells_nothing_else(case: str, status: int) -> None:
    visitor = await Visitor().become(MEMBER)
    led = await visitor.client.get(f"/sag/{case}")
    assert (led.status_code, led.headers["location"]) == (303, f"/team/sag/{case}")
    assert (await visitor.get(led.headers["location"])).status == status


async def test_somebody_without_a_name_is_called_what_they_are() -> None:
    ports = scripted()
    roles = {"teacher": "lærer"}
    visitor = Visitor(replace(ports, settings=replace(ports.settings, roles=roles)))
    await visitor.become(WRITER)
    assert "Anna Birk" in (await visitor.get("/chat")).words
    visitor.doors.nameless = True
    assert "Lærer" in (await visitor.get("/chat")).words
    assert "Fortsæt som Lærer" in (await visitor.get("/")).words


async def test_the_menu_shows_the_team_to_the_team_only() -> None:
    assert "/team" in (await look(MEMBER, "/chat")).links
    assert "/team" not in (await look(WRITER, "/chat")).links


async def test_static_files_may_be_kept_and_their_address_changes_with_them() -> None:
    page = await look(None, "/")
    sheet = next(link for link in page.links if "app.css" in link)
    response = await Visitor().client.get(sheet)
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
    assert re.search(r"\?v=[0-9a-f]{12}$", sheet)
    assert (await Visitor().client.get("/static/app.css")).headers["cache-control"] == "no-cache"


async def test_the_vendored_design_system_carries_its_licences() -> None:
    client = Visitor().client
    for name in ("dkfds/LICENSE.md", "dkfds/LICENSE-APACHE-2.0.txt", "dkfds/fonts/license.txt", "htmx/LICENSE"):
        assert (await client.get(f"/static/vendor/{name}")).status_code == 200


async def test_notices_lead_to_what_they_are_about_and_the_new_ones_are_counted() -> None:
    page = await look(WRITER, "/beskeder")
    assert "Teamet har åbnet K7RT-Måge." in page.words
    assert "/sag/sag1" in page.links
    assert "Beskeder 1 nye" in page.words
