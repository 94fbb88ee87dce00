"""«Skjul» and Esc twice, in real Chromium: the tab stays covered until somebody presses «Videre»."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.web.conftest import CHROMIUM, Site
from tests.web.test_browser import open_as

pytestmark = pytest.mark.browser
# Every frame that the browser draws of a page is looked at: was there anything below no cover?
WATCH = """
  window.bare = 0;
  const look = () => {
    if (document.body && !document.documentElement.classList.contains('covered')) window.bare += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""
CASE = "/sag/sag1"


@pytest.fixture(scope="module")
def keeping(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that keeps the page before whole, as people's browsers do; Playwright switches that off."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


def press_twice(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def covered(page: Page) -> bool:
    """Whether nothing but the way on is to be read, heard or reached."""
    expect(page.locator(".cover")).to_have_count(1)
    left = page.evaluate("[...document.body.children].filter((one) => !one.inert).map((one) => one.className)")
    return (page.evaluate("document.body.innerText").strip(), page.title(), left) == ("Videre", "Ny side", ["cover"])


def test_the_page_before_the_next_and_a_reload_stay_covered(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, path=CASE)
    assert "Ny side" not in page.title()
    page.goto(f"{site.url}/beskeder")
    press_twice(page)
    assert covered(page)
    page.add_init_script(WATCH)
    for go in (page.go_back, page.go_back, page.go_forward, page.reload, lambda: page.goto(f"{site.url}/sager")):
        go()
        assert covered(page)
        assert page.evaluate("window.bare") == 0
    page.get_by_role("button", name="Videre").click()
    expect(page.locator("h1")).to_be_visible()
    assert "Ny side" not in page.title()
    page.go_back()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".cover")).to_have_count(0)
    assert site.said == []


def test_a_page_that_the_browser_kept_whole_is_covered_and_opened_with_the_rest(site: Site, keeping: Browser) -> None:
    page = open_as(site, keeping, path=CASE)
    page.evaluate("window.kept = true; addEventListener('pageshow', (event) => { window.back = event.persisted; })")
    page.goto(f"{site.url}/sager")
    press_twice(page)
    page.go_back(wait_until="commit")
    page.wait_for_function("window.back === true")
    assert page.evaluate("window.kept") is True
    assert covered(page)
    page.get_by_role("button", name="Videre").click()
    expect(page.locator("h1")).to_be_visible()
    page.go_forward(wait_until="commit")
    expect(page.locator(".cover")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    assert page.title() != "Ny side"


def test_what_was_typed_is_there_again_and_is_still_asked_about(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, path=CASE)
    field = page.locator("main form[method=post] textarea").first
    field.evaluate(
        "(one) => { for (let up = one; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; }"
    )
    field.fill("Det, jeg ikke har sendt")
    press_twice(page)
    assert covered(page)
    page.get_by_role("button", name="Videre").click()
    expect(field).to_have_value("Det, jeg ikke har sendt")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{site.url}/sager")
    assert asked == ["beforeunload"]


def test_the_link_itself_covers_the_tab_too(site: Site, chromium: Browser) -> None:
    page = open_as(site, chromium, path=CASE)
    page.goto(f"{site.url}/skjul")
    page.go_back()
    assert covered(page)
    page.go_forward()
    page.get_by_role("link", name="Videre").click()
    expect(page.locator(".cover")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
