"""Names that are not ours are refused, and the screen is blank at once when it must be."""

from __future__ import annotations

import re

import pytest

from bot.web.hosts import HostCheck
from tests.identity.kit import MAJA, Town
from tests.web.visitor import Visitor

PUBLIC = "https://trivsel.kommune.example"


async def nothing(scope: object, receive: object, send: object) -> None:
    raise AssertionError("not asked for here")


@pytest.mark.parametrize(
    ("origin", "host", "path", "good"),
    [
        (PUBLIC, "trivsel.kommune.example", "/", True),
        (PUBLIC, "TRIVSEL.kommune.example.:443", "/", True),
        (PUBLIC, "localhost:8000", "/", True),
        (PUBLIC, "[::1]:8000", "/", True),
        (PUBLIC, "ond.example", "/", False),
        (PUBLIC, "trivsel.kommune.example.ond.example", "/", False),
        (PUBLIC, "10.0.0.7", "/", False),
        (PUBLIC, "10.0.0.7:8000", "/healthz", True),
        (PUBLIC, "", "/", False),
        ("http://localhost:8000", "192.168.1.4:8000", "/", True),
        ("http://localhost:8000", "ond.example:8000", "/", False),
    ],
)
def test_only_our_own_names_are_answered_to(origin: str, host: str, path: str, good: bool) -> None:
    assert HostCheck(nothing, origin=origin).answers_to(host, path) is good


async def test_hiding_says_nothing_and_keeps_the_session() -> None:
    visitor = await Visitor().become("laerke-laerer")
    page = await visitor.get("/skjul")
    assert "Trivselsbot" not in page.html
    assert "barn" not in page.html
    assert (await visitor.get("/chat")).status == 200


@pytest.mark.parametrize(("site", "ended"), [("same-origin", True), ("cross-site", False)])
async def test_on_a_shared_computer_hiding_signs_out(site: str, ended: bool) -> None:
    town = Town()
    guest = town.browser()
    await guest.post("/ind", code=town.code_for(MAJA), shared="ja")
    token = guest.token
    await guest.client.get("/skjul", headers={"sec-fetch-site": site})
    assert (await town.ports.doors.who(token) is None) is ended


async def test_every_page_has_a_way_to_hide() -> None:
    visitor = await Visitor().become("laerke-laerer")
    for path in ("/chat", "/sager", "/beskeder", "/min-adgang"):
        assert "/skjul" in (await visitor.get(path)).links


async def test_the_cover_comes_before_anything_that_can_be_painted() -> None:
    page = await (await Visitor().become("laerke-laerer")).get("/chat")
    head = page.html[: page.html.index("<body")]
    found = re.search(r"<script src=\"/static/cover\.js\?v=[^\"]+\"(?P<more>[^>]*)>", head)
    assert found is not None
    assert found["more"] == ""  # neither defer nor async: the page waits for it
    assert found.start() < head.index("<link")
