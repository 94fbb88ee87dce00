"""Who works where: the administrator's list, letting people in, giving functions, and ending access."""

from __future__ import annotations

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.entry.admission import INVITE_MINUTES
from bot.app.entry.rolldeeds import Code, ComeBack, Deed, Leave, Made, Newcomer, Reseat, Reset, Withdraw
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in, told_of
from dialogs.access.seats import Give, Take
from dialogs.people import ROLES, Membership, Role
from dialogs.types import Problem

LIST = "/medarbejdere"
HOURS = (24, 72, 0)  # 0: ten minutes, and the one that a Telegram chat can be bound with


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """Everybody, school by school."""
    return await _list(visit, Form({}), told=told_of(visit, "roll.", request.query_params.get("sket")))


@posted
async def let_in(request: Request, visit: Visit, form: Form) -> Response:
    """Somebody new with a code, or an invitation taken back. A refusal keeps what was written."""
    if form.one("act") == "withdraw":
        done = await visit.site.ports.roll.do(visit.actor, Withdraw(form.one("invite")), None)
        return await _list(visit, Form({}), done) if isinstance(done, Problem) else _to(LIST, "withdrawn")
    seat = _seat(form)
    if seat is None:
        return await _list(visit, form, Problem("function_unknown"))
    newcomer = Newcomer(form.one("name"), form.one("email"), seat, _hours(form))
    made = await visit.site.ports.roll.do(visit.actor, newcomer, deed_key(visit, form, "roll"))
    return await _list(visit, form, made) if isinstance(made, Problem) else await _one(visit, made.person_id, made)


@signed_in
async def person(request: Request, visit: Visit) -> Response:
    """One person and what can be changed."""
    told = told_of(visit, "roll.", request.query_params.get("sket"))
    return await _one(visit, request.path_params["person_id"], told=told)


@posted
async def change(request: Request, visit: Visit, form: Form) -> Response:
    """Give or take a function, make a code, or end and reopen access."""
    person_id = request.path_params["person_id"]
    found = _deed(person_id, form)
    if found is None:
        raise HTTPException(400)
    deed, told = found
    key = deed_key(visit, form, person_id) if isinstance(deed, Code) else None
    made = await visit.site.ports.roll.do(visit.actor, deed, key)
    if isinstance(made, Problem):
        return await _one(visit, person_id, problem=made)
    return await _one(visit, person_id, made) if made.code else _to(f"{LIST}/{person_id}", told)


def _deed(person_id: str, form: Form) -> tuple[Deed, str] | None:
    """What the form asks for, and what is told when it is done; None for no act of ours."""
    plain: dict[str, tuple[Deed, str]] = {
        "code": (Code(person_id, _hours(form)), ""),
        "withdraw": (Withdraw(form.one("invite")), "withdrawn"),
        "leave": (Leave(person_id), "left"),
        "back": (ComeBack(person_id), "back"),
        "reset": (Reset(person_id), "reset"),
    }
    act, seat = form.one("act"), _seat(form)
    if act in plain:
        return plain[act]
    if seat is None:
        return None
    seats: dict[str, tuple[Deed, str]] = {
        "give": (Reseat(person_id, Give(seat)), "given"),
        "take": (Reseat(person_id, Take(seat)), "taken"),
    }
    return seats.get(act)


def _seat(form: Form) -> Membership | None:
    """The function that the form names; None when it is no function of ours. Whether the school is, is asked later."""
    wanted = form.one("role")
    role: Role | None = next((one for one in ROLES if one == wanted), None)
    school = form.one("school")
    return Membership(school, role, form.one("deputy") == "ja") if role is not None and school else None


def _hours(form: Form) -> int:
    text = form.one("hours")
    return int(text) if text in {str(one) for one in HOURS} else HOURS[0]


def _to(path: str, told: str) -> Response:
    return RedirectResponse(f"{path}?sket={told}", 303)


async def _list(visit: Visit, kept: Form, problem: object = None, told: str = "") -> Response:
    roll = await visit.site.ports.roll.everybody(visit.actor)
    values = {"roll": roll, "schools": {school.id: school.name for school, _ in roll.schools}, **_always(visit)}
    refusals = (visit.site.ports.roll.words(problem),) if isinstance(problem, Problem) else ()
    status = 422 if refusals else 200
    return await page(
        visit, "roll.html.j2", status, here="medarbejdere", kept=kept, refusals=refusals, told=told, **values
    )


async def _one(
    visit: Visit, person_id: str, made: Made | None = None, problem: Problem | None = None, told: str = ""
) -> Response:
    ports = visit.site.ports
    found = await ports.roll.one(visit.actor, person_id)
    if found is None:
        raise HTTPException(404)
    row, waiting = found
    names = {school.id: school.name for school in await ports.roll.schools(visit.actor)}
    code = made.code if made is not None else ""
    values = {"row": row, "waiting": waiting, "schools": names, "code": code, "told": told, **_always(visit)}
    if code:
        values["expires"] = waiting[0].expires_at if waiting else ports.clock.now() + timedelta(minutes=INVITE_MINUTES)
    refusals = (ports.roll.words(problem),) if problem is not None else ()
    status = 422 if refusals else 200
    return await page(visit, "roll_person.html.j2", status, here="medarbejdere", refusals=refusals, **values)


def _always(visit: Visit) -> dict[str, object]:
    settings = visit.site.ports.settings
    roles = {role: settings.roles.get(role, role) for role in ROLES}
    return {"roles": roles, "origin": settings.origin, "hours": HOURS}


routes = [
    Route(LIST, show, methods=["GET"]),
    Route(LIST, let_in, methods=["POST"]),
    Route(f"{LIST}/{{person_id}}", person, methods=["GET"]),
    Route(f"{LIST}/{{person_id}}", change, methods=["POST"]),
]
