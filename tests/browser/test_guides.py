"""Consent, the exchange register, sparring, cards and who can help, in real Chromium: keys only, 320 pixels, axe."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import fair
from tests.browser.demo import Demo
from tests.browser.keyboard import Keyboard
from tests.browser.test_plan import go
from tests.browser.test_whole_way import LEADER, PEDAGOGUE, TEACHER, at, somebody

pytestmark = [pytest.mark.browser, pytest.mark.process]
CASE = "demomuslingen"
WALK = ("Ingen af delene", "Ja eller måske, og de skal bruge det", "Kommunens folk om børn")


def in_days(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def test_a_consent_is_asked_answered_and_read_by_the_sharing_guide_until_it_is_taken_back(
    demo: Demo, chromium: Browser
) -> None:
    with somebody(demo, chromium, PEDAGOGUE) as page:
        keys, main, says = Keyboard(page), expect(page.locator("main")), at(page)
        page.goto(f"{demo.url}/sag/{CASE}/samtykke")
        fair(page)
        keys.tick("Psykologen fra PPR", "Hvordan barnet har det")
        keys.write("Hvad skal det bruges til?", "Mødet om at komme i skole")
        keys.day("Til og med hvilken dag?", in_days(60))
        keys.choose("Én forælder har den alene")
        go(keys, "Lav papiret")
        main.to_contain_text("Venter på svar")
        fair(page)
        keys.choose("Ja")
        keys.choose("På skrift")
        go(keys, "Gem svaret")
        main.to_contain_text("Der er sagt ja")
        fair(page)

        page.goto(f"{demo.url}/sag/{CASE}")
        go(keys, "Må jeg dele det?")
        says("Hvad passer bedst lige nu?")
        for press in WALK:
            keys.press(press)
        says("Det ved jeg fra sagen: Der er samtykke til psykologen fra PPR.")
        says("Er det kun dem, der skal have det?")
        fair(page)
        keys.press("Ja, kun dem")
        says("Ja, som samtykket siger")

        page.goto(f"{demo.url}/sag/{CASE}/samtykke")
        keys.unfold("Samtykket er trukket tilbage")
        keys.choose("Forælder 1")
        go(keys, "Gem")
        main.to_contain_text("Trukket tilbage")
        page.goto(f"{demo.url}/chat")
        expect(page.locator("main")).not_to_contain_text("Ja, som samtykket siger")


def test_a_meeting_without_consent_is_planned_once_and_the_second_is_refused_with_the_ways_forward(
    demo: Demo, chromium: Browser
) -> None:
    with somebody(demo, chromium, LEADER) as page:
        keys, main = Keyboard(page), expect(page.locator("main"))
        page.goto(f"{demo.url}/sag/{CASE}/udveksling")
        fair(page)
        keys.unfold("Planlæg mødet")
        for field in ("text", "note", "reason"):
            label = page.locator(f"label[for={field}]").inner_text().splitlines()[0]
            keys.write(label, "Vi ved ikke, hvordan vi hjælper.")
        keys.tick("Lærer", "Psykolog")
        keys.choose("Nej")
        keys.day("Hvilken dag er mødet?", in_days(0))
        go(keys, "Skriv mødet ind")
        main.to_contain_text("Delingsnotat")
        fair(page)
        expect(page.get_by_role("link", name="Spørg om samtykke")).to_be_visible()
        expect(page.get_by_text("Skriv mødet ind")).to_have_count(0)


def test_a_text_without_a_name_is_looked_at_and_deleted_by_one_press(demo: Demo, chromium: Browser) -> None:
    with somebody(demo, chromium, TEACHER) as page:
        keys, main = Keyboard(page), expect(page.locator("main"))
        page.goto(f"{demo.url}/sparring")
        fair(page)
        keys.write("Hvad er du i tvivl om?", "Freja går i 7.B og sover i timerne.")
        go(keys, "Se teksten efter")
        main.to_contain_text("Freja")
        fair(page)
        go(keys, "Slet teksten")
        main.not_to_contain_text("Freja")


@pytest.mark.parametrize("path", ["/viden", "/viden/temaer", "/fag", "/fag/SUND"])
def test_the_cards_are_pages_that_keys_and_a_narrow_screen_can_read(demo: Demo, chromium: Browser, path: str) -> None:
    with somebody(demo, chromium, TEACHER) as page:
        page.goto(f"{demo.url}{path}")
        fair(page)
        keys = Keyboard(page)
        keys.to("Fag og viden" if path != "/viden" else "Hvem gør hvad?")


def test_who_can_help_is_typed_and_answered_and_a_question_that_is_not_known_is_asked_about(
    demo: Demo, chromium: Browser
) -> None:
    with somebody(demo, chromium, TEACHER) as page:
        keys, says = Keyboard(page), at(page)
        keys.press("Hvem kan hjælpe?")
        says("Skriv med dine egne ord")
        fair(page)
        say(keys, "hvem snakker man med om tænder?")
        says("Tandplejen")
        fair(page)
        keys.press("Til menuen")
        says("Hvad vil du?")
        say(keys, "tillykke med fødselsdagen")
        says("Det ved jeg ikke nok om. Hvad er tættest på det, du vil?")
        fair(page)
        keys.press("Må jeg dele det?")
        says("Hvad passer bedst lige nu?")


def say(keys: Keyboard, text: str) -> None:
    """Words in the chat's own field."""
    box = keys.page.locator("textarea[name=say]")
    keys.to(box.evaluate("one => (one.labels[0] ?? one).innerText.trim()"))
    keys.page.keyboard.type(text)
    keys.page.keyboard.press("Enter")
    expect(keys.page.locator("#nu")).not_to_have_text(re.compile("^$"))
