"""A person with a mouse and no scripts: the same words lead to the same things."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass
class Mouse:
    """One page; what is pressed is what is in sight, the open question's own things first."""

    page: Page

    def press(self, name: str) -> None:
        for place in ("#answer", "#nu", "#dock", "body"):
            found = self.page.locator(place).get_by_role("button", name=name)
            if found.count():
                found.first.click()
                return
        self.page.get_by_role("link", name=name).first.click()

    def tick(self, *names: str) -> None:
        for name in names:
            self.page.get_by_role("checkbox", name=name).first.check()

    def choose(self, name: str) -> None:
        self.page.get_by_role("radio", name=name).first.check()

    def write(self, name: str, text: str) -> None:
        self.page.get_by_role("textbox", name=name).first.fill(text)
