"""«Skjul»: a neutral page at once, for when somebody looks over the shoulder. It works without scripts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.site import render, site_of, visit_of, without_cookie


async def hide(request: Request) -> Response:
    """A page that says nothing. On a shared computer it signs out too, when the link was pressed on a page of ours."""
    site, visit = site_of(request), await visit_of(request, touch=False)
    response = render(site, "hidden.html.j2")
    ours = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    if visit is not None and visit.signed.shared and ours:
        await site.ports.doors.end(visit.token)
        without_cookie(response, site)
    return response


routes = [Route("/skjul", hide, methods=["GET"])]
