"""Forms come from our own pages, bodies are small, cookies are guarded, and no text becomes markup."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from bot.app.turns.incoming import Pressed, Said
from bot.web.security import MAX_BODY, receipt_key
from dialogs.replies import Card, Row
from tests.web import teamfakes
from tests.web.preview import scripted
from tests.web.visitor import Visitor

WRITER = "laerke-laerer"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %}",
    "&lt;b&gt;<b>fed</b>",
    "'); DROP TABLE drafts; --",
    "\u202egnol\u202c",
    "nul\x00 her\x1b[31m",
    "halv \ud83d surrogat",
    "👩‍👩‍👧‍👦" * 300,
    "langtord" * 2_000,
]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://andet.example"},
        {"origin": "http://test.andet.example"},
    ],
)
@pytest.mark.parametrize("path", ["/chat", "/ud", "/proev", "/ind", "/sag/sag1"])
async def test_a_form_from_elsewhere_is_refused(path: str, headers: dict[str, str]) -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.post(path, headers=headers, command="ny", person=WRITER, code="god-kode", act="add", text="x")
    assert page.status == 403
    assert visitor.chat.done == []
    assert visitor.team.acted == []
    assert visitor.doors.codes == {"god-kode"}


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://test"}, {"origin": "null"}])
async def test_a_form_from_our_own_page_is_taken(headers: dict[str, str]) -> None:
    visitor = await Visitor().become(WRITER)
    assert (await visitor.post("/chat", headers=headers, command="ny")).status == 200
    assert len(visitor.chat.done) == 1


async def test_an_unknown_origin_cannot_sign_anybody_in() -> None:
    visitor = Visitor()
    assert (await visitor.post("/proev", person=WRITER, headers={"origin": "null"})).status == 403


@pytest.mark.parametrize("token", ["", "x", "ø" * 40])
async def test_a_form_without_the_sessions_token_does_nothing_and_gives_the_words_back(token: str) -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.post("/chat", csrf=token, say="Mine ord")
    assert page.status == 403
    assert "Mine ord" in page.html
    assert visitor.chat.done == []


async def test_the_token_of_one_session_does_not_work_in_another() -> None:
    visitor = await Visitor().become(WRITER)
    old = visitor.own["csrf"]
    await visitor.become("laerke-leder")
    assert (await visitor.post("/chat", csrf=old, command="ny")).status == 403


async def test_signed_out_in_another_window_loses_no_words() -> None:
    visitor = await Visitor().become(WRITER)
    visitor.doors.sessions.clear()
    page = await visitor.post("/chat", say="Det, jeg så i går")
    assert page.status == 401
    assert "Det, jeg så i går" in page.html
    assert "Du er logget ud" in page.words


async def test_a_body_over_the_cap_is_refused_before_it_is_read() -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.post("/chat", say="x" * MAX_BODY)
    assert page.status == 413
    assert "Intet er gemt" in page.words
    assert page.headers["content-security-policy"]
    assert visitor.chat.done == []


async def test_a_body_that_hides_its_length_is_stopped_on_the_way() -> None:
    visitor = await Visitor().become(WRITER)

    async def endless() -> object:  # no Content-Length: the cap must count for itself
        for _ in range(200):
            yield b"say=" + b"x" * 10_000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    response = await visitor.client.post("/chat", content=endless(), headers=kind)
    assert response.status_code == 413


async def test_too_many_fields_are_refused() -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.post("/chat", **{f"felt{i}": "x" for i in range(300)})
    assert page.status == 400
    assert "Det forstod jeg ikke" in page.words


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    visitor = Visitor(scripted(https=True))
    response = await visitor.client.post("/proev", data={"person": WRITER})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" in cookie
    assert "max-age" not in cookie
    assert "strict-transport-security" in response.headers


async def test_signing_out_ends_the_session_and_wipes_the_browser() -> None:
    visitor = await Visitor().become(WRITER)
    response = await visitor.client.post("/ud", data={"csrf": visitor.own["csrf"]})
    assert response.headers["location"] == "/"
    assert "cache" in response.headers["clear-site-data"]
    assert visitor.doors.sessions == {}


async def test_an_invitation_is_used_by_pressing_not_by_looking() -> None:
    visitor = Visitor(scripted(demo=False))
    await visitor.get("/ind/god-kode")
    assert visitor.doors.codes == {"god-kode"}
    page = await visitor.post("/ind", code="god-kode")
    assert "Hej. Jeg er Trivselsbot" in page.words
    again = Visitor(visitor.ports)
    page = await again.post("/ind", code="god-kode")
    assert page.status == 403
    assert "Koden virker ikke" in page.words


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_hostile_text_is_shown_as_text(text: str) -> None:
    visitor = await Visitor().become(WRITER)
    visitor.chat.place[WRITER] = Card("problem", text, title=text, rows=(Row(text, text, "e:1"),), detail=text)
    visitor.chat.answers[WRITER] = {0: text}
    page = await visitor.get("/chat")
    assert page.status == 200
    assert page.styled == []
    assert len(page.scripts) == 3
    assert all(mark not in page.html for mark in ("<b>", "<img src=x", "\x00", "\x1b", "\u202e", "49 "))


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_hostile_case_is_shown_as_text(text: str) -> None:
    visitor = await Visitor().become("laerke-leder")
    line = replace(teamfakes.ANSWERS[1], text=text, label=text)
    message = replace(teamfakes.THREAD[0], text=text)
    moment = replace(teamfakes.TIMELINE[0], text=text)
    visitor.team.case = replace(
        teamfakes.CASE, answers=(line,), thread=(message,), timeline=(moment,), band=text, lowering=text
    )
    page = await visitor.get("/team/sag/sag1")
    assert page.status == 200
    assert page.styled == []
    assert len(page.scripts) == 2
    assert "<img src=x" not in page.html


@pytest.mark.parametrize("text", [t for t in HOSTILE if "\ud83d" not in t])
async def test_a_hostile_text_reaches_the_assistant_as_it_was_written(text: str) -> None:
    visitor = await Visitor().become(WRITER)
    await visitor.post("/chat", say=text)
    assert visitor.chat.done[0][1] == Said(text, beside=True)


async def test_a_crash_tells_the_person_it_is_not_saved_and_logs_no_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    visitor = await Visitor().become(WRITER)
    visitor.chat.broken = True
    with caplog.at_level(logging.DEBUG):
        page = await visitor.post("/chat", say="en hemmelig sætning")
    assert page.status == 500
    assert "Det er IKKE gemt" in page.words
    assert page.headers["content-security-policy"]
    assert "RuntimeError" in caplog.text
    assert "hemmelig" not in caplog.text + page.html
    assert "secret inside" not in caplog.text + page.html


def test_a_receipt_key_belongs_to_one_person_one_page_and_one_deed() -> None:
    base = receipt_key(b"secret", "anna", "n" * 24, "act=a:1")
    others = [
        receipt_key(b"secret", "bo", "n" * 24, "act=a:1"),
        receipt_key(b"secret", "anna", "m" * 24, "act=a:1"),
        receipt_key(b"secret", "anna", "n" * 24, "act=a:2"),
        receipt_key(b"other", "anna", "n" * 24, "act=a:1"),
        receipt_key(b"secret", "anna", "n" * 24, "act=", "a:1"),
    ]
    assert base is not None
    assert base not in others
    assert base == receipt_key(b"secret", "anna", "n" * 24, "act=a:1")


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "æ" * 20, "a" * 20 + "\n"])
def test_a_nonce_that_we_never_made_gives_no_key(nonce: str) -> None:
    assert receipt_key(b"secret", "anna", nonce, "act=a:1") is None


async def test_one_person_cannot_fetch_the_reply_of_another_by_its_nonce() -> None:
    visitor = await Visitor().become(WRITER)
    nonce = visitor.own["key"]
    await visitor.post("/chat", act="m:ny")
    await visitor.become("laerke-leder")
    await visitor.post("/chat", act="m:ny", key=nonce)
    assert [done[:2] for done in visitor.chat.done] == [(WRITER, Pressed("m:ny")), ("laerke-leder", Pressed("m:ny"))]
