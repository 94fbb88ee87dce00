"""A question on a page has a field for the answer, and the page one for the bot: words go where they were written."""

from __future__ import annotations

import pytest

from bot.app.turns.incoming import Said
from dialogs.values import Picked
from tests.app.kit import YELLOW, Chat, House

WORDS = "Hun kom igen efter vinterferien."


def beside(chat: Chat, text: str) -> str:
    """Write in the field that is not the answer's."""
    return chat.does(Said(text, beside=True), text)


def answers(chat: Chat) -> dict[str, object]:
    (draft,) = chat.house.drafts(chat.actor.person_id)
    return dict(draft.answers)


@pytest.mark.parametrize(
    "question", ["q05_set", "q10_styrker", "q16_proevet", "q03_rolle", "q07_hvornaar", "q13_foraeldre"]
)
def test_words_in_the_other_field_are_no_answer_before_the_person_says_so(question: str) -> None:
    chat = Chat(House())
    chat.stands_at(question, YELLOW)
    before = answers(chat)
    beside(chat, WORDS)
    assert answers(chat) == before
    assert {"Det er mit svar", "Det er et spørgsmål"} <= {press.label for press in chat.presses_shown}


def test_said_to_be_the_answer_they_become_it_word_for_word() -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", YELLOW)
    beside(chat, WORDS)
    chat.presses("Det er mit svar")
    assert answers(chat)["q05_set"] == WORDS


def test_an_options_own_name_is_an_answer_wherever_it_is_written() -> None:
    chat = Chat(House())
    chat.stands_at("q13_foraeldre", {key: value for key, value in YELLOW.items() if key != "q13_foraeldre"})
    beside(chat, "nej")
    assert answers(chat)["q13_foraeldre"] == Picked(("nej",), "")


def test_danger_in_the_other_field_is_heard_first() -> None:
    chat = Chat(House())
    chat.stands_at("q10_styrker", YELLOW)
    beside(chat, "far slår ham derhjemme")
    assert any(press.act == "go:alert:nej" for press in chat.presses_shown)


def test_words_in_the_note_stay_beside_the_choice() -> None:
    chat = Chat(House())
    chat.stands_at("q13_foraeldre", YELLOW)
    chat.fills("ja", note="nej, ikke far")
    assert answers(chat)["q13_foraeldre"] == Picked(("ja",), "nej, ikke far")


def test_words_alone_in_the_note_may_name_the_choice() -> None:
    chat = Chat(House())
    chat.stands_at("q03_rolle", {key: value for key, value in YELLOW.items() if key != "q03_rolle"})
    chat.fills(note="klasselære")
    assert answers(chat)["q03_rolle"] == Picked(("laerer",), None)


def test_words_that_name_no_choice_are_kept_and_the_choice_is_asked_for_in_words() -> None:
    chat = Chat(House())
    chat.stands_at("q03_rolle", {key: value for key, value in YELLOW.items() if key != "q03_rolle"})
    chat.fills(note="siden han begyndte her")
    assert answers(chat)["q03_rolle"] == Picked((), "siden han begyndte her")
    assert "Dine ord er gemt. Vælg også et af svarene." in chat.text
