"""The card of the open question: what it says, what can be pressed, and that no answer hides in a button."""

from __future__ import annotations

import pytest

from dialogs.acts import DraftAct, decode
from dialogs.engine import view
from dialogs.reading import yamlio
from dialogs.render import history, names_of, problem_card, question_card
from dialogs.replies import Card
from dialogs.types import Answer, Draft, Edit, Form, Mark, Option, Problem, Skip
from dialogs.values import Picked, Value
from dialogs.words import Words, load_words
from tests.core.form_kit import ask, danish, draft, form, play

WORDS = danish().words


def labels(card: Card) -> list[str]:
    return [button.label for row in card.buttons for button in row]


def card_of(of: Form, one: Draft, words: Words = WORDS) -> Card:
    return question_card(words, view(of, one))


def test_a_finished_form_has_no_open_question_to_draw() -> None:
    done = form(ask("a", "text"))
    with pytest.raises(ValueError, match="no open question"):
        card_of(done, draft(done, {"a": "x"}))


def test_the_card_holds_the_question_its_help_and_how_far_the_person_is() -> None:
    one = form(ask("a", "text", help="Skriv kort.", why="Vi skal vide det.", example="«Sådan»", required=True))
    card = card_of(one, draft(one))
    assert card.text == "a?\n\nSkriv kort."
    assert card.detail == "\n\n".join(
        (WORDS("question.why", why="Vi skal vide det."), WORDS("question.example", example="«Sådan»"))
    )
    assert (card.at, card.of, card.kind) == (1, 1, "question")


def test_an_optional_question_says_so_and_can_be_passed() -> None:
    one = form(ask("a", "text"))
    card = card_of(one, draft(one))
    assert WORDS("question.optional") in card.text
    assert labels(card)[:2] == [WORDS("question.skip"), WORDS("question.unknown")]


def test_a_question_with_its_own_i_do_not_know_has_no_second_one() -> None:
    one = form(ask("a", "one", "x", Option("ved_ikke", "Ved ikke")))
    assert WORDS("question.unknown") not in labels(card_of(one, draft(one)))


def test_a_required_question_cannot_be_passed_and_the_first_has_no_way_back() -> None:
    one = form(ask("a", "text", required=True))
    assert labels(card_of(one, draft(one))) == [WORDS(f"question.{key}") for key in ("help", "save", "acute")]


def test_help_save_and_acute_are_always_in_reach() -> None:
    one = form(ask("a", "text"), ask("b", "many", "x", note="Hvad?"))
    for at in (draft(one), draft(one, {"a": "x"}), draft(one, {"a": "x", "b": Picked(("x",))})):
        assert {WORDS(f"question.{key}") for key in ("help", "save", "acute")} <= set(labels(card_of(one, at)))


def test_words_beside_a_choice_are_asked_for_with_the_choice_in_sight() -> None:
    one = form(ask("a", "one", Option("ja", "Ja"), note="Hvad siger de?", limits={"max_length": 200}))
    card = card_of(one, draft(one, {"a": Picked(("ja",))}))
    assert card.text.startswith("Hvad siger de?\n\n" + WORDS("question.chosen", picks="Ja"))
    assert card.entry is not None and (card.entry.kind, card.entry.max_length) == ("text", 200)
    assert WORDS("question.skip_note") in labels(card)


def test_many_shows_ticks_that_set_or_clear_and_a_done_button() -> None:
    one = form(ask("a", "many", "x", Option("y", "Y", exclusive=True), limits={"max_picks": 2}))
    step = play(one, draft(one), Mark("a", "x", True))
    card = question_card(WORDS, step.view)
    assert card.entry is not None
    acts = [decode(choice.act) for choice in card.entry.choices]
    assert acts == [DraftAct("clear", "d1", 1, "a", "x"), DraftAct("mark", "d1", 1, "a", "y")]
    assert [(c.on, c.exclusive) for c in card.entry.choices] == [(True, False), (False, True)]
    assert card.buttons[0][0].label == WORDS("question.done")
    assert WORDS("question.pick_left", n=1, max=2) in card.text


