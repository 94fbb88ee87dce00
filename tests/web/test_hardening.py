"""What stands between a stranger and the pages, and what must stand open to everybody: acute help."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from bot.app.turns.incoming import Command
from bot.web.site import HERE
from tests.web.demo_house import TEACHER, Guest
from tests.web.preview import scripted
from tests.web.visitor import Visitor


async def test_over_https_no_other_host_can_set_the_sessions_cookie() -> None:
    visitor = Visitor(scripted(https=True))
    answer = await visitor.client.post("/proev", data={"person": "laerke-laerer"})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-trivselsbot=") and "Path=/" in cookie and "Domain" not in cookie
    assert "Secure" in cookie and "HttpOnly" in cookie
    assert (await visitor.get("/chat")).status == 200
    visitor.client.cookies.clear()
    visitor.client.cookies.set("trivselsbot", cookie.split("=")[1].split(";")[0])
    assert (
        await visitor.client.get("/chat")
    ).status_code == 303  # a cookie that another host may have set opens nothing


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("https://trivsel.kommune.example", "max-age=31536000; includeSubDomains"),
        ("https://kommune.example", "max-age=31536000"),
        ("https://localhost", "max-age=31536000"),
    ],
)
async def test_a_browser_keeps_to_https_for_our_name_and_those_below_but_not_a_whole_domain(
    origin: str, said: str
) -> None:
    ports = scripted(https=True)
    ports = replace(ports, settings=replace(ports.settings, origin=origin))
    answer = await Visitor(ports).client.get("/healthz", headers={"host": urlsplit(origin).netloc})
    assert answer.headers["strict-transport-security"] == said
    assert "strict-transport-security" not in (await Visitor(scripted()).client.get("/healthz")).headers


async def test_on_a_teachers_own_machine_the_demo_works_without_https() -> None:
    visitor = Visitor(scripted())
    answer = await visitor.client.post("/proev", data={"person": "laerke-laerer"})
    assert answer.headers["set-cookie"].startswith("trivselsbot=")


async def test_acute_help_asks_nobody_to_sign_in() -> None:
    guest = Guest()
    page = await guest.get("/akut")
    assert page.status == 200
    assert {"tel:112", "tel:114", "tel:116111"} <= set(page.links)
    assert "Pligten til at underrette er din egen" in page.words and "underret" in page.words.lower()
    assert "{" not in page.words
    await guest.become(TEACHER)
    assert (await guest.get("/akut")).status == 200


@pytest.mark.parametrize("template", ["step", "not_saved", "error", "write", "help"])
def test_whoever_is_stopped_on_the_way_finds_acute_help(template: str) -> None:
    macros, page = (
        (HERE / "templates" / f"{name}.html.j2").read_text(encoding="utf-8") for name in ("_macros", template)
    )
    line = macros.split("{% macro danger_now() -%}")[1].split("{%- endmacro %}")[0]
    assert 'href="/akut"' in page.replace("{{ danger_now() }}", line)


async def test_the_warning_before_signing_out_can_save() -> None:
    visitor = await Visitor().become("laerke-laerer")
    visitor.doors.minutes = 2
    page = await visitor.get("/nyt")
    assert "Du bliver logget ud om 2 minutter" in page.words
    assert "data-save" in page.html and 'name="command" value="gem"' in page.html
    assert (await visitor.post("/chat", command="gem")).status == 200
    assert visitor.chat.done[-1][1] == Command("gem", "")
