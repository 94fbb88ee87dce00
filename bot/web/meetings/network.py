"""Network meetings on the web: call one from a case, prepare, hold, look back; the family's letter and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.meetings import agreedviews, netviews
from bot.app.meetings.deeds import Gathering
from bot.app.meetings.network import LENGTHS, MAX_PARENTS, PLACES, PURPOSES, Wanted
from bot.app.turns.incoming import Pressed
from bot.web.dates import day_of
from bot.web.files import file_of, wanted_format
from bot.web.meetings import netforms
from bot.web.ports.meetings import Networks
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.acts import Go, encode
from dialogs.meetings import curve

T = TypeVar("T")
_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(8, 18) for minute in (0, 30))


@signed_in
async def new(request: Request, visit: Visit) -> Response:
    """The page that calls a meeting about a case; `?dag=` is the day that the last one agreed on."""
    return await _new(visit, request.path_params["case_id"], day=day_of(request.query_params.get("dag", "")))


@posted
async def create(request: Request, visit: Visit, form: Form) -> Response:
    """Call it; a refusal keeps what was chosen and written."""
    case_id = request.path_params["case_id"]
    made = await desk(visit).create(
        visit.actor, case_id, wanted_of(form, desk(visit)), deed_key(visit, form, f"network:{case_id}")
    )
    if made is None:
        raise HTTPException(404)
    meeting_id, refusals = made
    if refusals:
        return await _new(visit, case_id, 422, refusals, form)
    return RedirectResponse(f"/moede/{meeting_id}", 303)


def desk(visit: Visit) -> Networks:
    """The use cases of network meetings."""
    return visit.site.ports.networks


def wanted_of(form: Form, networks: Networks) -> Wanted:
    """The meeting that a form wants. What is chosen by a press is kept in words, as it would be written."""
    clock = form.one("clock").replace(".", ":").strip()
    words, place = form.one("words").strip(), form.one("place_words").strip()
    return Wanted(
        day=day_of(form.one("day")),
        clock=clock_of(clock),
        minutes=int(form.one("minutes")) if form.one("minutes").isdecimal() else 0,
        place=place or _chosen(networks, "place", form.one("place"), PLACES),
        purpose=words or _chosen(networks, "purpose", form.one("purpose"), PURPOSES[:-1]),
        chair=form.one("chair"),
        scribe=form.one("scribe"),
        professions=tuple(dict.fromkeys(form.all("who"))),
        asked=frozenset(form.all("asked")),
        parents=int(form.one("parents")) if form.one("parents").isdecimal() else 1,
        child=form.one("child") == "yes",
    )


def _chosen(networks: Networks, kind: str, one: str, known: Sequence[str]) -> str:
    return networks.words(f"{kind}.{one}") if one in known else ""


def clock_of(text: str) -> time | None:
    """A clock time as it is typed, 14:00 or 14.00; None for anything else."""
    try:
        return time.fromisoformat(text if len(text) == 5 else f"0{text}")
    except ValueError:
        return None


async def _new(
    visit: Visit,
    case_id: str,
    status: int = 200,
    refusals: tuple[str, ...] = (),
    form: Form | None = None,
    day: date | None = None,
) -> Response:
    offer = await desk(visit).offer(visit.actor, case_id)
    if offer is None:
        raise HTTPException(404)
    words = desk(visit).words
    values: dict[str, Any] = {
        "offer": offer,
        "refusals": refusals,
        "kept": form or Form({}),
        "tried": form is not None,
        "day": day.isoformat() if day is not None else "",
        "purposes": [(one, words(f"purpose.{one}")) for one in PURPOSES],
        "places": [(one, words(f"place.{one}")) for one in PLACES],
        "lengths": [(str(one), f"{one} minutter") for one in LENGTHS],
        "hours": _HOURS,
        "parents": MAX_PARENTS,
        "words": words,
        "law": visit.site.ports.papers.law("attend"),
    }
    return await page(visit, "network_new.html.j2", status, here="team", **values)


# --- the tools of one meeting: a page each, with its forms ---


def _tool(template: str, view: Callable[[Gathering], Any], read: netforms.Read) -> tuple[Any, Any]:
    """A page that shows one of the meeting's tools, and the deeds of its forms."""

    async def draw(
        visit: Visit, meeting_id: str, status: int = 200, refusals: tuple[str, ...] = (), form: Form | None = None
    ) -> Response:
        found = await desk(visit).look(visit.actor, meeting_id, view)
        if found is None:
            raise HTTPException(404)
        values: dict[str, Any] = {
            "tool": found,
            "meeting": found.head,
            "refusals": refusals,
            "kept": form or Form({}),
            "tried": form.one("act") if form is not None else "",
            "words": desk(visit).words,
            "size": (curve.WIDTH, curve.HEIGHT, curve.MARGIN),
        }
        return await page(visit, template, status, here="moeder", **values)

    @signed_in
    async def show(request: Request, visit: Visit) -> Response:
        return await draw(visit, request.path_params["meeting_id"])

    @posted
    async def do(request: Request, visit: Visit, form: Form) -> Response:
        meeting_id = request.path_params["meeting_id"]
        asked = read(form)
        if asked is None:
            raise HTTPException(400)
        key = deed_key(visit, form, request.url.path)
        done = await desk(visit).heard(visit.actor, meeting_id, asked.deed, key, asked.words)
        if done is None:
            raise HTTPException(404)
        if done.refusals:
            return await draw(visit, meeting_id, 422, done.refusals, form)
        if done.danger:  # it is kept already; what to do now is the chat's to show
            await visit.site.ports.chat.handle(visit.actor, Pressed(encode(Go("card", done.danger))))
            return RedirectResponse("/chat#nu", 303)
        return RedirectResponse(f"{request.url.path}{asked.at}", 303)

    return show, do


