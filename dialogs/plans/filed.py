"""A plan as it is filed on its case: one a case, sealed as a whole, and a few bare facts for whoever only reminds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, cast, get_args

from dialogs.papers.filings import Filing
from dialogs.plans.model import Baton, Effort, Goal, Need, Plan, Score, Sign, Status, followed_on
from dialogs.plans.source import is_of_meeting

BARE: Final = "bare"  # the one key of the body that a service is handed: ids and days, no word that anybody wrote


@dataclass(frozen=True)
class Bare:
    """What reminders and figures may know of a plan."""

    open: bool
    keeper: str | None = None
    offered: str | None = None
    asked_by: str | None = None
    follow_up: date | None = None
    # Efforts that are not done yet, by id; what was agreed at a meeting is reminded of there.
    ends: Mapping[str, date] = field(default_factory=dict[str, date])
    followed: tuple[date, ...] = ()


def slot(case_id: str) -> str:
    """What can be taken once: a case has one plan, also when two make it at the same moment."""
    return f"plan:{case_id}"


def bare_of(plan: Plan) -> Bare:
    """The bare facts of a plan."""
    own = [one for one in plan.efforts if one.done is None and not is_of_meeting(one.agreed)]
    ends = {one.id: one.ends for one in own if one.ends is not None}
    baton = plan.baton
    return Bare(
        plan.status == "open", baton.keeper, baton.offered, baton.asked_by, plan.follow_up, ends, followed_on(plan)
    )


def dump(plan: Plan) -> Filing:
    """The plan as it is filed."""
    bare = bare_of(plan)
    body: dict[str, Any] = {
        name: value for name, value in _plain(asdict(plan)).items() if name not in ("id", "case_id", "revision")
    }
    body[BARE] = _plain(asdict(bare))
    return Filing(plan.id, plan.case_id, "plan", plan.status, body, slot=slot(plan.case_id), revision=plan.revision)


def is_whole(filing: Filing) -> bool:
    """Whether the reader got the plan itself, and not the bare facts alone."""
    return set(filing.body) != {BARE}


def load_bare(filing: Filing) -> Bare:
    """The bare facts in a filing, whoever reads it."""
    told = filing.body[BARE]
    return Bare(
        open=told["open"],
        keeper=told["keeper"],
        offered=told["offered"],
        asked_by=told.get("asked_by"),  # a plan that was filed before it was kept has nobody
        follow_up=_day(told["follow_up"]),
        ends={name: date.fromisoformat(day) for name, day in told["ends"].items()},
        followed=tuple(date.fromisoformat(day) for day in told["followed"]),
    )


def load(filing: Filing) -> Plan:
    """The plan that `dump` wrote."""
    body = filing.body
    status: Status = next(one for one in get_args(Status) if one == filing.state)
    return Plan(
        id=filing.id,
        case_id=filing.case_id,
        wish=body["wish"],
        works=body["works"],
        needs=tuple(Need(**need) for need in body["needs"]),
        goals=tuple(_goal(goal) for goal in body["goals"]),
        efforts=tuple(_effort(effort) for effort in body["efforts"]),
        family=body["family"],
        baton=Baton(**body["baton"]),
        shared_with=tuple(body["shared_with"]),
        follow_up=_day(body["follow_up"]),
        learned=body["learned"],
        status=status,
        revision=filing.revision,
    )


def _goal(data: Mapping[str, Any]) -> Goal:
    return Goal(data["id"], data["need"], data["text"], tuple(_sign(sign) for sign in data["signs"]))


def _sign(data: Mapping[str, Any]) -> Sign:
    scores = tuple(Score(date.fromisoformat(one["day"]), one["value"]) for one in data["scores"])
    return Sign(data["id"], data["who"], data["text"], data["watcher"], data["often"], scores)


def _effort(data: Mapping[str, Any]) -> Effort:
    days = {name: _day(data[name]) for name in ("ends", "done")}
    starts = date.fromisoformat(data["starts"])
    agreed = data.get("agreed", "")  # a plan that was filed before efforts had a source has none
    return Effort(data["id"], data["need"], data["text"], data["by"], starts, days["ends"], days["done"], agreed)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    """The same in what JSON has: lists for tuples, and days as text."""
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {key: _plain(child) for key, child in cast(dict[str, Any], value).items()}
        case list() | tuple():
            return [_plain(child) for child in cast(list[Any], value)]
        case _:
            return value
