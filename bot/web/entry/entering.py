"""Signing in and proving more: passphrase, code from an app, passkey. What the person had written goes along."""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.identity.common import Into, No, Outcome
from bot.identity.own import Own
from bot.web import kept_forms
from bot.web.place import address_of, place_of
from bot.web.site import (
    WRITTEN,
    Form,
    Visit,
    form_of,
    known,
    must_be_ours,
    page,
    posted_by_known,
    render,
    site_of,
    token_of,
    visit_of,
    with_cookie,
)

BROWSER = "trivselsbot-vej"  # a random word while somebody is on the way in; it ties an answer to this browser
BROWSER_SECONDS = 600
AGAIN = "igen"  # in an address: prove it anew, though the session is sure


async def show(request: Request) -> Response:
    """The ways in. Somebody who is in already goes on."""
    site = site_of(request)
    if site.ports.settings.demo:
        return RedirectResponse("/?ud=1", 303)
    til = kept_forms.inside(request.query_params.get("til", ""))
    visit = await visit_of(request)
    if visit is not None:
        return RedirectResponse(til if visit.signed.opens_cases else kept_forms.to("/log-ind/trin", til), 303)
    return _asked(request, [("til", til)], ended=request.query_params.get("ud") == "1")


@known
async def step(request: Request, visit: Visit) -> Response:
    """Prove more, or the same anew: why, and with what. Without a second factor the way leads to setting one up."""
    til = kept_forms.inside(request.query_params.get("til", ""))
    own = await visit.site.ports.ways.own.of(visit.token)
    again = AGAIN in request.query_params and own is not None and own.stale
    if visit.signed.opens_cases and not again:
        return RedirectResponse(til, 303)
    if visit.signed.proven and not again:  # so it is somebody else's word that is missing
        return await page(visit, "waits.html.j2", here="adgang", til=til, written=[])
    if own is None or not own.second:
        return RedirectResponse(kept_forms.to("/min-adgang", til), 303)
    return await page(visit, "step.html.j2", here="adgang", held=[("til", til)], own=own, problem="", written=[])


async def by_phrase(request: Request) -> Response:
    """A name and a passphrase."""
    must_be_ours(request)
    site, form = site_of(request), await form_of(request)
    place = place_of(request, shared=form.one("shared") == "ja")
    address = address_of(request, site.ports.settings)
    old = token_of(request)
    phrases = site.ports.ways.phrases
    outcome = await phrases.sign_in(form.one("name"), form.one("phrase"), place, address, old)
    return await _arrived(request, form, outcome)


@posted_by_known
async def by_code(request: Request, visit: Visit, form: Form) -> Response:
    """A code from the app, or one from paper."""
    address = address_of(request, visit.site.ports.settings)
    outcome = await visit.site.ports.ways.phrases.code(visit.token, form.one("code"), address)
    return await _arrived(request, form, outcome)


async def key_options(request: Request) -> Response:
    """What the browser should ask its keys for, as JSON."""
    must_be_ours(request)
    site = site_of(request)
    browser = request.cookies.get(BROWSER) or secrets.token_urlsafe(32)
    response = JSONResponse(await site.ports.ways.keys.options(browser))
    return with_browser(response, browser, https=site.ports.settings.https)


async def by_key(request: Request) -> Response:
    """The answer of a passkey."""
    must_be_ours(request)
    site, form = site_of(request), await form_of(request)
    place = place_of(request, shared=form.one("shared") == "ja")
    browser, old = request.cookies.get(BROWSER, ""), token_of(request)
    address = address_of(request, site.ports.settings)
    outcome = await site.ports.ways.keys.sign_in(browser, form.one("answer"), place, address, old)
    return await _arrived(request, form, outcome)


async def to_municipality(request: Request) -> Response:
    """Off to the municipality's own sign-in. A link, not a form: our own policy lets no form leave the house."""
    site = site_of(request)
    if site.ports.ways.municipal is None:
        raise HTTPException(404)
    browser = request.cookies.get(BROWSER) or secrets.token_urlsafe(32)
    til = kept_forms.inside(request.query_params.get("til", ""))
    address = await site.ports.ways.municipal.start(browser, til, anew=AGAIN in request.query_params)
    if isinstance(address, No):
        return await _again(request, Form({"til": (til,)}), site.ports.words(f"entry.{address.code}"), 503)
    return with_browser(RedirectResponse(address, 303), browser, https=site.ports.settings.https)


