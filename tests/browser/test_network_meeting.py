"""A network meeting in real Chromium on the real program, with keys only, at 320 pixels, and at twice the size."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.axe import fair
from tests.browser.demo import Demo
from tests.browser.keyboard import Keyboard
from tests.browser.test_whole_way import LEADER, TEACHER, somebody

pytestmark = [pytest.mark.browser, pytest.mark.process]
QUIET = "demoelevfireb"


def a_tuesday() -> str:
    """A Tuesday in two to three weeks, past Christmas and New Year."""
    day = date.today() + timedelta(days=14)  # noqa: DTZ011 - the browser and the program share the machine's day
    day += timedelta(days=(1 - day.weekday()) % 7)
    closed = {(12, 24), (12, 25), (12, 26), (1, 1)}
    return (day + timedelta(days=7) if (day.month, day.day) in closed else day).isoformat()


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text)


def test_a_teacher_calls_a_meeting_and_prepares_it_with_keys_only(demo: Demo, chromium: Browser) -> None:
    with somebody(demo, chromium, TEACHER) as page:
        keys = Keyboard(page)
        page.goto(f"{demo.url}/sag/{QUIET}")
        keys.press("Kald et netværksmøde sammen")
        heading(page, "Nyt netværksmøde")
        fair(page)
        keys.choose("Vi vil forstå, hvordan barnet har det")
        keys.day("Hvilken dag?", a_tuesday())
        keys.choose("På skolen")
        keys.tick("Barnet kommer selv")
        keys.press("Kald mødet sammen")
        heading(page, "Netværksmøde")
        meeting = page.url
        fair(page)
        keys.press("Gør dig klar")
        heading(page, "Gør dig klar")
        keys.write("Hvad fungerer?", "Han tegner og er glad.")
        keys.choose("4")
        keys.press("Gem til mødet")
        expect(page.locator("#samlet")).to_contain_text("Han tegner og er glad.")
        fair(page)
        page.goto(meeting)
        keys.press("Brev til familien")
        heading(page, "Brev til familien")
        fair(page)


def test_words_on_the_board_are_not_lost_by_pressing_a_step_without_being_asked(demo: Demo, chromium: Browser) -> None:
    with somebody(demo, chromium, LEADER) as page:
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        page.goto(f"{demo.url}/moeder")
        Keyboard(page).press("Netværksmøde")
        page.get_by_role("link", name="Hold mødet").click()
        heading(page, "Hold mødet")
        field = page.locator("#c-school-goals")
        field.press_sequentially("Et godt frikvarter hver dag")
        page.get_by_role("link", name="Gør dig klar").click(no_wait_after=True)
        expect(field).to_have_value(re.compile("^Et godt frikvarter hver dag"))
        assert asked == ["beforeunload"]
        page.get_by_role("button", name="Gem tavlen").click()
        expect(page.locator("#c-school-goals")).to_have_value(re.compile("^Et godt frikvarter hver dag"))
        assert asked == ["beforeunload"], "saving is not leaving"


def test_the_leader_holds_the_demos_meeting_and_looks_back_on_it(demo: Demo, chromium: Browser) -> None:
    with somebody(demo, chromium, LEADER) as page:
        keys = Keyboard(page)
        page.goto(f"{demo.url}/moeder")
        keys.press("Netværksmøde")
        page.wait_for_url(re.compile("/moede/"))
        meeting = page.url
        keys.press("Mødet er begyndt")
        expect(page.locator("main")).to_contain_text("I gang")
        keys.press("Hold mødet")
        heading(page, "Hold mødet")
        keys.tick("Lærer")
        keys.press("Den er læst højt")
        expect(page.locator("#ramme")).to_contain_text("Læst højt")
        keys.press("4 Den fælles indsats")
        expect(page.locator("#trin")).to_contain_text("Hvad mangler barnet?")
        fair(page)
        keys.press("Gå videre alligevel")
        expect(page.locator("#h-step")).to_have_text(re.compile("4 Den fælles indsats"))
        page.select_option("#a-seat", index=1)
        page.fill("#a-what", "Ringer hjem hver uge")
        page.fill("#a-day", a_tuesday())
        keys.press("Skriv aftalen ned")
        expect(page.locator("#aftaler")).to_contain_text("Ringer hjem hver uge")
        page.goto(f"{meeting}/aftaler")
        fair(page)
        keys.press("Den er gjort")
        expect(page.locator("main")).to_contain_text("Gjort i dag")
        fair(page)
        page.goto(f"{meeting}/bagefter")
        keys.choose("Ja")
        keys.press("Gem svaret")
        expect(page.get_by_text("(gemt)")).to_be_visible()
        fair(page)


@pytest.mark.parametrize("path", ["forberedelse", "tavle", "aftaler", "bagefter", "brev"])
def test_the_pages_hold_at_twice_the_size_on_a_small_screen(demo: Demo, chromium: Browser, path: str) -> None:
    """200 % on a screen of 640 pixels leaves 320 of them: nothing is cut off, and nothing scrolls sideways."""
    with somebody(demo, chromium, LEADER) as page:
        page.goto(f"{demo.url}/moeder")
        page.get_by_role("link", name=re.compile("Netværksmøde")).first.click()
        page.goto(f"{page.url}/{path}")
        page.set_viewport_size({"width": 640, "height": 900})
        page.evaluate("document.documentElement.style.zoom = '2'")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        cut = page.evaluate(
            """() => [...document.querySelectorAll("main button, main label, main h1, main h2, main p, main td")]
              .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === "hidden")
              .map((one) => one.outerHTML)"""
        )
        assert cut == []
