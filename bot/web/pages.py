"""The plain pages: help, accessibility, notices, and what a person sees when something went wrong."""

from __future__ import annotations

import logging
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.ports import Forbidden
from bot.web.security import BodyTooLarge
from bot.web.site import Visit, known, page, render, site_of, visit_of
from dialogs.records import StorageBusy

log = logging.getLogger(__name__)


async def help_page(request: Request) -> Response:
    return await _open_page(request, "help.html.j2", "hjaelp")


async def acute(request: Request) -> Response:
    """What to do when it can't wait: for everybody, signed in or not, with one proof or two."""
    cards = site_of(request).ports.library.acute
    return await _open_page(request, "acute.html.j2", "", cards=cards)


async def accessibility(request: Request) -> Response:
    return await _open_page(request, "accessibility.html.j2", "")


async def _open_page(request: Request, template: str, here: str, **values: Any) -> Response:
    """A page that everybody may see, with the person's own menu when somebody is signed in."""
    visit = await visit_of(request)
    if visit is None:
        return render(site_of(request), template, here=here, **values)
    return await page(visit, template, here=here, **values)


@known
async def notices(request: Request, visit: Visit) -> Response:
    """The person's own notices; looking at the case is what makes them old."""
    rows = await visit.site.ports.notices.listing(visit.actor)
    return await page(visit, "notices.html.j2", here="beskeder", notices=rows)


async def on_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    return _error(request, status, dict(headers or {}))


async def on_forbidden(request: Request, error: Exception) -> Response:
    """What is not theirs is not there: the same page, whatever was refused."""
    return _error(request, 404, {})


async def on_busy(request: Request, error: Exception) -> Response:
    return _error(request, 503, {"Retry-After": "10"})


async def on_too_large(request: Request, error: Exception) -> Response:
    return _error(request, 413, {})


async def on_crash(request: Request, error: Exception) -> Response:
    # The kind of the error only: its text may hold what somebody wrote.
    log.error("unexpected %s at %s %s", type(error).__name__, request.method, _route(request))
    return _error(request, 500, {})


def _error(request: Request, status: int, headers: dict[str, str]) -> Response:
    """The error page needs nothing but templates and words: it must work when the database does not."""
    site = site_of(request)
    words = site.ports.words
    known = status if words.has(f"errors.e{status}.title") else 400 if status < 500 else 500
    told = {"heading": words(f"errors.e{known}.title"), "words": words(f"errors.e{known}.text")}
    response = render(site, "error.html.j2", status, **told)
    response.headers.update(headers)
    return response


def _route(request: Request) -> str:
    route = request.scope.get("route")
    return str(getattr(route, "path", "-"))


handlers = {
    HTTPException: on_http_error,
    StorageBusy: on_busy,
    Forbidden: on_forbidden,
    BodyTooLarge: on_too_large,
    Exception: on_crash,
}
routes = [
    Route("/hjaelp", help_page, methods=["GET"]),
    Route("/akut", acute, methods=["GET"]),
    Route("/tilgaengelighed", accessibility, methods=["GET"]),
    Route("/beskeder", notices, methods=["GET"]),
]
