"""A question in the middle is answered above what is open: no form begins, nothing is lost, and danger comes first."""

import pytest

from bot.app.turns.incoming import Said
from tests.app.kit import YELLOW, Chat, House

ASKED = {
    "hvad betyder gul?": "Farven siger, hvor meget det haster nu.",
    "hvor lang tid tager det før nogen svarer?": "En rød bekymring får teamet besked om straks.",
    "hvem kan se det her?": "Kladden ser kun du.",
    "hvad sker der med det jeg skriver?": "Hvert svar bliver gemt i din kladde.",
    "hva er trio": "TRIO er det lille team på skolen",
    "kan forældrene læse det her?": "Regn med det.",
}


def _at(question: str = "q02_alder") -> Chat:
    chat = Chat(House())
    chat.stands_at(question, YELLOW)
    return chat


def _beside(chat: Chat, text: str) -> str:
    return chat.does(Said(text, beside=True), text)


@pytest.mark.parametrize(("text", "said"), ASKED.items())
def test_at_the_menu_it_is_answered_and_nothing_begins(text: str, said: str) -> None:
    chat = Chat(House())
    chat.opens()
    chat.says(text)
    assert said in chat.text
    assert "Hvad vil du?" in chat.text
    assert chat.house.drafts() == []


@pytest.mark.parametrize(("text", "said"), [pair for pair in ASKED.items() if pair[0].endswith("?")])
def test_at_a_closed_question_it_is_answered_above_it(text: str, said: str) -> None:
    chat = _at()
    asked, before = chat.asked, chat.draft()
    chat.says(text)
    assert said in chat.text
    assert (chat.asked, chat.draft()) == (asked, before)
    assert len(chat.house.drafts()) == 1


@pytest.mark.parametrize(("text", "said"), ASKED.items())
def test_in_the_bots_own_field_it_is_answered_at_once(text: str, said: str) -> None:
    chat = _at("q05_set")
    before = chat.draft()
    _beside(chat, text)
    assert said in chat.text
    assert "Er det et spørgsmål til mig" not in chat.text
    assert chat.draft() == before


def test_a_question_that_is_not_understood_says_so_there_and_is_no_answer() -> None:
    chat = _at("q05_set")
    before = chat.draft()
    _beside(chat, "hvordan staver man til abrakadabra?")
    assert "Det forstod jeg ikke." in chat.text
    assert chat.asked.startswith("Fortæl, hvad du har set og hørt.")
    assert chat.draft() == before


def test_in_the_answers_own_field_a_question_is_kept_until_she_says_what_it_is() -> None:
    chat = _at("q05_set")
    chat.says("kan forældrene læse det her?")
    chat.presses("Det er et spørgsmål")
    assert "Regn med det." in chat.text
    assert chat.asked.startswith("Fortæl, hvad du har set og hørt.")


@pytest.mark.parametrize("beside", [False, True])
def test_danger_in_a_question_comes_before_any_answer(beside: bool) -> None:
    chat = _at("q05_set" if beside else "q02_alder")
    chat.does(
        Said("far slår ham, kan forældrene læse det her?", beside=beside), "far slår ham, kan forældrene læse det her?"
    )
    assert "kan handle om vold" in chat.text
    assert "Regn med det." not in chat.text


def test_danger_in_a_hurried_answer_is_heard_too() -> None:
    chat = _at("q04_sikkerhed")
    chat.says("ved ikke, far slår ham")
    assert "kan handle om vold" in chat.text


def test_a_question_about_the_question_gets_its_help() -> None:
    chat = _at("q04_sikkerhed")
    chat.says("hvad mener du med det?")
    assert "Er et barn i fare, må det ikke vente" in chat.text
    assert "finde på listen" not in chat.text


def test_what_is_not_on_the_list_gets_advice_that_can_be_followed() -> None:
    chat = _at("q02_alder")
    chat.says("xyzzy plugh")
    assert "tallet foran" not in chat.text
    assert "Tryk på det, der ligger nærmest" in chat.text


def test_doubt_about_safety_opens_the_careful_way() -> None:
    chat = _at("q04_sikkerhed")
    chat.says("ved ikke, tror det ikke")
    assert chat.draft().answers["q04_sikkerhed"] == "maaske"


@pytest.mark.parametrize("text", ["min leder siger vi skal vente", "kommunen er jo allerede inde over"])
def test_what_is_said_of_the_duty_at_a_closed_question_is_answered_above_it(text: str) -> None:
    chat = _at("q02_alder")
    asked, before = chat.asked, chat.draft()
    chat.says(text)
    assert "Pligten er din egen." in chat.text
    assert "finde på listen" not in chat.text
    chat.says("fortsæt")
    assert (chat.asked, chat.draft()) == (asked, before)


@pytest.mark.parametrize("question", ["q01_barn", "q05_set"])
def test_an_old_name_of_a_law_that_is_asked_about_is_no_name_of_a_child(question: str) -> None:
    chat = _at(question)
    before = chat.draft()
    chat.says("hvad betyder § 49 a?")
    chat.presses("Det er et spørgsmål")
    assert "nu retssikkerhedslovens § 11 e" in chat.text
    assert chat.draft() == before
