"""Coming in and going out: invitations, the demo's people, and signing out."""

from __future__ import annotations

from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.place import place_of
from bot.web.site import (
    Form,
    Site,
    Visit,
    form_of,
    must_be_ours,
    page,
    posted_by_known,
    render,
    site_of,
    token_of,
    visit_of,
    with_cookie,
    without_cookie,
)

MAX_CODE = 64  # an invitation code is far shorter


async def landing(request: Request) -> Response:
    """What this is, and in a demo: whom to be."""
    site, visit = site_of(request), await visit_of(request)
    people = await site.ports.doors.demo_people()
    schools = [(school, list(group)) for school, group in groupby(people, key=lambda person: person.school)]
    values = {"schools": schools, "ended": request.query_params.get("ud") == "1"}
    return await page(visit, "landing.html.j2", **values) if visit else render(site, "landing.html.j2", **values)


async def be(request: Request) -> Response:
    """Become one of the demo's people; outside a demo there are none."""
    must_be_ours(request)
    site, form = site_of(request), await form_of(request)
    await _leave(request, site)
    token = await site.ports.doors.be(form.one("person"), place_of(request))
    if token is None:
        raise HTTPException(404)
    return with_cookie(RedirectResponse("/chat", 303), site, token)


async def invited(request: Request) -> Response:
    """A neutral page with one button: programs that only look at links must not use an invitation up."""
    return render(site_of(request), "invited.html.j2", code=request.path_params["code"][:MAX_CODE], refused=False)


async def redeem(request: Request) -> Response:
    """Use the invitation up and sign in."""
    must_be_ours(request)
    site, form = site_of(request), await form_of(request)
    code = form.one("code")[:MAX_CODE]
    token = await site.ports.doors.redeem(code, place_of(request, shared=form.one("shared") == "ja"))
    if token is None:
        return render(site, "invited.html.j2", 403, code=code, refused=True)
    await _leave(request, site)
    return with_cookie(RedirectResponse("/chat", 303), site, token)


@posted_by_known
async def leave(request: Request, visit: Visit, form: Form) -> Response:
    """End the session here and wipe what the browser kept of it."""
    await _leave(request, visit.site)
    return without_cookie(RedirectResponse("/", 303), visit.site)


async def _leave(request: Request, site: Site) -> None:
    if old := token_of(request):
        await site.ports.doors.end(old)


routes = [
    Route("/", landing, methods=["GET"]),
    Route("/proev", be, methods=["POST"]),
    Route("/ind/{code}", invited, methods=["GET"]),
    Route("/ind", redeem, methods=["POST"]),
    Route("/ud", leave, methods=["POST"]),
]
