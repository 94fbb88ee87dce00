"""A no covers the sentences that were asked about, and nothing that is written later."""

from __future__ import annotations

from dialogs.guards.standing import NO, NOTHING, heard_in, marks_of, standing, without, words_in
from dialogs.values import Picked
from tests.core.form_kit import danish
from tests.core.guards_kit import danish_guards

HIT = "Far slår ham"
WISH = "Han vil dræbe sig selv"
CALM = "Han leger med de andre"


def said_no(text: str, flow: str) -> tuple[str, ...]:
    return tuple(f"{NO}:{mark}" for mark in marks_of(danish_guards(), text, flow))  # type: ignore[arg-type]


def test_the_sentence_that_tells_is_the_one_that_is_marked_and_its_words_are_not_in_the_mark() -> None:
    (mark,) = marks_of(danish_guards(), f"{CALM}. {HIT}.", "violence")
    assert mark == marks_of(danish_guards(), HIT.upper() + "!", "violence")[0]
    assert mark.startswith("violence:") and "far" not in mark
    assert len(marks_of(danish_guards(), f"{CALM}. Hun er glad.", "violence")) == 2  # nothing tells alone: all do


def test_where_only_the_whole_tells_all_its_sentences_are_marked() -> None:
    told = "Faren vil have en liste over, hvem hun sidder ved siden af. Og han vil vide det hver dag."
    assert len(marks_of(danish_guards(), told, "control")) == 2


def test_what_was_answered_stands_no_more_and_new_words_do() -> None:
    marks = [mark.removeprefix(f"{NO}:") for mark in said_no(HIT, "violence")]
    assert standing(danish_guards(), f"{CALM}. {HIT}.", marks) == []
    assert standing(danish_guards(), f"{HIT}. Mor slår ham med et bælte.", marks) == ["violence"]
    assert standing(danish_guards(), f"{HIT}. {WISH}.", marks) == ["suicide"]


def test_what_was_denied_is_left_out_of_the_text_and_a_yes_leaves_it() -> None:
    text = f"{CALM}. {HIT}."
    assert without(text, said_no(HIT, "violence")) == CALM
    assert without(text, [mark.replace(NO, "ja", 1) for mark in said_no(HIT, "violence")]) == text
    assert without(text, ()) == text


def test_a_draft_tells_what_stands_and_what_was_denied_the_gravest_first() -> None:
    form = danish().form("worry")
    values = {"q05_set": Picked((), f"{HIT}. {WISH}."), "q11_barnets_ord": CALM}
    heard = heard_in(danish_guards(), form, values, said_no(HIT, "violence"))
    assert (heard.standing, heard.denied) == (("suicide",), ("violence",))
    assert heard_in(danish_guards(), form, {}, ()) == NOTHING


def test_words_are_texts_lists_and_what_stands_beside_a_choice() -> None:
    assert list(words_in("hej")) == ["hej"]
    assert list(words_in(("a", "b"))) == ["a", "b"]
    assert list(words_in(Picked(("x",), "beside"))) == ["beside"]
    assert list(words_in(Picked(("x",), None))) == []
    assert list(words_in("pick", closed=True)) == list(words_in(3)) == list(words_in(None)) == []