def test_an_edit_shows_the_answer_and_lets_the_person_keep_it() -> None:
    one = form(ask("a", "one", Option("ja", "Ja"), Option("nej", "Nej")), ask("b", "text"))
    card = question_card(WORDS, play(one, draft(one, {"a": "ja"}), Edit("a")).view)
    assert WORDS("question.now", answer="Ja") in card.text
    assert WORDS("question.keep") in labels(card)
    assert card.entry is not None and [c.on for c in card.entry.choices] == [True, False]


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("text", "Ord", "Ord"),
        ("list", ("a", "b"), "a\nb"),
        ("date", "2026-11-03", "2026-11-03"),
        ("number", 3, "3"),
        ("one", Picked(("x",), "Ord"), "Ord"),
        ("one", "x", ""),
        ("text", Picked(("x",), ""), ""),
    ],
)
def test_an_edit_starts_with_what_was_written(kind: str, value: Value, written: str) -> None:
    one = form(ask("a", kind, "x"), ask("z", "text"))
    card = card_of(one, draft(one, {"a": value}, focus="a"))
    assert card.entry is not None and card.entry.value == written


def test_each_names_the_item_that_is_asked_about() -> None:
    one = form(ask("l", "list"), ask("e", "each", "lidt", "god", of="l"))
    step = play(one, draft(one), Answer("l", "ny plads\nmakker"), Answer("e", "lidt"))
    card = question_card(WORDS, step.view)
    assert card.text.startswith("«makker» e?")
    assert card.data_class == 2
    assert card.entry is not None and not any(choice.on for choice in card.entry.choices)


def test_a_card_that_shows_the_persons_words_is_no_longer_class_0() -> None:
    one = form(ask("a", "text"), ask("b", "text"))
    assert card_of(one, draft(one)).data_class == 0
    assert card_of(one, draft(one, {"a": "Ord"}, focus="a")).data_class == 2


def test_no_words_of_a_person_stand_in_a_button_code() -> None:
    one = form(
        ask("a", "text"), ask("l", "list"), ask("e", "each", "lidt", of="l"), ask("m", "many", "x", note="Hvad?")
    )
    secret = "hemmeligt"
    answers: dict[str, Value] = {"a": secret, "l": (secret,), "e": ("lidt",), "m": Picked(("x",), secret)}
    for focus in answers:
        card = card_of(one, draft(one, answers, focus=focus))
        rows = history(one, view(one, draft(one, answers, focus=focus)), WORDS)
        codes = [b.act for row in card.buttons for b in row] + [str(row.act) for row in rows]
        codes += [choice.act for choice in card.entry.choices] if card.entry else []
        assert not [code for code in codes if secret in code or decode(code) is None]


def test_the_history_names_each_answer_and_what_was_passed_over() -> None:
    one = form(
        ask("a", "one", Option("ja", "Ja"), summary="Svar"),
        ask("l", "list"),
        ask("e", "each", "lidt", of="l"),
        ask("b", "text"),
    )
    step = play(one, draft(one), Answer("a", "ja"), Answer("l", "plads"), Answer("e", "lidt"), Skip("b", "unknown"))
    rows = history(one, step.view, WORDS)
    assert [(row.label, row.text) for row in rows] == [
        ("Svar", "Ja"),
        ("l?", "plads"),
        ("e?", "plads: LIDT"),
        ("b?", WORDS("skipped.unknown")),
    ]
    assert decode(rows[0].act or "") == DraftAct("edit", "d1", 4, "a")


def test_a_problem_is_told_in_words_with_its_numbers() -> None:
    card = problem_card(WORDS, Problem("too_long", "a", (("max", 5), ("length", 9))))
    assert card.kind == "problem"
    assert card.text == WORDS("problems.too_long", max=5, length=9)
    assert "5" in card.text and "9" in card.text and "{" not in card.text


def test_names_are_quoted_and_unknown_ones_left_out() -> None:
    one = form(ask("a", "text", summary="Set"), ask("b", "text"))
    assert names_of(one, ("a", "b", "gone")) == "«Set», «b?»"


def test_words_of_another_language_can_be_put_in() -> None:
    texts = {key: f"<{key}>" for key in WORDS.texts}
    one = form(ask("a", "text"))
    assert "<question.optional>" in card_of(one, draft(one), Words(texts)).text
    assert load_words(yamlio.parse("a: x"))("a") == "x"


@pytest.mark.parametrize("form_id", ["worry", "light"])
def test_every_question_of_the_shipped_forms_can_be_drawn(form_id: str) -> None:
    shipped = danish().form(form_id)
    for question in shipped.questions:
        alone = form(
            question if question.show_if is None else question.__class__(**{**vars(question), "show_if": None})
        )
        for one in (draft(alone), draft(alone, focus=question.id)):
            if view(alone, one).current is not None:
                assert card_of(alone, one).text.count("\n\n\n") == 0
