"""A person without a mouse: Tab until the thing has the focus, then press, tick or write."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_TABS = 160  # more stops than any page of ours has; a longer way round is a trap
# What a screen reader would call the thing that has the focus, near enough; "" when nothing has it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const heard = (one.labels?.[0] ?? one).cloneNode(true);
  heard.querySelectorAll("[aria-hidden=true]").forEach((silent) => silent.remove());
  return (one.getAttribute("aria-label") || heard.textContent).replace(/\\s+/g, " ").trim();
}"""
# The names of the radio buttons in the group that has the focus.
GROUP = """() => [...document.querySelectorAll(`[name="${document.activeElement.name}"][type=radio]`)]
  .map((one) => one.labels[0].innerText.trim())"""
RINGED = """() => {
  const one = document.activeElement, box = one.matches("[type=radio], [type=checkbox]");
  const seen = getComputedStyle(one), label = box ? getComputedStyle(one.labels[0]) : seen;
  const before = box ? getComputedStyle(one.labels[0], "::before") : seen;
  return [seen, label, before].some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""


@dataclass
class Keyboard:
    """One page and nothing but its keys."""

    page: Page

    def to(self, name: str, key: str = "Tab") -> None:
        """Move the focus to what is called this, and see that the focus shows."""
        for _ in range(MOST_TABS):
            if self.name().startswith(name):
                assert self.page.evaluate(RINGED), f"the focus on {name!r} can't be seen"
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never came to {name!r}")

    def name(self) -> str:
        """What has the focus now."""
        return str(self.page.evaluate(FOCUSED))

    def press(self, name: str) -> None:
        """A button or a link."""
        self.to(name)
        self.page.keyboard.press("Enter")

    def unfold(self, name: str) -> None:
        """What is folded under this, with the focus moved on inside it."""
        self.press(name)
        self.page.keyboard.press("Tab")

    def tick(self, *names: str) -> None:
        """Boxes."""
        for name in names:
            self.to(name)
            self.page.keyboard.press("Space")

    def choose(self, name: str) -> None:
        """One of a group of radio buttons: the group is one stop, and arrows move inside it."""
        for _ in range(MOST_TABS):
            if any(label.startswith(name) for label in self.page.evaluate(GROUP)):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        self.to(name, "ArrowDown")

    def write(self, name: str, text: str) -> None:
        """Words in a field, in place of what stood there."""
        self.to(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, name: str, day: str) -> None:
        """A date, digit by digit, in whatever order this browser's date field has."""
        self.to(name)
        year, month, date = day.split("-")
        for order in (f"{date}{month}{year}", f"{month}{date}{year}", f"{year}{month}{date}"):
            self.page.keyboard.type(order)
            if self.page.evaluate("document.activeElement.value") == day:
                return
            for _ in order:  # back to the first of its three parts
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"the date field took no order of {day}")
