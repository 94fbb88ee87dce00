"""The one plan of a case on the web: written together, followed up, handed on, printed and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app.plans.views import PlanPage
from bot.web.dates import day_of
from bot.web.done import after
from bot.web.files import file_of, wanted_format
from bot.web.site import Form, Visit, deed_key, page, posted, signed_in
from dialogs.plans import acts
from dialogs.plans.acts import Act
from dialogs.plans.model import MAX_TEXT, SCALE, WHO, Effort, Goal, Need, Score, Sign, Who
from dialogs.plans.source import Taking
from dialogs.types import Problem

_WHO: Mapping[str, Who] = {one: one for one in WHO}
_PART: Mapping[str, acts.Text] = {one: one for one in get_args(acts.Text)}
_WORDING = frozenset({"text", "need", "goal", "sign", "effort", "drop"})
_SCORE = "score-"  # the beginning of a field's name; the sign's id is the rest of it


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """The plan as it stands, and what can be written in it."""
    return await _page(visit, request.path_params["case_id"], edit=request.query_params.get("ret") == "1")


@posted
async def do(request: Request, visit: Visit, form: Form) -> Response:
    """Make the plan, or do one deed in it; a refusal keeps what was written."""
    case_id = request.path_params["case_id"]
    desk, key = visit.site.ports.plans, deed_key(visit, form, f"plan:{case_id}")
    if form.one("act") == "make":
        refusals = await desk.make(visit.actor, case_id, key)
    elif form.one("act") == "take":
        taking = Taking(form.one("about"), form.one("need"), form.one("by"), form.one("text").strip())
        refusals = await desk.take(visit.actor, case_id, taking, key)
    else:
        today = visit.site.ports.clock.now().astimezone(visit.site.ports.settings.zone).date()
        wanted = acts_of(form, visit.person.id, today)
        if isinstance(wanted, Problem):
            refusals = desk.refusals((wanted,))
        else:
            refusals = await desk.do(visit.actor, case_id, wanted, key)
    edit = _words(form)
    again = f"/sag/{case_id}/plan{'?ret=1' if edit else ''}"
    return await after(refusals, lambda *why: _page(visit, case_id, *why, form=form, edit=edit), again)


@signed_in
async def file(request: Request, visit: Visit) -> Response:
    """The plan as a file."""
    case_id, form = request.path_params["case_id"], wanted_format(request)
    return await file_of(visit, await visit.site.ports.plans.paper(visit.actor, case_id), form, f"/sag/{case_id}/plan")


def acts_of(form: Form, me: str, today: date) -> Sequence[Act] | Problem:
    """What a form wants done; a problem where it does not say enough. Raises 400 for no form of ours."""
    match form.one("act"):
        case _ if _words(form):
            return _wording(form, today)
        case "score":
            return _follow_up(form, today)
        case "done":
            return (acts.DoneIt(form.one("about"), today),)
        case "share":
            return (acts.Share(tuple(dict.fromkeys(form.all("to")))),)
        case "close":
            return (acts.CloseIt(form.one("text").strip()),)
        case "reopen":
            return (acts.OpenAgain(),)
        case _:
            return _relay(form, me)


def _words(form: Form) -> bool:
    """Whether a form is about the plan's own words: whoever wrote one is likely to write the next."""
    return form.one("act") in _WORDING


def _relay(form: Form, me: str) -> Sequence[Act]:
    match form.one("act"):
        case "offer":
            person_id = form.one("person")
            offer = acts.Offer(person_id)  # whoever offers themselves has said yes already
            return (offer, acts.Accept(me)) if person_id == me else (offer,)
        case "accept":
            return (acts.Accept(me),)
        case "decline":
            return (acts.Decline(me),)
        case "take_back":
            return (acts.TakeBack(),)
        case _:
            raise HTTPException(400)


def _wording(form: Form, today: date) -> Sequence[Act] | Problem:
    about, text, need = form.one("about"), form.one("text").strip(), form.one("need")
    match form.one("act"):
        case "text":
            part = _PART.get(form.one("part"))
            return (acts.Write(part, text),) if part is not None else Problem("plan_unclear")
        case "need":
            return (acts.PutNeed(Need(about, text)),)
        case "goal":
            return (acts.PutGoal(Goal(about, need, text)),)
        case "sign":
            who = _WHO.get(form.one("who"))
            sign = Sign(about, who or "child", text, form.one("watcher"), form.one("note").strip())
            return (acts.PutSign(form.one("goal"), sign),) if who is not None else Problem("plan_unclear")
        case "effort":
            starts, ends = day_of(form.one("starts")) or today, day_of(form.one("ends"))
            return (acts.PutEffort(Effort(about, need, text, form.one("by"), starts, ends)),)
        case _:
            return (acts.Drop(about),)


def _follow_up(form: Form, today: date) -> Sequence[Act] | Problem:
    """The scores that were set, and the next day if one was; signs that nobody looked at are left as they are."""
    found = tuple(_scores(form, today))
    following = day_of(form.one("next"))
    if not found and following is None:
        return Problem("plan_unclear")
    return (*found, *((acts.LookAgain(following),) if following is not None else ()))


def _scores(form: Form, today: date) -> Iterator[Act]:
    for name in form.fields:
        value = form.one(name)
        if name.startswith(_SCORE) and value:
            number = int(value) if value.isascii() and value.isdigit() and len(value) <= 2 else -1
            yield acts.ScoreIt(name.removeprefix(_SCORE), Score(today, number))


async def _page(
    visit: Visit,
    case_id: str,
    status: int = 200,
    refusals: tuple[str, ...] = (),
    form: Form | None = None,
    *,
    edit: bool = False,
) -> Response:
    desk = visit.site.ports.plans
    found = await desk.page(visit.actor, case_id)
    if found is None:
        raise HTTPException(404)
    values: dict[str, Any] = {
        "box": found,
        "edit": edit,
        "refusals": refusals,
        "kept": form or Form({}),
        "homeless": _homeless(found, form) if form is not None else "",
        "words": desk.words,
        "law": visit.site.ports.papers.law("plan"),
        "scale": tuple(SCALE),
        "most": MAX_TEXT,
        "whos": WHO,
    }
    return await page(visit, "plan.html.j2", status, here="sager", **values)


def _homeless(found: PlanPage, form: Form) -> str:
    """What was written for a part that another has taken out meanwhile: no form of the page holds it any more."""
    parts = (*found.plan.needs, *found.plan.goals, *found.plan.efforts, *found.plan.signs()) if found.plan else ()
    known = {"", *(part.id for part in parts)}
    gone = form.one("act") != "take" and any(form.one(name) not in known for name in ("about", "need", "goal"))
    return form.one("text") if gone else ""


routes = [
    Route("/sag/{case_id}/plan", show, methods=["GET"]),
    Route("/sag/{case_id}/plan", do, methods=["POST"]),
    Route("/sag/{case_id}/plan.{form}", file, methods=["GET"]),
]
