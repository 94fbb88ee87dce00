"""The pages in real Chromium: keyboard, small screens, no scripts, no mouse, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from bot.app.turns.incoming import Filled
from tests.web import fakes
from tests.web.conftest import Site
from tests.web.fakes import FakeChat
from tests.web.teamfakes import FakeTeam

pytestmark = pytest.mark.browser
WRITER, MEMBER = "laerke-laerer", "laerke-raadgiver"


def open_as(site: Site, chromium: Browser, person: str | None = WRITER, path: str = "/chat", **options: Any) -> Page:
    """A new window of its own, signed in as one of the demo's people."""
    context = chromium.new_context(reduced_motion="reduce", **{"viewport": {"width": 1280, "height": 800}, **options})
    page = site.watch(context.new_page())
    page.goto(site.url)
    if person:
        page.locator(f'button[value="{person}"]').click()
    if path != "/chat" or not person:
        page.goto(site.url + path)
    return page


def answer(page: Page) -> Locator:
    return page.locator("#answer")


def at_question(page: Page, number: int) -> None:
    expect(page.locator("#nu .progress-line")).to_contain_text(f"{number} af 6")


def talk_to_the_end(page: Page) -> None:
    """The whole scripted conversation by mouse."""
    page.get_by_role("button", name="Skriv en bekymring").first.click()
    at_question(page, 1)
    answer(page).get_by_label("Navn eller kode").fill("Elev 3B-2")
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 2)
    answer(page).get_by_role("button", name="6–12 år").click()
    at_question(page, 3)
    answer(page).get_by_label("Venner").check()
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 4)
    page.get_by_role("button", name="Spring over").click()
    at_question(page, 5)
    answer(page).get_by_label("Delvist").check()
    answer(page).get_by_label("Hvad siger de?").fill("Mor er også bekymret.")
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 6)
    answer(page).get_by_label("Det, I har prøvet").fill("Ny plads\nMorgenhilsen")
    answer(page).get_by_role("button", name="Svar").click()
    expect(page.locator("#nu")).to_contain_text("Det har du skrevet")


