"""Papers on the web: a page to read one first, and its files."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.ports import NoPaper
from bot.web.site import Visit, page, signed_in
from dialogs.documents import FORMATS, Format, Paper, printable

MEDIA: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


def wanted_format(request: Request) -> Format:
    """The format at the end of the address; 404 for any other."""
    for form in FORMATS:
        if form == request.path_params["form"]:
            return form
    raise HTTPException(404)


async def file_of(visit: Visit, paper: Paper | None, form: Format, back: str) -> Response:
    """The paper as a file to keep; a page that says why not, with the other two, when no PDF can be made."""
    if paper is None:
        raise HTTPException(404)
    try:
        made = await visit.site.ports.press.make(paper, form)
    except NoPaper as refused:
        why = visit.site.ports.papers.words(f"no_paper.{refused.why}")
        return await page(visit, "no_paper.html.j2", 503, why=why, back=back, title=paper.title)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(paper)}.{form}"'}
    return Response(made, media_type=MEDIA[form], headers=headers)


def file_name(paper: Paper) -> str:
    """The paper's name in letters that every system takes: a kind and a code, nothing that a person wrote."""
    plain = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
    return "".join(sign for sign in paper.name.translate(plain) if sign.isascii() and (sign.isalnum() or sign in "-_"))


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
