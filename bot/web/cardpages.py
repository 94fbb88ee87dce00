"""The cards as pages: /viden for knowledge, /fag for the professions with what they add themselves."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.guides.localnotes import MAX_NOTE


@signed_in
async def shelf(request: Request, visit: Visit) -> Response:
    """All knowledge cards."""
    return await page(visit, "shelf.html.j2", here="viden", cards=visit.site.ports.library.knowledge)


@signed_in
async def card(request: Request, visit: Visit) -> Response:
    """One knowledge card."""
    cards = visit.site.ports.library.knowledge
    found = cards.get(request.path_params["card_id"])
    if found is None:
        raise HTTPException(404)
    return await page(visit, "knowledge.html.j2", here="viden", card=found, near=[cards[one] for one in found.see])


@signed_in
async def professions(request: Request, visit: Visit) -> Response:
    """All professions."""
    return await page(visit, "professions.html.j2", here="viden", professions=visit.site.ports.library.professions)


@signed_in
async def profession(request: Request, visit: Visit) -> Response:
    """One profession's card."""
    return await _profile(visit, request.path_params["profession"])


@posted
async def write(request: Request, visit: Visit, form: Form) -> Response:
    """Store the note; a refusal keeps what was written."""
    name = request.path_params["profession"]
    told = await visit.site.ports.library.write(visit.actor, name, form.one("text"), deed_key(visit, form, name))
    if told is None:
        raise HTTPException(404)
    if told:
        return await _profile(visit, name, 422, refusals=told, kept=form.one("text"))
    return RedirectResponse(f"/fag/{name}#note", 303)


async def _profile(
    visit: Visit, name: str, status: int = 200, refusals: tuple[str, ...] = (), kept: str | None = None
) -> Response:
    found = await visit.site.ports.library.profile(visit.actor, name)
    if found is None:
        raise HTTPException(404)
    text = kept if kept is not None else (found.note.text if found.note else "")
    values = {"found": found, "refusals": refusals, "text": text, "longest": MAX_NOTE}
    return await page(visit, "profession.html.j2", status, here="viden", **values)


routes = [
    Route("/viden", shelf, methods=["GET"]),
    Route("/viden/{card_id}", card, methods=["GET"]),
    Route("/fag", professions, methods=["GET"]),
    Route("/fag/{profession}", profession, methods=["GET"]),
    Route("/fag/{profession}", write, methods=["POST"]),
]
