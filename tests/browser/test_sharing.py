"""«Må jeg dele det?» in real Chromium on the real program: keys only, 320 pixels, in the light and in the dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import fair
from tests.browser.demo import Demo
from tests.browser.keyboard import Keyboard
from tests.browser.test_whole_way import OTHER_TEACHER, TEACHER, at, somebody

pytestmark = [pytest.mark.browser, pytest.mark.process]
TAPS = (
    ("Hvad passer bedst lige nu?", "Ingen af delene"),
    ("Kan nogen af dem regne ud, hvem barnet er?", "Ja eller måske, og de skal bruge det"),
    ("Hvem skal have det at vide?", "Andre"),
    ("Har I et samtykke, der gælder?", "De har sagt nej"),
)


def test_four_presses_lead_to_an_answer_with_the_law_behind_it(demo: Demo, chromium: Browser) -> None:
    with somebody(demo, chromium, TEACHER) as page:
        keys, says = Keyboard(page), at(page)
        keys.press("Må jeg dele det?")
        for asked, press in TAPS:
            says(asked)
            keys.press(press)
        says("Nej, ikke uden samtykke")
        says("Din pligt til at underrette er din egen.")
        expect(page.locator("#nu .faint").last).to_have_text(re.compile("endnu ikke læst af jurist"))
        basis = page.locator("#nu details.more").filter(has_text="Vis lovgrundlag")
        expect(basis.get_by_text("§ 152")).to_be_hidden()
        basis.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(basis.get_by_text("§ 152")).to_be_visible()
        fair(page)


def test_on_a_phone_every_answer_to_the_first_question_stands_in_the_first_screen(
    demo: Demo, chromium: Browser
) -> None:
    with somebody(demo, chromium, OTHER_TEACHER) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        Keyboard(page).press("Må jeg dele det?")
        at(page)("Hvad passer bedst lige nu?")
        last = page.get_by_role("button", name="Ingen af delene")
        expect(last).to_be_in_viewport(ratio=1)
        box, bar = last.bounding_box(), page.locator(".quick").bounding_box()
        assert box is not None and bar is not None
        assert box["y"] + box["height"] <= bar["y"]
        tops = [one.bounding_box() for one in page.locator(".choices button").all()]
        assert len({one["x"] for one in tops if one}) == 1, "they are read from the top, as the question says"
