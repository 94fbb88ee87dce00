"""An old name of a law is understood wherever it is typed, with the way to the guide that knows more."""

import pytest

from tests.app.kit import YELLOW, Chat, House


def _menu(text: str) -> Chat:
    chat = Chat(House())
    chat.opens()
    chat.says(text)
    return chat


@pytest.mark.parametrize("text", ["§ 153", "§ 153 underretning"])
def test_the_old_name_of_the_duty_leads_to_how_to_report(text: str) -> None:
    chat = _menu(text)
    assert "nu barnets lov § 133" in chat.text
    chat.presses("Sådan underretter du")
    assert "Pligten er din egen" in chat.text or "Din pligt" in chat.text


@pytest.mark.parametrize("text", ["49 b møde med politiet", "serviceloven § 140 handleplan"])
def test_a_name_is_told_and_no_other_guide_begins(text: str) -> None:
    chat = _menu(text)
    assert "tidligere servicelovens" in chat.text
    assert "styre møder" not in chat.text
    assert chat.house.drafts() == []
    assert "Hvad vil du?" in chat.text


@pytest.mark.parametrize("text", ["§ 50 undersøgelse", "§ 153 underretning"])
def test_in_a_form_a_name_is_told_above_the_question(text: str) -> None:
    chat = Chat(House())
    chat.stands_at("q02_alder", YELLOW)
    asked, before = chat.asked, chat.draft()
    chat.says(text)
    assert "tidligere servicelovens" in chat.text
    assert "finde på listen" not in chat.text
    assert (chat.asked, chat.draft()) == (asked, before)
    assert "Sådan underretter du" in [press.label for press in chat.presses_shown]


def test_danger_beside_an_old_name_comes_first() -> None:
    chat = Chat(House())
    chat.stands_at("q02_alder", YELLOW)
    chat.says("§ 153, far slår ham")
    assert "kan handle om vold" in chat.text


def test_a_question_about_meetings_shows_the_meetings() -> None:
    assert "endnu ikke" not in _menu("hvornår er mødet").text
