"""Take the README's pictures of a running demo: `python scripts/screenshots.py http://localhost:8000 docs/billeder`.

The demo's people and cases are invented and always the same, so the pictures change only when the pages do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDE, PHONE = (1280, 800), (390, 780)
# A picture is taken two frames after the last change: an instant scroll is drawn one frame late.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, how to get there, and the window."""

    name: str
    go: Callable[[Page], None]
    person: str | None = None
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    whole: bool = False


def begin(page: Page) -> None:
    """A new worry, at its first question."""
    page.get_by_role("button", name="Skriv en bekymring").first.click()
    page.locator("#answer").wait_for()


def acute(page: Page) -> None:
    page.get_by_role("button", name="Akut", exact=True).click()
    page.locator(".kind-acute").wait_for()


def decided_case(page: Page) -> None:
    page.get_by_role("link", name="K7RT-Måge").first.click()
    page.locator(".timeline").wait_for()


def at(path: str, then: Callable[[Page], None] = lambda page: None) -> Callable[[Page], None]:
    """Go to an address of the site, and on from there."""

    def go(page: Page) -> None:
        page.goto(page.url.split("/chat")[0] + path)
        then(page)

    return go


SHOTS = (
    Shot("forside", lambda page: None),
    Shot("chat", begin, "laerke-laerer", PHONE),
    Shot("chat-moerk", begin, "laerke-paedagog", PHONE, "dark"),
    Shot("akut", acute, "laerke-laerer", PHONE),
    Shot("min-sag", at("/sager", decided_case), "laerke-laerer"),
    Shot("indbakke", at("/team"), "laerke-leder"),
    Shot("sag", at("/team", decided_case), "laerke-leder", whole=True),
)


def main(url: str, folder: Path) -> None:
    """Write one PNG per shot."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for number, shot in enumerate(SHOTS, 1):
            take(browser, url.rstrip("/"), shot, folder / f"{shot.name}.png")
            print(f"{number}/{len(SHOTS)} {shot.name}.png", flush=True)  # noqa: T201 - progress for the one who waits
        browser.close()


def take(browser: Browser, url: str, shot: Shot, file: Path) -> None:
    """One picture in a window of its own."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=2 if shot.size == PHONE else 1,
        locale="da-DK",
    )
    page = context.new_page()
    page.goto(url)
    if shot.person:
        page.locator(f'button[value="{shot.person}"]').click()
        page.wait_for_url("**/chat*")
    shot.go(page)
    page.wait_for_load_state("networkidle")
    page.evaluate(SETTLED)
    page.screenshot(path=file, full_page=shot.whole)
    context.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: python scripts/screenshots.py URL FOLDER")
    main(sys.argv[1], Path(sys.argv[2]))
