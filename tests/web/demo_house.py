"""The whole demo in memory, without a server: real use cases behind real pages, for tests of what they do together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.bootstrap import House, build, build_web
from bot.settings import Settings
from tests.core.form_kit import danish
from tests.web.visitor import Visitor

QUIET, STOPPED, AWAY = "demoelevfireb", "demoelevseksa", "demomuslingen"  # the demo's three cases
TEACHER, PEDAGOGUE, OTHER_TEACHER = "laerke-laerer", "laerke-paedagog", "fjord-laerer"
LEADER, DEPUTY, PSYCHOLOGIST, SOCIAL = "laerke-leder", "laerke-souschef", "laerke-psykolog", "laerke-raadgiver"


def demo_house() -> House:
    """A fresh demo that nobody else sees."""
    return build(Settings(database_url="memory:"), practice=True, content=danish())


@dataclass(repr=False)
class Guest(Visitor):
    """One person's browser in a demo."""

    house: House = field(default_factory=demo_house)

    def __post_init__(self) -> None:
        app: Any = build_web(self.house)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")
        self.page = None

    async def file(self, path: str) -> httpx.Response:
        """A file as it comes over the wire."""
        return await self.client.get(path)
