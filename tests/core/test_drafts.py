"""Drafts across time: plain JSON for the store, and the way to the newest content."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.conditions import Answered, Is
from dialogs.drafts import Reconciled, dump, dump_value, load, load_value, reconcile
from dialogs.engine import view
from dialogs.refitting import refit
from dialogs.types import Answer, Form, Kind, Option, Question
from dialogs.values import Picked, Value
from tests.core.form_kit import ask, draft, form, play

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.one_of(
    TEXT,
    st.integers(),
    st.lists(TEXT).map(tuple),
    st.builds(Picked, st.lists(TEXT).map(tuple), st.none() | TEXT),
)


@example(Picked(("x",), ""))  # passed over, which is not the same as still to be asked for
@example(Picked((), "Ord"))
@given(VALUES)
def test_a_value_survives_the_store(value: Value) -> None:
    assert load_value(json.loads(json.dumps(dump_value(value)))) == value


def test_a_draft_survives_the_store_with_all_its_fields() -> None:
    small = form(ask("a", "text"))
    full = draft(
        small,
        {"a": "Ord", "b": ("x",), "c": Picked(("y",), None), "d": 3},
        skipped={"e": "unknown"},
        focus="a",
        marks=("x",),
        left_out=("LED",),
        status="submitted",
        revision=7,
    )
    assert load(json.loads(json.dumps(dump(full)))) == full
    assert load(dump(replace(full, marks=None))) == replace(full, marks=None)


@pytest.mark.parametrize(("stored", "value"), [(True, "ja"), (False, "nej"), ([1, "b"], ("1", "b")), (2.5, "2.5")])
def test_older_shapes_in_the_store_are_read(stored: object, value: Value) -> None:
    assert load_value(stored) == value


def test_a_draft_from_before_roles_could_be_left_out_is_read() -> None:
    stored = dump(draft(form(ask("a", "text"))))
    del stored["left_out"]
    assert load(stored).left_out == ()


# --- reconcile ---

OLD = form(ask("a", "one", "x", "y", required=True), ask("b", "text"), ask("c", "many", "p", "q", "r"))


def onto(new: Form, answers: dict[str, Value], **more: object) -> Reconciled:
    """Those answers, given to the old form, on the new one; carried over a second time, nothing more happens."""
    found = reconcile(new, draft(OLD, answers, **more))
    assert reconcile(new, found.draft).draft is found.draft
    again = reconcile(new, replace(found.draft, form_digest="other"))
    assert (again.draft.answers, again.gone, again.moved) == (found.draft.answers, (), ())
    assert view(new, found.draft).draft_id == "d1"
    return found


def test_a_draft_that_stands_on_this_form_comes_back_itself() -> None:
    one = draft(OLD, {"a": "x"})
    assert reconcile(OLD, one).draft is one
    assert not reconcile(OLD, one).changed


def test_a_new_question_and_a_new_option_cost_no_answer() -> None:
    new = form(ask("a", "one", "x", "y", "z", required=True), ask("n", "text"), ask("b", "text"))
    found = onto(new, {"a": "x", "b": "Ord"}, skipped={"b": "later"})
    assert found.draft.answers == {"a": "x", "b": "Ord"}
    assert not found.changed
    assert (found.draft.form_digest, found.draft.form_version) == (new.digest, new.version)


def test_the_answer_follows_a_question_with_a_new_name() -> None:
    new = form(ask("a", "one", "x", "y"), ask("b2", "text", formerly=("b0", "b")))
    found = onto(new, {"a": "x", "b": "Ord"}, focus="b")
    assert found.draft.answers == {"a": "x", "b2": "Ord"}
    assert (found.moved, found.draft.focus) == (("b2",), "b2")


def test_a_pass_over_follows_too_but_not_onto_a_required_question() -> None:
    new = form(ask("b2", "text", formerly=("b",)), ask("c", "many", "p", required=True))
    found = onto(new, {}, skipped={"b": "unknown", "c": "later"})
    assert found.draft.skipped == {"b2": "unknown"}
    assert found.moved == ()


def test_the_pick_follows_an_option_with_a_new_name() -> None:
    new = form(
        ask("a", "one", Option("x2", "X", formerly=("x",)), Option("y", "Y")),
        ask("c", "many", "p", Option("q2", "Q", formerly=("q",))),
    )
    found = onto(new, {"a": "x", "c": ("p", "q")})
    assert found.draft.answers == {"a": "x2", "c": ("p", "q2")}
    assert found.again == ()


def test_a_former_name_that_is_a_name_of_today_is_not_followed() -> None:
    """A name that is used again means the new thing: no answer comes to mean another question or option."""
    new = form(
        ask("a", "one", Option("y", "Y"), Option("z", "Z", formerly=("y",))),
        ask("b2", "text", formerly=("b",)),
        ask("b", "text"),
    )
    found = onto(new, {"a": "y", "b": "Ord"})
    assert found.draft.answers == {"a": "y", "b": "Ord"}
    assert found.moved == ()


def test_one_answer_never_becomes_two() -> None:
    new = form(ask("b1", "text", formerly=("b",)), ask("b2", "text", formerly=("b",)))
    assert onto(new, {"b": "Ord"}).draft.answers == {"b1": "Ord"}


def test_a_question_that_is_no_more_lets_its_answer_go_and_says_so() -> None:
    found = onto(form(ask("a", "one", "x", "y")), {"a": "x", "b": "Ord"}, focus="b", skipped={"c": "later"})
    assert (found.gone, found.draft.focus, found.draft.skipped) == (("b",), None, {})
    assert found.changed


def test_a_pick_that_is_no_more_is_asked_again() -> None:
    found = onto(form(ask("z", "text"), ask("a", "one", "y")), {"a": "x"})
    assert (found.again, found.draft.answers, found.draft.focus) == (("a",), {}, "a")


def test_what_is_left_of_many_picks_stays_and_the_question_is_asked_again() -> None:
    new = form(ask("a", "one", "x", "y"), ask("b", "text"), ask("c", "many", "p", "r"))
    found = onto(new, {"a": "x", "b": "Ord", "c": ("p", "q")})
    assert (found.again, found.draft.answers["c"], found.draft.focus) == (("c",), ("p",), "c")
    assert view(new, found.draft).marks == ("p",)


def test_where_the_person_was_editing_they_stay() -> None:
    found = onto(form(ask("a", "one", "y"), ask("b", "text")), {"a": "x", "b": "Ord"}, focus="b")
    assert (found.again, found.draft.focus) == (("a",), "b")


def test_unfinished_marks_are_let_go() -> None:
    assert onto(form(ask("c", "many", "p", "q")), {}, focus="c", marks=("p",)).draft.marks is None


def test_a_question_that_became_required_is_asked_when_it_was_passed_over() -> None:
    new = form(ask("b", "text", required=True), ask("a", "one", "x", "y"))
    assert view(new, onto(new, {"a": "x"}, skipped={"b": "later"}).draft).missing == ("b",)


def test_an_answer_asleep_follows_as_well() -> None:
    new = form(ask("a", "one", "x", "y"), ask("b2", "text", formerly=("b",), show_if=Is("a", "y")))
    found = onto(new, {"a": "x", "b": "Ord"})
    assert found.draft.answers == {"a": "x", "b2": "Ord"}
    woken = play(new, found.draft, Answer("a", "y"))
    assert [g.value for g in woken.view.answered] == ["y", "Ord"]


def test_what_new_conditions_take_off_show_is_asked_again_and_named_once() -> None:
    new = form(
        ask("a", "one", "x", "y"),
        ask("c", "many", "p", Option("q", "Q", show_if=Is("a", "y"))),
        ask("b", "text", show_if=Answered("c")),
    )
    found = onto(new, {"a": "x", "b": "Ord", "c": ("p", "q", "r")})
    assert (found.again, found.draft.answers["c"]) == (("c",), ("p",))


CHOICE = (Option("x", "X"), Option("y", "Y", exclusive=True), Option("z", "Z"))


@pytest.mark.parametrize(
    ("kind", "more", "value", "held"),
    [
        ("text", {}, "Ord", "Ord"),
        ("text", {"limits": {"max_length": 2}}, "Ord", None),
        ("text", {}, 3, None),
        ("text", {}, Picked(("x",), ""), Picked(("x",), "")),
        ("text", {}, Picked(("gone",), ""), None),
        ("number", {}, 3, 3),
        ("number", {"limits": {"high": 2}}, 3, None),
        ("number", {}, "3", None),
        ("date", {}, "2026-11-03", "2026-11-03"),
        ("date", {}, "mandag", None),
        ("date", {}, 3, None),
        ("list", {}, ("a", "b"), ("a", "b")),
        ("list", {"limits": {"max_items": 1}}, ("a", "b"), None),
        ("list", {"limits": {"max_length": 1}}, ("aa",), None),
        ("list", {}, "a", None),
        ("one", {}, "x", "x"),
        ("one", {}, "Ord", None),
        ("one", {}, ("x", "z"), None),
        ("one", {}, ("x",), "x"),
        ("one", {"note": "Hvad?"}, "x", Picked(("x",), None)),
        ("one", {"note": "Hvad?", "note_for": ("z",)}, "x", Picked(("x",), "")),
        ("one", {"note": "Hvad?"}, Picked(("gone",), "Ord"), Picked((), "Ord")),
        ("one", {"note": "Hvad?"}, Picked(("gone",), ""), None),
        ("one", {}, Picked(("x",), "Ord"), Picked(("x",), "Ord")),
        ("one", {}, Picked(("x",), ""), "x"),
        ("many", {}, ("x", "z"), ("x", "z")),
        ("many", {}, "x", ("x",)),
        ("many", {}, ("gone",), None),
        ("many", {"limits": {"max_picks": 1}}, ("x", "z"), None),
        ("many", {}, ("x", "y"), None),
        ("many", {"note": "Hvad?"}, ("x",), Picked(("x",), None)),
        ("many", {"note": "Hvad?"}, Picked(("x", "gone"), "Ord"), Picked(("x",), "Ord")),
        ("each", {}, ("x", "x"), ("x", "x")),
        ("each", {}, ("x", "gone"), None),
    ],
)
def test_an_old_value_takes_the_shape_of_today_or_is_asked_again(
    kind: Kind, more: dict[str, object], value: Value, held: Value | None
) -> None:
    question: Question = ask("q", kind, *CHOICE, **more)
    assert refit(question, value) == held
