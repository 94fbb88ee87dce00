"""The team's pages: the inbox for the meeting, and one case to work with."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.cases.views import AnswerLine, CasePage
from bot.web.cases.deeds import do
from bot.web.site import Form, Visit, page, posted, signed_in
from dialogs.cases.team import TEAM_ROLES
from dialogs.meetings.agenda import KEY_QUESTIONS
from dialogs.people import Person

FIRST = ("q01_barn", *KEY_QUESTIONS)  # what the child is called here, and the lines that a meeting begins with


@signed_in
async def inbox(request: Request, visit: Visit) -> Response:
    """The open cases of one school's team, sorted for the meeting."""
    schools = team_schools(visit.person)
    wanted = request.query_params.get("skole", schools[0] if schools else "")
    found = await visit.site.ports.team.inbox(visit.actor, wanted)
    if found is None:
        raise HTTPException(404)
    return await page(visit, "inbox.html.j2", here="team", inbox=found)


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """One case for the meeting. Opening it tells the writer, so only a person's own look counts."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        return Response(status_code=204)
    return await _case(visit, request.path_params["case_id"])


@posted
async def act(request: Request, visit: Visit, form: Form) -> Response:
    """Do one act and show the case as it stands then; a refusal keeps what was written."""
    case_id = request.path_params["case_id"]
    done = await do(visit, case_id, form)
    if done.refusals:
        return await _case(visit, case_id, 422, refusals=done.refusals, form=form)
    return RedirectResponse(f"/team/sag/{case_id}", 303)


async def _case(
    visit: Visit, case_id: str, status: int = 200, refusals: tuple[str, ...] = (), form: Form | None = None
) -> Response:
    found = await visit.site.ports.team.case_page(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    first, rest = split_answers(found)
    kept = form or Form({})
    values = {"case": found, "first": first, "rest": rest, "refusals": refusals, "kept": kept, "tried": kept.one("act")}
    return await page(visit, "case.html.j2", status, here="team", **values)


def split_answers(case: CasePage) -> tuple[list[AnswerLine], list[AnswerLine]]:
    """The lines that a meeting begins with, and the rest in the form's own order."""
    by_id = {line.question: line for line in case.answers}
    return [by_id[one] for one in FIRST if one in by_id], [line for line in case.answers if line.question not in FIRST]


def team_schools(person: Person) -> list[str]:
    """The schools where worries can come to this person, own seats first."""
    mine = [m for m in person.memberships if m.role in TEAM_ROLES]
    return list(dict.fromkeys(m.school_id for m in sorted(mine, key=lambda m: m.deputy)))


routes = [
    Route("/team", inbox, methods=["GET"]),
    Route("/team/sag/{case_id}", show, methods=["GET"]),
    Route("/team/sag/{case_id}", act, methods=["POST"]),
]
