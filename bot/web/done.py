"""What follows a deed that a page was asked for, and what every page of a paper shows beside its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.web.site import Form, Visit

UNCLEAR = 422

Again = Callable[[int, tuple[str, ...]], Awaitable[Response]]


async def after(refusals: tuple[str, ...] | None, again: Again, to: str) -> Response:
    """Gone where there is nothing to do it to; the page `again` with why not; else on `to` where it shows."""
    if refusals is None:
        raise HTTPException(404)
    return await again(UNCLEAR, refusals) if refusals else RedirectResponse(to, 303)


def about_paper(visit: Visit, paper: str, refusals: tuple[str, ...], form: Form | None) -> dict[str, Any]:
    """Why not, what was written, the words of papers, and what this one rests on."""
    papers = visit.site.ports.papers
    return {"refusals": refusals, "kept": form or Form({}), "words": papers.words, "law": papers.law(paper)}
