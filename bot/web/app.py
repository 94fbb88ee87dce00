"""Puts the web together: routes, guards and error pages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from bot.web import cardpages, chat, health, hiding, pages, sparring
from bot.web.cases import figures, handing, mine, telling, watching
from bot.web.cases import pages as team
from bot.web.entry import access, doors, entering, roll, secure, telegram, vouching
from bot.web.hosts import HostCheck
from bot.web.meetings import comingpage, network, running
from bot.web.meetings import pages as meetings
from bot.web.papers import consent, exchange, report
from bot.web.plans import pages as plan
from bot.web.ports import Ports
from bot.web.security import BodyCap, NoTraceback, SecureHeaders
from bot.web.site import STATIC, build_site

YEAR = "public, max-age=31536000, immutable"  # the address changes with the content


class Lifespan(Protocol):
    def __call__(self, app: Starlette, /) -> AbstractAsyncContextManager[None]: ...


class KeptFiles(StaticFiles):
    """Static files that a browser may keep, since their addresses hold a digest."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = YEAR if b"v=" in scope["query_string"] else "no-cache"
        return response


class Web(Starlette):
    """Starlette with our headers outside of everything, so that the page about a crash has them too."""

    def __init__(self, *, https: bool, origin: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.https, self.origin = https, origin

    def build_middleware_stack(self) -> ASGIApp:
        return NoTraceback(SecureHeaders(super().build_middleware_stack(), https=self.https, origin=self.origin))


def create_app(
    ports: Ports,
    *,
    more_routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan | None = None,
    registry: CollectorRegistry | None = None,
) -> Starlette:
    """The whole web as one ASGI application. `more_routes` are other doors to the same house (a bot's webhook)."""
    registry = registry or CollectorRegistry()
    app = Web(
        https=ports.settings.https,
        origin=ports.settings.origin,
        routes=[
            *doors.routes,
            *entering.routes,
            *access.routes,
            *telegram.routes,
            *roll.routes,
            *vouching.routes,
            *hiding.routes,
            *chat.routes,
            *secure.routes,
            *network.routes,
            *mine.routes,
            *figures.routes,
            *team.routes,
            *watching.routes,
            *report.routes,
            *consent.routes,
            *exchange.routes,
            *plan.routes,
            *telling.routes,
            *sparring.routes,
            *handing.routes,
            *meetings.routes,
            *running.routes,
            *comingpage.routes,
            *cardpages.routes,
            *pages.routes,
            *health.routes,
            *more_routes,
            Mount("/static", KeptFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(health.Measure, registry=registry),
            Middleware(HostCheck, origin=ports.settings.origin),
            Middleware(BodyCap),
        ],
        exception_handlers=pages.handlers,
        lifespan=lifespan,
    )
    app.state.site = build_site(ports)
    app.state.registry = registry
    return app
