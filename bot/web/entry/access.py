"""«Min adgang»: what a person signs in with, setting up a second factor, and where they are signed in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.identity.common import Into, No
from bot.identity.own import Own
from bot.identity.phrases import Confirmed
from bot.web import kept_forms
from bot.web.place import place_of
from bot.web.site import Form, Visit, known, page, posted_by_known, told_of, with_cookie


@known
async def show(request: Request, visit: Visit) -> Response:
    """The person's own way in and their open sessions."""
    return await _page(visit, kept_forms.inside(request.query_params.get("til", "")), request.query_params.get("sket"))


async def _page(visit: Visit, til: str, told: str | None = None, problem: str = "", status: int = 200) -> Response:
    own = await visit.site.ports.ways.own.of(visit.token) or Own(visit.signed.assurance, may_enrol=False)
    devices = await visit.site.ports.doors.devices(visit.token)
    told = told_of(visit, "access.", told)
    values = {"own": own, "devices": devices, "told": told, "problem": problem, "til": til, "waits": visit.signed.waits}
    return await page(visit, "access.html.j2", status, here="adgang", **values)


@posted_by_known
async def set_phrase(request: Request, visit: Visit, form: Form) -> Response:
    """Set the passphrase, then lead on to the app."""
    til = kept_forms.inside(form.one("til"))
    if form.one("phrase") != form.one("again"):
        return await _page(visit, til, problem=visit.site.ports.words("entry.phrases_differ"), status=422)
    no = await visit.site.ports.ways.phrases.set_phrase(visit.token, form.one("name"), form.one("phrase"))
    if no is not None:
        return await _page(visit, til, problem=visit.site.ports.words(f"entry.{no.code}"), status=422)
    own = await visit.site.ports.ways.own.of(visit.token)
    then = kept_forms.to("/min-adgang", til, "saetning") if own and own.app else kept_forms.to("/min-adgang/app", til)
    return RedirectResponse(then, 303)


@known
async def app_setup(request: Request, visit: Visit) -> Response:
    """The picture for the app, and a field for its first code."""
    return await _app_page(visit, kept_forms.inside(request.query_params.get("til", "")))


async def _app_page(visit: Visit, til: str, problem: str = "", status: int = 200) -> Response:
    setup = await visit.site.ports.ways.phrases.begin_code(visit.token)
    if isinstance(setup, No):
        return await _page(visit, til, problem=visit.site.ports.words(f"entry.{setup.code}"), status=422)
    return await page(visit, "app_setup.html.j2", status, here="adgang", setup=setup, til=til, problem=problem)


@posted_by_known
async def app_confirm(request: Request, visit: Visit, form: Form) -> Response:
    """Take the app into use, and show the codes for paper this once."""
    til = kept_forms.inside(form.one("til"))
    done = await visit.site.ports.ways.phrases.confirm_code(visit.token, form.one("code"))
    match done:
        case No(code):
            return await _app_page(visit, til, visit.site.ports.words(f"entry.{code}"), 422)
        case Confirmed(token, recovery):
            values = {"recovery": recovery, "til": til}
            response = await page(Visit(visit.site, visit.signed, token), "recovery.html.j2", here="adgang", **values)
            return with_cookie(response, visit.site, token)


@posted_by_known
async def key_options(request: Request, visit: Visit, form: Form) -> Response:
    """What the browser needs to make a key, as JSON."""
    found = await visit.site.ports.ways.keys.new_options(visit.token)
    if isinstance(found, No):
        return JSONResponse({"why": visit.site.ports.words(f"entry.{found.code}")}, 422)
    return JSONResponse(found)


@posted_by_known
async def key_add(request: Request, visit: Visit, form: Form) -> Response:
    """Take the new key into use."""
    til = kept_forms.inside(form.one("til"))
    outcome = await visit.site.ports.ways.keys.add(visit.token, form.one("answer"), place_of(request))
    match outcome:
        case No(code):
            return await _page(visit, til, problem=visit.site.ports.words(f"entry.{code}"), status=422)
        case Into(token):
            return with_cookie(RedirectResponse(kept_forms.to("/min-adgang", til, "noegle"), 303), visit.site, token)


@posted_by_known
async def remove(request: Request, visit: Visit, form: Form) -> Response:
    """Take one way in away."""
    no = await visit.site.ports.ways.own.remove(visit.token, form.one("way"))
    if no is not None:
        return await _page(visit, kept_forms.HOME, problem=visit.site.ports.words(f"entry.{no.code}"), status=422)
    return RedirectResponse("/min-adgang?sket=fjernet", 303)


@posted_by_known
async def end_device(request: Request, visit: Visit, form: Form) -> Response:
    """End one other session, or all of them."""
    doors = visit.site.ports.doors
    if form.one("device") == "all":
        await doors.end_others(visit.token)
        return RedirectResponse("/min-adgang?sket=alle#enheder", 303)
    ended = await doors.end_device(visit.token, form.one("device"))
    return RedirectResponse(f"/min-adgang?sket={'enhed' if ended else 'vaek'}#enheder", 303)


routes = [
    Route("/min-adgang", show, methods=["GET"]),
    Route("/min-adgang/saetning", set_phrase, methods=["POST"]),
    Route("/min-adgang/app", app_setup, methods=["GET"]),
    Route("/min-adgang/app", app_confirm, methods=["POST"]),
    Route("/min-adgang/noegle/valg", key_options, methods=["POST"]),
    Route("/min-adgang/noegle", key_add, methods=["POST"]),
    Route("/min-adgang/fjern", remove, methods=["POST"]),
    Route("/min-adgang/enhed", end_device, methods=["POST"]),
]
