"""The exchange register on the web: plan, confirm, write the note, tie cases about one child together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.dates import day_of
from bot.web.done import about_paper, after
from bot.web.files import file_of, wanted_format
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.papers.exchanges import KINDS, OUTSIDE, SEATS, Act, Cancel, Confirm, Grounds, Hold, Kind, Plan, Seat
from dialogs.types import Problem

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SEAT: Mapping[str, Seat] = {one: one for one in SEATS}
_KIND: Mapping[str, Kind] = {one: one for one in KINDS}


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """What has been used of this way, and what is left of it."""
    return await _page(visit, request.path_params["case_id"])


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """One deed in the register; a refusal names the ways that are open, and keeps what was written."""
    case_id = request.path_params["case_id"]
    papers, key = visit.site.ports.papers, deed_key(visit, form, f"exchange:{case_id}")
    match form.one("act"):
        case "plan":
            wanted = plan_of(form)
            if isinstance(wanted, Problem):
                refusals: tuple[str, ...] | None = papers.refusals((wanted,))
            else:
                runs = form.one("runs") != "no"
                refusals = await papers.plan_exchange(visit.actor, case_id, wanted, key, case_runs=runs)
        case "same":
            refusals = await papers.same_child(visit.actor, case_id, form.one("code"), key)
        case _:
            act = act_of(form)
            if act is None:
                raise HTTPException(400)
            refusals = await papers.act_on_exchange(visit.actor, case_id, form.one("exchange"), act, key)
    return await after(refusals, lambda *why: _page(visit, case_id, *why, form=form), f"/sag/{case_id}/udveksling")


@signed_in
async def note_file(request: Request, visit: Visit) -> Response:
    """The sharing note as a file."""
    case_id, exchange_id = request.path_params["case_id"], request.path_params["exchange_id"]
    form = wanted_format(request)
    paper = await visit.site.ports.papers.exchange_note(visit.actor, case_id, exchange_id)
    return await file_of(visit, paper, form, f"/sag/{case_id}/udveksling/{exchange_id}")


def plan_of(form: Form) -> Plan | Problem:
    """The meeting that a form plans."""
    day = day_of(form.one("day"))
    if day is None:
        return Problem("exchange_day")
    seats: tuple[Seat, ...] = tuple(_SEAT[one] for one in dict.fromkeys(form.all("seats")) if one in _SEAT)
    fields = ("text", "note", "reason", "words")
    starts = form.one("starts").strip()
    if starts and not _HOUR.fullmatch(starts):
        return Problem("exchange_hour")
    return Plan(Grounds(*(form.one(name).strip() for name in fields)), seats, day, starts)


def act_of(form: Form) -> Act | None:
    """The deed about one meeting; None when it is no form of ours."""
    match form.one("act"):
        case "confirm":
            return Confirm()
        case "cancel":
            return Cancel()
        case "hold":
            kinds: tuple[Kind, ...] = tuple(_KIND[one] for one in dict.fromkeys(form.all("kinds")) if one in _KIND)
            return Hold(kinds, form.one("text").strip(), form.one("reason").strip())
        case _:
            return None


async def _page(
    visit: Visit, case_id: str, status: int = 200, refusals: tuple[str, ...] = (), form: Form | None = None
) -> Response:
    found = await visit.site.ports.papers.exchange_page(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    values: dict[str, Any] = {
        **about_paper(visit, "exchange", refusals, form),
        "exchange": found,
        "seats": SEATS,
        "circle": [seat for seat in SEATS if seat not in OUTSIDE],
        "kinds": KINDS,
    }
    return await page(visit, "exchange.html.j2", status, here="team", **values)


routes = [
    Route("/sag/{case_id}/udveksling", show, methods=["GET"]),
    Route("/sag/{case_id}/udveksling", do, methods=["POST"]),
    Route("/sag/{case_id}/udveksling/{exchange_id}.{form}", note_file, methods=["GET"]),
]