async def from_municipality(request: Request) -> Response:
    """Back again: the code and the state stand in the address, and the browser's word in its cookie."""
    site = site_of(request)
    if site.ports.ways.municipal is None:
        raise HTTPException(404)
    browser, old = request.cookies.get(BROWSER, ""), token_of(request)
    answer = {name: request.query_params[name] for name in ("state", "code", "iss") if name in request.query_params}
    back = await site.ports.ways.municipal.finish(browser, answer, place_of(request), old)
    return await _arrived(request, Form({"til": (back.til,)}), back.outcome)


async def _arrived(request: Request, form: Form, outcome: Outcome) -> Response:
    """Go on to where the person was, with what they had written; or say why not, and let them try again."""
    site = site_of(request)
    match outcome:
        case No(code):
            return await _again(request, form, site.ports.words(f"entry.{code}"))
        case Into(token):
            return with_cookie(await _onwards(request, form, token), site, token)


async def _onwards(request: Request, form: Form, token: str) -> Response:
    site = site_of(request)
    til, released = kept_forms.inside(form.one("til")), kept_forms.released(form.fields)
    signed = await site.ports.doors.who(token)
    if signed is None:
        raise HTTPException(401)
    visit = Visit(site, signed, token)
    if signed.proven and signed.waits:
        return await page(visit, "waits.html.j2", here="adgang", til=til, written=_written(form))
    if not signed.opens_cases:
        own = await site.ports.ways.own.of(token)
        if own is not None and own.second:
            held, written = kept_forms.held(form.fields), _written(form)
            return await page(visit, "step.html.j2", here="adgang", held=held, own=own, problem="", written=written)
        return RedirectResponse(kept_forms.to("/min-adgang", til), 303)
    if not released:
        return RedirectResponse(til, 303)
    return await page(visit, "send_again.html.j2", til=til, released=released, written=_written(form))


async def _again(request: Request, form: Form, problem: str, status: int = 403) -> Response:
    """The same page with the reason; nothing that was carried along is lost."""
    held = kept_forms.held(form.fields)
    visit = await visit_of(request)
    own: Own | None = await visit.site.ports.ways.own.of(visit.token) if visit else None
    if visit is None or own is None:
        return _asked(request, held, problem=problem, written=_written(form), status=status)
    values = {"held": held, "own": own, "problem": problem, "written": _written(form)}
    return await page(visit, "step.html.j2", status, here="adgang", **values)


def _asked(
    request: Request,
    held: list[tuple[str, str]],
    *,
    problem: str = "",
    ended: bool = False,
    written: list[str] | None = None,
    status: int = 200,
) -> Response:
    values = {"held": held, "problem": problem, "ended": ended, "written": written or [], "own": None}
    return render(site_of(request), "log_in.html.j2", status, **values)


def _written(form: Form) -> list[str]:
    """The sentences among what is carried along, to be shown."""
    return [value for name, value in kept_forms.released(form.fields) if name in WRITTEN and value.strip()]


def with_browser(response: Response, browser: str, *, https: bool) -> Response:
    """Tie what waits for an answer to this browser. Lax: an answer may come by a link from elsewhere."""
    response.set_cookie(BROWSER, browser, BROWSER_SECONDS, path="/log-ind", httponly=True, samesite="lax", secure=https)
    return response


routes = [
    Route("/log-ind", show, methods=["GET"]),
    Route("/log-ind", by_phrase, methods=["POST"]),
    Route("/log-ind/trin", step, methods=["GET"]),
    Route("/log-ind/kode", by_code, methods=["POST"]),
    Route("/log-ind/noegle/valg", key_options, methods=["POST"]),
    Route("/log-ind/kommune", to_municipality, methods=["GET"]),
    Route("/log-ind/svar", from_municipality, methods=["GET"]),
    Route("/log-ind/noegle", by_key, methods=["POST"]),
]
