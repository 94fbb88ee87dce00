"""Saying that it is them: colleagues whom an administrator let in, for their leader or another administrator."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.site import Form, Visit, page, posted, signed_in, told_of
from dialogs.types import Problem

HERE = "/sig-god-for"


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """Who waits for a word from this person."""
    return await _page(visit, told_of(visit, "vouch.", request.query_params.get("sket")))


@posted
async def say(request: Request, visit: Visit, form: Form) -> Response:
    """Say yes or no of one of them."""
    answer = form.one("known")
    if answer not in ("ja", "nej"):
        raise HTTPException(400)
    _must_be_asked(visit)
    problem = await visit.site.ports.roll.vouch(visit.actor, form.one("person"), known=answer == "ja")
    return await _page(visit, problem=problem) if problem else RedirectResponse(f"{HERE}?sket={answer}", 303)


async def _page(visit: Visit, told: str = "", problem: Problem | None = None) -> Response:
    _must_be_asked(visit)
    roll = visit.site.ports.roll
    refusals = (roll.words(problem),) if problem else ()
    values = {
        "waiting": await roll.waiting(visit.actor),
        "schools": {school.id: school.name for school in await roll.schools(visit.actor)},
        "roles": visit.site.ports.settings.roles,
    }
    here = "medarbejdere" if visit.administers else "team"
    status = 422 if refusals else 200
    return await page(visit, "vouching.html.j2", status, here=here, told=told, refusals=refusals, **values)


def _must_be_asked(visit: Visit) -> None:
    if not (visit.leads or visit.administers):
        raise HTTPException(404)


routes = [Route(HERE, show, methods=["GET"]), Route(HERE, say, methods=["POST"])]
