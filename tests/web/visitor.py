"""A browser without a screen: keeps its cookies, reads the page, and sends its forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import cast

import httpx

from bot.web.app import create_app
from bot.web.ports import Ports
from tests.web.fakes import FakeChat, FakeDoors, FakeHealth, FakeNotices
from tests.web.preview import scripted
from tests.web.teamfakes import FakeTeam

VOID = {"meta", "link", "input", "img", "br", "hr", "use", "path", "circle"}


@dataclass
class Page(HTMLParser):
    """What a test wants to know about one page."""

    status: int
    headers: httpx.Headers
    html: str
    links: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    styled: list[str] = field(default_factory=list)
    scripts: list[Mapping[str, str | None]] = field(default_factory=list)
    words: str = ""
    labels: set[str] = field(default_factory=set)
    fields: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.words = re.sub(r"\s+", " ", self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [
            value for name, value in attrs if name in ("href", "src", "action", "hx-get", "hx-post") and value
        ]
        self.styled += [name for name, _ in attrs if name == "style" or name.startswith("on")]
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "label":
            self.labels.add(str(found.get("for")))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "script":
            self.scripts.append(found)
        if tag == "input" and found.get("type") == "hidden":
            self.hidden.setdefault(str(found["name"]), found.get("value") or "")
        if tag in ("textarea", "select", "input") and found.get("type") != "hidden":
            self.fields.append(str(found.get("id")))
        self.words += "\n" if tag in ("p", "li", "h1", "h2", "h3", "dt", "dd", "button") else " "

    def handle_data(self, data: str) -> None:
        self.words += data


@dataclass(repr=False)  # asyncio writes out what a fixture returned: half a second for a whole house
class Visitor:
    """One person's browser against scripted ports."""

    ports: Ports = field(default_factory=scripted)

    def __post_init__(self) -> None:
        transport = httpx.ASGITransport(create_app(self.ports), raise_app_exceptions=False)
        base = "https://test" if self.ports.settings.https else "http://test"
        self.client = httpx.AsyncClient(transport=transport, base_url=base)
        self.page: Page | None = None

    @property
    def chat(self) -> FakeChat:
        return cast(FakeChat, self.ports.chat)

    @property
    def doors(self) -> FakeDoors:
        return cast(FakeDoors, self.ports.doors)

    @property
    def team(self) -> FakeTeam:
        return cast(FakeTeam, self.ports.team)

    @property
    def notices(self) -> FakeNotices:
        return cast(FakeNotices, self.ports.notices)

    @property
    def health(self) -> FakeHealth:
        return cast(FakeHealth, self.ports.health)

    @property
    def own(self) -> dict[str, str]:
        """The hidden fields that every form of the page has."""
        found = self.page.hidden if self.page else {}
        return {name: found[name] for name in ("csrf", "key", "shown") if name in found}

    async def become(self, person: str) -> Visitor:
        """Be one of the demo's people, and stand in the chat."""
        await self.post("/proev", person=person, bare=True)
        return self

    async def get(self, path: str) -> Page:
        return self._seen(await self.client.get(path))

    async def post(
        self, path: str, *, bare: bool = False, headers: Mapping[str, str] | None = None, **fields: str | list[str]
    ) -> Page:
        """Send a form with the hidden fields of the page that we stand on, and follow the way back."""
        own = (
            {}
            if bare or self.page is None
            else {k: v for k, v in self.page.hidden.items() if k in ("csrf", "key", "shown")}
        )
        response = await self.client.post(path, data={**own, **fields}, headers=headers)
        if response.status_code == 303:
            response = await self.client.get(response.headers["location"])
        return self._seen(response)

    def _seen(self, response: httpx.Response) -> Page:
        self.page = Page(response.status_code, response.headers, response.text)
        return self.page
