"""Hostile requests by the thousand at every route of the web: whatever comes, no crash, no leak, and no echo.

The route table itself is the generator's list: a new route is attacked without anybody writing it down. Each request
is some route with some method, path, query, form and headers, good, spoilt or strange, in some person's browser.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from starlette.routing import Route

from bot import demo
from bot.bootstrap import build, build_web
from bot.settings import Settings
from tests.bare import bare
from tests.core.form_kit import danish

MARK: Final = "<script>attack()</script>"
FRESH_AFTER = 1_000  # a house that lives longer than this is slow, since memory is copied for each transaction
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEMMELIG")
STRANGE = (
    MARK, "", " ", "\x00", "\u202e\u2066", "\ud800", "🙈" * 500, "æøå", "x" * 20_000, "../../etc/passwd", "..%2f..%2f",
    "%00", "%c3%28", "{{7*7}}", "{navn}", "%s%n", "'; DROP TABLE cases;--", "0", "-1", "1e309", "NaN", "2026-02-30",
    "9999-12-31", "0000-00-00", "http://evil.example/", "//evil.example", "javascript:alert(1)", "\r\nX-Bad: 1", "null",
    "true", "[]", '{"a":' * 200, "d:x:0:q01_barn", "go:case:x", "f:d:0:q01_barn", "a" * 64,
)  # fmt: skip
FIELDS = (
    "act", "answer", "arg", "case", "cause", "code", "command", "csrf", "day", "form", "framed", "hours", "id", "key",
    "kind", "kinds", "name", "note", "pick", "person", "phrase", "proof", "reason", "ref", "report", "role", "say",
    "seat", "seats", "shared", "shown", "text", "til", "to", "until", "verdict", "way", "words",
)  # fmt: skip
HEADERS: tuple[Mapping[str, str], ...] = (
    {}, {}, {}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "null"},
    {"Origin": "http://[::1"}, {"Origin": "http://evil.example"}, {"HX-Request": "true"}, {"Host": "evil.example"},
    {"Content-Length": "x"}, {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=x"}, {"X-Forwarded-For": "1.2.3.4, ::1, x"}, {"Range": "bytes=0-"},
    {"Accept-Encoding": "gzip;q=x"}, {"Cookie": "trivselsbot=" + "a" * 4_000}, {"Cookie": "trivselsbot"},
    {"User-Agent": MARK}, {"If-None-Match": "*"}, {"Transfer-Encoding": "chunked"}, {"Expect": "100-continue"},
)  # fmt: skip
LEAVING: Final = ("/ud", "/skjul", "/min-adgang/enhed")  # where a browser signs out
PEOPLE = ("", *(person.id for person in demo.PEOPLE))


@dataclass
class Report:
    """What came of the requests: how many, the answers by hundreds, and what must never have happened."""

    tried: int = 0
    answers: Counter[int] = field(default_factory=Counter[int])
    routes: set[str] = field(default_factory=set[str])
    wrong: list[str] = field(default_factory=list[str])


class Attackers:
    """One demo with a browser for each of its people, and one for nobody."""

    def __init__(self) -> None:
        self.house = build(Settings(database_url="memory:"), practice=True, content=danish())
        self.app: Any = build_web(self.house)
        self.routes = [route for route in self.app.routes if isinstance(route, Route)]
        self.browsers = {who: self._browser() for who in PEOPLE}
        self.csrf: dict[str, str] = {}
        raw = bare(self.house)
        self.cases = raw.run(lambda uow: [one for school in demo.SCHOOLS for one in uow.cases.of_school(school.id)])
        self.drafts = raw.run(lambda uow: [one.id for who in PEOPLE[1:] for one in uow.drafts.open_of(who)])

    def _browser(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")

    async def sign_in(self) -> None:
        """Everybody but nobody is signed in, with the token of their forms."""
        for who, browser in self.browsers.items():
            if who:
                await browser.post("/proev", data={"person": who})
                found = re.search(r'name="csrf" value="([^"]+)"', (await browser.get("/chat")).text)
                self.csrf[who] = found[1] if found else ""

    def secrets_for(self, who: str) -> list[str]:
        """Sentences of the demo's cases that this person has no part in."""
        raw, now = bare(self.house), self.house.clock.now()
        found: list[str] = []
        for case in self.cases:
            if not who or not raw.run(lambda uow, c=case: uow.members.relations(c.id, who, now)):
                entries = raw.run(lambda uow, c=case: uow.cases.entries(c.id))
                texts = [*leaves(dict(case.answers)), *(text for one in entries for text in leaves(dict(one.data)))]
                found += [text for text in texts if len(text) > 24]
        return found


