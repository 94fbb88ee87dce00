"""The meeting pages: a person's meetings, booking one, and answering, moving and cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.meetings import deeds as meetings
from bot.app.meetings.deeds import Booking, Gathering
from bot.web.dates import day_of
from bot.web.site import Form, Visit, deed_key, known, page, posted, signed_in
from dialogs.meetings.model import KINDS, Answer, Kind, Wall
from dialogs.meetings.moves import Act, Cancel, CloseIt, Hold, Invite, Move, Reply, Unhold
from dialogs.types import Problem

_KIND: Mapping[str, Kind] = {one: one for one in KINDS}
_ANSWERS: Mapping[str, Answer] = {"yes": "yes", "no": "no", "substitute": "substitute"}
USUAL_MINUTES = 60


@known
async def listing(request: Request, visit: Visit) -> Response:
    """The person's meetings, and a form for another one; `?sag=` is what it would be about."""
    if case_id := request.query_params.get("sag", ""):  # who may come to one about a child is a page of its own
        return RedirectResponse(f"/sag/{quote(case_id, safe='')}/moede", 303)
    return await _list(visit, "")


@posted
async def book(request: Request, visit: Visit, form: Form) -> Response:
    """Book a meeting; a refusal keeps what was written."""
    if case_id := form.one("sag"):
        return RedirectResponse(f"/sag/{quote(case_id, safe='')}/moede", 303)
    wanted = booking_of(form, visit)
    if isinstance(wanted, Problem):
        done: str | tuple[str, ...] = visit.site.ports.meetings.refusals((wanted,))
    else:
        key = deed_key(visit, form, "meeting")
        done = await visit.site.ports.meetings.book(visit.actor, wanted, form.all("people"), key)
    if isinstance(done, tuple):
        return await _list(visit, form.one("sag"), 422, refusals=done, form=form)
    return RedirectResponse(f"/moede/{done}", 303)


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """One meeting: when, who, and what this person can do."""
    return await _page(visit, request.path_params["meeting_id"], asked=request.query_params.get("svar", ""))


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """One deed about a meeting, once a form."""
    meeting_id = request.path_params["meeting_id"]
    port = visit.site.ports.meetings

    def deed(room: Gathering) -> tuple[Problem, ...]:
        what = act_of(form, room)
        return (what,) if isinstance(what, Problem) else meetings.act(room, what)

    refusals = await port.deed(visit.actor, meeting_id, deed_key(visit, form, f"meeting:{meeting_id}"), deed)
    if refusals is None:
        raise HTTPException(404)
    if refusals:
        return await _page(visit, meeting_id, 422, refusals=refusals, form=form)
    return RedirectResponse(f"/moede/{meeting_id}", 303)


def booking_of(form: Form, visit: Visit) -> Booking | Problem:
    """The meeting that a form asks for."""
    starts, minutes = wall_of(form, visit.site.ports.settings.zone), minutes_of(form)
    kind = _KIND.get(form.one("kind"))
    if isinstance(starts, Problem):
        return starts
    if kind is None or kind == "network":
        return Problem("kind_wrong")
    return Booking(
        kind,
        form.one("school"),
        starts,
        minutes,
        case_id=form.one("sag") or None,
        place=form.one("place"),
        purpose=form.one("text"),
    )


def act_of(form: Form, room: Gathering) -> Act | Problem:
    """The act that a form asks for; a form that is none of ours is a Problem."""

    def seat(name: str) -> Any:
        chosen = form.one(name)
        return meetings.seat_for(room.world, room.uow, room.meeting.school_id, chosen) if chosen else None

    match form.one("act"):
        case "answer":
            answer = _ANSWERS.get(form.one("answer"))
            mine = room.seat
            name = form.one("seat") or (mine.id if mine is not None else "")
            if answer is None:
                return Problem("not_now")
            return Reply(name, answer, form.one("reason"), seat("person") if answer == "substitute" else None)
        case "invite":
            found = seat("person")
            return Problem("seat_unknown") if found is None else Invite(found)
        case "move":
            starts = wall_of(form, room.meeting.starts.zone)
            return starts if isinstance(starts, Problem) else Move(starts, minutes_of(form), form.one("place").strip())
        case "cancel":
            return Cancel(form.one("reason"))
        case "hold":
            return Hold()
        case "unhold":
            return Unhold()
        case "close":
            return CloseIt()
        case _:
            return Problem("not_now")


def wall_of(form: Form, zone: Any) -> Wall | Problem:
    """The day and the clock that a form names."""
    day, clock = day_of(form.one("day")), clock_of(form.one("time"))
    return Problem("time_unclear") if day is None or clock is None else Wall(day, clock, zone)


def clock_of(text: str) -> time | None:
    """A time as a field sends it (12:30) or as a person types it (12.30, 9:00)."""
    typed = text.strip().replace(".", ":")
    try:
        return time.fromisoformat(typed.zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def minutes_of(form: Form) -> int:
    """How long the meeting lasts; 0 for what is no number, which is refused with its own words."""
    typed = form.one("minutes", str(USUAL_MINUTES)).strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else 0


async def _list(
    visit: Visit, case_id: str, status: int = 200, refusals: tuple[str, ...] = (), form: Form | None = None
) -> Response:
    port = visit.site.ports.meetings
    found = await port.listing(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    kinds = [kind for kind in KINDS if (kind == "network") == (found.case_id is not None) or kind == "trio"]
    values: dict[str, Any] = {
        "meetings": found,
        "refusals": refusals,
        "kept": form or Form({}),
        "words": port.words,
        "kinds": kinds,
        "today": today_of(visit),
    }
    return await page(visit, "meetings.html.j2", status, here="moeder", **values)


def today_of(visit: Visit) -> date:
    """The date on the wall."""
    ports = visit.site.ports
    return ports.clock.now().astimezone(ports.settings.zone).date()


async def _page(
    visit: Visit,
    meeting_id: str,
    status: int = 200,
    refusals: tuple[str, ...] = (),
    form: Form | None = None,
    asked: str = "",  # the answer that the page is opened at
) -> Response:
    port = visit.site.ports.meetings
    found = await port.page(visit.actor, meeting_id)
    if found is None:
        raise HTTPException(404)
    values: dict[str, Any] = {
        "meeting": found,
        "asked": asked,
        "refusals": refusals,
        "kept": form or Form({}),
        "words": port.words,
        "today": today_of(visit),
    }
    return await page(visit, "meeting.html.j2", status, here="moeder", **values)


routes = [
    Route("/moeder", listing, methods=["GET"]),
    Route("/moeder", book, methods=["POST"]),
    Route("/moede/{meeting_id}", show, methods=["GET"]),
    Route("/moede/{meeting_id}", do, methods=["POST"]),
]
