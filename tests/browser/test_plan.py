"""One plan from the first need to what was learned, in real Chromium: keys only, 320 pixels, a power cut midway."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import fair
from tests.browser.demo import Demo, open_day
from tests.browser.keyboard import Keyboard
from tests.browser.test_whole_way import LEADER, TEACHER, somebody

pytestmark = [pytest.mark.browser, pytest.mark.process]
CASE = "/sag/demoelevfireb"
SIGN, LEARNED = "Spørger selv om at være med", "En fast leg i hvert frikvarter gjorde forskellen."


def test_a_plan_is_made_followed_up_handed_on_and_closed(demo: Demo, chromium: Browser) -> None:
    with somebody(demo, chromium, TEACHER) as page, somebody(demo, chromium, LEADER) as other:
        keys, page_says = Keyboard(page), expect(page.locator("main"))
        page.goto(demo.url + CASE)
        go(keys, "Fælles plan")
        go(keys, "Lav en plan")
        page_says.to_contain_text("Han vil gerne have en at være sammen med")
        fair(page)
        keys.write("Et behov", "En at være sammen med")
        go(keys, "Gem")
        keys.write("Et mål", "Han trives bedre")
        go(keys, "Gem")
        page_says.to_contain_text("«Trives» er svært at se")
        keys.unfold("Tilføj et tegn")
        keys.write("Et tegn", SIGN)
        pick(keys, "Hvem kan I se det hos?", "Barnet")
        fair(page)
        go(keys, "Gem")
        keys.unfold("Tilføj en indsats")
        keys.write("En indsats", "Finder tre at tegne med")
        pick(keys, "Hvem gør det?", "Pædagog")
        go(keys, "Gem")
        go(keys, "Færdig med at rette")
        page_says.to_contain_text("Pædagog: Finder tre at tegne med")

        keys.unfold("Skriv en opfølgning")
        pick(keys, SIGN, "4")
        keys.day("Hvornår ser I på det igen?", open_day(2))
        go(keys, "Gem opfølgningen")
        expect(page.locator("svg.curve")).to_be_visible()
        expect(page.get_by_role("table", name=f"Tallene for «{SIGN}»")).to_contain_text("4")
        fair(page)

        demo.kill()
        demo.start()
        page.reload()
        expect(page.get_by_role("table", name=f"Tallene for «{SIGN}»")).to_contain_text("4")
        keys.unfold("Spørg en om at være tovholder")
        pick(keys, "Hvem vil I spørge?", "Birgit")
        go(keys, "Gem")
        page_says.to_contain_text("Birgit Søe er spurgt og har ikke svaret endnu.")

        hers = Keyboard(other)
        other.goto(f"{demo.url}{CASE}/plan")
        fair(other)
        go(hers, "Ja, jeg tager den")
        expect(other.locator("main")).to_contain_text("Birgit Søe er tovholder.")
        hers.unfold("Slut planen")
        hers.write("Det lærte vi", LEARNED)
        go(hers, "Slut planen")
        expect(other.locator("main")).to_contain_text("Planen er afsluttet.")
        fair(other)
        page.reload()
        page_says.to_contain_text(LEARNED)


def go(keys: Keyboard, name: str) -> None:
    """A button or a link, and the page that it leads to."""
    with keys.page.expect_navigation():
        keys.press(name)


def pick(keys: Keyboard, name: str, choice: str) -> None:
    """One line of a list, by typing how it begins."""
    keys.to(name)
    keys.page.keyboard.type(choice)
