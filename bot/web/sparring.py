"""Anonymous sparring: a page that forgets. The text is in the request and in its answer, and nowhere else."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.turns.incoming import Pressed
from bot.web.site import Form, Visit, page, posted, signed_in
from dialogs.acts import Go, encode


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """An empty page, and that the last text is gone when it was deleted."""
    return await _page(visit, deleted=request.query_params.get("slettet") == "1")


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """Look at the text, make a worry of it, or let it go."""
    papers, text = visit.site.ports.papers, form.one("text")
    match form.one("act"):
        case "delete":
            return RedirectResponse("/sparring?slettet=1", 303)
        case "worry":
            made = await papers.worry_of(visit.actor, text)
            if not made.refusals:
                # The chat opens at the new draft; what the words tell of danger is heard there as everywhere.
                await visit.site.ports.chat.handle(visit.actor, Pressed(encode(Go("resume", made.draft_id))))
                return RedirectResponse("/chat#nu", 303)
            return await _page(visit, 422, text=text, refusals=made.refusals)
        case _:
            return await _page(visit, text=text)


async def _page(
    visit: Visit, status: int = 200, *, text: str = "", refusals: tuple[str, ...] = (), deleted: bool = False
) -> Response:
    papers = visit.site.ports.papers
    values: dict[str, Any] = {
        "checked": papers.check_anonymous(text),
        "refusals": refusals,
        "deleted": deleted,
        "words": papers.words,
        "law": papers.law("sparring"),
        "wrote": bool(text.strip()),
    }
    return await page(visit, "sparring.html.j2", status, here="", **values)


routes = [
    Route("/sparring", show, methods=["GET"]),
    Route("/sparring", do, methods=["POST"]),
]
