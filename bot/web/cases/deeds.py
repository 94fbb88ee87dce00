"""One deed on a case, whoever's page it comes from."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from bot.web.cases.forms import act_of
from bot.web.once import Done
from bot.web.site import Form, Visit, deed_key
from dialogs.types import Problem


async def do(visit: Visit, case_id: str, form: Form) -> Done:
    """Do what the form asks, once; what came of it. Raises 404 for a case that is not theirs."""
    ports = visit.site.ports
    act = act_of(form, ports.clock.now(), ports.settings.zone)
    if act is None:
        raise HTTPException(400)
    if isinstance(act, Problem):
        return Done((ports.team.refusal(act),))
    done = await ports.team.act(visit.actor, case_id, act, deed_key(visit, form, case_id))
    if done is None:
        raise HTTPException(404)
    return done
