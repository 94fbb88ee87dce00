"""Answering: what is taken, what is refused, and that nothing a person wrote is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.conditions import Answered
from dialogs.engine import advance, view
from dialogs.types import Answer, Edit, Mark, Option, Skip
from dialogs.values import Picked
from tests.core.form_kit import ask, draft, form, play, refused

NOTED = form(
    ask("a", "one", Option("ja", "Ja"), Option("nej", "Nej"), note="Hvad siger de?", note_for=("ja",), required=True),
    ask("b", "text"),
)
REASONED = form(
    *(ask("a", "one", "enig", "lavere", note="Hvorfor?", note_for=("lavere",), note_must=("lavere",), required=True),),
    ask("b", "text"),
)
MANY = form(
    ask("m", "many", "p", "q", "r", Option("alone", "Alone", exclusive=True), limits={"max_picks": 2}, required=True),
    ask("b", "text"),
)
LISTED = form(
    ask("l", "list", limits={"max_items": 3, "max_length": 20}),
    ask("e", "each", "lidt", "god", of="l", show_if=Answered("l")),
    ask("z", "text"),
)


def test_an_answer_to_a_question_that_is_not_visible_is_refused() -> None:
    assert refused(NOTED, draft(NOTED), Answer("nowhere", "x")) == "not_here"


def test_an_answer_takes_back_that_the_question_was_passed_over() -> None:
    step = play(NOTED, draft(NOTED, {"a": Picked(("nej",), "")}), Skip("b"), Answer("b", "words"))
    assert step.draft.skipped == {}


# --- a choice with words beside it ---


def test_first_the_choice_and_then_the_words() -> None:
    chosen = play(NOTED, draft(NOTED), Answer("a", "ja"))
    assert chosen.draft.answers["a"] == Picked(("ja",), None)
    assert chosen.view.phase == "note"
    written = play(NOTED, chosen.draft, Answer("a", "Mor ser det også."))
    assert written.draft.answers["a"] == Picked(("ja",), "Mor ser det også.")
    assert written.view.current is not None and written.view.current.id == "b"


@pytest.mark.parametrize("words", ["Nej, ikke hjemme", "nej", "2 år", "Ja: hver dag", "1"])
def test_words_that_look_like_an_option_stay_words_when_words_are_asked_for(words: str) -> None:
    chosen = play(NOTED, draft(NOTED), Answer("a", "ja"))
    assert play(NOTED, chosen.draft, Answer("a", words)).draft.answers["a"] == Picked(("ja",), words)


@pytest.mark.parametrize("note", [None, "", "   "])
def test_a_choice_that_needs_its_reason_asks_for_it_whatever_was_left_empty(note: str | None) -> None:
    chosen = play(REASONED, draft(REASONED), Answer("a", ("lavere",), note))
    assert (chosen.view.phase, chosen.view.missing) == ("note", ("a",))
    assert refused(REASONED, chosen.draft, Skip("a")) == "reason_needed"
    given = play(REASONED, chosen.draft, Answer("a", "Det var en dårlig uge."))
    assert given.draft.answers["a"] == Picked(("lavere",), "Det var en dårlig uge.")


def test_the_way_out_of_a_reason_is_another_choice() -> None:
    chosen = play(REASONED, draft(REASONED), Answer("a", ("lavere",), ""))
    assert play(REASONED, chosen.draft, Answer("a", ("enig",))).draft.answers["a"] == Picked(("enig",), "")


def test_an_old_draft_without_the_reason_is_asked_for_it() -> None:
    old = draft(REASONED, {"a": Picked(("lavere",), "")})
    assert view(REASONED, old).phase == "note"


def test_another_press_while_words_are_asked_for_is_a_new_choice() -> None:
    chosen = play(NOTED, draft(NOTED), Answer("a", "ja"))
    assert play(NOTED, chosen.draft, Answer("a", ("nej",))).draft.answers["a"] == Picked(("nej",), "")


def test_only_the_picks_that_want_words_ask_for_them() -> None:
    assert play(NOTED, draft(NOTED), Answer("a", "nej")).view.phase == "pick"


def test_the_words_can_be_passed_over_and_the_choice_stays() -> None:
    step = play(NOTED, draft(NOTED), Answer("a", "ja"), Skip("a"))
    assert step.draft.answers["a"] == Picked(("ja",), "")
    assert step.draft.skipped == {}


def test_typed_words_in_an_edit_go_beside_the_choice_and_a_typed_choice_keeps_the_words() -> None:
    done = draft(NOTED, {"a": Picked(("ja",), "Mor ser det."), "b": "x"})
    assert play(NOTED, done, Edit("a"), Answer("a", "Far ser det.")).draft.answers["a"] == Picked(
        ("ja",), "Far ser det."
    )
    assert play(NOTED, done, Edit("a"), Answer("a", "ja")).draft.answers["a"] == Picked(("ja",), "Mor ser det.")
    assert play(NOTED, done, Edit("a"), Answer("a", ("ja",), "Ny")).draft.answers["a"] == Picked(("ja",), "Ny")


def test_words_that_belong_to_one_choice_are_asked_for_anew_with_another() -> None:
    both = ask("a", "one", Option("skr", "Skriftligt"), Option("mdt", "Mundtligt"), Option("nej", "Nej"))
    dated = form(replace(both, note="Hvornår?", note_for=("skr", "mdt")))
    step = play(dated, draft(dated, {"a": Picked(("mdt",), "3. november")}, focus="a"), Answer("a", ("skr",)))
    assert (step.draft.answers["a"], step.view.phase) == (Picked(("skr",), None), "note")
    where = form(replace(both, note="Hvor ikke?"))
    kept = play(where, draft(where, {"a": Picked(("mdt",), "Hjemme")}, focus="a"), Answer("a", ("skr",)))
    assert kept.draft.answers["a"] == Picked(("skr",), "Hjemme")


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_blank_text_never_wipes_out_words(blank: str) -> None:
    done = draft(NOTED, {"a": Picked(("ja",), "Mor ser det.")}, focus="a")
    assert refused(NOTED, done, Answer("a", blank)) == "nothing_picked"


def test_words_without_a_choice_are_kept_and_the_choice_is_asked_for() -> None:
    step = play(NOTED, draft(NOTED), Answer("a", "Mor er bekymret"))
    assert step.draft.answers["a"] == Picked((), "Mor er bekymret")
    assert step.view.current is not None and step.view.current.id == "a"
    assert play(NOTED, step.draft, Answer("a", ("ja",))).draft.answers["a"] == Picked(("ja",), "Mor er bekymret")


def test_words_that_are_too_long_are_refused_with_both_lengths() -> None:
    short = form(ask("a", "one", "x", note="Hvad?", limits={"max_length": 5}))
    (problem,) = advance(short, draft(short, {"a": Picked(("x",))}), Answer("a", "for langt")).problems
    assert (problem.code, dict(problem.params)) == ("too_long", {"max": 5, "length": 9})


# --- many ---


def test_a_mark_sets_or_clears_and_a_double_press_does_no_harm() -> None:
    step = play(MANY, draft(MANY), Mark("m", "q", True), Mark("m", "q", True), Mark("m", "p", True))
    assert step.view.marks == ("p", "q")
    assert "m" not in step.draft.answers
    assert play(MANY, step.draft, Mark("m", "q", False), Mark("m", "q", False)).view.marks == ("p",)


def test_done_makes_the_marks_an_answer() -> None:
    step = play(MANY, draft(MANY), Mark("m", "r", True), Mark("m", "p", True), Answer("m", None))
    assert step.draft.answers["m"] == ("p", "r")
    assert step.draft.marks is None


def test_done_without_a_mark_is_refused_also_when_the_old_marks_were_cleared() -> None:
    assert refused(MANY, draft(MANY), Answer("m", None)) == "nothing_picked"
    cleared = play(MANY, draft(MANY, {"m": ("p",)}), Edit("m"), Mark("m", "p", False))
    assert refused(MANY, cleared.draft, Answer("m", None)) == "nothing_picked"


def test_an_exclusive_mark_stands_alone_whichever_comes_first() -> None:
    step = play(MANY, draft(MANY), Mark("m", "p", True), Mark("m", "q", True), Mark("m", "alone", True))
    assert step.view.marks == ("alone",)
    assert play(MANY, step.draft, Mark("m", "p", True)).view.marks == ("p",)


def test_one_mark_too_many_is_refused_and_the_others_stay() -> None:
    full = play(MANY, draft(MANY), Mark("m", "p", True), Mark("m", "q", True)).draft
    assert refused(MANY, full, Mark("m", "r", True)) == "too_many_picks"
    assert play(MANY, full, Mark("m", "q", True)).view.marks == ("p", "q")


@pytest.mark.parametrize(
    ("event", "code"),
    [(Mark("b", "p", True), "not_here"), (Mark("m", "zz", True), "not_an_option"), (Mark("zz", "p", True), "not_here")],
)
def test_a_mark_elsewhere_is_refused(event: Mark, code: str) -> None:
    assert refused(MANY, draft(MANY), event) == code


def test_a_mark_when_all_is_answered_is_refused() -> None:
    assert refused(MANY, draft(MANY, {"m": ("p",), "b": "x"}), Mark("m", "q", True)) == "not_here"


def test_an_edit_starts_with_the_old_picks_ticked() -> None:
    step = play(MANY, draft(MANY, {"m": ("p", "q")}), Edit("m"))
    assert step.view.marks == ("p", "q")
    assert play(MANY, step.draft, Mark("m", "p", False), Answer("m", None)).draft.answers["m"] == ("q",)


def test_marks_of_one_question_never_become_the_answer_to_another() -> None:
    two = form(ask("m", "many", "p", "q"), ask("n", "many", "p", "q"))
    marked = play(two, draft(two), Mark("m", "p", True)).draft
    assert refused(two, marked, Answer("n", None)) == "nothing_picked"


def test_words_typed_while_marks_are_set_do_not_lose_the_marks() -> None:
    noted = form(ask("m", "many", "p", "q", note="Hvornår?"))
    step = play(noted, draft(noted), Mark("m", "p", True), Answer("m", "Mest om morgenen"))
    assert step.draft.answers["m"] == Picked(("p",), "Mest om morgenen")


def test_leaving_a_question_lets_unfinished_marks_go() -> None:
    back = play(MANY, draft(MANY, {"m": ("p",)}), Edit("m"), Mark("m", "q", True), Edit("b"))
    assert back.draft.marks is None
    assert back.draft.answers["m"] == ("p",)


# --- each over a list ---


def test_each_asks_item_by_item() -> None:
    step = play(LISTED, draft(LISTED), Answer("l", "ny plads\nmakker"))
    assert step.view.item == "ny plads"
    step = play(LISTED, step.draft, Answer("e", ("lidt",)))
    assert (step.view.item, step.draft.focus) == ("makker", "e")
    step = play(LISTED, step.draft, Answer("e", "god"))
    assert step.draft.answers["e"] == ("lidt", "god")
    assert step.view.current is not None and step.view.current.id == "z"


def test_each_takes_all_items_at_once_but_not_one_more() -> None:
    listed = play(LISTED, draft(LISTED), Answer("l", "ny plads\nmakker")).draft
    assert play(LISTED, listed, Answer("e", "lidt, god")).draft.answers["e"] == ("lidt", "god")
    assert refused(LISTED, listed, Answer("e", "lidt, god, god")) == "not_an_option"
    assert refused(LISTED, listed, Answer("e", ("lidt", "god", "god"))) == "not_an_option"


def test_each_that_is_edited_starts_from_the_first_item() -> None:
    done = draft(LISTED, {"l": ("a", "b"), "e": ("lidt", "god"), "z": "x"})
    step = play(LISTED, done, Edit("e"))
    assert step.view.item == "a"
    assert play(LISTED, step.draft, Answer("e", ("god",))).view.item == "b"


@pytest.mark.parametrize(
    ("items", "ratings", "lost"),
    [
        ("a\nb", ("lidt", "god"), ()),
        ("b\na", ("god", "lidt"), ()),
        ("a\nb\nc", ("lidt", "god"), ()),
        ("a", ("lidt",), ("e",)),
        ("a\nc", ("lidt",), ("e",)),
        ("b\nc", ("god",), ("e",)),
        ("c\na", None, ("e",)),
    ],
)
def test_ratings_follow_their_items_when_the_list_is_changed(
    items: str, ratings: tuple[str, ...] | None, lost: tuple[str, ...]
) -> None:
    done = draft(LISTED, {"l": ("a", "b"), "e": ("lidt", "god"), "z": "x"})
    step = play(LISTED, done, Edit("l"), Answer("l", items))
    assert step.draft.answers.get("e") == ratings
    assert step.changes.dropped == lost


def test_two_items_of_the_same_name_keep_a_rating_each() -> None:
    done = draft(LISTED, {"l": ("a", "a"), "e": ("lidt", "god")})
    assert play(LISTED, done, Answer("l", "a\na\nb")).draft.answers["e"] == ("lidt", "god")


def test_ratings_of_a_list_that_is_passed_over_do_not_wait_for_another_list() -> None:
    done = draft(LISTED, {"l": ("a", "b"), "e": ("lidt", "god")})
    step = play(LISTED, done, Skip("l"))
    assert "e" not in step.draft.answers
    assert play(LISTED, step.draft, Answer("l", "c\nd")).view.item == "c"


def test_each_without_a_list_asks_about_nothing() -> None:
    bare = form(ask("e", "each", "lidt", "god"), ask("f", "each", "lidt", of="gone"))
    assert view(bare, draft(bare)).item is None


# --- text, dates, numbers ---


def test_a_text_question_takes_a_press_on_its_quick_option() -> None:
    quick = form(ask("t", "text", Option("ikke", "Ikke spurgt endnu"), required=True))
    for said in (("ikke",), "Ikke spurgt endnu", "ikke spurgt endnu."):
        assert play(quick, draft(quick), Answer("t", said)).draft.answers["t"] == Picked(("ikke",), "")
    assert play(quick, draft(quick), Answer("t", "Jeg er træt")).draft.answers["t"] == "Jeg er træt"


@pytest.mark.parametrize(
    ("kind", "limits", "said", "held"),
    [("date", {}, "3.11.2026", "2026-11-03"), ("number", {"low": 1, "high": 9}, "4", 4), ("yesno", {}, "jo", "ja")],
)
def test_values_are_kept_in_their_plain_shape(kind: str, limits: dict[str, int], said: str, held: str | int) -> None:
    one = form(ask("q", kind, Option("ja", "Ja"), Option("nej", "Nej"), limits=limits))
    assert play(one, draft(one), Answer("q", said)).draft.answers["q"] == held


# --- passing over ---


@pytest.mark.parametrize("reason", ["later", "unknown", "irrelevant"])
def test_a_question_that_is_not_required_can_be_passed_over_and_says_why(reason: str) -> None:
    step = play(NOTED, draft(NOTED, {"a": Picked(("nej",), "")}), Skip("b", reason))
    assert step.draft.skipped == {"b": reason}
    assert [(g.question.id, g.value, g.skipped) for g in step.view.answered][-1] == ("b", None, reason)
    assert step.view.done


def test_a_required_question_and_a_hidden_one_cannot_be_passed_over() -> None:
    assert refused(NOTED, draft(NOTED), Skip("a")) == "required"
    assert refused(NOTED, draft(NOTED), Skip("zz")) == "not_here"
    assert not view(NOTED, draft(NOTED)).can_skip


def test_passing_over_an_answered_question_takes_the_answer_out() -> None:
    step = play(NOTED, draft(NOTED, {"a": Picked(("nej",), ""), "b": "x"}), Edit("b"), Skip("b"))
    assert "b" not in step.draft.answers
