"""What a person writes before any form is open is never thrown away in silence, and never kept where it may not be."""

import pytest

from dialogs.values import Picked
from tests.app.kit import Chat, House

WORDS = "jeg er lidt bekymret for en dreng i min klasse, han sidder altid alene"
DANGER = "hendes far slår hende, siger hun"


def _menu(ceiling: int = 2, channel: str = "web") -> Chat:
    chat = Chat(House(), channel=channel, ceiling=ceiling)
    chat.opens()
    return chat


def _to_seen_and_heard(chat: Chat) -> None:
    for word in ("nej", "det hele", "Uglen", "k46", "1"):
        chat.says(word)
    chat.presses("Uden flere ord")


def test_the_first_words_wait_at_seen_and_heard_and_one_press_takes_them() -> None:
    chat = _menu()
    chat.says(WORDS)
    assert "Jeg har taget det med, du skrev." in chat.text
    _to_seen_and_heard(chat)
    assert chat.asked.startswith("Fortæl, hvad du har set og hørt.")
    assert f"Du skrev: «{WORDS}»" in chat.text
    chat.presses("Ja, tag det med")
    assert chat.draft().answers["q05_set"] == WORDS
    assert not chat.asked.startswith("Fortæl")


ANEW = f"{WORDS} Det er sket hver dag siden mandag."


@pytest.mark.parametrize(
    ("said", "kept"), [("ja", WORDS), ("Han græd i mandags.", f"{WORDS}\n\nHan græd i mandags."), (ANEW, ANEW)]
)
def test_the_first_words_are_taken_added_to_or_written_anew_in_words(said: str, kept: str) -> None:
    chat = _menu()
    chat.says(WORDS)
    _to_seen_and_heard(chat)
    chat.says(said)
    assert chat.draft().answers["q05_set"] == kept


def test_the_first_words_can_be_left_out_at_once_and_later() -> None:
    for when in ("at once", "later"):
        chat = _menu()
        chat.says(WORDS)
        if when == "at once":
            chat.presses("Tag det ikke med")
        else:
            _to_seen_and_heard(chat)
            chat.says("nej")
        assert "Det er taget ud igen." in chat.text
        assert "q05_set" not in chat.draft().answers


def test_words_of_danger_follow_into_the_red_worry_and_are_sent_with_it() -> None:
    chat = _menu()
    chat.says(DANGER)
    chat.presses("Ja")
    chat.presses("Skriv en rød bekymring nu")
    assert "Jeg har taget det med, du skrev." in chat.text
    assert chat.draft().answers["q05_set"] == Picked((), DANGER)
    chat.presses("Se den, og send nu")
    assert DANGER in chat.text, "she sees them before she sends"
    chat.presses("Send")
    (case,) = chat.house.cases()
    assert DANGER in repr(case.answers)


def test_what_only_sounded_like_danger_is_answered_for_what_it_is() -> None:
    chat = _menu()
    chat.says("jeg er bekymret for en pige, der tør ikke gå hjem til tomt hus om fredagen")
    assert "kan handle om vold" in chat.text
    chat.presses("Nej, det er ikke det")
    assert chat.asked.startswith("Først det vigtigste")
    assert "Jeg har taget det med" in chat.text


@pytest.mark.parametrize(
    "order", ["ny bekymring", "jeg vil gerne skrive en bekymring", "må jeg skrive en bekymring om et barn?"]
)
def test_an_order_or_a_question_is_no_beginning_of_an_answer(order: str) -> None:
    chat = _menu()
    chat.says(order)
    assert "Jeg har taget det med" not in chat.text


def test_old_words_do_not_follow_into_another_worry() -> None:
    chat = _menu()
    chat.says(DANGER)
    chat.presses("Ja")
    chat.presses("Til menuen")
    chat.presses("Skriv en bekymring")
    assert "q05_set" not in chat.draft().answers
    chat.says("menu")
    chat.presses("Akut")
    chat.presses("Vold")
    chat.presses("Skriv en rød bekymring nu")
    assert "q05_set" not in chat.draft().answers


@pytest.mark.parametrize("text", [WORDS, DANGER])
def test_on_strict_telegram_nothing_of_it_is_kept_or_shown_and_that_is_said(text: str) -> None:
    chat = _menu(ceiling=1, channel="telegram")
    chat.says(text)
    assert "Jeg har ikke gemt det, du skrev." in chat.text
    assert chat.reply.refused
    assert text not in chat.house.everything()
    assert text not in chat.text
