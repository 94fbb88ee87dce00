"""The page where a social worker ticks what may be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.done import about_paper, after
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.cases.feedback import KINDS, LENGTHS, STARTED, Kind, Length, Started, Ticks

_STARTED: Mapping[str, Started] = {one: one for one in STARTED}
_KIND: Mapping[str, Kind] = {one: one for one in KINDS}
_LENGTH: Mapping[str, Length] = {one: one for one in LENGTHS}


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """What may be told about this case."""
    return await _page(visit, request.path_params["case_id"])


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """Tell it."""
    case_id = request.path_params["case_id"]
    key = deed_key(visit, form, f"told:{case_id}")
    refusals = await visit.site.ports.papers.tell(visit.actor, case_id, ticks_of(form), key)
    return await after(refusals, lambda *why: _page(visit, case_id, *why, form=form), f"/team/sag/{case_id}")


def ticks_of(form: Form) -> Ticks:
    """The ticks of the form; a field for words is not among them."""
    started: tuple[Started, ...] = tuple(_STARTED[one] for one in form.all("started") if one in _STARTED)
    return Ticks(
        received=form.one("received") == "yes",
        started=started,
        special=form.one("special") == "yes",
        matters=form.one("matters") == "yes",
        kind=_KIND.get(form.one("kind")),
        length=_LENGTH.get(form.one("length")),
    )


async def _page(
    visit: Visit, case_id: str, status: int = 200, refusals: tuple[str, ...] = (), form: Form | None = None
) -> Response:
    papers = visit.site.ports.papers
    code = await papers.may_tell(visit.actor, case_id)
    if code is None:
        raise HTTPException(404)
    values: dict[str, Any] = {
        **about_paper(visit, "telling", refusals, form),
        "case_id": case_id,
        "code": code,
        "told": papers.told_words,
        "started": STARTED,
        "kinds": KINDS,
        "lengths": LENGTHS,
    }
    return await page(visit, "telling.html.j2", status, here="team", **values)


routes = [
    Route("/sag/{case_id}/tilbagemelding", show, methods=["GET"]),
    Route("/sag/{case_id}/tilbagemelding", do, methods=["POST"]),
]
