"""The one plan: what may happen to it, what it misses, and that an edit loses nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.danish import stem
from dialogs.plans.coherence import Gap, gaps, is_vague
from dialogs.plans.model import Baton, Effort, Goal, Need, Plan, Score, Sign
from dialogs.plans.moves import (
    MOVES,
    Accept,
    Act,
    CloseIt,
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
    Write,
    move,
)

TODAY = date(2026, 11, 23)
VAGUE = {stem(word) for word in ("bedre", "trives", "fungere")}
SIGN = Sign("t1", "child", "Går selv ind i klassen mindst 3 dage om ugen", "teacher")
ADULT = Sign("t2", "adults", "En voksen siger godmorgen ved døren", "pedagogue")
GOAL = Goal("m1", "b1", "Kommer i skole hver dag kl. 8", (SIGN, ADULT))
PLAN = Plan(
    "p1", "c1", wish="At have en at gå sammen med",
    needs=(Need("b1", "Tryghed om morgenen"),), goals=(GOAL,),
    efforts=(Effort("i1", "b1", "Møder barnet ved døren", "teacher", TODAY),),
    baton=Baton("k1"), follow_up=TODAY + timedelta(days=42),
)  # fmt: skip
ACTS: tuple[Act, ...] = (
    Write("wish", "Ro"), PutNeed(Need("b2", "En ven")), PutGoal(replace(GOAL, text="Er der kl. 8")),
    PutSign("m1", replace(SIGN, often="ugentligt")), PutEffort(replace(PLAN.efforts[0], by="family")), Drop("i1"),
    ScoreIt("t1", Score(TODAY, 4)), Share(("teacher",)), LookAgain(TODAY + timedelta(days=7)), Offer("k2"),
    Accept("k2"), CloseIt("En fast voksen ved døren"), OpenAgain(),
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: type(act).__name__)
@pytest.mark.parametrize("status", ["open", "closed"])
def test_what_the_table_has_is_done_and_all_else_is_refused(status: str, act: Act) -> None:
    plan = replace(PLAN, status=status, baton=Baton("k1", "k2" if isinstance(act, Accept) else None))
    step = move(plan, act, TODAY)
    if (status, type(act)) in MOVES:
        assert (step.problems, step.plan.revision) == ((), 1)
    else:
        assert step.problems
        assert step.plan is plan


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (PutNeed(Need("b2", " ")), "text_missing"),
        (Write("wish", "x" * 1_001), "text_too_long"),
        (PutSign("m9", SIGN), "goal_gone"),
        (Drop("x"), "part_gone"),
        (ScoreIt("t1", Score(TODAY, 11)), "score_wrong"),
        (ScoreIt("t9", Score(TODAY, 1)), "part_gone"),
        (LookAgain(TODAY), "date_past"),
        (Accept("k3"), "not_offered"),
        (Offer("k1"), "has_it"),
        (CloseIt(""), "learned_missing"),
        (PutEffort(Effort("i2", "b1", "Ringer hjem", "", TODAY)), "nobody_does_it"),
        (PutEffort(Effort("i2", "b1", "Ringer hjem", "leader", TODAY, TODAY - timedelta(days=1))), "ends_before_start"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(act: Act, code: str) -> None:
    step = move(PLAN, act, TODAY)
    assert (step.problems[0].code, step.plan is PLAN) == (code, True)


def test_the_baton_stays_until_the_next_says_yes() -> None:
    offered = move(PLAN, Offer("k2"), TODAY).plan
    assert offered.baton == Baton("k1", "k2")
    assert move(offered, Accept("k2"), TODAY).plan.baton == Baton("k2")


def test_a_sign_that_is_worded_anew_keeps_its_curve_and_so_do_a_goals_signs() -> None:
    rated = move(PLAN, ScoreIt("t1", Score(TODAY, 3)), TODAY).plan
    anew = move(rated, PutSign("m1", replace(SIGN, text="Går selv ind")), TODAY).plan
    assert [sign.latest for sign in anew.signs()] == [3, None]
    renamed = move(anew, PutGoal(Goal("m1", "b1", "Kommer til tiden")), TODAY).plan
    assert [sign.latest for sign in renamed.signs()] == [3, None]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 10)), min_size=1))
def test_a_curve_has_one_score_a_day_in_order_and_the_last_word_stands(told: list[tuple[int, int]]) -> None:
    plan = PLAN
    for day, value in told:
        plan = move(plan, ScoreIt("t1", Score(TODAY + timedelta(days=day), value)), TODAY).plan
    scores = next(plan.signs()).scores
    assert {score.day - TODAY: score.value for score in scores} == {timedelta(days=d): v for d, v in told}
    assert list(scores) == sorted(scores, key=lambda score: score.day)


def test_a_whole_plan_has_no_gaps() -> None:
    assert gaps(PLAN, VAGUE, professions=3) == ()


@pytest.mark.parametrize(
    ("plan", "gap"),
    [
        (replace(PLAN, wish=" "), Gap("no_wish")),
        (replace(PLAN, baton=Baton()), Gap("no_keeper")),
        (replace(PLAN, follow_up=None), Gap("no_date")),
        (replace(PLAN, efforts=()), Gap("need_without_effort", "b1")),
        (replace(PLAN, goals=()), Gap("need_without_goal", "b1")),
        (replace(PLAN, efforts=(replace(PLAN.efforts[0], need="x"), *PLAN.efforts)), Gap("effort_without_need", "i1")),
        (replace(PLAN, goals=(GOAL, replace(GOAL, id="m2", need="x"))), Gap("goal_without_need", "m2")),
        (replace(PLAN, goals=(replace(GOAL, signs=(ADULT,)),)), Gap("no_sign_of_child", "m1")),
        (replace(PLAN, goals=(replace(GOAL, signs=(SIGN,)),)), Gap("no_sign_of_adults", "m1")),
        (replace(PLAN, goals=(replace(GOAL, text="Skal trives bedre"),)), Gap("vague_goal", "m1")),
        (replace(PLAN, goals=(replace(GOAL, signs=(replace(SIGN, watcher=""), ADULT)),)), Gap("sign_unwatched", "t1")),
    ],
)
def test_each_gap_is_named(plan: Plan, gap: Gap) -> None:
    assert gap in gaps(plan, VAGUE, professions=3)


def test_one_profession_needs_no_keeper() -> None:
    assert gaps(replace(PLAN, baton=Baton()), VAGUE, professions=1) == ()


@pytest.mark.parametrize("text", ["Hun skal trives", "Det fungerer bedre", "Bliver bedre til matematik"])
def test_words_that_nobody_can_see_are_vague(text: str) -> None:
    assert is_vague(text, VAGUE)
    assert not is_vague(GOAL.text, VAGUE)
