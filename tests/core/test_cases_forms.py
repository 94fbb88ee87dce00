"""What is typed into a form becomes an act, or a problem with words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.cases.acts import (
    AcceptBaton,
    Add,
    Ask,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Open,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.cases.forms import FIELDS, read_act
from dialogs.types import Problem
from dialogs.workdays import COPENHAGEN
from tests.core.case_kit import MONDAY, WORDS, at

DECIDE = {"outcome": "no_action", "owner": "a", "reason": "b", "words": "c", "follow_up": "2026-12-01"}


@pytest.mark.parametrize(
    ("name", "fields", "act"),
    [
        ("open", {}, Open()),
        ("ask", {"text": " Hvornår? "}, Ask("Hvornår?")),
        ("reply", {"text": "I går."}, Reply("I går.")),
        ("add", {"text": "Mere."}, Add("Mere.", MONDAY)),
        ("add", {"text": "Mere.", "event_at": "2026-11-20"}, Add("Mere.", at("2026-11-20 12:00"))),
        ("add", {"text": "Mere.", "event_at": "2026-11-23"}, Add("Mere.", MONDAY)),
        ("add", {"text": "Mere.", "event_at": "2026-11-20T08:30"}, Add("Mere.", at("2026-11-20 08:30"))),
        ("plan", {"day": "2026-11-25"}, Plan(date(2026, 11, 25))),
        ("discuss", {}, Discuss()),
        ("decide", DECIDE, Decide("no_action", "a", "b", "c", date(2026, 12, 1))),
        ("decide", {**DECIDE, "follow_up": ""}, Decide("no_action", "a", "b", "c", None)),
        ("propose_lowering", {"to": "yellow", "reason": "r"}, ProposeLowering("yellow", "r")),
        ("confirm_lowering", {}, ConfirmLowering()),
        ("refuse_lowering", {"reason": "r"}, RefuseLowering("r")),
        ("raise", {"reason": "r"}, Raise("r", "red")),
        ("raise", {"reason": "r", "to": "yellow"}, Raise("r", "yellow")),
        ("follow_up", {"effect": "7", "note": "n", "next": "2027-01-04"}, FollowUp(7, "n", date(2027, 1, 4))),
        ("follow_up", {"note": "n"}, FollowUp(None, "n", None)),
        ("close", {"words": "w"}, Close("w")),
        ("reopen", {"reason": "r"}, Reopen("r")),
        ("give_to", {"owner": "a"}, GiveTo("a")),
        ("accept_baton", {}, AcceptBaton()),
    ],
)
def test_a_filled_form_is_an_act(name, fields, act) -> None:
    assert read_act(name, fields, MONDAY, COPENHAGEN) == act


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("delete", {}, "act_unknown"),
        ("plan", {"day": ""}, "plan_missing"),
        ("plan", {"day": "onsdag"}, "day_unreadable"),
        ("add", {"text": "x", "event_at": "i går"}, "day_unreadable"),
        ("decide", {**DECIDE, "outcome": "expelled"}, "outcome_missing"),
        ("propose_lowering", {"to": "blue"}, "light_missing"),
        ("follow_up", {"effect": "ti"}, "effect_range"),
        ("follow_up", {"effect": "9999"}, "effect_range"),
    ],
)
def test_a_form_that_can_not_be_read_says_why(name, fields, code) -> None:
    found = read_act(name, fields, MONDAY, COPENHAGEN)
    assert found == Problem(code) and WORDS.problem(found)


@given(st.sampled_from([*FIELDS, "x"]), st.dictionaries(st.sampled_from(["text", "day", "to", "effect"]), st.text()))
def test_no_typed_text_can_break_the_reading(name, fields) -> None:
    found = read_act(name, fields, MONDAY + timedelta(days=1), COPENHAGEN)
    assert not isinstance(found, Problem) or WORDS.problem(found)
