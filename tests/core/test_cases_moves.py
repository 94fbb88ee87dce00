"""What may follow what: every cell of the table, who may do it, and what a refusal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from dialogs.cases.acts import (  # fmt: skip
    ACTS,
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
    Mover,
    Open,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.cases.model import DECIDED, OUTCOMES, UNDECIDED, Case, CaseState, Entry
from dialogs.cases.moves import MAX_TEXT, move
from dialogs.cases.table import MOVES, RED_MOVES, open_acts
from dialogs.types import Problem
from tests.core.case_kit import DAY, MONDAY, PSYCHOLOGIST, WORDS, WRITER, a_case, colour, entry, on_team

LEADER = on_team()
OWNERS = ("laerke-leder", "laerke-psykolog", "laerke-laerer")
DECISION = Decide("local_effort", "laerke-psykolog", "Det kan løses her.", "Vi hjælper her.", date(2026, 12, 21))
STATES: tuple[CaseState, ...] = get_args(CaseState)


def do(case: Case, act: Act, who: Mover = LEADER, entries: tuple[Entry, ...] = ()):
    return move(case, entries, who, act, MONDAY, today=DAY, owners=OWNERS)


def codes(case: Case, act: Act, who: Mover = LEADER, entries: tuple[Entry, ...] = ()) -> list[str]:
    step = do(case, act, who, entries)
    if step.problems:
        assert step.case is case and step.entries == () and step.tells == ()
    return [problem.code for problem in step.problems]


def in_state(state: CaseState, light: str = "yellow") -> Case:
    decided = state in DECIDED or state == "closed"
    return a_case(
        state=state,
        colour=colour(light),  # type: ignore[arg-type]  # a light
        opened_at=MONDAY,
        answered_at=MONDAY if decided else None,
        owner_id="laerke-leder" if decided else None,
        follow_up=date(2026, 12, 1) if state in OUTCOMES else None,
    )


SAMPLES: dict[type, tuple[Act, Mover]] = {
    Open: (Open(), LEADER),
    Ask: (Ask("Hvornår?"), LEADER),
    Reply: (Reply("I går."), WRITER),
    Add: (Add("En ting til.", MONDAY), WRITER),
    Plan: (Plan(date(2026, 11, 25)), LEADER),
    Discuss: (Discuss(), LEADER),
    Decide: (DECISION, LEADER),
    ProposeLowering: (ProposeLowering("green", "Det går bedre."), LEADER),
    ConfirmLowering: (ConfirmLowering(), PSYCHOLOGIST),
    RefuseLowering: (RefuseLowering("Nej."), PSYCHOLOGIST),
    Raise: (Raise("Mere end vi troede."), LEADER),
    FollowUp: (FollowUp(6, "Han leger igen."), LEADER),
    Close: (Close("Det er lykkedes."), LEADER),
    Reopen: (Reopen("Det er kommet igen."), LEADER),
    GiveTo: (GiveTo("laerke-psykolog"), LEADER),
    AcceptBaton: (AcceptBaton(), PSYCHOLOGIST),
}
# What must stand in the timeline before an act can make sense at all.
BEFORE: dict[type, tuple[Entry, ...]] = {
    Reply: (entry("asked", text="Hvornår?"),),
    ConfirmLowering: (entry("lowering_proposed", to="green", reason="Bedre.", role="leader", **{"from": "yellow"}),),
    RefuseLowering: (entry("lowering_proposed", to="green", reason="Bedre.", role="leader", **{"from": "yellow"}),),
    AcceptBaton: (entry("owner", offered="laerke-psykolog"),),
}


def ready_for(act: type, state: CaseState, light: str) -> Case:
    case = in_state(state, light)
    if act in (ConfirmLowering, RefuseLowering):
        return replace(case, colour=replace(case.colour, lowering_by="laerke-leder"))
    if act is Raise and light == "red":
        return replace(case, colour=colour("yellow"))
    return case


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_where_the_table_has_a_row_and_refused_where_it_has_none(act, state) -> None:
    sample, who = SAMPLES[act]
    step = do(ready_for(act, state, "yellow"), sample, who, BEFORE.get(act, ()))
    assert bool(step.problems) == ((state, act) not in MOVES)


@pytest.mark.parametrize(("state", "act"), sorted(RED_MOVES, key=str))
def test_red_may_jump_over_the_meeting_and_yellow_may_not(state, act) -> None:
    sample, who = SAMPLES[act]
    assert (state, act) not in MOVES
    assert not do(in_state(state, "red"), sample, who).problems
    assert codes(in_state(state, "yellow"), sample, who) == ["plan_first" if act is Discuss else "discuss_first"]


def test_every_refusal_has_danish_words() -> None:
    seen = {
        problem.code
        for state in STATES
        for light in ("yellow", "red")
        for sample, _ in SAMPLES.values()
        for who in (LEADER, PSYCHOLOGIST, WRITER, Mover("laerke-laerer", "writer", "leader"))
        for problem in do(in_state(state, light), sample, who).problems
    }
    assert len(seen) > 15
    for code in seen:
        assert len(WORDS.problem(Problem(code, None, (("state", "planned"), ("most", 9))))) > 20


@pytest.mark.parametrize("state", UNDECIDED)
def test_no_case_closes_before_the_writer_has_an_answer(state) -> None:
    assert codes(in_state(state), Close("Færdig.")) == ["answer_first"]


def test_a_case_that_lost_its_answer_can_not_close_either() -> None:
    assert codes(replace(in_state("follow_up"), answered_at=None), Close("Færdig.")) == ["answer_first"]


@pytest.mark.parametrize("state", OUTCOMES)
def test_no_case_closes_before_somebody_has_looked_again(state) -> None:
    assert codes(in_state(state), Close("Færdig.")) == ["follow_up_first"]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"follow_up": None}, "follow_up_missing"),
        ({"follow_up": DAY}, "follow_up_past"),
        ({"follow_up": DAY + timedelta(days=367)}, "follow_up_far"),
        ({"reason": " "}, "reason_missing"),
        ({"words": ""}, "words_missing"),
        ({"owner_id": ""}, "owner_missing"),
        ({"owner_id": "fjord-leder"}, "owner_unknown"),
        ({"words": "x" * (MAX_TEXT + 1)}, "text_too_long"),
    ],
)
def test_every_decision_needs_owner_reason_words_and_a_date_also_when_nothing_is_done(outcome, change, code) -> None:
    decision = replace(DECISION, outcome=outcome, **change)
    assert codes(in_state("discussed"), decision) == [code]


@pytest.mark.parametrize("days", [1, 366])
def test_the_day_to_look_again_lies_between_tomorrow_and_a_year_from_now(days) -> None:
    step = do(in_state("discussed"), replace(DECISION, follow_up=DAY + timedelta(days=days)))
    assert step.case.follow_up == DAY + timedelta(days=days)


def test_a_decision_is_two_lines_one_for_the_file_and_one_for_the_writer() -> None:
    step = do(in_state("discussed"), DECISION)
    assert [(line.kind, line.seq) for line in step.entries] == [("decided", 1), ("answered", 2)]
    assert step.entries[1].data == {"words": "Vi hjælper her."}
    assert "words" not in step.entries[0].data
    assert (step.case.state, step.case.answered_at, step.case.owner_id) == ("local_effort", MONDAY, "laerke-psykolog")
    assert [tell.template for tell in step.tells] == ["writer_decided", "owner_new"]
    assert step.entries[0].data["outcome"] == "local_effort"


@pytest.mark.parametrize("owner", ["laerke-leder", "laerke-laerer"])
def test_who_is_made_responsible_is_not_told_twice(owner) -> None:
    step = do(in_state("discussed"), replace(DECISION, owner_id=owner))
    assert [tell.template for tell in step.tells] == ["writer_decided"]


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ([], "sent"),
        (["planned"], "planned"),
        (["planned", "discussed"], "discussed"),
        (["planned", "discussed", "planned"], "planned"),
        (["planned", "discussed", "reopened"], "sent"),
    ],
)
def test_an_answer_brings_the_case_back_to_where_it_was(marks, state) -> None:
    lines = tuple(entry(kind, day="2026-11-25") for kind in [*marks, "asked"])
    assert do(in_state("waiting"), Reply("Ja."), WRITER, lines).case.state == state


def test_a_question_after_the_decision_leaves_the_state_and_can_be_answered() -> None:
    asked = do(in_state("local_effort"), Ask("Hvordan går det?"))
    assert asked.case.state == "local_effort"
    assert do(asked.case, Reply("Godt."), WRITER, asked.entries).case.state == "local_effort"


def test_a_reply_without_a_question_points_to_adding() -> None:
    assert codes(in_state("sent"), Reply("Hallo?"), WRITER) == ["nothing_asked"]
    answered = (entry("asked"), entry("replied"))
    assert codes(in_state("sent"), Reply("Hallo?"), WRITER, answered) == ["nothing_asked"]


@pytest.mark.parametrize("state", STATES)
def test_the_writer_may_add_in_every_state_and_what_was_sent_stays(state) -> None:
    case = in_state(state)
    yesterday = MONDAY - timedelta(days=1)
    step = do(case, Add("Det skete i går.", yesterday), WRITER)
    assert step.case.answers is case.answers and step.case.state == state
    assert (step.entries[0].at, step.entries[0].event_at) == (MONDAY, yesterday)


def test_nothing_can_have_happened_tomorrow() -> None:
    assert codes(in_state("sent"), Add("I morgen.", MONDAY + timedelta(seconds=1)), WRITER) == ["event_in_future"]


@pytest.mark.parametrize(
    ("day", "code"),
    [(DAY - timedelta(days=1), "plan_past"), (DAY + timedelta(days=400), "plan_far")],
)
def test_a_meeting_lies_within_the_year_to_come(day, code) -> None:
    assert codes(in_state("sent"), Plan(day)) == [code]
    assert not do(in_state("sent"), Plan(DAY)).problems


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (FollowUp(11, "Over."), "effect_range"),
        (FollowUp(-1, "Under."), "effect_range"),
        (FollowUp(None, " "), "follow_up_empty"),
        (FollowUp(None, "x" * (MAX_TEXT + 1)), "text_too_long"),
        (FollowUp(5, "", DAY), "follow_up_past"),
        (Close(""), "words_missing"),
        (GiveTo(""), "owner_missing"),
        (GiveTo("laerke-leder"), "owner_unknown"),
        (GiveTo("fjord-leder"), "owner_unknown"),
        (Raise(""), "reason_missing"),
    ],
)
def test_what_is_missing_or_wrong_is_named(act, code) -> None:
    assert codes(in_state("follow_up"), act) == [code]


def test_a_question_and_a_reopening_need_words() -> None:
    assert codes(in_state("sent"), Ask("  ")) == ["text_missing"]
    assert codes(in_state("closed"), Reopen("")) == ["reason_missing"]


@pytest.mark.parametrize("effect", [0, 10])
def test_the_scale_runs_from_0_to_10_and_a_date_asks_again(effect) -> None:
    step = do(in_state("local_effort"), FollowUp(effect, "", date(2027, 1, 11)))
    assert (step.case.state, step.case.follow_up) == ("follow_up", date(2027, 1, 11))


def test_reopening_starts_a_new_round_that_needs_its_own_answer() -> None:
    again = do(in_state("closed"), Reopen("Det er kommet igen.")).case
    assert (again.state, again.answered_at, again.closed_at, again.owner_id) == ("sent", None, None, None)
    assert again.opened_at == MONDAY
    assert codes(again, Close("Færdig.")) == ["answer_first"]


@pytest.mark.parametrize("act", [sample for kind, (sample, _) in SAMPLES.items() if kind not in (Open, Add, Reopen)])
def test_a_closed_case_says_that_it_must_be_opened_first(act) -> None:
    who = SAMPLES[type(act)][1]
    assert codes(in_state("closed"), act, who, BEFORE.get(type(act), ())) == ["reopen_first"]


def test_the_first_look_is_a_line_and_the_second_is_nothing() -> None:
    first = do(a_case(), Open())
    assert [line.kind for line in first.entries] == ["opened"]
    assert [tell.template for tell in first.tells] == ["writer_opened"]
    second = do(first.case, Open(), PSYCHOLOGIST, first.entries)
    assert second.case is first.case and not second.entries and not second.tells


def test_who_acts_for_the_team_has_opened_it_and_the_writer_hears_once() -> None:
    step = do(a_case(), Ask("Hvornår?"))
    assert [(line.kind, line.seq) for line in step.entries] == [("opened", 1), ("asked", 2)]
    assert [tell.template for tell in step.tells] == ["writer_question"]
    assert step.case.opened_at == MONDAY


def test_the_writers_own_words_open_nothing() -> None:
    assert do(a_case(), Add("Mere.", MONDAY), WRITER).case.opened_at is None


# --- who ---


@pytest.mark.parametrize("act", [kind for kind in ACTS if kind not in (Reply, Add, FollowUp, GiveTo, AcceptBaton)])
def test_the_writer_does_none_of_the_teams_acts(act) -> None:
    assert codes(in_state("sent"), SAMPLES[act][0], WRITER) == ["team_only"]


def test_a_team_member_can_not_decide_on_her_own_worry() -> None:
    own = Mover("laerke-leder", "writer", "leader")
    case = replace(in_state("discussed"), writer_id="laerke-leder")
    assert codes(case, DECISION, own) == ["own_case"]


@pytest.mark.parametrize("act", [Reply("Ja."), Add("Mere.", MONDAY)])
def test_the_team_does_not_speak_for_the_writer(act) -> None:
    assert codes(in_state("waiting"), act, LEADER, (entry("asked"),)) == ["writer_only"]


@pytest.mark.parametrize("act", ACTS)
def test_to_an_excluded_person_the_case_does_not_exist(act) -> None:
    for state in STATES:
        case = replace(in_state(state), excluded=("laerke-leder",))
        assert codes(case, SAMPLES[act][0], LEADER) == ["not_found"]


def test_a_writer_who_is_responsible_follows_up_herself_and_the_team_hears_of_it() -> None:
    case = replace(in_state("local_effort"), owner_id="laerke-laerer")
    step = do(case, FollowUp(7, "Det går."), WRITER)
    assert [tell.to for tell in step.tells] == ["team"]


# --- the baton ---


def test_the_holder_keeps_the_case_until_the_next_one_says_yes() -> None:
    given = do(in_state("local_effort"), GiveTo("laerke-psykolog"))
    assert given.case.owner_id == "laerke-leder"
    assert given.tells == ()
    taken = do(given.case, AcceptBaton(), PSYCHOLOGIST, given.entries)
    assert taken.case.owner_id == "laerke-psykolog"
    lines = (*given.entries, *taken.entries)
    assert codes(taken.case, AcceptBaton(), PSYCHOLOGIST, lines) == ["not_offered"]


def test_only_the_holder_or_the_leader_gives_it_on_and_only_the_asked_one_takes_it() -> None:
    case = replace(in_state("local_effort"), owner_id="laerke-raadgiver")
    assert codes(case, GiveTo("laerke-psykolog"), PSYCHOLOGIST) == ["owner_or_leader_only"]
    assert not do(case, GiveTo("laerke-psykolog"), on_team("laerke-raadgiver", "social_worker")).problems
    assert codes(case, AcceptBaton(), LEADER, (entry("owner", offered="laerke-psykolog"),)) == ["not_offered"]


def test_a_new_decision_withdraws_an_offer_that_nobody_took() -> None:
    given = do(in_state("local_effort"), GiveTo("laerke-psykolog"))
    decided = do(given.case, DECISION, LEADER, given.entries)
    lines = (*given.entries, *decided.entries)
    assert codes(decided.case, AcceptBaton(), PSYCHOLOGIST, lines) == ["not_offered"]


def test_what_a_page_offers_is_what_can_be_done() -> None:
    offered = open_acts(in_state("planned"), (), LEADER)
    assert Discuss in offered and Decide not in offered and Close not in offered
    assert open_acts(in_state("planned"), (), WRITER) == (Add,)
    assert open_acts(replace(in_state("planned"), excluded=("laerke-leder",)), (), LEADER) == ()


def test_every_accepted_act_moves_the_revision_by_one_and_numbers_its_lines() -> None:
    before = (entry("sent", 1), entry("stored", 2))
    step = do(a_case(revision=4), Plan(DAY), LEADER, before)
    assert step.case.revision == 5
    assert [line.seq for line in step.entries] == [3, 4]