@signed_in
async def letter(request: Request, visit: Visit) -> Response:
    """The family's letter, to read before it is handed over."""
    meeting_id = request.path_params["meeting_id"]
    paper = await desk(visit).look(visit.actor, meeting_id, netviews.letter)
    if paper is None:
        raise HTTPException(404)
    return await page(visit, "letter.html.j2", here="moeder", paper=paper, meeting_id=meeting_id)


@signed_in
async def letter_file(request: Request, visit: Visit) -> Response:
    """The same as a file."""
    meeting_id, form = request.path_params["meeting_id"], wanted_format(request)
    paper = await desk(visit).look(visit.actor, meeting_id, netviews.letter)
    return await file_of(visit, paper, form, f"/moede/{meeting_id}/brev")


@signed_in
async def calendar(request: Request, visit: Visit) -> Response:
    """The meeting as a calendar file, for whoever may see that there is one."""
    found = await desk(visit).calendar(visit.actor, request.path_params["meeting_id"])
    if found is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": 'attachment; filename="moede.ics"', "Cache-Control": "no-store"}
    return Response(found.encode(), media_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)


_PAGES = {
    "forberedelse": ("prepare.html.j2", netviews.preparing, netforms.preparing),
    "tavle": ("board.html.j2", netviews.holding, netforms.holding),
    "aftaler": ("agreements.html.j2", agreedviews.page, netforms.agreement),
    "bagefter": ("afterwards.html.j2", netviews.looking, netforms.looking),
    "samarbejde": ("joint.html.j2", netviews.joint_page, netforms.joint),
}


def _routes() -> list[Route]:
    found = [
        Route("/sag/{case_id}/moede", new, methods=["GET"]),
        Route("/sag/{case_id}/moede", create, methods=["POST"]),
        Route("/moede/{meeting_id}/brev", letter, methods=["GET"]),
        Route("/moede/{meeting_id}/brev.{form}", letter_file, methods=["GET"]),
        Route("/moede/{meeting_id}/kalender.ics", calendar, methods=["GET"]),
    ]
    for name, (template, view, read) in _PAGES.items():
        show, do = _tool(template, view, read)
        found += [
            Route(f"/moede/{{meeting_id}}/{name}", show, methods=["GET"]),
            Route(f"/moede/{{meeting_id}}/{name}", do, methods=["POST"]),
        ]
    return found


routes = _routes()
