"""The colour of a case after sending: up at once, down only with a reason and another role's yes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.cases.acts import Act, ConfirmLowering, Mover, ProposeLowering, Raise, RefuseLowering
from dialogs.cases.model import Case, Entry, first_light
from dialogs.cases.moves import move
from tests.core.case_kit import DAY, MONDAY, PSYCHOLOGIST, a_case, colour, on_team

LEADER = on_team()
SOUSCHEF = on_team("laerke-souschef", "leader")


def do(case: Case, act: Act, who: Mover = LEADER, entries: tuple[Entry, ...] = ()):
    return move(case, entries, who, act, MONDAY, today=DAY)


def red(**changes: object) -> Case:
    return a_case(colour=colour("red", **changes), opened_at=MONDAY)


PROPOSE = ProposeLowering("yellow", "Moren henter selv hjælp.")


@pytest.mark.parametrize("lock", [{"locked": True}, {"acute": True}, {"flow": "violence"}, {"flow": "suicide"}])
def test_locked_red_is_lowered_by_nobody(lock) -> None:
    assert [problem.code for problem in do(red(**lock), PROPOSE).problems] == ["locked_red"]


def test_a_proposal_changes_no_colour_and_tells_the_writer_nothing() -> None:
    step = do(red(), PROPOSE)
    assert (step.case.colour.now, step.case.colour.lowering_by) == ("red", "laerke-leder")
    assert [(tell.to, tell.template) for tell in step.tells] == [("second", "lowering_second")]


def test_another_role_says_yes_and_then_the_colour_falls() -> None:
    asked = do(red(), PROPOSE)
    yes = do(asked.case, ConfirmLowering(), PSYCHOLOGIST, asked.entries)
    assert (yes.case.colour.now, yes.case.colour.suggested, yes.case.colour.lowering_by) == ("yellow", "red", None)
    assert [tell.template for tell in yes.tells] == ["writer_lowered"]
    assert yes.entries[0].data["reason"] == "Moren henter selv hjælp."
    assert first_light(yes.case, (*asked.entries, *yes.entries)) == "red"


def test_another_role_says_no_and_the_colour_stands() -> None:
    asked = do(red(), PROPOSE)
    no = do(asked.case, RefuseLowering("Vi har ikke set barnet endnu."), PSYCHOLOGIST, asked.entries)
    assert (no.case.colour.now, no.case.colour.lowering_by) == ("red", None)
    assert no.tells == ()


@pytest.mark.parametrize(
    ("who", "code"), [(LEADER, "own_proposal"), (SOUSCHEF, "same_role")], ids=["self", "own deputy"]
)
def test_the_second_pair_of_eyes_is_another_person_in_another_role(who, code) -> None:
    asked = do(red(), PROPOSE)
    for act in (ConfirmLowering(), RefuseLowering("Nej.")):
        step = do(asked.case, act, who, asked.entries)
        assert [problem.code for problem in step.problems] == [code] and step.case is asked.case


def test_a_lowering_needs_a_reason_and_so_does_a_no() -> None:
    assert [p.code for p in do(red(), replace(PROPOSE, reason=" ")).problems] == ["reason_missing"]
    asked = do(red(), PROPOSE)
    assert [p.code for p in do(asked.case, RefuseLowering(""), PSYCHOLOGIST, asked.entries).problems] == [
        "reason_missing"
    ]


@pytest.mark.parametrize(("now", "to"), [("red", "red"), ("red", "none"), ("yellow", "yellow"), ("yellow", "red")])
def test_lower_means_lower(now, to) -> None:
    step = do(a_case(colour=colour(now), opened_at=MONDAY), ProposeLowering(to, "Fordi."))
    assert [problem.code for problem in step.problems] == ["not_lower"]


@pytest.mark.parametrize("now", ["green", "none"])
def test_below_yellow_there_is_nothing_to_lower(now) -> None:
    step = do(a_case(colour=colour(now), opened_at=MONDAY), ProposeLowering("green", "Fordi."))
    assert [problem.code for problem in step.problems] == ["not_lower"]


def test_two_proposals_do_not_wait_at_once() -> None:
    asked = do(red(), PROPOSE)
    again = do(asked.case, PROPOSE, PSYCHOLOGIST, asked.entries)
    assert [problem.code for problem in again.problems] == ["lowering_waits"]


@pytest.mark.parametrize("act", [ConfirmLowering(), RefuseLowering("Nej.")])
def test_nobody_answers_a_proposal_that_is_not_there(act) -> None:
    assert [problem.code for problem in do(red(), act, PSYCHOLOGIST).problems] == ["no_lowering"]


@pytest.mark.parametrize(("now", "to"), [("green", "yellow"), ("none", "yellow"), ("yellow", "red"), ("green", "red")])
def test_up_needs_a_reason_and_nobody_else(now, to) -> None:
    step = do(a_case(colour=colour(now), opened_at=MONDAY), Raise("Vi ved mere nu.", to))
    assert step.case.colour.now == to
    templates = [tell.template for tell in step.tells]
    assert templates == ["writer_raised", "team_red"] if to == "red" else templates == ["writer_raised"]


@pytest.mark.parametrize(("now", "to"), [("red", "red"), ("yellow", "green"), ("yellow", "none"), ("green", "none")])
def test_higher_means_higher(now, to) -> None:
    step = do(a_case(colour=colour(now), opened_at=MONDAY), Raise("Fordi.", to))
    assert [problem.code for problem in step.problems] == ["not_higher"]


def test_raising_ends_a_waiting_proposal() -> None:
    asked = do(a_case(colour=colour("yellow"), opened_at=MONDAY), ProposeLowering("green", "Det går."))
    up = do(asked.case, Raise("Det går ikke."), PSYCHOLOGIST, asked.entries)
    assert (up.case.colour.now, up.case.colour.lowering_by, up.case.colour.lowering_reason) == ("red", None, "")
