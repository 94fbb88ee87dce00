"""The Nyborg test: every refusal tells the sender at once, says why, keeps what can be kept, and offers the way on.

A mail filter stopped 913 mails to a municipality over six years because a CPR number stood in the subject; the
senders never knew. Here every way in which the bot can say no is tried. Left to a later issue: mails from outside.
"""

from __future__ import annotations

import pytest

from bot.demo import PEOPLE
from dialogs.cases.acts import Ask
from tests.app.kit import YELLOW, Chat, House

PERSONAL = {
    "a CPR number": "Hans cpr er 010110-4321",
    "a telephone number": "Ring til mor på 20 30 40 50",
    "a mail address": "Skriv til mor.hansen@mail.example",
    "an address": "De bor Lærkevej 12, 8000 Aarhus",
    "a full name": "Barnet hedder Mads Peter Sørensen",
}


def asked_again(chat: Chat, question: str) -> bool:
    """Whether the very same question stands below the refusal, with a way past or out."""
    labels = {press.label for press in chat.presses_shown}
    return chat.asked == question and {"Hjælp", "Gem til senere", "Akut"} <= labels


def refusals(chat: Chat) -> list[str]:
    return [card.text for card in chat.reply.cards if card.kind == "problem"]


@pytest.mark.parametrize("channel", ["web", "telegram"])
@pytest.mark.parametrize("what", PERSONAL)
def test_a_text_that_must_not_be_kept_is_refused_aloud_with_the_reason_and_the_fix(what: str, channel: str) -> None:
    chat = Chat(House(), channel=channel)
    draft = chat.stands_at("q05_set", YELLOW)
    question = chat.asked
    chat.says(PERSONAL[what])
    (why,) = refusals(chat)
    assert "Jeg har ikke gemt din besked." in why and "skriv igen" in why
    assert ("Din tekst står stadig i feltet." in why) is (channel == "web")
    assert ("Jeg sletter din besked i chatten." in why) is (channel == "telegram")
    assert chat.reply.refused, "the channel is told to take its own copy away"
    assert asked_again(chat, question) and chat.draft() == draft
    chat.says("Han sad alene hele dagen.")
    assert chat.draft().answers["q05_set"] == "Han sad alene hele dagen.", "mended, it is taken"


@pytest.mark.parametrize("what", PERSONAL)
def test_the_same_holds_for_the_webs_form_and_for_the_words_beside_a_choice(what: str) -> None:
    chat = Chat(House())
    draft = chat.stands_at("q18_hjaelp", {**YELLOW, "q18_hjaelp": ()})
    chat.fills("raad", note=PERSONAL[what])
    assert len(refusals(chat)) == 1 and chat.draft() == draft


@pytest.mark.parametrize("what", PERSONAL)
def test_the_same_holds_in_a_case_and_outside_everything(what: str) -> None:
    house = House()
    chat = Chat(house)
    chat.says(PERSONAL[what])
    assert len(refusals(chat)) == 1 and chat.reply.refused
    chat.stands_at("q08_hvortit", YELLOW)
    chat.fills("dagligt")
    chat.presses("Send")
    (case,) = house.cases()
    house.team_opens("laerke-leder", case.id)
    assert house.team_does("laerke-leder", case.id, Ask("Hvordan går det?")).problems == ()
    chat.presses("Se sagen")
    chat.presses("Svar teamet")
    chat.says(PERSONAL[what])
    assert len(refusals(chat)) == 1 and "Hvordan går det?" in chat.text, "the team's question stands there still"
    chat.says("Det går bedre nu.")
    assert "Tak. Dit svar ligger hos teamet." in chat.text


@pytest.mark.parametrize(
    ("question", "text", "says"),
    [
        ("q05_set", "x" * 4_001, "plads til 4000"),
        ("q01_barn", "x" * 41, "plads til 40"),
        ("q16_proevet", "\n".join("abcdefghi"), "plads til 8"),
        ("q08_hvortit", "noget helt andet", "kan ikke se, hvilket svar"),
        ("q06_omraader", "1, 2, 3, 4, 5", "højst 4"),
        ("q05_set", "   ", "ikke nogen tekst"),
        ("q10_styrker", "spring over", "kan ikke springes over"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_what_fits(question: str, text: str, says: str) -> None:
    chat = Chat(House())
    draft = chat.stands_at(question, {key: value for key, value in YELLOW.items() if key != question})
    asked = chat.asked
    chat.says(text)
    (why,) = refusals(chat)
    assert says in why
    assert asked_again(chat, asked) and chat.draft() == draft


def test_pictures_and_files_are_refused_aloud_everywhere() -> None:
    chat = Chat(House())
    chat.sends_media()
    assert len(refusals(chat)) == 1
    draft = chat.stands_at("q05_set", YELLOW)
    asked = chat.asked
    chat.sends_media()
    assert len(refusals(chat)) == 1 and asked_again(chat, asked) and chat.draft() == draft


def test_a_channel_that_may_not_carry_it_says_where_to_write_instead() -> None:
    chat = Chat(House(), channel="telegram", ceiling=1)
    draft = chat.stands_at("q05_set", YELLOW)
    chat.says("Han sad alene hele dagen.")
    (why,) = refusals(chat)
    assert "den sikre side" in why
    assert chat.draft() == draft


def test_a_worry_that_nobody_may_get_is_kept_and_says_whom_to_call() -> None:
    alone = tuple(person for person in PEOPLE if person.id == "laerke-laerer")
    house = House(people=alone)
    chat = Chat(house)
    chat.stands_at("q08_hvortit", YELLOW)
    chat.fills("dagligt")
    assert "Der er ingen, der kan få den lige nu." in chat.text, "said before she presses"
    chat.presses("Send")
    assert "Ring til" in chat.text and "Din tekst er gemt." in chat.text
    assert house.cases() == [] and len(house.drafts()) == 1


def test_a_stranger_and_somebody_who_has_left_are_told_how_to_get_in() -> None:
    house = House()
    assert "invitation" in Chat(house, "en-fremmed").says("hej")
    house.leaves("fjord-laerer")
    assert "invitation" in Chat(house, "fjord-laerer").says("hej")


def test_an_old_button_and_one_from_nowhere_say_so_and_show_where_she_is() -> None:
    chat = Chat(House())
    chat.commands("ny")
    old = chat.find("Nej")
    chat.presses("Nej")
    asked = chat.asked
    for press in (old, type(old)("?", "go:nowhere:x"), type(old)("?", "æ" * 80)):
        chat.presses_old(press)
        assert len(refusals(chat)) == 1 and asked_again(chat, asked)
