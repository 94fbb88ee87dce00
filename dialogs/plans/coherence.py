"""Whether a plan hangs together: each effort answers a need, each goal has signs, and somebody keeps the threads.

A gap is a friendly question to those who write, never a lock: what blocks is said in `moves`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.danish.text import tokens
from dialogs.plans.model import Plan

GapKind = Literal[
    "no_wish", "need_without_effort", "need_without_goal", "effort_without_need", "goal_without_need",
    "no_sign_of_child", "no_sign_of_adults", "sign_unwatched", "vague_goal", "no_keeper", "no_date",
]  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and what it is about (an id, or nothing)."""

    kind: GapKind
    about: str = ""


def gaps(plan: Plan, vague: Collection[str], professions: int) -> tuple[Gap, ...]:
    """Everything that is missing; `vague` are stems of words that nobody can see, `professions` how many take part."""
    return (*_whole(plan, professions), *_needs(plan), *_goals(plan, vague), *_efforts(plan))


def _whole(plan: Plan, professions: int) -> Iterator[Gap]:
    if not plan.wish.strip():
        yield Gap("no_wish")
    if plan.baton.keeper is None and professions >= 2:  # as soon as more than one is in it
        yield Gap("no_keeper")
    if plan.follow_up is None:
        yield Gap("no_date")


def _needs(plan: Plan) -> Iterator[Gap]:
    helped, aimed = {effort.need for effort in plan.efforts}, {goal.need for goal in plan.goals}
    for need in plan.needs:
        if need.id not in helped:
            yield Gap("need_without_effort", need.id)
        if need.id not in aimed:
            yield Gap("need_without_goal", need.id)


def _goals(plan: Plan, vague: Collection[str]) -> Iterator[Gap]:
    for goal in plan.goals:
        if plan.need(goal.need) is None:
            yield Gap("goal_without_need", goal.id)
        seen = {sign.who for sign in goal.signs}
        if "child" not in seen:
            yield Gap("no_sign_of_child", goal.id)
        if "adults" not in seen:
            yield Gap("no_sign_of_adults", goal.id)
        if is_vague(goal.text, vague):
            yield Gap("vague_goal", goal.id)
        yield from (Gap("sign_unwatched", sign.id) for sign in goal.signs if not sign.watcher)


def _efforts(plan: Plan) -> Iterator[Gap]:
    return (Gap("effort_without_need", effort.id) for effort in plan.efforts if plan.need(effort.need) is None)


def is_vague(text: str, vague: Collection[str]) -> bool:
    """Whether a goal speaks in words that nobody can see happen, such as "trives bedre"."""
    return any(token.stem in vague for token in tokens(text))


def hints(text: str, vague: Mapping[str, str]) -> tuple[str, ...]:
    """What to ask oneself about each vague word of a text, once each, by its stem. Nothing is ever rewritten."""
    return tuple(dict.fromkeys(vague[token.stem] for token in tokens(text) if token.stem in vague))
