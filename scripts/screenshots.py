"""Take the README's pictures: `python scripts/screenshots.py [URL [FOLDER]]`. Without a URL it starts a demo itself.

The demo's people and cases are invented and always the same, so the pictures change only when the pages do.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "billeder"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDE, PHONE = (1280, 800), (360, 740)
MOST_BYTES = 300_000  # a README that loads on a train
START_SECONDS, KNOCK_SECONDS = 60.0, 0.1
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


def begin(page: Page) -> None:
    """A new worry, at its first question."""
    page.get_by_role("button", name="Skriv en bekymring").first.click()
    expect(page.locator("#answer")).to_be_visible()


def some_answers(page: Page) -> None:
    """A worry well under way: the open question, and the last answers above it."""
    begin(page)
    for press in ("Nej", "Det hele"):
        choose(page, press)
    write(page, "Ræven")
    choose(page, "10–12 år, 4.–6. klasse")
    tick(page, "radio", "Klasselærer")
    expect(page.locator("#nu")).to_contain_text("stoppe op")


def whole_worry(page: Page) -> None:
    """The same worry to its end, with the summary in sight."""
    some_answers(page)
    write(page, "Mandag sad han alene i frikvarteret. Jeg spurgte, om han ville være med i spillet.")
    tick(page, "checkbox", "Venner", "Humør")
    tick(page, "checkbox", "Er ofte alene", "Er trist")
    tick(page, "radio", "2–11 uger")
    for press in ("Flere gange om ugen", "Det er ens"):
        choose(page, press)
    tick(page, "checkbox", "I frikvarteret")
    write(page, "Tegner godt. Hjælper de små.")
    write(page, "«Jeg vil gerne have en at lege med.»")
    choose(page, "Spring over")
    tick(page, "radio", "Ja")
    tick(page, "radio", "Ja, mundtligt")
    choose(page, "Spring over")
    write(page, "Ny plads ved vinduet")
    choose(page, "Lidt")
    tick(page, "checkbox", "Råd")
    tick(page, "radio", "Enig")
    expect(page.locator("#nu")).to_contain_text("Sådan ser den ud")
    page.locator(".kind-summary").evaluate("(card) => card.scrollIntoView()")


def suggested_colour(page: Page) -> None:
    """The end of the same worry, with the colour and its reasons in sight."""
    whole_worry(page)
    page.locator(".kind-light").evaluate("(card) => card.scrollIntoView()")


def choose(page: Page, name: str) -> None:
    """Press something in the dock, and wait until the next question is there."""
    turn(page, page.locator("#dock").get_by_role("button", name=name).first.click)


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    turn(page, page.locator("#answer").get_by_role("button", name="Svar").click)


def tick(page: Page, role: str, *names: str) -> None:
    for name in names:
        page.locator("#answer").get_by_role(role, name=name).first.check()  # type: ignore[arg-type]  # two roles of ARIA's
    turn(page, page.locator("#answer").get_by_role("button", name="Svar").click)


def turn(page: Page, act: Callable[[], object]) -> None:
    """One answer: the log has one line more when it is taken."""
    past = page.locator(".turn.past")
    before = past.count()
    act()
    expect(past).to_have_count(before + 1)


def decided_case(page: Page) -> None:
    page.get_by_role("link", name="K7RT-Måge").first.click()
    expect(page.locator(".timeline").first).to_be_visible()


def at(path: str, then: Callable[[Page], None] = lambda page: None) -> Callable[[Page], None]:
    """Go to an address of the site, and on from there."""

    def go(page: Page) -> None:
        page.goto(page.url.split("/chat")[0] + path)
        then(page)

    return go


SHOTS = (
    Shot("landing-1280", lambda page: None),
    Shot("chat-360", some_answers, "laerke-laerer", PHONE),
    Shot("summary-360", whole_worry, "laerke-paedagog", PHONE),
    Shot("inbox-1280", at("/team"), "laerke-leder"),
    Shot("case-1280", at("/team", decided_case), "laerke-leder"),
    Shot("dark-360", suggested_colour, "fjord-laerer", PHONE, "dark"),
)


@contextmanager
def demo() -> Iterator[str]:
    """A demo on a free port and a database that is gone afterwards: its address, as soon as it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/demo.db", "PORT": str(port)}
        process = subprocess.Popen([sys.executable, "-m", "bot", "demo"], cwd=ROOT, env=settings)
        try:
            answers(process, f"http://localhost:{port}/healthz")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait()


def answers(process: subprocess.Popen[bytes], url: str) -> None:
    """Knock until the address answers; SystemExit when the process ends first or takes too long."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=START_SECONDS).close()  # noqa: S310 - our own address
            return
        except OSError:
            time.sleep(KNOCK_SECONDS)
    raise SystemExit("the demo did not start")


def take_all(url: str, folder: Path) -> None:
    """Write one PNG per shot; SystemExit when one is too heavy for a README."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for number, shot in enumerate(SHOTS, 1):
            file = folder / f"{shot.name}.png"
            take(browser, url.rstrip("/"), shot, file)
            size = file.stat().st_size
            print(f"{number}/{len(SHOTS)} {file.name} {size // 1000} kB", flush=True)  # noqa: T201 - progress
            if size > MOST_BYTES:
                raise SystemExit(f"{file.name} has more than {MOST_BYTES // 1000} kB")
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
    page.screenshot(path=file)
    context.close()


def main(arguments: list[str]) -> None:
    """The command line."""
    folder = Path(arguments[1]) if len(arguments) > 1 else FOLDER
    if arguments:
        take_all(arguments[0], folder)
        return
    with demo() as url:
        take_all(url, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