def leaves(value: Any) -> Iterator[str]:
    """Every text in a value."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from leaves(one)
        case list() | tuple():
            for one in value:
                yield from leaves(one)
        case _:
            yield from leaves(getattr(value, "note", None) or [])


async def attack(seed: int, count: int) -> Report:
    """That many requests; the report has what went wrong, by route and status, never what was answered."""
    dice, report = random.Random(seed), Report()
    crowd = Attackers()
    secrets: dict[str, list[str]] = {}
    for number in range(count):
        if number % FRESH_AFTER == 0:
            crowd, secrets = Attackers(), {}
            await crowd.sign_in()
            secrets = {who: crowd.secrets_for(who) for who in PEOPLE}
        await one_request(crowd, dice, secrets, report, number)
    return report


async def one_request(
    crowd: Attackers, dice: random.Random, secrets: Mapping[str, list[str]], report: Report, number: int
) -> None:
    """One request at a route whose turn it is, and a look at the answer."""
    route, who = crowd.routes[number % len(crowd.routes)], dice.choice(PEOPLE)
    wanted = sorted(route.methods or ())
    method = dice.choice(wanted) if dice.random() < 0.8 else dice.choice(METHODS)
    path = filled(route.path, crowd, dice)
    form = body(method, crowd.csrf.get(who, ""), crowd, dice)
    if "data" in form and dice.random() < 0.5:  # the page's own form, with something else in some of its fields
        form["data"] = {**await own_form(crowd.browsers[who], path, dice), **form["data"]}
    request = crowd.browsers[who].build_request(method, path, **form)
    for name, value in dice.choice(HEADERS).items():
        request.headers[name] = value
    if number % FRESH_AFTER == 0 or route.path not in LEAVING:
        answer = await crowd.browsers[who].send(request)
    else:  # signing out is attacked too, by a browser that nobody needs afterwards
        answer = await crowd.browsers[""].send(request)
    report.tried += 1
    report.answers[answer.status_code // 100 * 100] += 1
    report.routes.add(f"{method} {route.path}")
    what = f"{method} {route.path} as {who or 'nobody'}: {answer.status_code}"
    report.wrong += [f"{what}: {why}" for why in flaws(answer, secrets[who])]


async def own_form(browser: httpx.AsyncClient, path: str, dice: random.Random) -> dict[str, Any]:
    """The fields of one form on the page at this address, as its person would send them."""
    forms = re.findall(r"<form[^>]*>(.*?)</form>", (await browser.get(path)).text, re.DOTALL)
    if not forms:
        return {}
    return dict(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', dice.choice(forms)))


def flaws(answer: httpx.Response, secrets: list[str]) -> Iterator[str]:
    """What must never be in an answer."""
    text = answer.text
    if answer.status_code >= 500 and "Ingen PDF" not in text:
        yield "a crash"
    if "html" in answer.headers.get("content-type", "") and MARK in text:
        yield "an echo that is not escaped"
    if "Traceback (most recent call last)" in text or "sqlalchemy" in text:
        yield "words from inside"
    if any(secret in text for secret in secrets):
        yield "somebody else's case"
    if "content-security-policy" not in answer.headers or "x-bad" in answer.headers:
        yield "headers"


def filled(path: str, crowd: Attackers, dice: random.Random) -> str:
    """The route's path with each blank filled, half of the time with something that exists."""
    codes = [case.code for case in crowd.cases]
    real = {
        "case_id": [case.id for case in crowd.cases], "draft_id": crowd.drafts or ["x"], "form": ["docx", "txt", "exe"],
        "profession": ["psykolog", "ppr_psykolog"], "code": codes, "card_id": ["x"],
    }  # fmt: skip

    def fill(match: re.Match[str]) -> str:
        known = real.get(match[1], codes)
        chosen = dice.choice(known) if dice.random() < 0.6 else dice.choice(STRANGE)[:300]
        return httpx.URL("http://x/").join("/" + quoted(chosen)).raw_path.decode()[1:] or "x"

    made = re.sub(r"\{(\w+)(?::\w+)?\}", fill, path)
    query = "&".join(
        f"{quoted(dice.choice(FIELDS))}={quoted(dice.choice(STRANGE)[:200])}" for _ in range(dice.randrange(3))
    )
    return f"{made}?{query}" if query else made


def quoted(text: str) -> str:
    """The text as it may stand in an address; what an address can't hold is left out."""
    from urllib.parse import quote

    return quote(text.encode("utf-8", "ignore"), safe="%" if "%" in text else "")


def body(method: str, csrf: str, crowd: Attackers, dice: random.Random) -> dict[str, Any]:
    """A form, most of the time; sometimes JSON, bytes, or far too much."""
    if method in ("GET", "HEAD"):
        return {}
    roll = dice.random()
    if roll < 0.03:
        return {"content": dice.randbytes(dice.choice((0, 10, 5_000)))}
    if roll < 0.05:
        return {"content": json.dumps({"a": dice.choice(STRANGE)}).encode("utf-8", "ignore")}
    if roll < 0.055:
        return {"content": b"a=" + b"b" * 1_100_000}
    ids = [case.id for case in crowd.cases] + [case.code for case in crowd.cases] + list(PEOPLE[1:]) + crowd.drafts
    form: dict[str, Any] = {}
    for name in dice.sample(FIELDS, dice.randrange(9)):
        values = [
            dice.choice(STRANGE) if dice.random() < 0.6 else dice.choice(ids) for _ in range(dice.choice((1, 1, 3)))
        ]
        form[name] = [value.encode("utf-8", "replace").decode() for value in values]
    if dice.random() < 0.8:
        form["csrf"] = csrf
    return {"data": form}
