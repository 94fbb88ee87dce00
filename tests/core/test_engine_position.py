"""What is visible, what counts, and which question is open: one pass in document order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.conditions import Answered, Is, Not
from dialogs.engine import advance, view
from dialogs.position import locate
from dialogs.types import Answer, Back, Discard, Draft, Edit, Form, Help, Keep, Option, Progress, Skip, Submit
from dialogs.values import Picked
from tests.core.form_kit import ask, draft, form, play, refused

CHAIN = form(
    ask("a", "one", "x", "y", required=True),
    ask("b", "text", show_if=Is("a", "x")),
    ask("c", "text", show_if=Answered("b")),
    ask("d", "text", required=True),
)


def visible(of: Form, one: Draft) -> list[str]:
    return [q.id for q in locate(of, one).visible]


def test_a_question_is_visible_when_the_answers_before_it_say_so() -> None:
    assert visible(CHAIN, draft(CHAIN)) == ["a", "d"]
    assert visible(CHAIN, draft(CHAIN, {"a": "x"})) == ["a", "b", "d"]
    assert visible(CHAIN, draft(CHAIN, {"a": "x", "b": "words"})) == ["a", "b", "c", "d"]


def test_an_answer_to_a_hidden_question_decides_nothing() -> None:
    asleep = draft(CHAIN, {"a": "y", "b": "words"})
    assert visible(CHAIN, asleep) == ["a", "d"]
    assert "b" not in locate(CHAIN, asleep).values


def test_a_hidden_answer_sleeps_and_comes_back() -> None:
    first = play(CHAIN, draft(CHAIN), Answer("a", "x"), Answer("b", "words"), Answer("c", "more"))
    away = play(CHAIN, first.draft, Answer("a", "y"))
    assert away.changes.hidden == ("b", "c")
    assert [g.question.id for g in away.view.answered] == ["a"]
    back = play(CHAIN, away.draft, Answer("a", "x"))
    assert back.changes.shown == ("b", "c")
    assert back.draft.answers["c"] == "more"
    assert back.view.current is not None and back.view.current.id == "d"


def test_what_is_hidden_without_an_answer_is_not_named_as_hidden() -> None:
    first = play(CHAIN, draft(CHAIN), Answer("a", "x"))
    assert play(CHAIN, first.draft, Answer("a", "y")).changes.hidden == ()


def test_a_hidden_answer_reaches_no_submitted_draft() -> None:
    step = play(CHAIN, draft(CHAIN, {"a": "y", "b": "secret", "d": "words"}), Submit())
    assert step.draft.answers == {"a": "y", "d": "words"}


def test_a_closed_question_with_nothing_on_show_is_no_question() -> None:
    cond = form(
        ask("a", "one", "x", "y"),
        ask("b", "many", Option("p", "P", show_if=Is("a", "x")), Option("q", "Q", show_if=Is("a", "x"))),
    )
    assert visible(cond, draft(cond, {"a": "y"})) == ["a"]
    assert visible(cond, draft(cond, {"a": "x"})) == ["a", "b"]


def test_the_first_question_that_is_neither_answered_nor_passed_over_is_open() -> None:
    at = locate(CHAIN, draft(CHAIN, {"a": "x"}, skipped={"b": "later"}))
    assert at.current is not None and at.current.id == "d"
    assert not at.editing


def test_the_person_lands_on_the_next_open_question_after_an_edit() -> None:
    first = play(CHAIN, draft(CHAIN), Answer("a", "x"), Skip("b"), Edit("a"))
    assert first.view.current is not None and first.view.current.id == "a"
    assert first.view.editing
    after = play(CHAIN, first.draft, Answer("a", "x"))
    assert after.view.current is not None and after.view.current.id == "d"
    assert not after.view.editing


def test_keep_leaves_the_answer_and_goes_on() -> None:
    first = play(CHAIN, draft(CHAIN), Answer("a", "x"), Edit("a"))
    kept = play(CHAIN, first.draft, Keep("a"))
    assert kept.draft.answers == first.draft.answers
    assert kept.view.current is not None and kept.view.current.id == "b"


@pytest.mark.parametrize("question", ["b", "d", "nowhere"])
def test_keep_is_refused_where_nothing_is_being_edited(question: str) -> None:
    assert refused(CHAIN, draft(CHAIN, {"a": "x"}), Keep(question)) == "not_here"


@pytest.mark.parametrize("question", ["b", "nowhere", ""])
def test_an_edit_of_what_is_not_visible_is_refused(question: str) -> None:
    assert refused(CHAIN, draft(CHAIN), Edit(question)) == "not_here"


def test_back_goes_one_visible_question_back_and_stops_at_the_first() -> None:
    one = draft(CHAIN, {"a": "y"})
    back = play(CHAIN, one, Back())
    assert back.view.current is not None and back.view.current.id == "a"
    assert not back.view.can_back
    assert refused(CHAIN, back.draft, Back()) == "at_start"


def test_back_from_the_end_opens_the_last_question() -> None:
    back = play(CHAIN, draft(CHAIN, {"a": "y", "d": "words"}), Back())
    assert back.view.current is not None and back.view.current.id == "d"


def test_a_focus_on_a_hidden_question_is_as_good_as_none() -> None:
    at = locate(CHAIN, draft(CHAIN, {"a": "y"}, focus="b"))
    assert at.current is not None and at.current.id == "d"


def test_help_changes_nothing_at_all() -> None:
    one = draft(CHAIN)
    step = advance(CHAIN, one, Help("a"))
    assert step.draft is one
    assert step.view == view(CHAIN, one)


def test_progress_counts_visible_questions_only() -> None:
    assert view(CHAIN, draft(CHAIN)).progress == Progress(1, 2)
    assert view(CHAIN, draft(CHAIN, {"a": "x"})).progress == Progress(2, 3)
    assert view(CHAIN, draft(CHAIN, {"a": "y", "d": "w"})).progress == Progress(2, 2)


def test_missing_names_visible_required_questions_without_an_answer() -> None:
    assert view(CHAIN, draft(CHAIN)).missing == ("a", "d")
    assert view(CHAIN, draft(CHAIN, {"a": "y"})).missing == ("d",)


def test_every_accepted_event_makes_one_more_revision() -> None:
    step = play(CHAIN, draft(CHAIN), Answer("a", "x"), Skip("b"), Back(), Keep("b"), Answer("d", "w"), Submit())
    assert step.draft.revision == 6


@pytest.mark.parametrize("event", [Answer("a", "y"), Edit("a"), Back(), Submit(), Discard(), Skip("a"), Help("a")])
@pytest.mark.parametrize("status", ["submitted", "discarded"])
def test_a_closed_draft_takes_nothing_and_offers_nothing(event: Answer, status: str) -> None:
    closed = replace(draft(CHAIN, {"a": "x", "d": "w"}), status=status)
    assert refused(CHAIN, closed, event) == "closed"
    shown = view(CHAIN, closed)
    assert (shown.done, shown.current, shown.can_submit, shown.can_back, shown.can_skip) == (
        True,
        None,
        False,
        False,
        False,
    )


def test_discard_closes_and_asks_to_be_forgotten() -> None:
    step = play(CHAIN, draft(CHAIN, {"a": "x"}), Discard())
    assert step.draft.status == "discarded"
    assert [type(e).__name__ for e in step.effects] == ["Forget"]


def test_a_choice_that_waits_for_words_is_not_yet_answered_in_full() -> None:
    noted = form(
        ask("a", "one", "x", "y", note="Hvad mere?", required=True), ask("b", "text", show_if=Not(Answered("a")))
    )
    shown = view(noted, draft(noted, {"a": Picked(("x",))}))
    assert (shown.phase, shown.missing) == ("note", ("a",))
    assert view(noted, draft(noted, {"a": Picked(("x",), "")})).done
    assert view(noted, draft(noted, {"a": Picked((), "words")})).phase == "pick"
