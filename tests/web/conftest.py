"""Real Chromium against a real server with scripted ports."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bot.web.app import create_app
from bot.web.ports import Ports
from tests.web.preview import scripted

CHROMIUM = "/usr/bin/chromium"


@dataclass
class Site:
    """A running server; `asked` are the addresses that browsers asked for, `said` what their consoles said."""

    ports: Ports = field(default_factory=scripted)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    url: str = ""

    def start(self) -> None:
        config = uvicorn.Config(create_app(self.ports), port=0, log_level="error", ws="none", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        ready = threading.Event()
        startup = self.server.startup

        async def started(sockets: list[object] | None = None) -> None:
            await startup(sockets)  # type: ignore[arg-type]  # uvicorn passes its own sockets on
            ready.set()

        self.server.startup = started  # type: ignore[method-assign]  # uvicorn has no other word for "ready"
        self.thread.start()
        assert ready.wait(20)
        self.url = f"http://localhost:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)

    def watch(self, page: Page) -> Page:
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page


@pytest.fixture
def site() -> Iterator[Site]:
    """A fresh server for one test."""
    running = Site()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One driver for a module of browser tests. Not for the session: while it lives, its event loop runs in this
    thread, and no asyncio test can run beside it.
    """
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()
