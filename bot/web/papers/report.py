"""The draft of a report on the web: a page to read it first, and its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.dates import NOON, UNCLEAR_DATE, day_of
from bot.web.done import after
from bot.web.files import file_of, wanted_format
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.papers.documents import Paper, printable


@signed_in
async def report(request: Request, visit: Visit) -> Response:
    """The draft of a report, to read before it is taken home."""
    case_id = request.path_params["case_id"]
    return await _case(visit, case_id)


@posted
async def note(request: Request, visit: Visit, form: Form) -> Response:
    """Note that the report was sent, or that its receipt came."""
    case_id = request.path_params["case_id"]
    papers, key = visit.site.ports.papers, deed_key(visit, form, f"report:{case_id}")
    day, zone = day_of(form.one("day")), visit.site.ports.settings.zone
    match form.one("act"):
        case _ if day is None:
            refusals: tuple[str, ...] | None = papers.refusals((UNCLEAR_DATE,))
        case "sent":
            now = visit.site.ports.clock.now()
            at = now if day == now.astimezone(zone).date() else datetime.combine(day, NOON, zone)
            refusals = await papers.report_sent(visit.actor, case_id, at, key)
        case "receipt":
            refusals = await papers.receipt_came(visit.actor, case_id, form.one("report"), day, key)
        case _:
            raise HTTPException(400)
    return await after(refusals, lambda *why: _case(visit, case_id, *why), f"/sag/{case_id}/underretning#h-clock")


@signed_in
async def report_file(request: Request, visit: Visit) -> Response:
    case_id, form = request.path_params["case_id"], wanted_format(request)
    paper = await visit.site.ports.papers.report(visit.actor, case_id)
    return await file_of(visit, paper, form, f"/sag/{case_id}/underretning")


@signed_in
async def draft_report(request: Request, visit: Visit) -> Response:
    """The same from a worry that has not been sent."""
    draft_id = request.path_params["draft_id"]
    paper = await visit.site.ports.papers.report_of_draft(visit.actor, draft_id)
    return await _read(visit, paper, f"/kladde/{draft_id}/underretning", "/chat")


@signed_in
async def draft_report_file(request: Request, visit: Visit) -> Response:
    draft_id, form = request.path_params["draft_id"], wanted_format(request)
    paper = await visit.site.ports.papers.report_of_draft(visit.actor, draft_id)
    return await file_of(visit, paper, form, f"/kladde/{draft_id}/underretning")


async def _case(visit: Visit, case_id: str, status: int = 200, refusals: tuple[str, ...] = ()) -> Response:
    papers = visit.site.ports.papers
    paper, clock = await papers.report(visit.actor, case_id), await papers.report_clock(visit.actor, case_id)
    today = visit.site.ports.clock.now().astimezone(visit.site.ports.settings.zone).date()
    path, back = f"/sag/{case_id}/underretning", f"/sag/{case_id}"
    return await _read(visit, paper, path, back, status, clock=clock, refusals=refusals, today=today)


async def _read(visit: Visit, paper: Paper | None, here: str, back: str, status: int = 200, **more: Any) -> Response:
    if paper is None:
        raise HTTPException(404)
    papers = visit.site.ports.papers
    values: dict[str, Any] = {"paper": printable(paper), "path": here, "back": back, "refusals": (), "clock": None}
    values |= {"words": papers.words, "law": papers.law("report"), **more}
    return await page(visit, "report.html.j2", status, here="sager", **values)


routes = [
    Route("/sag/{case_id}/underretning", report, methods=["GET"]),
    Route("/sag/{case_id}/underretning", note, methods=["POST"]),
    Route("/sag/{case_id}/underretning.{form}", report_file, methods=["GET"]),
    Route("/kladde/{draft_id}/underretning", draft_report, methods=["GET"]),
    Route("/kladde/{draft_id}/underretning.{form}", draft_report_file, methods=["GET"]),
]
