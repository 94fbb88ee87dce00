"""What can happen to a plan: one act in, the plan out. A missing key is a refusal, and a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeVar, assert_never

from dialogs.plans.model import MAX_TEXT, SCALE, Baton, Effort, Goal, Need, Plan, Score, Sign, Status, scored
from dialogs.types import Problem

P = TypeVar("P", Need, Goal, Sign, Effort)
Part = Literal["wish", "works", "family"]
MAX_PARTS: Final = 12  # needs, goals or efforts; a plan with more is nobody's plan


@dataclass(frozen=True)
class Write:
    """One of the plan's own texts, in whole."""

    part: Part
    text: str


@dataclass(frozen=True)
class PutNeed:
    need: Need


@dataclass(frozen=True)
class PutGoal:
    goal: Goal


@dataclass(frozen=True)
class PutSign:
    goal: str
    sign: Sign


@dataclass(frozen=True)
class PutEffort:
    effort: Effort


@dataclass(frozen=True)
class Drop:
    """Take a need, goal, sign or effort out; what pointed to it stays, and the gaps say so."""

    about: str


@dataclass(frozen=True)
class ScoreIt:
    sign: str
    score: Score


@dataclass(frozen=True)
class Share:
    """Whom the plan is shared with: functions that a valid consent covers."""

    functions: tuple[str, ...]


@dataclass(frozen=True)
class LookAgain:
    day: date


@dataclass(frozen=True)
class Offer:
    """Ask somebody to keep the threads; the one who has them keeps them until that one says yes."""

    person_id: str


@dataclass(frozen=True)
class Accept:
    person_id: str


@dataclass(frozen=True)
class CloseIt:
    learned: str


@dataclass(frozen=True)
class OpenAgain:
    pass


Act = (
    Write
    | PutNeed
    | PutGoal
    | PutSign
    | PutEffort
    | Drop
    | ScoreIt
    | Share
    | LookAgain
    | Offer
    | Accept
    | CloseIt
    | OpenAgain
)
MOVES: Final[Mapping[tuple[Status, type[Act]], Status]] = {
    **{
        ("open", act): "open"
        for act in (Write, PutNeed, PutGoal, PutSign, PutEffort, Drop, ScoreIt, Share, LookAgain, Offer, Accept)
    },
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
        return _refused(plan, "plan_closed" if plan.status == "closed" else "plan_open")
    if (code := _wrong(plan, act, today)) is not None:
        return _refused(plan, code)
    return PlanStep(replace(_done(plan, act), status=target, revision=plan.revision + 1))


def _refused(plan: Plan, code: str) -> PlanStep:
    return PlanStep(plan, (Problem(code),))


def _wrong(plan: Plan, act: Act, today: date) -> str | None:  # noqa: C901, PLR0912 - one plain arm per act
    match act:
        case Write():
            return _text(act.text, empty=True)
        case PutNeed():
            return _text(act.need.text) or _room(plan.needs, act.need.id)
        case PutGoal():
            return _text(act.goal.text) or _room(plan.goals, act.goal.id)
        case PutSign():
            goal = next((goal for goal in plan.goals if goal.id == act.goal), None)
            return "goal_gone" if goal is None else _text(act.sign.text) or _room(goal.signs, act.sign.id)
        case PutEffort():
            return _effort(plan, act.effort)
        case Drop():
            return None if act.about in _ids(plan) else "part_gone"
        case ScoreIt():
            known = any(sign.id == act.sign for sign in plan.signs())
            return ("score_wrong" if act.score.value not in SCALE else None) if known else "part_gone"
        case LookAgain():
            return None if act.day > today else "date_past"
        case Accept():
            return None if act.person_id == plan.baton.offered else "not_offered"
        case Offer():
            return "has_it" if act.person_id == plan.baton.keeper else None
        case CloseIt():
            return _text(act.learned, missing="learned_missing")
        case Share() | OpenAgain():
            return None
        case _:
            assert_never(act)


def _text(text: str, *, empty: bool = False, missing: str = "text_missing") -> str | None:
    if len(text) > MAX_TEXT:
        return "text_too_long"
    return None if empty or text.strip() else missing


def _room(parts: tuple[Need | Goal | Sign | Effort, ...], part_id: str) -> str | None:
    """A known part is written anew; a new one needs room."""
    return None if len(parts) < MAX_PARTS or any(part.id == part_id for part in parts) else "plan_full"


def _effort(plan: Plan, effort: Effort) -> str | None:
    if effort.ends is not None and effort.ends < effort.starts:
        return "ends_before_start"
    if not effort.by.strip():
        return "nobody_does_it"
    return _text(effort.text) or _room(plan.efforts, effort.id)


def _ids(plan: Plan) -> frozenset[str]:
    return frozenset(part.id for part in (*plan.needs, *plan.goals, *plan.efforts, *plan.signs()))


def _done(plan: Plan, act: Act) -> Plan:  # noqa: C901, PLR0912 - as above
    match act:
        case Write():
            return _written(plan, act)
        case PutNeed():
            return replace(plan, needs=_put(plan.needs, act.need))
        case PutGoal():
            kept = next((goal.signs for goal in plan.goals if goal.id == act.goal.id), act.goal.signs)
            return replace(plan, goals=_put(plan.goals, replace(act.goal, signs=kept)))
        case PutSign():
            return replace(plan, goals=tuple(_with_sign(g, act.sign) if g.id == act.goal else g for g in plan.goals))
        case PutEffort():
            return replace(plan, efforts=_put(plan.efforts, act.effort))
        case Drop():
            return _without(plan, act.about)
        case ScoreIt():
            return scored(plan, act.sign, act.score)
        case Share():
            return replace(plan, shared_with=act.functions)
        case LookAgain():
            return replace(plan, follow_up=act.day)
        case Offer():
            # With nobody before them there is nobody to wait for a yes; still they are asked.
            return replace(plan, baton=Baton(plan.baton.keeper, act.person_id))
        case Accept():
            return replace(plan, baton=Baton(act.person_id))
        case CloseIt():
            return replace(plan, learned=act.learned)
        case OpenAgain():
            return plan
        case _:
            assert_never(act)


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


def _put(parts: tuple[P, ...], part: P) -> tuple[P, ...]:
    """The parts with this one in the place of the one that had its id, or at the end."""
    if any(old.id == part.id for old in parts):
        return tuple(part if old.id == part.id else old for old in parts)
    return (*parts, part)


def _with_sign(goal: Goal, sign: Sign) -> Goal:
    """A sign that is worded anew keeps its scores: the curve is of the same thing."""
    scores = next((old.scores for old in goal.signs if old.id == sign.id), sign.scores)
    return replace(goal, signs=_put(goal.signs, replace(sign, scores=scores)))


def _without(plan: Plan, about: str) -> Plan:
    goals = tuple(
        replace(goal, signs=tuple(sign for sign in goal.signs if sign.id != about))
        for goal in plan.goals
        if goal.id != about
    )
    needs = tuple(need for need in plan.needs if need.id != about)
    return replace(plan, needs=needs, goals=goals, efforts=tuple(one for one in plan.efforts if one.id != about))
