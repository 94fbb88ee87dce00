"""Binding Telegram from «Min adgang»: a link for ten minutes, then "is it you?" on this page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.identity.common import No
from bot.web.site import Form, Visit, known, page, posted_by_known


@known
async def show(request: Request, visit: Visit) -> Response:
    """What is bound, and a chat that waits for a yes."""
    return await _page(visit)


async def _page(visit: Visit, code: str = "", problem: str = "", status: int = 200) -> Response:
    state = await visit.site.ports.ways.chats.state(visit.token)
    name = visit.site.ports.settings.bot_name
    link = f"https://t.me/{name}?start={code}" if name and code else ""
    values = {"state": state, "code": code, "link": link, "problem": problem}
    return await page(visit, "telegram.html.j2", status, here="adgang", **values)


@posted_by_known
async def offer(request: Request, visit: Visit, form: Form) -> Response:
    """Make a link; it is shown on this page only."""
    code = await visit.site.ports.ways.chats.offer(visit.token)
    if isinstance(code, No):
        return await _page(visit, problem=visit.site.ports.words(f"entry.{code.code}"), status=403)
    return await _page(visit, code)


@posted_by_known
async def answer(request: Request, visit: Visit, form: Form) -> Response:
    """Yes or no to the chat that was found; or take the bound one away."""
    chats = visit.site.ports.ways.chats
    if form.one("svar") == "glem":
        await chats.forget(visit.token)
        return RedirectResponse("/min-adgang/telegram", 303)
    done = await chats.answer(visit.token, yes=form.one("svar") == "ja")
    if isinstance(done, No):
        return await _page(visit, problem=visit.site.ports.words(f"entry.{done.code}"), status=403)
    return RedirectResponse("/min-adgang/telegram", 303)


routes = [
    Route("/min-adgang/telegram", show, methods=["GET"]),
    Route("/min-adgang/telegram", offer, methods=["POST"]),
    Route("/min-adgang/telegram/svar", answer, methods=["POST"]),
]
