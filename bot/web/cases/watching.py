"""Emergencies, access reports, and the page of whoever watches over privacy."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.site import Form, Visit, page, posted, signed_in, words_back
from dialogs.cases.glass import Verdict

NO_FORM = Form({})


@signed_in
async def glass(request: Request, visit: Visit) -> Response:
    """Where a leader opens a case in an emergency."""
    if not visit.leads:
        raise HTTPException(404)
    if await _proven_long_ago(visit):
        return RedirectResponse("/log-ind/trin?igen=1&til=/noedadgang", 303)
    return await _glass(visit, Form({}))


@posted
async def break_glass(request: Request, visit: Visit, form: Form) -> Response:
    """Open one case for an hour; a refusal keeps what was written."""
    if not visit.leads:
        raise HTTPException(404)
    if await _proven_long_ago(visit):
        return words_back(request, form, 401, await visit.site.ports.ways.own.of(visit.token))
    desk = visit.site.ports.oversight
    case_id, why = await desk.break_glass(visit.actor, form.one("code"), form.one("cause"), form.one("reason"))
    return await _glass(visit, form, why) if why else RedirectResponse(f"/team/sag/{case_id}", 303)


async def _proven_long_ago(visit: Visit) -> bool:
    """Whether this takes a second factor anew: an open computer must not open a case that its owner is not on."""
    own = await visit.site.ports.ways.own.of(visit.token)
    return own is not None and own.stale


async def _glass(visit: Visit, form: Form, why: str = "") -> Response:
    causes = visit.site.ports.oversight.causes()
    refusals = (why,) if why else ()
    status = 422 if why else 200
    return await page(visit, "glass.html.j2", status, here="team", kept=form, causes=causes, refusals=refusals)


@signed_in
async def report(request: Request, visit: Visit) -> Response:
    """Who has looked at a case, to give to those who ask for access."""
    found = await visit.site.ports.oversight.report(visit.actor, request.path_params["case_id"])
    if found is None:
        raise HTTPException(404)
    return await page(visit, "access_report.html.j2", here="team", report=found)


@signed_in
async def watch(request: Request, visit: Visit) -> Response:
    """Openings to judge, and the month's readings to ask about."""
    return await _watch(visit, told=request.query_params.get("sket", "") == "bedt")


@posted
async def ask(request: Request, visit: Visit, form: Form) -> Response:
    """Pass a request for access on to those who answer for the case."""
    case_id, why = await visit.site.ports.oversight.ask(visit.actor, form.one("code"))
    return await _watch(visit, form, why) if not case_id else RedirectResponse("/tilsyn?sket=bedt", 303)


async def _watch(visit: Visit, kept: Form = NO_FORM, why: str = "", *, told: bool = False) -> Response:
    found = await visit.site.ports.oversight.watch(visit.actor)
    refusals = (why,) if why else ()
    status = 422 if why else 200
    return await page(
        visit, "watch.html.j2", status, here="tilsyn", watch=found, kept=kept, refusals=refusals, told=told
    )


@posted
async def mark(request: Request, visit: Visit, form: Form) -> Response:
    """Say that a line was looked at. What is marked already stays as it was."""
    await visit.site.ports.oversight.mark(visit.actor, form.one("line"))
    return RedirectResponse("/tilsyn#h-sample" if form.one("line").startswith("sample:") else "/tilsyn#h-alarms", 303)


@signed_in
async def watched(request: Request, visit: Visit) -> Response:
    """All readings of one case, with names."""
    case_id = request.path_params["case_id"]
    found = await visit.site.ports.oversight.watched_case(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    return await page(visit, "watch_case.html.j2", here="tilsyn", code=found[0], rows=found[1])


@posted
async def judge(request: Request, visit: Visit, form: Form) -> Response:
    """Say whether an opening was justified. A second verdict on the same one changes nothing."""
    verdict: Verdict | None = next((one for one in get_args(Verdict) if one == form.one("verdict")), None)
    if verdict is None:
        raise HTTPException(400)
    await visit.site.ports.oversight.judge(visit.actor, request.path_params["emergency_id"], verdict)
    return RedirectResponse("/tilsyn", 303)


routes = [
    Route("/noedadgang", glass, methods=["GET"]),
    Route("/noedadgang", break_glass, methods=["POST"]),
    Route("/team/sag/{case_id}/indsigt", report, methods=["GET"]),
    Route("/tilsyn", watch, methods=["GET"]),
    Route("/tilsyn/indsigt", ask, methods=["POST"]),
    Route("/tilsyn/set", mark, methods=["POST"]),
    Route("/tilsyn/sag/{case_id}", watched, methods=["GET"]),
    Route("/tilsyn/noedadgang/{emergency_id}", judge, methods=["POST"]),
]
