"""Consent on a case: one page for the writer and the team, and the form as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app.papers.consenting import Asking
from bot.web.dates import day_of
from bot.web.done import about_paper, after
from bot.web.files import file_of, wanted_format
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.papers.consents import (
    AGES,
    CUSTODIES,
    GIVERS,
    KINDS,
    RECEIVERS,
    SAIDS,
    WAYS,
    Age,
    Custody,
    Giver,
    Kind,
    Party,
    Receiver,
    Record,
    Said,
    Scope,
    Way,
    Withdraw,
    Word,
    a_year_after,
)
from dialogs.types import Problem

_AGE: Mapping[str, Age] = {one: one for one in AGES}
_CUSTODY: Mapping[str, Custody] = {one: one for one in CUSTODIES}
_FROM: Mapping[str, Giver] = {one: one for one in GIVERS}
_TO: Mapping[str, Receiver] = {one: one for one in RECEIVERS}
_KIND: Mapping[str, Kind] = {one: one for one in KINDS}
_PARTY: Mapping[str, Party] = {one: one for one in get_args(Party)}
_SAID: Mapping[str, Said] = {one: one for one in SAIDS}
_WAY: Mapping[str, Way] = {one: one for one in WAYS}
_TEAM: tuple[Receiver, ...] = ("psychologist", "social_worker", "health_visitor")  # asked for most often
_SOON = timedelta(weeks=12)  # how long is proposed: short is best, and the day can be changed


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """What has been asked, said and taken back."""
    return await _page(visit, request.path_params["case_id"])


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """Ask, write an answer down, or take one back; a refusal keeps what was written."""
    case_id = request.path_params["case_id"]
    papers, key = visit.site.ports.papers, deed_key(visit, form, f"consent:{case_id}")
    match form.one("act"):
        case "ask":
            asked = asking_of(form)
            refusals = (
                papers.refusals(asked)
                if isinstance(asked, tuple)
                else await papers.ask_consent(visit.actor, case_id, asked, key)
            )
        case "record" | "withdraw":
            act = answer_of(form, visit.person.id)
            refusals = (
                papers.refusals((act,))
                if isinstance(act, Problem)
                else await papers.act_on_consent(visit.actor, case_id, form.one("consent"), act, key)
            )
        case _:
            raise HTTPException(400)
    return await after(refusals, lambda *why: _page(visit, case_id, *why, form=form), f"/sag/{case_id}/samtykke")


@signed_in
async def form_file(request: Request, visit: Visit) -> Response:
    """The form to sign."""
    case_id, consent_id = request.path_params["case_id"], request.path_params["consent_id"]
    form = wanted_format(request)
    paper = await visit.site.ports.papers.consent_form(
        visit.actor, case_id, consent_id, visit.site.ports.settings.municipality
    )
    return await file_of(visit, paper, form, f"/sag/{case_id}/samtykke/{consent_id}")


def asking_of(form: Form) -> Asking | tuple[Problem, ...]:
    """The consent that a form asks for; problems where it does not say enough."""
    age, custody = _AGE.get(form.one("age")), _CUSTODY.get(form.one("custody"))
    until = day_of(form.one("until"))
    if age is None or until is None or (custody is None and age != "adult"):
        return (Problem("consent_unclear"),)
    to: tuple[Receiver, ...] = tuple(_TO[one] for one in dict.fromkeys(form.all("to")) if one in _TO)
    kinds: tuple[Kind, ...] = tuple(_KIND[one] for one in dict.fromkeys(form.all("kinds")) if one in _KIND)
    givers: tuple[Giver, ...] = tuple(_FROM[one] for one in dict.fromkeys(form.all("givers")) if one in _FROM)
    scope = Scope(to, kinds, form.one("reason").strip(), until, form.one("note").strip(), givers)
    return Asking(scope, age, custody or "one")


def answer_of(form: Form, noted_by: str) -> Record | Withdraw | Problem:
    """The answer or the withdrawal that a form tells of."""
    party, day = _PARTY.get(form.one("party")), day_of(form.one("day"))
    if party is None or day is None:
        return Problem("consent_unclear")
    if form.one("act") == "withdraw":
        return Withdraw(party, day, noted_by)
    said, way = _SAID.get(form.one("said")), _WAY.get(form.one("way"))
    if said is None or way is None:
        return Problem("consent_unclear")
    why = form.one("reason").strip() if way == "oral" else ""
    receiver = form.one("receiver").strip() if way == "oral" else ""
    return Record(Word(party, said, way, day, noted_by, why, receiver))


async def _page(
    visit: Visit, case_id: str, status: int = 200, refusals: tuple[str, ...] = (), form: Form | None = None
) -> Response:
    found = await visit.site.ports.papers.consent_page(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    today = visit.site.ports.clock.now().astimezone(visit.site.ports.settings.zone).date()
    values: dict[str, Any] = {
        **about_paper(visit, "consent", refusals, form),
        "consent": found,
        "givers": GIVERS,
        "receivers": RECEIVERS,
        "kinds": KINDS,
        "team": _TEAM,
        "custodies": CUSTODIES,
        "today": today,
        "soon": today + _SOON,
        "latest": a_year_after(today),
    }
    return await page(visit, "consent.html.j2", status, here="sager", **values)


routes = [
    Route("/sag/{case_id}/samtykke", show, methods=["GET"]),
    Route("/sag/{case_id}/samtykke", do, methods=["POST"]),
    Route("/sag/{case_id}/samtykke/{consent_id}.{form}", form_file, methods=["GET"]),
]