def test_a_worry_goes_from_start_to_summary_with_scripts(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    talk_to_the_end(page)
    expect(page.locator(".turn.past")).to_have_count(6)
    assert page.url == f"{site.url}/chat"
    assert site.said == []


def test_a_worry_goes_from_start_to_summary_without_scripts(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, java_script_enabled=False)
    talk_to_the_end(page)
    page.get_by_role("button", name="Ret Alder").first.click()
    at_question(page, 2)
    assert page.url == f"{site.url}/chat#nu"


def test_the_keyboard_is_enough(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if (
                page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")
                == name
            ):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none"
                return
        raise AssertionError(f"Tab never came to {name}")

    tab_to("Gå til indholdet")
    tab_to("Skriv en bekymring")
    page.keyboard.press("Enter")
    at_question(page, 1)
    expect(answer(page).locator("textarea")).to_be_focused()
    page.keyboard.type("Elev 3B-2")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("og lidt til")
    page.keyboard.press("Enter")
    at_question(page, 2)
    expect(page.locator("#nu")).to_be_focused()
    page.keyboard.press("Enter")  # a stray Enter answers nothing: the focus is on the bubble, not on a button
    page.keyboard.press("Space")
    at_question(page, 2)
    expect(page.locator("#nu")).to_be_focused()
    tab_to(answer(page).get_by_role("button").nth(1).inner_text())
    page.keyboard.press("Enter")
    at_question(page, 3)
    expect(page.locator("#nu")).to_be_focused()
    while not page.evaluate("document.activeElement.id === 'pick-1'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to("Svar")
    page.keyboard.press("Enter")
    at_question(page, 4)
    tab_to("Akut")
    page.keyboard.press("Enter")
    expect(page.locator("#nu")).to_contain_text("Gør det her nu")
    chat = cast(FakeChat, site.ports.chat)
    assert chat.answers[WRITER] == {0: "Elev 3B-2\nog lidt til", 1: "3–5 år", 2: "Venner, Humør"}


def _menu(page: Page) -> None: ...


def _begin(page: Page) -> None:
    page.get_by_role("button", name="Skriv en bekymring").first.click()
    at_question(page, 1)


def _second(page: Page) -> None:
    _begin(page)
    answer(page).get_by_label("Navn eller kode").fill("x")
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 2)


def _third(page: Page) -> None:
    _second(page)
    answer(page).get_by_role("button", name="6–12 år").click()
    at_question(page, 3)


def _fifth(page: Page) -> None:
    _third(page)
    answer(page).get_by_label("Venner").check()
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 4)
    page.get_by_role("button", name="Spring over").click()
    at_question(page, 5)


def _from_menu(name: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        page.locator("details.menu > summary").click()
        page.locator("details.menu").get_by_role("button", name=name).click()
        expect(page.locator("#nu .bubble")).to_be_visible()

    return choose


def _acute(page: Page) -> None:
    page.get_by_role("button", name="Akut", exact=True).click()
    expect(page.locator("#nu")).to_contain_text("Gør det her nu")


def _problem(page: Page) -> None:
    page.get_by_label("Skriv til botten").fill("010101-1234")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#nu")).to_contain_text("Ikke gemt")


def _open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details.deed').forEach((one) => { one.open = true; })")


def _refused(page: Page) -> None:
    page.locator("summary", has_text="Spørg skriveren").click()
    page.locator("#ask-text").fill("   ")
    page.locator("details.deed[open] form", has=page.locator("#ask-text")).get_by_role("button").click()
    expect(page.locator("#refused")).to_be_focused()


KINDS: list[tuple[str, str | None, str, Callable[[Page], None]]] = [
    ("landing", None, "/", _menu),
    ("invited", None, "/ind/abc", _menu),
    ("help", None, "/hjaelp", _menu),
    ("accessibility", None, "/tilgaengelighed", _menu),
    ("not found", None, "/findes-ikke", _menu),
    ("menu", WRITER, "/chat", _menu),
    ("question with text", WRITER, "/chat", _begin),
    ("question with buttons", WRITER, "/chat", _second),
    ("question with ticks", WRITER, "/chat", _third),
    ("question with a note", WRITER, "/chat", _fifth),
    ("summary", WRITER, "/chat", talk_to_the_end),
    ("acute", WRITER, "/chat", _acute),
    ("light", WRITER, "/chat", _from_menu("Brug trafiklyset")),
    ("drafts", WRITER, "/chat", _from_menu("Se dine kladder")),
    ("problem", WRITER, "/chat", _problem),
    ("draft link", WRITER, "/chat?kladde=abc", _menu),
    ("my cases", WRITER, "/sager", _menu),
    ("my case", WRITER, "/sag/sag1", _open_all),
    ("notices", WRITER, "/beskeder", _menu),
    ("inbox", MEMBER, "/team", _menu),
    ("case", MEMBER, "/team/sag/sag1", _open_all),
    ("case refused", MEMBER, "/team/sag/sag1", _refused),
]


@pytest.mark.parametrize(("person", "path", "go"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_a_page_has_no_accessibility_violation_and_fits_a_small_telephone(
    site: Site, chromium: Browser, person: str | None, path: str, go: Callable[[Page], None]
) -> None:
    page = open_as(site, chromium, person, path, viewport={"width": 320, "height": 640}, color_scheme="light")
    go(page)
    assert _violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert _violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.body.scrollWidth") <= 320
    assert page.evaluate(TOO_SMALL) == []


def _violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


# What can be pressed and is lower than 44 pixels; a tick box counts with its label, a link inside a text does not.
TOO_SMALL = """() => [...document.querySelectorAll('button, summary, select, textarea, input, nav a, .foot a')]
  .map((one) => one.matches('.form-radio, .form-checkbox') ? one.nextElementSibling : one)
  .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML)"""


def test_the_way_out_is_in_sight_when_the_page_is_magnified_four_times(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, viewport={"width": 320, "height": 256})
    _third(page)
    for place in (0, 200, 100_000):
        page.evaluate(f"window.scrollTo(0, {place})")
        box = page.get_by_role("button", name="Akut", exact=True).bounding_box()
        assert box is not None
        if place < 100_000:  # at the very end the page's foot may follow it
            assert box["y"] + box["height"] <= 256


def test_no_other_machine_is_ever_asked_and_the_browser_keeps_nothing(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    talk_to_the_end(page)
    page.goto(f"{site.url}/sag/sag1")
    assert site.asked
    assert all(address.startswith(site.url) for address in site.asked)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans\"')")
    assert site.said == []


def test_new_answers_are_announced_and_the_focus_goes_to_the_next(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    page.evaluate("window.kept = document.getElementById('log')")
    _second(page)
    assert page.evaluate("window.kept === document.getElementById('log')")  # a live region must stay to be heard
    expect(log.locator("li.turn")).to_have_count(2)
    expect(page.locator("#nu")).to_be_focused()


def test_a_double_press_is_one_answer(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    _begin(page)
    answer(page).get_by_label("Navn eller kode").fill("Elev 3B-2")
    answer(page).get_by_role("button", name="Svar").dblclick()
    at_question(page, 2)
    done = cast(FakeChat, site.ports.chat).done
    assert [deed[1] for deed in done if isinstance(deed[1], Filled)] == [Filled("f:1", (), "Elev 3B-2")]


def test_when_nothing_is_saved_the_person_is_told_and_the_text_stays(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    _begin(page)
    chat = cast(FakeChat, site.ports.chat)
    chat.busy = True
    answer(page).get_by_label("Navn eller kode").fill("Det, jeg så")
    answer(page).get_by_role("button", name="Svar").click()
    expect(page.get_by_role("alert")).to_contain_text("Det er IKKE gemt.")
    expect(answer(page).get_by_label("Navn eller kode")).to_have_value("Det, jeg så")
    chat.busy = False
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 2)
    expect(page.locator("#trouble")).to_be_hidden()


def test_when_the_network_is_gone_the_text_stays(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    _begin(page)
    page.context.set_offline(True)
    answer(page).get_by_label("Navn eller kode").fill("Det, jeg så")
    answer(page).get_by_role("button", name="Svar").click()
    expect(page.get_by_role("alert")).to_contain_text("Det er IKKE gemt.")
    page.context.set_offline(False)
    answer(page).get_by_role("button", name="Svar").click()
    at_question(page, 2)


def test_none_of_them_clears_the_others_and_the_limit_holds(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium)
    _third(page)
    for label in ("Venner", "Humør", "Fravær", "Krop og helbred"):
        answer(page).get_by_label(label).check()
    expect(answer(page).get_by_label("Uro og konflikter")).to_be_disabled()
    answer(page).get_by_label("Ingen af dem").check()
    expect(answer(page).get_by_label("Venner")).not_to_be_checked()
    expect(answer(page).get_by_label("Uro og konflikter")).to_be_enabled()


def test_the_case_on_paper_has_the_answers_and_no_buttons(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, MEMBER, "/team/sag/sag1")
    page.emulate_media(media="print")
    expect(page.get_by_text("Han sad alene i alle frikvarterer")).to_be_visible()
    expect(page.get_by_text("Din pligt til at underrette")).to_be_visible()
    expect(page.get_by_text("Hvad vil I gøre?")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()


def test_a_ready_answer_can_be_used_as_it_stands(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, MEMBER, "/team/sag/sag1")
    page.locator("summary", has_text="Skriv beslutning og svar").click()
    page.locator("summary", has_text="Svar, som I må give").click()
    page.get_by_role("button", name=re.compile("^Brug")).first.click()
    expect(page.locator("#decide-words")).to_have_value(re.compile("^Tak, fordi du skrev"))
    expect(page.locator("#decide-words")).to_be_focused()


def test_an_act_is_done_in_the_browser_and_the_case_is_shown_again(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, MEMBER, "/team/sag/sag1")
    page.locator("summary", has_text="Sæt på dagsordenen").click()
    expect(page.locator("#plan-day")).to_have_value("2026-11-25")
    page.locator("details.deed[open] form", has=page.locator("#plan-day")).get_by_role("button").click()
    expect(page).to_have_url(f"{site.url}/team/sag/sag1")
    assert len(cast(FakeTeam, site.ports.team).acted) == 1


def test_a_hostile_text_stays_a_text_in_a_real_browser(site: Site, chromium: Browser) -> None:
    chat = cast(FakeChat, site.ports.chat)
    chat.place[WRITER] = fakes.replace(fakes.PROBLEM, text="<img src=x onerror=\"document.title='ramt'\">")
    page = open_as(site, chromium)
    expect(page.locator("#nu")).to_contain_text("<img src=x")
    assert page.title() == "Chat · Trivselsbot"
    assert site.said == []
