"""The pages about who looks, what is handed out and how one gets in: fair to everybody, at 320 px too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import fair
from tests.browser.demo import Demo

pytestmark = [pytest.mark.browser, pytest.mark.process]
SMALL = {"width": 320, "height": 640}
CODE = "K7RT-Måge"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=SMALL, locale="da-DK", accept_downloads=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def become(page: Page, demo: Demo, who: str) -> None:
    page.goto(demo.url)
    page.locator(f'button[value="{who}"]').click()
    page.wait_for_url("**/chat*")


@pytest.mark.parametrize("path", ["/akut", "/hjaelp", "/log-ind", "/ind/abc", "/l/abc", "/m", "/skjul"])
def test_the_pages_that_everybody_may_open(demo: Demo, page: Page, path: str) -> None:
    page.goto(demo.url + path)
    fair(page)


def test_the_pages_of_whoever_is_signed_in(demo: Demo, page: Page) -> None:
    become(page, demo, "laerke-laerer")
    for path in ("/min-adgang", "/min-adgang/telegram", "/skriv"):
        page.goto(demo.url + path)
        fair(page)


def test_the_leader_sees_who_looked_and_takes_the_package_home(demo: Demo, page: Page) -> None:
    become(page, demo, "laerke-leder")
    page.goto(f"{demo.url}/team")
    page.get_by_role("link", name=CODE).first.click()
    page.wait_for_url("**/team/sag/*")
    page.get_by_text("Hvem har set sagen").click()
    fair(page)
    page.get_by_role("link", name="Svar om indsigt og kopi til journalen").click()
    page.wait_for_url("**/udlevering")
    fair(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Lav pakken").click()
    assert download.value.suggested_filename == "indsigt-K7RT-Maage.zip"
    page.get_by_role("link", name="Hvem har set sagen").click()
    expect(page.get_by_text("samlede alt til dem, der bad om indsigt").first).to_be_visible()
    fair(page)


def test_an_emergency_is_opened_and_judged(demo: Demo, page: Page, chromium: Browser) -> None:
    become(page, demo, "laerke-souschef")
    page.goto(f"{demo.url}/noedadgang")
    fair(page)
    page.fill("#code", CODE)
    page.check("#cause-absence")
    page.fill("#reason", "Lederen er syg, og barnets mor står her.")
    page.get_by_role("button", name="Åbn sagen i en time").click()
    expect(page.get_by_text("Du kan læse sagen til")).to_be_visible()
    fair(page)
    context = chromium.new_context(viewport=SMALL, locale="da-DK")  # type: ignore[arg-type]
    other = context.new_page()
    become(other, demo, "solbaek-tilsyn")
    other.goto(f"{demo.url}/tilsyn")
    fair(other)
    other.get_by_role("button", name="Det var i orden").first.click()
    expect(other.get_by_text("Der er intet, der venter.")).to_be_visible()
    context.close()


def test_gem_in_the_warning_saves_what_stands_in_the_open_field(demo: Demo, page: Page) -> None:
    become(page, demo, "fjord-laerer")
    warning = '<form class="news" method="post" action="/chat#nu" data-save><button type="submit">Gem</button></form>'
    page.get_by_role("button", name="Skriv en bekymring").first.click()
    for press in ("Nej", "Det hele"):
        page.locator("#dock").get_by_role("button", name=press).first.click()
        page.wait_for_load_state("networkidle")
    page.locator("#text").fill("Ræven")
    page.evaluate("(html) => document.getElementById('news').insertAdjacentHTML('beforeend', html)", warning)
    page.locator("[data-save] button").click()
    expect(page.locator("#turns")).to_contain_text("Ræven")
    expect(page.locator("[data-save]")).to_have_count(0)


def test_the_administrator_lets_somebody_in_gives_a_function_and_lets_them_go(demo: Demo, page: Page) -> None:
    become(page, demo, "solbaek-administrator")
    page.get_by_role("link", name="Medarbejdere").click()
    page.wait_for_url("**/medarbejdere")
    fair(page)
    page.fill("#name", "Kim Ny")
    page.select_option("#role", "teacher")
    page.select_option("#school", "laerkeskolen")
    page.get_by_role("button", name="Lav en kode").click()
    expect(page.get_by_role("heading", name="Her er koden. Den bliver kun vist nu.")).to_be_visible()
    fair(page)
    page.get_by_role("link", name="Til alle medarbejdere").click()
    page.get_by_role("link", name="Kim Ny").click()
    page.get_by_text("Giv en funktion mere").click()
    page.select_option("#role", "psychologist")
    page.select_option("#school", "fjordskolen")
    page.get_by_role("button", name="Giv funktionen").click()
    expect(page.get_by_text("PPR-psykolog på Fjordskolen").first).to_be_visible()
    page.get_by_text("Personen er stoppet", exact=True).click()
    page.get_by_label("Ja, personen er stoppet").check()
    fair(page)
    page.get_by_role("button", name="Luk al adgang").click()
    expect(page.get_by_text("Personen er stoppet og kan ikke komme ind.")).to_be_visible()
    fair(page)


def test_a_request_for_access_begins_with_the_protection_officer(demo: Demo, page: Page) -> None:
    become(page, demo, "solbaek-tilsyn")
    page.goto(f"{demo.url}/tilsyn")
    page.fill("#code", CODE)
    page.get_by_role("button", name="Bed lederen om pakken").click()
    expect(page.get_by_text("Lederen på sagen har fået besked")).to_be_visible()
    fair(page)


def test_a_leader_says_who_it_is_before_anything_opens(demo: Demo, page: Page, chromium: Browser) -> None:
    become(page, demo, "solbaek-administrator")
    page.goto(f"{demo.url}/medarbejdere/fjord-laerer")
    page.get_by_text("Personen har mistet sin telefon eller nøgle").click()
    page.get_by_label("Ja, fjern det hele").check()
    page.get_by_role("button", name="Fjern alle måder at logge ind på").click()
    expect(page.get_by_text("Personen ser intet om børn, før en anden end dig har sagt ja.")).to_be_visible()
    fair(page)
    contexts = [chromium.new_context(viewport=SMALL, locale="da-DK") for _ in range(2)]  # type: ignore[arg-type]
    emil, leader = (context.new_page() for context in contexts)
    emil.goto(demo.url)
    emil.locator('button[value="fjord-laerer"]').click()
    expect(emil.get_by_role("heading", name="Du mangler et ja")).to_be_visible()
    fair(emil)
    become(leader, demo, "fjord-leder")
    leader.goto(f"{demo.url}/sig-god-for")
    fair(leader)
    leader.get_by_role("button", name="Ja, jeg har talt med Emil Dahl").click()
    expect(leader.get_by_text("Ingen venter.")).to_be_visible()
    emil.get_by_role("link", name="Prøv igen").click()
    emil.wait_for_url("**/chat*")
    for context in contexts:
        context.close()


def test_the_officer_marks_a_reading_as_seen(demo: Demo, page: Page) -> None:
    become(page, demo, "laerke-leder")
    page.goto(f"{demo.url}/team/sag/demoelevfireb")
    become(page, demo, "solbaek-tilsyn")
    page.goto(f"{demo.url}/tilsyn")
    waiting = page.get_by_role("button", name=re.compile(r"Mærk som set\s*: læsning"))
    before = waiting.count()
    waiting.first.click()
    expect(page.get_by_text("Set af Ida Bruun").first).to_be_visible()
    expect(waiting).to_have_count(before - 1)
    fair(page)
