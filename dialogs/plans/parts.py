"""The plan's words and parts: put in, worded anew, taken out. A refusal is a code, and nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar, assert_never

from dialogs.plans.acts import Drop, PutEffort, PutGoal, PutNeed, PutSign, Wording, Write
from dialogs.plans.model import MAX_TEXT, Effort, Goal, Need, Plan, Sign

P = TypeVar("P", Need, Goal, Sign, Effort)
MAX_PARTS: Final = 12  # needs, goals or efforts; a plan with more is nobody's plan


def worded(plan: Plan, act: Wording) -> Plan | str:
    """The plan after one act on its words or parts, or the code of why not."""
    match act:
        case Write():
            return text_flaw(act.text, empty=True) or _written(plan, act)
        case PutNeed(need):
            return text_flaw(need.text) or _full(plan.needs, need.id) or replace(plan, needs=_put(plan.needs, need))
        case PutGoal(goal):
            return text_flaw(goal.text) or _full(plan.goals, goal.id) or _with_goal(plan, goal)
        case PutSign():
            return _with_sign(plan, act)
        case PutEffort(effort):
            return _effort_flaw(plan, effort) or replace(plan, efforts=_put(plan.efforts, _sourced(plan, effort)))
        case Drop(about):
            return _without(plan, about)
        case _:
            assert_never(act)


def text_flaw(text: str, *, empty: bool = False, missing: str = "text_missing") -> str | None:
    """Why a text can't be taken, as a code."""
    if len(text) > MAX_TEXT:
        return "text_too_long"
    return None if empty or text.strip() else missing


def _written(plan: Plan, act: Write) -> Plan:
    match act.part:
        case "wish":
            return replace(plan, wish=act.text)
        case "works":
            return replace(plan, works=act.text)
        case "family":
            return replace(plan, family=act.text)
        case _:
            assert_never(act.part)


def _full(parts: Sequence[Need | Goal | Sign | Effort], part_id: str) -> str | None:
    """A known part is written anew; a new one needs room."""
    return None if len(parts) < MAX_PARTS or any(part.id == part_id for part in parts) else "plan_full"


def _put(parts: tuple[P, ...], part: P) -> tuple[P, ...]:
    """The parts with this one in the place of the one that had its id, or at the end."""
    if any(old.id == part.id for old in parts):
        return tuple(part if old.id == part.id else old for old in parts)
    return (*parts, part)


def _with_goal(plan: Plan, goal: Goal) -> Plan:
    kept = next((old.signs for old in plan.goals if old.id == goal.id), goal.signs)
    return replace(plan, goals=_put(plan.goals, replace(goal, signs=kept)))


def _with_sign(plan: Plan, act: PutSign) -> Plan | str:
    """A sign that is worded anew keeps its scores: the curve is of the same thing."""
    goal = next((goal for goal in plan.goals if goal.id == act.goal), None)
    if goal is None:
        return "goal_gone"
    if (flaw := text_flaw(act.sign.text) or _full(goal.signs, act.sign.id)) is not None:
        return flaw
    scores = next((old.scores for old in goal.signs if old.id == act.sign.id), act.sign.scores)
    signs = _put(goal.signs, replace(act.sign, scores=scores))
    return replace(plan, goals=_put(plan.goals, replace(goal, signs=signs)))


def _sourced(plan: Plan, effort: Effort) -> Effort:
    """An effort that is worded anew was still agreed where it was."""
    old = next((one for one in plan.efforts if one.id == effort.id), None)
    return replace(effort, agreed=old.agreed) if old is not None else effort


def _effort_flaw(plan: Plan, effort: Effort) -> str | None:
    if effort.ends is not None and effort.ends < effort.starts:
        return "ends_before_start"
    if not effort.by.strip():
        return "nobody_does_it"
    return text_flaw(effort.text) or _full(plan.efforts, effort.id)


def _without(plan: Plan, about: str) -> Plan | str:
    ids = {part.id for part in (*plan.needs, *plan.goals, *plan.efforts, *plan.signs())}
    if about not in ids:
        return "part_gone"
    goals = tuple(
        replace(goal, signs=tuple(sign for sign in goal.signs if sign.id != about))
        for goal in plan.goals
        if goal.id != about
    )
    needs = tuple(need for need in plan.needs if need.id != about)
    return replace(plan, needs=needs, goals=goals, efforts=tuple(one for one in plan.efforts if one.id != about))
