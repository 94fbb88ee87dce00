"""What can happen to a plan: one act in, the plan out. A missing key is a refusal, and a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, assert_never

from dialogs.plans.acts import (
    Accept,
    Act,
    CloseIt,
    Course,
    Decline,
    DoneIt,
    Drop,
    LookAgain,
    Offer,
    OpenAgain,
    PutEffort,
    PutGoal,
    PutNeed,
    PutSign,
    ScoreIt,
    Share,
    TakeBack,
    Write,
)
from dialogs.plans.baton import passed
from dialogs.plans.model import SCALE, Plan, Status, scored
from dialogs.plans.parts import text_flaw, worded
from dialogs.types import Problem

_WHILE_OPEN: Final[tuple[type[Act], ...]] = (
    Write, PutNeed, PutGoal, PutSign, PutEffort, Drop, ScoreIt, DoneIt, Share, LookAgain,
    Offer, Accept, Decline, TakeBack,
)  # fmt: skip
MOVES: Final[Mapping[tuple[Status, type[Act]], Status]] = {
    **{("open", act): "open" for act in _WHILE_OPEN},
    ("open", CloseIt): "closed",
    ("closed", OpenAgain): "open",
}


@dataclass(frozen=True)
class PlanStep:
    """The plan after one act; or the very same plan and why not."""

    plan: Plan
    problems: tuple[Problem, ...] = ()


def move(plan: Plan, act: Act, today: date) -> PlanStep:
    """Do one act, or refuse it and return the very same plan with a problem."""
    target = MOVES.get((plan.status, type(act)))
    if target is None:
        return PlanStep(plan, (Problem("plan_closed" if plan.status == "closed" else "plan_open"),))
    after = _done(plan, act, today)
    if isinstance(after, str):
        return PlanStep(plan, (Problem(after),))
    return PlanStep(replace(after, status=target, revision=plan.revision + 1))


def _done(plan: Plan, act: Act, today: date) -> Plan | str:
    match act:
        case Write() | PutNeed() | PutGoal() | PutSign() | PutEffort() | Drop():
            return worded(plan, act)
        case Offer() | Accept() | Decline() | TakeBack():
            baton = passed(plan.baton, act)
            return baton if isinstance(baton, str) else replace(plan, baton=baton)
        case ScoreIt() | DoneIt() | Share() | LookAgain() | CloseIt() | OpenAgain():
            return _further(plan, act, today)
        case _:
            assert_never(act)


def _further(plan: Plan, act: Course, today: date) -> Plan | str:
    match act:
        case ScoreIt():
            return _scored(plan, act, today)
        case DoneIt():
            return _effort_done(plan, act, today)
        case Share(functions):
            return replace(plan, shared_with=functions)
        case LookAgain(day):
            return replace(plan, follow_up=day) if day > today else "date_past"
        case CloseIt(learned):
            flaw = text_flaw(learned, missing="learned_missing")
            return flaw or replace(plan, learned=learned, follow_up=None)
        case OpenAgain():
            return plan
        case _:
            assert_never(act)


def _scored(plan: Plan, act: ScoreIt, today: date) -> Plan | str:
    """A score on the day of the follow-up or later is the follow-up: what is next has to be said anew."""
    if all(sign.id != act.sign for sign in plan.signs()):
        return "part_gone"
    if act.score.value not in SCALE:
        return "score_wrong"
    if act.score.day > today:
        return "date_future"
    after = scored(plan, act.sign, act.score)
    held = plan.follow_up is not None and act.score.day >= plan.follow_up
    return replace(after, follow_up=None) if held else after


def _effort_done(plan: Plan, act: DoneIt, today: date) -> Plan | str:
    if all(effort.id != act.effort for effort in plan.efforts):
        return "part_gone"
    if act.day > today:
        return "date_future"
    efforts = tuple(replace(one, done=act.day) if one.id == act.effort else one for one in plan.efforts)
    return replace(plan, efforts=efforts)
