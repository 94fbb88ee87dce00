"""«Min adgang»: where the person is signed in, and how to end it there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.site import Form, Visit, page, posted, signed_in


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """The person's own way in and their open sessions."""
    devices = await visit.site.ports.doors.devices(visit.token)
    told = request.query_params.get("sket", "")
    return await page(visit, "access.html.j2", here="adgang", devices=devices, told=told)


@posted
async def end_device(request: Request, visit: Visit, form: Form) -> Response:
    """End one other session, or all of them."""
    doors = visit.site.ports.doors
    if form.one("device") == "all":
        await doors.end_others(visit.token)
        return RedirectResponse("/min-adgang?sket=alle#enheder", 303)
    ended = await doors.end_device(visit.token, form.one("device"))
    return RedirectResponse(f"/min-adgang?sket={'enhed' if ended else 'vaek'}#enheder", 303)


routes = [
    Route("/min-adgang", show, methods=["GET"]),
    Route("/min-adgang/enhed", end_device, methods=["POST"]),
]
