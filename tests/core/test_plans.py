"""The one plan: what may happen to it, what it misses, and that an edit loses nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.danish.text import stem
from dialogs.plans.acts import (
    Accept,
    Act,
    CloseIt,
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
from dialogs.plans.baton import GRIPS, grip, passed
from dialogs.plans.coherence import Gap, gaps, hints, is_vague
from dialogs.plans.curve import EDGE, HEIGHT, WIDTH, dots
from dialogs.plans.filed import BARE, bare_of, dump, load, load_bare
from dialogs.plans.model import Baton, Effort, Goal, Need, Plan, Score, Sign
from dialogs.plans.moves import MOVES, move

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
    Accept("k2"), Decline("k2"), TakeBack(), DoneIt("i1", TODAY), CloseIt("En fast voksen ved døren"), OpenAgain(),
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: type(act).__name__)
@pytest.mark.parametrize("status", ["open", "closed"])
def test_what_the_table_has_is_done_and_all_else_is_refused(status: str, act: Act) -> None:
    plan = replace(
        PLAN, status=status, baton=Baton("k1", "k2" if isinstance(act, Accept | Decline | TakeBack) else None)
    )
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
        (ScoreIt("t1", Score(TODAY + timedelta(days=1), 1)), "date_future"),
        (DoneIt("i9", TODAY), "part_gone"),
        (DoneIt("i1", TODAY + timedelta(days=1)), "date_future"),
        (LookAgain(TODAY), "date_past"),
        (Accept("k3"), "not_offered"),
        (Decline("k3"), "not_offered"),
        (TakeBack(), "not_offered"),
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
    assert move(offered, Decline("k2"), TODAY).plan.baton == Baton("k1")
    assert move(offered, TakeBack(), TODAY).plan.baton == Baton("k1")


@given(st.lists(st.sampled_from([Offer("a"), Offer("b"), Accept("a"), Accept("b"), Decline("a"), TakeBack()])))
def test_once_kept_the_baton_is_always_kept_and_only_by_one_who_was_asked(acts: list[Any]) -> None:
    baton, asked, kept = Baton(), {None}, False
    for act in acts:
        after = passed(baton, act)
        if isinstance(after, str):
            continue
        assert grip(after) == GRIPS[grip(baton), type(act)]
        asked |= {act.person_id} if isinstance(act, Offer) else set()
        kept = kept or after.keeper is not None
        assert (after.keeper is not None) == kept
        assert after.keeper in asked
        assert after.keeper == baton.keeper or act == Accept(baton.offered or "")
        baton = after


def test_a_score_on_the_agreed_day_or_later_is_the_follow_up_and_asks_for_a_new_day() -> None:
    due = replace(PLAN, follow_up=TODAY)
    assert move(due, ScoreIt("t1", Score(TODAY, 4)), TODAY).plan.follow_up is None
    early = move(PLAN, ScoreIt("t1", Score(TODAY, 4)), TODAY).plan
    assert early.follow_up == PLAN.follow_up


def test_it_comes_back_as_it_was_filed_and_the_bare_facts_hold_no_word_that_anybody_wrote() -> None:
    full = replace(
        move(PLAN, ScoreIt("t1", Score(TODAY, 4)), TODAY).plan,
        works="Maler", family="Følger hver dag", shared_with=("psychologist",), learned="Ro", baton=Baton("k1", "k2"),
        efforts=(replace(PLAN.efforts[0], ends=TODAY), replace(PLAN.efforts[0], id="i2", ends=TODAY, done=TODAY)),
    )  # fmt: skip
    filing = dump(full)
    assert load(filing) == full
    assert load(dump(replace(PLAN, status="closed"))) == replace(PLAN, status="closed")
    bare = replace(filing, body={BARE: filing.body[BARE]})
    assert load_bare(bare) == bare_of(full)
    assert (bare_of(full).ends, bare_of(full).followed) == ({"i1": TODAY}, (TODAY,))
    said = {full.wish, full.works, full.family, full.learned, *(part.text for part in (*full.needs, *full.goals))}
    assert not [word for word in said if word in json.dumps(filing.body[BARE], ensure_ascii=False)]


def test_a_case_has_one_plan_by_its_slot() -> None:
    assert dump(PLAN).slot == dump(replace(PLAN, id="p2")).slot
    assert dump(PLAN).slot != dump(replace(PLAN, case_id="c2")).slot


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10)), max_size=12, unique_by=lambda one: one[0]))
def test_a_curve_stays_in_its_picture_and_a_higher_score_stands_higher(told: list[tuple[int, int]]) -> None:
    scores = [Score(TODAY + timedelta(days=day), value) for day, value in sorted(told)]
    drawn = dots(scores)
    assert [(dot.day, dot.value) for dot in drawn] == [(score.day, score.value) for score in scores]
    assert all(EDGE <= dot.x <= WIDTH - EDGE and EDGE <= dot.y <= HEIGHT - EDGE for dot in drawn)
    assert [dot.x for dot in drawn] == sorted(dot.x for dot in drawn)
    assert all((a.value < b.value) == (a.y > b.y) for a in drawn for b in drawn if a.value != b.value)


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
        plan = move(plan, ScoreIt("t1", Score(TODAY + timedelta(days=day), value)), TODAY + timedelta(days=30)).plan
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


def test_a_vague_word_gets_its_own_question_once_and_the_text_is_left_alone() -> None:
    asked = {stem("bedre"): "Hvad kan barnet så?", stem("trives"): "Hvad gør barnet på en god dag?"}
    assert hints("Trives bedre og bedre", asked) == ("Hvad gør barnet på en god dag?", "Hvad kan barnet så?")
    assert hints(GOAL.text, asked) == ()
