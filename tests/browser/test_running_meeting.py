"""A chair runs a meeting of six cases in real Chromium: keys only, 320 pixels, and the program killed in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import demo as people
from bot.app.drafts import sending
from bot.app.drafts.sending import Worry
from bot.bootstrap import build
from bot.settings import Settings
from dialogs.access import Actor
from dialogs.cases.model import Colour
from dialogs.drafts import emptied
from dialogs.types import Draft
from tests.app.kit import YELLOW
from tests.browser.axe import fair
from tests.browser.demo import Demo, open_day
from tests.browser.keyboard import Keyboard
from tests.browser.test_whole_way import LEADER, somebody

pytestmark = [pytest.mark.browser, pytest.mark.process]
CODES = ("BBBB-Bøg", "CCCC-Eg", "DDDD-Ask", "FFFF-Elm", "GGGG-Pil")  # beside the demo's own yellow one
ANSWER = "Tak, fordi du skrev. Nadia ser på klassen i næste uge."


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo with five more worries, so that six wait for the team."""
    found = Demo(tmp_path_factory.mktemp("six"))
    house = build(Settings(database_url=f"sqlite:///{found.folder}/demo.db"), practice=True, migrate=True)
    for code in CODES:
        house.store.run(Actor("laerke-laerer", "inside", 2, "practice"), lambda uow, code=code: _send(uow, code))
    house.store.close()
    found.start()
    yield found
    found.stop()


class _Ids:
    def __init__(self, code: str) -> None:
        self.code = code

    def new(self) -> str:
        return f"sag{self.code[:4].lower()}"


def _send(uow: Any, code: str) -> None:
    at = datetime.now(UTC) - timedelta(days=2)
    draft = Draft(
        f"kladde-{code[:4]}", "worry", 1, "", "laerke-laerer", code, at, at + timedelta(days=30), answers=YELLOW
    )
    draft = replace(draft, status="submitted")
    uow.drafts.add(emptied(draft))
    worry = Worry(band="B3", colour=Colour("yellow", "yellow", child="yellow"))
    workdays = people.danish(people.COPENHAGEN, range(at.year - 1, at.year + 2))
    sending.send(uow, uow.people.get("laerke-laerer"), draft, worry, at, _Ids(code), workdays)


def decides(keys: Keyboard, page: Page, number: int) -> None:
    """What has been agreed about the case in front."""
    expect(page.locator("h1")).to_contain_text(f"Sag {number} af 6")
    keys.choose("Hjælp her på stedet")
    keys.to("Hvem har ansvaret?")
    page.keyboard.type("Nadia")
    keys.write("Hvorfor?", "Det kan løses her.")
    keys.write("Svar til", ANSWER)
    keys.day("Hvornår ser I på det igen?", open_day(2))


def test_a_chair_runs_a_meeting_of_six_with_keys_and_a_power_cut(six: Demo, chromium: Browser) -> None:
    with somebody(six, chromium, LEADER) as page:
        keys = Keyboard(page)
        page.goto(f"{six.url}/team")
        page.goto(f"{six.url}{page.get_by_role('link', name=re.compile('kl')).first.get_attribute('href')}")
        keys.press("Se dagsordenen")
        expect(page.locator("h1")).to_have_text("Det skal I nå")
        fair(page)
        keys.press("Begynd mødet")
        if page.get_by_role("button", name="Ja, begynd nu").count():  # the demo's meeting is on another day than today
            keys.press("Ja, begynd nu")
        expect(page.locator("h1")).to_contain_text("Sag 1 af 6")
        fair(page)
        for number in range(1, 7):
            decides(keys, page, number)
            if number == 4:
                six.kill()
                keys.press("Skriv beslutning og svar")
                expect(page.get_by_role("alert")).to_contain_text("Det er IKKE gemt.")
                expect(page.locator("details[open] textarea").last).to_have_value(ANSWER)
                fair(page)
                six.start()  # three are decided, and the fourth still stands in front with every word
            if number == 5:
                page.goto(f"{six.url}/team")  # a chair who lost the page finds the meeting again
                keys.press("Gå til mødet")
                decides(keys, page, number)
            keys.press("Skriv beslutning og svar")
        expect(page.locator("main")).to_contain_text("Så er alt på listen talt om.")
        expect(page.locator("main")).to_contain_text("6 af 6 har hørt fra jer i tide.")
        fair(page)
        keys.press("Slut mødet")
        expect(page.locator("h1")).to_have_text("Det skal I nå")
        expect(page.locator("main")).to_contain_text("Talt om")
        fair(page)
