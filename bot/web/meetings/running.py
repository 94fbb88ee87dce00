"""The weekly meeting on one screen: the case in front of the team, what is decided, and on to the next.

Every form is a plain form. What has been decided stands on its case at once; the page always shows the first case that
is still open, so a reload, a restart or another chair goes on at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.meetings import agenda, earlier
from bot.app.meetings import deeds as meetings
from bot.app.meetings import views as meetingviews
from bot.app.meetings.agenda import AgendaPage, Now
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.earlier import Kept, Owed
from bot.app.meetings.views import MeetingRow
from bot.web.cases.forms import act_of
from bot.web.cases.pages import split_answers
from bot.web.meetings.netforms import answered
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.meetings.moves import Unhold
from dialogs.types import Problem


@signed_in
async def show_agenda(request: Request, visit: Visit) -> Response:
    """What the meeting takes, in order, with minutes, and what is missing."""
    meeting_id = request.path_params["meeting_id"]
    found = await visit.site.ports.meetings.look(visit.actor, meeting_id, _agenda)
    if found is None:
        raise HTTPException(404)
    return await page(visit, "agenda.html.j2", here="team", refusals=(), **_values(visit, found))


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """The case that the meeting has come to. Opening it tells the writer, so only a person's own look counts."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        return Response(status_code=204)
    return await _screen(visit, request.path_params["meeting_id"], answered=request.query_params.get("svar", ""))


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """Begin, decide, leave a case for the next time, or end; then the next case is in front."""
    meeting_id, case_id = request.path_params["meeting_id"], form.one("case")
    port, key = visit.site.ports.meetings, deed_key(visit, form, f"running:{meeting_id}")
    match form.one("act"):
        case "begin":
            refusals = await port.deed(visit.actor, meeting_id, key, agenda.begin)
        case "end":
            refusals = await port.deed(visit.actor, meeting_id, key, agenda.end)
        case "unhold":
            refusals = await port.deed(visit.actor, meeting_id, key, lambda room: meetings.act(room, Unhold()))
        case "leave":
            refusals = await port.deed(visit.actor, meeting_id, key, lambda room: agenda.leave(room, case_id))
        case "was_done" | "was_not" as said:
            refusals = await port.deed(visit.actor, meeting_id, key, answered(form, done=said == "was_done"))
        case _:
            refusals = await _decide(visit, meeting_id, case_id, form, key)
    if refusals is None:
        raise HTTPException(404)
    if refusals:
        return await _screen(visit, meeting_id, 422, refusals, form)
    return RedirectResponse(f"/moede/{meeting_id}{_next(form.one('act'), case_id)}", 303)


def _next(act: str, case_id: str) -> str:
    """Where the screen goes after a deed; a decision is told there, since its case is not in front any more."""
    match act:
        case "unhold" | "end":
            return "/dagsorden"
        case "was_done" | "was_not":
            return "/nu#foer"
        case "decide":
            return f"/nu?svar={quote(case_id, safe='')}"
        case _:
            return "/nu"


async def _decide(visit: Visit, meeting_id: str, case_id: str, form: Form, key: str | None) -> tuple[str, ...] | None:
    ports = visit.site.ports
    what = act_of(form, ports.clock.now(), ports.settings.zone)
    if what is None:
        raise HTTPException(400)
    if isinstance(what, Problem):
        return ports.meetings.refusals((what,))
    return await ports.meetings.decide(visit.actor, meeting_id, case_id, what, key)


@dataclass(frozen=True)
class _Screen:
    """What stands on the screen: the agenda, the case in front if there is one, and what was agreed before."""

    row: MeetingRow
    agenda: AgendaPage
    now: Now | None
    owed: tuple[Owed, ...]  # what the team has decided
    kept: tuple[Kept, ...] = ()  # what was agreed at meetings about the case in front


def _agenda(room: Gathering) -> _Screen:
    row = meetingviews.row(room.world, room.meeting, room.person)
    return _Screen(row, agenda.page(room), None, earlier.of_team(room))


def _now(room: Gathering) -> _Screen:
    found = agenda.now(room)
    if found is None:
        return _agenda(room)
    row = meetingviews.row(room.world, room.meeting, room.person)
    kept = earlier.of_meetings(room, found.case.case_id) if found.case is not None else ()
    return _Screen(row, found.page, found, earlier.of_team(room), kept)


def _values(visit: Visit, found: _Screen) -> dict[str, Any]:
    ports = visit.site.ports
    return {
        "row": found.row,
        "agenda": found.agenda,
        "owes": found.owed,
        "keeps": found.kept,
        "words": ports.meetings.words,
        "talk": ports.networks.words,
    }


async def _screen(
    visit: Visit,
    meeting_id: str,
    status: int = 200,
    refusals: tuple[str, ...] = (),
    form: Form | None = None,
    *,
    answered: str = "",  # the case that a decision was just made about
) -> Response:
    port = visit.site.ports.meetings
    found = await port.look(visit.actor, meeting_id, _now)
    if found is None:
        raise HTTPException(404)
    screen = found.now
    if screen is None and not refusals:
        return RedirectResponse(f"/moede/{meeting_id}/dagsorden", 303)
    case = screen.case if screen is not None else None
    first, rest = split_answers(case) if case is not None else ([], [])
    kept = form or Form({})
    tried = kept.one("act") if case is not None and kept.one("case") == case.case_id else ""
    values = {
        **_values(visit, found),
        "screen": screen,
        "case": case,
        "first": first,
        "rest": rest,
        "refusals": refusals,
        "kept": kept if tried else Form({}),
        "tried": tried,
        "answered": next((one for one in found.agenda.points if one.row.case_id == answered and one.came_of_it), None),
    }
    return await page(
        visit, "running.html.j2" if screen is not None else "agenda.html.j2", status, here="team", **values
    )


routes = [
    Route("/moede/{meeting_id}/dagsorden", show_agenda, methods=["GET"]),
    Route("/moede/{meeting_id}/nu", show, methods=["GET"]),
    Route("/moede/{meeting_id}/nu", do, methods=["POST"]),
]
