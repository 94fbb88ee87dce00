"""What a person had written goes through the sign-in with them, and the way back leads nowhere else."""

from __future__ import annotations

import pytest

from bot.web import kept_forms
from tests.identity.kit import PHRASE, Town
from tests.web.visitor import Page

WORDS = "Hun sad alene «igen» <i dag>"


def carried(page: Page) -> dict[str, str]:
    """The hidden fields that a browser would send along."""
    return {n: v for n, v in page.hidden.items() if n.startswith(kept_forms.MARK) or n == "til"}


async def test_words_written_in_a_session_that_ended_are_sent_after_all() -> None:
    town = Town()
    guest, seed = await town.with_app()
    await guest.get("/chat")
    town.clock.move(minutes=31)
    page = await guest.post("/chat", say=WORDS)
    assert page.status == 401
    assert "Hun sad alene «igen»" in page.words
    page = await guest.post("/log-ind", bare=True, name="maja", phrase="forkert forkert nu", **carried(page))
    assert "passer ikke" in page.words
    page = await guest.post("/log-ind", bare=True, name="maja", phrase=PHRASE, **carried(page))
    assert "Vis, at det er dig" in page.words
    assert "Hun sad alene «igen»" in page.words
    page = await guest.post("/log-ind/kode", code=town.digits(seed), **carried(page))
    assert "Du er inde igen" in page.words
    assert "Maja Holm" in page.words
    fields = {n: v for n, v in page.hidden.items() if n in ("say", "csrf", "key")}
    assert fields["say"] == WORDS
    await guest.post("/chat", bare=True, **fields)
    assert [done[1].text for done in guest.chat.done] == [WORDS]  # type: ignore[union-attr]


async def test_words_for_a_case_wait_while_the_person_proves_more() -> None:
    town = Town()
    _, key = await town.with_key()
    guest = await town.invited()
    page = await guest.post("/sag/sag1", act="add", text=WORDS)
    assert page.status == 401
    assert "Vis først, at det er dig. Din tekst går med." in page.words
    assert guest.team.acted == []
    page = await guest.key_in(key, **carried(page))
    assert page.hidden["text"] == WORDS


async def test_words_wait_for_a_code_from_the_app_too() -> None:
    town = Town()
    _, seed = await town.with_app()
    guest = town.browser()
    await guest.log_in()
    page = await guest.post("/sag/sag1", act="add", text=WORDS)
    assert page.status == 401
    page = await guest.post("/log-ind/kode", code=town.digits(seed), **carried(page))
    assert page.hidden["text"] == WORDS


async def test_the_way_back_is_where_the_person_was_going() -> None:
    town = Town()
    await town.with_app()
    page = await town.browser().get("/team/sag/sag1?fane=a&b=c")
    assert page.hidden["til"] == "/team/sag/sag1?fane=a&b=c"


@pytest.mark.parametrize(
    "path",
    ["", "https://ond.example", "//ond.example", "/\\ond.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b",
     "/" + "x" * 400, "/log-ind", "chat"],
)  # fmt: skip
def test_the_way_back_never_leads_out(path: str) -> None:
    assert kept_forms.inside(path) == "/chat"


async def test_someone_elses_page_cannot_carry_words_in() -> None:
    town = Town()
    await town.with_app()
    page = await town.browser().post(
        "/log-ind", headers={"sec-fetch-site": "cross-site"}, name="maja", phrase=PHRASE, **{"holdt:say": "ikke mit"}
    )
    assert page.status == 403


async def test_a_planted_token_opens_nothing_after_the_sign_in() -> None:
    town = Town()
    _, seed = await town.with_app()
    thief = await town.invited("laerke-paedagog")
    victim = town.browser()
    victim.client.cookies.set("trivselsbot", thief.token, domain="test.local")
    await victim.log_in()
    await victim.post("/log-ind/kode", code=town.digits(seed))
    assert victim.token != thief.token
    assert town.session(victim).person_id == "laerke-laerer"  # type: ignore[union-attr]
    assert town.session(thief) is None
