"""From a form on a case page to the act that it asks for, or the problem with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from bot.web.dates import NOON, UNCLEAR_DATE, day_of
from bot.web.site import Form
from dialogs.cases.acts import (
    AcceptBaton,
    Act,
    Add,
    Ask,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.cases.model import OUTCOMES, Light, Outcome
from dialogs.types import Problem

Asked = Act | Problem  # a problem has its words in cases.yaml
Read = Callable[[Form], Asked]


def act_of(form: Form, now: datetime, zone: ZoneInfo) -> Asked | None:
    """The act behind a form; None when it is no form of ours."""
    name = form.one("act")
    if name == "add":
        return _add(form, now, zone)
    read = _READ.get(name)
    return read(form) if read else None


def _add(form: Form, now: datetime, zone: ZoneInfo) -> Asked:
    """Written now, happened then: both times are kept."""
    written = form.one("event_at").strip()
    day = day_of(written)
    if written and day is None:
        return UNCLEAR_DATE
    today = now.astimezone(zone).date()
    return Add(form.one("text"), now if day in (None, today) else datetime.combine(day, NOON, zone))


def _plan(form: Form) -> Asked:
    day = day_of(form.one("day"))
    return Plan(day) if day else Problem("plan_missing")


def _decide(form: Form) -> Asked:
    outcome: Outcome | None = next((known for known in OUTCOMES if known == form.one("outcome")), None)
    if outcome is None:
        return Problem("outcome_missing")
    day = day_of(form.one("follow_up"))
    return Decide(outcome, form.one("owner"), form.one("reason"), form.one("words"), day)


def _lower(form: Form) -> Asked:
    light = _light(form)
    return ProposeLowering(light, form.one("reason")) if light else Problem("not_lower")


def _raise(form: Form) -> Asked:
    light = _light(form)
    return Raise(form.one("reason"), light) if light else Problem("not_higher")


def _light(form: Form) -> Light | None:
    return next((known for known in get_args(Light) if known == form.one("to")), None)


def _follow_up(form: Form) -> Asked:
    effect = form.one("effect").strip()
    if effect and not effect.isdecimal():
        return Problem("effect_range")
    written = form.one("next").strip()
    day = day_of(written)
    if written and day is None:
        return UNCLEAR_DATE
    return FollowUp(int(effect[:3]) if effect else None, form.one("note"), day)


_READ: Mapping[str, Read] = {
    "ask": lambda form: Ask(form.one("text")),
    "reply": lambda form: Reply(form.one("text")),
    "plan": _plan,
    "discuss": lambda form: Discuss(),
    "decide": _decide,
    "propose_lowering": _lower,
    "confirm_lowering": lambda form: ConfirmLowering(),
    "refuse_lowering": lambda form: RefuseLowering(form.one("reason")),
    "raise": _raise,
    "follow_up": _follow_up,
    "close": lambda form: Close(form.one("words")),
    "reopen": lambda form: Reopen(form.one("reason")),
    "give_to": lambda form: GiveTo(form.one("owner")),
    "accept_baton": lambda form: AcceptBaton(),
}
