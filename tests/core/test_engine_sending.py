"""What an edit does to other answers, and when a draft may be sent."""

from __future__ import annotations

from dialogs.conditions import Fact, Is
from dialogs.engine import advance, view
from dialogs.types import Answer, Back, Option, Submit, Submitted
from dialogs.values import Picked
from tests.core.form_kit import ask, draft, form, play, refused

# --- what no longer fits ---


def test_a_pick_that_is_off_show_after_an_edit_is_let_go_by_name() -> None:
    signs = form(
        ask("age", "one", "low", "high"),
        ask("s", "many", "any", Option("small", "S", show_if=Is("age", "low"))),
        ask("w", "one", "any", Option("small", "S", show_if=Is("age", "low")), note="Hvad?"),
        ask("o", "one", "any", Option("small", "S", show_if=Is("age", "low"))),
        ask("t", "text", Option("small", "S", show_if=Is("age", "low"))),
    )
    answers = {
        "age": "low",
        "s": ("any", "small"),
        "w": Picked(("small",), "Ord"),
        "o": "small",
        "t": Picked(("small",), ""),
    }
    step = play(signs, draft(signs, answers), Answer("age", "high"))
    assert step.changes.dropped == ("s", "w", "o", "t")
    assert step.draft.answers == {"age": "high", "s": ("any",), "w": Picked((), "Ord")}
    assert step.view.current is not None and step.view.current.id == "w"


def test_a_pick_that_no_option_has_is_let_go() -> None:
    one = form(ask("a", "one", "x", "y"), ask("b", "text"))
    assert play(one, draft(one, {"a": "gone"}), Answer("b", "Ord")).changes.dropped == ("a",)


def test_what_fell_away_can_hide_what_hung_on_it() -> None:
    chain = form(
        ask("a", "one", "x", "y"),
        ask("b", "one", "any", Option("p", "P", show_if=Is("a", "x"))),
        ask("c", "text", show_if=Is("b", "p")),
    )
    step = play(chain, draft(chain, {"a": "x", "b": "p", "c": "words"}), Answer("a", "y"))
    assert (step.changes.dropped, step.changes.hidden) == (("b",), ("c",))
    assert step.draft.answers["c"] == "words"


def test_sleeping_picks_are_looked_at_again_when_they_wake() -> None:
    signs = form(
        ask("full", "one", "ja", "nej"),
        ask("age", "one", "low", "high"),
        ask("s", "many", "any", Option("small", "S", show_if=Is("age", "low")), show_if=Is("full", "ja")),
    )
    asleep = draft(signs, {"full": "nej", "age": "low", "s": ("any", "small")})
    moved = play(signs, asleep, Answer("age", "high"))
    assert moved.changes.dropped == () and moved.draft.answers["s"] == ("any", "small")
    assert play(signs, moved.draft, Answer("full", "ja")).changes.dropped == ("s",)


def test_ratings_of_a_hidden_list_are_let_go() -> None:
    odd = form(
        ask("a", "one", "x", "y"),
        ask("l", "list", show_if=Is("a", "x")),
        ask("e", "each", "god", of="l"),
    )
    step = play(odd, draft(odd, {"a": "x", "l": ("i",), "e": ("god",)}), Answer("a", "y"))
    assert step.changes.dropped == ("e",)


# --- sending ---

SENT = form(
    ask("q04_sikkerhed", "one", "nej", "ja", required=True),
    ask("v", "one", "kort", "hele", required=True, show_if=Is("q04_sikkerhed", "nej")),
    ask("d", "text", required=True),
    ask("o", "text"),
    send_early=Fact("red_lane"),
    hold_if=Is("v", "kort"),
)


def test_sending_is_refused_until_the_required_questions_are_answered() -> None:
    step = advance(SENT, one := draft(SENT, {"q04_sikkerhed": "nej", "v": "hele"}), Submit())
    assert step.draft is one
    assert (step.problems[0].code, step.problems[0].question, dict(step.problems[0].params)) == (
        "missing",
        "d",
        {"count": 1},
    )


def test_sending_closes_the_draft_with_one_wish_and_no_answer_in_it() -> None:
    whole = draft(SENT, {"q04_sikkerhed": "nej", "v": "hele", "d": "Ord"}, focus="o")
    assert view(SENT, whole).can_submit
    step = play(SENT, whole, Submit())
    assert (step.draft.status, step.draft.focus, step.effects) == ("submitted", None, (Submitted("d1"),))
    assert refused(SENT, step.draft, Submit()) == "closed"


def test_missing_answers_never_hold_a_red_worry_back() -> None:
    red = draft(SENT, {"q04_sikkerhed": "ja"})
    assert view(SENT, red).can_submit and view(SENT, red).missing == ("d",)
    assert play(SENT, red, Submit()).effects == (Submitted("d1"),)


def test_a_short_version_is_kept_but_not_sent() -> None:
    short = draft(SENT, {"q04_sikkerhed": "nej", "v": "kort", "d": "Ord"})
    assert not view(SENT, short).can_submit
    assert refused(SENT, short, Submit()) == "rest_missing"
    full = play(SENT, short, Answer("v", "hele"))
    assert full.view.can_submit


def test_a_form_without_an_early_lane_waits_for_all_that_is_required() -> None:
    plain = form(ask("a", "text", required=True))
    assert refused(plain, draft(plain), Submit()) == "missing"


def test_back_and_forth_over_an_answered_form_changes_no_answer() -> None:
    whole = draft(SENT, {"q04_sikkerhed": "nej", "v": "hele", "d": "Ord", "o": "Mere"})
    assert play(SENT, whole, Back(), Back(), Back(), Back()).draft.answers == whole.answers
