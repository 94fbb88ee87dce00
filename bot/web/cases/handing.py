"""Handing out a case: all that is held for those who ask for access, and a copy for the municipality's journal."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app.papers.dossiers import Kind, zipped
from bot.ports import NoPaper
from bot.web.files import file_name
from bot.web.site import Form, Visit, page, posted, signed_in


@signed_in
async def handing(request: Request, visit: Visit) -> Response:
    """What this person may hand out of the case, and what to know before."""
    case_id = request.path_params["case_id"]
    found = await visit.site.ports.papers.handing(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    code, heads = found
    values = {"case_id": case_id, "code": code, "heads": heads, "words": visit.site.ports.papers.words}
    return await page(visit, "handing.html.j2", here="team", back=f"/team/sag/{case_id}", **values)


@posted
async def hand_out(request: Request, visit: Visit, form: Form) -> Response:
    """Make the files, and write down that they were made."""
    kind: Kind | None = next((one for one in get_args(Kind) if one == form.one("kind")), None)
    if kind is None:
        raise HTTPException(400)
    ports = visit.site.ports
    bundle = await ports.papers.bundle(visit.actor, kind, request.path_params["case_id"])
    if bundle is None:
        raise HTTPException(404)
    try:
        paper = ("pdf", await ports.press.make(bundle.paper, "pdf"))
    except NoPaper:
        paper = ("txt", await ports.press.make(bundle.paper, "txt"))
    name = file_name(bundle.paper)
    made = zipped(bundle, name, paper, ports.clock.now().astimezone(ports.settings.zone))
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(made, media_type="application/zip", headers=headers)


routes = [
    Route("/sag/{case_id}/udlevering", handing, methods=["GET"]),
    Route("/sag/{case_id}/udlevering", hand_out, methods=["POST"]),
]
