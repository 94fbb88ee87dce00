"""What every page owes everybody: no violation in light or dark, and no sideways scrolling on a small telephone."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def fair(page: Page) -> None:
    """Fail with what is wrong with the page as it stands."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # playwright lists its schemes
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], (page.url, scheme)
    page.emulate_media(color_scheme="light")
    wide = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth")
    assert wide <= 0, page.url
