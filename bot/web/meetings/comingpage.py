"""The page of a person's coming reminders: see them, put one off, turn one off."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.site import Form, Visit, deed_key, known, page, posted_by_known

PATH = "/paamindelser"


@known
async def show(request: Request, visit: Visit) -> Response:
    """What is still to come."""
    return await _page(visit)


@posted_by_known
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """Put one off, or turn it off."""
    reminders = visit.site.ports.reminders
    if code := form.one("told"):
        await reminders.choose(visit.actor, code)  # a choice that there is not changes nothing: the page shows it
        return RedirectResponse(f"{PATH}#valg", 303)
    typed = form.one("id")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0
    key = deed_key(visit, form, "paamindelser")
    refusals = await reminders.settle(visit.actor, number, key, off=form.one("act") == "turn_off")
    return await _page(visit, 422, refusals) if refusals else RedirectResponse(PATH, 303)


async def _page(visit: Visit, status: int = 200, refusals: tuple[str, ...] = ()) -> Response:
    port = visit.site.ports.reminders
    rows = await port.listing(visit.actor)
    values = {
        "rows": rows,
        "choices": await port.choices(visit.actor),
        "refusals": refusals,
        "words": visit.site.ports.meetings.words,
    }
    return await page(visit, "reminders.html.j2", status, here="beskeder", **values)


routes = [Route(PATH, show, methods=["GET"]), Route(PATH, do, methods=["POST"])]
