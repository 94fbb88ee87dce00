"""The writer's own cases: where they stand in words, the team's question, and a place to add."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.turns.incoming import Pressed
from bot.web.cases.deeds import do
from bot.web.site import Form, Visit, page, posted, signed_in
from dialogs.acts import Go, encode

ASK_WHAT_CAME = "Hvad blev der af det? Jeg har ikke hørt fra jer."  # stands in the field, for her to change


@signed_in
async def listing(request: Request, visit: Visit) -> Response:
    """What this person has sent."""
    cases = await visit.site.ports.team.my_cases(visit.actor)
    drafts = (await visit.site.ports.chat.chat_page(visit.actor)).drafts
    return await page(visit, "my_cases.html.j2", here="sager", cases=cases, drafts=drafts)


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """One case of the writer's; a link that the team shares leads the team to its own page."""
    asks = request.query_params.get("spoerg") == "1"
    form = Form({"act": ("add",), "text": (ASK_WHAT_CAME,)}) if asks else None
    thanks = request.query_params.get("tak") == "svar"
    return await _case(visit, request.path_params["case_id"], form=form, thanks=thanks)


@posted
async def act(request: Request, visit: Visit, form: Form) -> Response:
    """Answer the team, add something, or take over; a refusal keeps what was written."""
    case_id = request.path_params["case_id"]
    if await visit.site.ports.team.my_case(visit.actor, case_id) is None:
        raise HTTPException(404)
    done = await do(visit, case_id, form)
    if done.refusals:
        return await _case(visit, case_id, 422, refusals=done.refusals, form=form)
    if done.danger:  # it is kept at the team already; what to do now is the chat's to show
        await visit.site.ports.chat.handle(visit.actor, Pressed(encode(Go("card", done.danger))))
        return RedirectResponse(f"/chat?fra={case_id}#nu", 303)
    return RedirectResponse(f"/sag/{case_id}{'?tak=svar' if form.one('act') == 'reply' else ''}", 303)


async def _case(
    visit: Visit,
    case_id: str,
    status: int = 200,
    refusals: tuple[str, ...] = (),
    form: Form | None = None,
    *,
    thanks: bool = False,
) -> Response:
    found = await visit.site.ports.team.my_case(visit.actor, case_id)
    if found is None and visit.in_team:  # the team has a page of its own; whether this case is on it, it says itself
        return RedirectResponse(f"/team/sag/{case_id}", 303)
    if found is None:
        raise HTTPException(404)
    kept = form or Form({})
    values = {"case": found, "refusals": refusals, "kept": kept, "tried": kept.one("act"), "thanks": thanks}
    return await page(visit, "my_case.html.j2", status, here="sager", **values)


routes = [
    Route("/sager", listing, methods=["GET"]),
    Route("/sag/{case_id}", show, methods=["GET"]),
    Route("/sag/{case_id}", act, methods=["POST"]),
]
