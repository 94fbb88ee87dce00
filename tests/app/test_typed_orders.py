"""What people type instead of pressing: a yes to sending, a regret, and a story after the first words."""

from __future__ import annotations

import pytest

from tests.app.kit import YELLOW, Chat, House


def at_the_end() -> Chat:
    chat = Chat(House())
    chat.stands_at("q19_farve", YELLOW)
    chat.says("enig")
    assert "Skal jeg sende den?" in chat.text
    return chat


@pytest.mark.parametrize("said", ["ja", "ja send den", "Send den!", "ja tak, send den", "send"])
def test_a_typed_yes_to_sending_sends(said: str) -> None:
    chat = at_the_end()
    chat.says(said)
    assert len(chat.house.cases()) == 1


@pytest.mark.parametrize("said", ["tak for det", "det må du meget gerne gøre nu"])
def test_what_is_not_understood_below_the_summary_says_that_nothing_is_sent(said: str) -> None:
    chat = at_the_end()
    chat.says(said)
    assert chat.reply.cards[0].text == "Den er IKKE sendt endnu."
    assert chat.house.cases() == []


@pytest.mark.parametrize("said", ["jeg fortryder", "slet det hele", "Jeg vil gerne starte forfra", "fortryd"])
def test_a_regret_is_no_answer_and_shows_what_can_be_taken_back(said: str) -> None:
    chat = Chat(House())
    chat.stands_at("q01_barn", {"q04_sikkerhed": "nej", "q00_udgave": "hele"})
    chat.says(said)
    assert "q01_barn" not in chat.draft().answers
    assert [press.label for press in chat.presses_shown] == ["Tilbage", "Slet kladden", "Tilbage til skemaet"]
    chat.presses("Slet kladden")
    assert "Det kan ikke fortrydes" in chat.text, "it is asked before anything is thrown away"
    chat.presses("Ja, slet")
    assert "slettet" in chat.text
