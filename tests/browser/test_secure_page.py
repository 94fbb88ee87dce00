"""A whole worry under `strict`: presses in Telegram, words on the secure page in real Chromium, and back each time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from tests.attacks.initdata import good
from tests.telegram.kit import ANE, BIRGIT, SECRET
from tests.telegram.play import YELLOW, ask, opening, play
from tests.telegram.processes import Town, town
from tests.web.conftest import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.process]
PATIENCE = 40.0
WRITTEN = [step for step in YELLOW if step.text and step.question]
WORDS = {(step.question, step.note): f"kanarie{n}fugl kom med" for n, step in enumerate(WRITTEN)}


@asynccontextmanager
async def strict(folder: Path, public: str) -> AsyncIterator[tuple[Town, BrowserContext]]:
    """A town whose municipality takes no words on Telegram, with its web running, and a browser."""
    async with town(folder, webhook=True) as stage, async_playwright() as play_:
        stage.env["TELEGRAM_POLICY"] = "strict"
        stage.env["PUBLIC_URL"] = public or stage.env["PUBLIC_URL"]
        browser = await play_.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        process = stage.start("web")
        await stage.api.webhook_is_set()
        if public:  # the address that people use is not this machine's: Telegram is led here past it
            hook = {"url": f"http://127.0.0.1:{stage.port}/telegram/webhook", "secret_token": SECRET}
            async with httpx.AsyncClient() as client:
                await client.post(f"{stage.api.url}/bot{stage.api.token}/setWebhook", json=hook)
        try:
            yield stage, await browser.new_context(viewport={"width": 360, "height": 640})
        finally:
            await browser.close()
            await stage.end(process)


async def by_link(stage: Town, browser: BrowserContext, verb: str = "Skriv") -> Page:
    """Press «Skriv på den sikre side», and open the link that comes."""
    ane = stage.person()
    await ane.presses(f"{verb} på den sikre side")
    said = await ane.expects("/l/")
    (url,) = re.findall(r"http://\S+", said.text)
    page = await browser.new_page()
    await page.goto(url)
    await expect(page.get_by_role("heading")).to_have_text("Dit link")
    await page.get_by_role("button", name="Åbn siden").click()
    await page.wait_for_url(re.compile("skriv"))
    return await sure(stage, page)


async def sure(stage: Town, page: Page) -> Page:
    """The first time the page asks for a second proof; tests/identity gives it, here the session is said to have it."""
    if "til=%2Fskriv" in page.url:  # it leads back to the question when the second proof is there
        with sqlite3.connect(stage.folder / "bot.db", timeout=10) as database:
            database.execute("UPDATE web_sessions SET assurance = 'two'")
        await page.goto(f"http://{'localhost' if 'localhost' in page.url else '127.0.0.1'}:{stage.port}/skriv")
    return page


async def by_mini_app(stage: Town, browser: BrowserContext, verb: str = "Skriv") -> Page:
    """Open the newest Mini App button as Telegram would: our page, with the proof behind the #."""
    urls = re.findall(r"https://trivsel\.example\.org(/m\?til=[\w-]+)", str(stage.api.messages(ANE)))
    proof = good(ANE, datetime.now(UTC), stage.api.token, query_id=f"q{len(WORDS)}{len(stage.api.messages(ANE))}")
    page = await browser.new_page()
    await page.goto(f"http://localhost:{stage.port}{urls[-1]}#tgWebAppData={quote(proof)}&tgWebAppVersion=9.0")
    await page.wait_for_url(re.compile("skriv"))
    return await sure(stage, page)


async def writes(page: Page, text: str) -> None:
    """Answer the open question on the secure page."""
    await expect(page.get_by_role("heading", name="Den sikre side")).to_be_visible()
    await expect(page.get_by_role("link", name="Se, hvad du gør")).to_be_visible()
    await page.locator("#answer textarea, #answer input[type=text]").first.fill(text)
    await page.get_by_role("button", name="Svar").click()
    await expect(page.get_by_text("Gemt.", exact=True)).to_be_visible()
    await page.close()


async def whole_worry(stage: Town, browser: BrowserContext, how: object) -> None:
    ane = stage.person()
    await ane.says(f"/start {stage.invite('laerer')}")
    await ane.expects(opening("start.hello"), timeout=PATIENCE)
    for chat, role in enumerate(("leder", "psykolog", "socialraadgiver"), BIRGIT):
        await stage.person(chat).says(f"/start {stage.invite(role)}")
        await stage.person(chat).expects(opening("start.hello"))
    for step in YELLOW[:-1]:
        if not step.text or not step.question:
            await play(stage, [step])
            continue
        await ane.expects(opening("secure.pointer"))
        assert ask(step.question, note=step.note) in str(stage.api.messages(ANE)[-1]["text"])
        page = await (by_link if how == "link" else by_mini_app)(stage, browser)
        await writes(page, WORDS[step.question, step.note])
    await ane.expects(opening("secure.pointer"))
    page = await (by_link if how == "link" else by_mini_app)(stage, browser, "Læs")
    await expect(page.get_by_text(WORDS["q05_set", False])).to_be_visible()
    await page.get_by_role("button", name="Send").first.click()
    await expect(page.get_by_text("Gemt.", exact=True)).to_be_visible()
    await ane.expects(opening("sent.already"))


@pytest.mark.parametrize(("how", "public"), [("link", ""), ("mini", "https://trivsel.example.org")])
async def test_a_whole_worry_is_pressed_in_the_chat_and_written_on_the_secure_page(
    tmp_path: Path, how: str, public: str
) -> None:
    async with strict(tmp_path, public) as (stage, browser):
        await whole_worry(stage, browser, how)
        sent = str([stage.api.messages(chat) for chat in range(ANE, ANE + 4)])
        log = stage.log()
    written = {words.split()[0] for words in WORDS.values()}
    assert [word for word in written if word in sent or word in log] == []
    assert "tgWebAppData" not in log
