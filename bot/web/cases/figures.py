"""A school's months in numbers, for its leader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.site import Visit, page, signed_in
from dialogs.cases.digest import MONTHS_BACK, last_month, month_of
from dialogs.cases.team import hat
from dialogs.cases.words import MONTHS


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """One month that is over; another by the menu."""
    led = [m.school_id for m in visit.person.memberships if hat(visit.person, m.school_id) == "leader"]
    school = request.query_params.get("skole", led[0] if led else "")
    ports = visit.site.ports
    today = ports.clock.now().astimezone(ports.settings.zone).date()
    last = last_month(today)
    month = month_of(request.query_params.get("maaned", f"{last:%Y-%m}"), today)
    found = await ports.figures.of(visit.actor, school, month) if month is not None else None
    if found is None or month is None:
        raise HTTPException(404)
    months = [(f"{one:%Y-%m}", _words(one)) for one in _months(last)]
    values = {"found": found, "month": _words(month), "months": months, "school": school}
    return await page(visit, "figures.html.j2", here="team", **values)


def _words(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _months(last: date) -> Iterator[date]:
    month = last
    for _ in range(MONTHS_BACK):
        yield month
        month = last_month(month)


routes = [Route("/team/tal", show, methods=["GET"])]
