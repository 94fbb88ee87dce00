"""The draft of a report on the web: a page to read it first, and its files."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.paperfiles import file_of, wanted_format
from bot.web.site import Visit, page, signed_in
from dialogs.documents import Paper, printable


@signed_in
async def report(request: Request, visit: Visit) -> Response:
    """The draft of a report, to read before it is taken home."""
    case_id = request.path_params["case_id"]
    paper = await visit.site.ports.papers.report(visit.actor, case_id)
    return await _read(visit, paper, f"/sag/{case_id}/underretning", f"/sag/{case_id}")


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


async def _read(visit: Visit, paper: Paper | None, here: str, back: str) -> Response:
    if paper is None:
        raise HTTPException(404)
    words = visit.site.ports.papers.words
    values: dict[str, Any] = {"paper": printable(paper), "path": here, "back": back, "law": words("law.report")}
    return await page(visit, "report.html.j2", here="sager", **values)


routes = [
    Route("/sag/{case_id}/underretning", report, methods=["GET"]),
    Route("/sag/{case_id}/underretning.{form}", report_file, methods=["GET"]),
    Route("/kladde/{draft_id}/underretning", draft_report, methods=["GET"]),
    Route("/kladde/{draft_id}/underretning.{form}", draft_report_file, methods=["GET"]),
]
