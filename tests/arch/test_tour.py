"""The README's two-minute tour, pressed word for word on a running demo."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.arch.started import answers, bare_environment, free_port, running
from tests.arch.tree import doc

pytestmark = [pytest.mark.browser, pytest.mark.process]
CHROMIUM = "/usr/bin/chromium"
STEP = re.compile(r"\*\*(?P<press>[^*]+)\*\*|\"(?P<see>[^\"]+)\"|`(?P<write>[^`]+)`")
Verb = Literal["press", "see", "write"]


def steps() -> Iterator[tuple[Verb, str]]:
    """The tour's list: **bold** is pressed, "quoted" is seen, `code` is written."""
    section = doc("README.md").split("## Two-minute tour\n")[1].split("\n## ")[0]
    for match in STEP.finditer(section[section.index("\n1. ") : section.index("\n\nThen ")]):
        verb = match.lastgroup
        assert verb in ("press", "see", "write")
        yield verb, " ".join(match[verb].split())


def press(page: Page, words: str) -> None:
    """Press the first button or link that has these words in its name, as soon as it is there."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    page.get_by_role("button", name=whole).or_(page.get_by_role("link", name=whole)).filter(visible=True).first.click()


def take(page: Page, verb: Verb, words: str) -> None:
    match verb:
        case "press":
            press(page, words)
        case "see":
            expect(page.get_by_text(words).first).to_be_visible()
        case "write":
            page.locator("main textarea:visible").first.fill(words)


def test_the_tour_of_the_readme_can_be_taken(tmp_path: Path) -> None:
    port = free_port()
    environment = bare_environment(DATABASE_URL=f"sqlite:///{tmp_path}/demo.db", PORT=str(port))
    tour = list(steps())
    assert [verb for verb, _ in tour].count("press") >= 12
    with running((sys.executable, "-m", "bot", "demo"), environment, tmp_path / "log") as demo:
        answers(demo, f"http://127.0.0.1:{port}/healthz")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="da-DK")
            page.goto(f"http://localhost:{port}/")
            for verb, words in tour:
                take(page, verb, words)
            browser.close()
