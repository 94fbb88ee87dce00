"""A "no" to danger covers the words that were asked about, and no others; what nobody said no to makes the colour."""

from __future__ import annotations

import pytest

from dialogs.guards.standing import heard_in
from dialogs.values import picks_of
from dialogs.worry import because_words
from tests.app.kit import YELLOW, Chat, House, Press, words_of
from tests.core.form_kit import danish

NO = "Nej, det er ikke det"
FALSE_ALARM = "Hun er blevet slået af sin bror, mens de sloges for sjov."
DANGER = "Far slår mig med bæltet, når jeg er dum."
QUESTIONS = ("q05_set", "q11_barnets_ord", "q12_barnets_oenske", "q15_omkring")


def at(question: str, house: House | None = None, **answers: str) -> Chat:
    chat = Chat(house or House())
    chat.stands_at(question, {**YELLOW, **answers})
    return chat


def asked(chat: Chat) -> bool:
    """Whether the bot asks about danger now."""
    return any(press.label == NO for press in chat.presses_shown)


@pytest.mark.parametrize("later", QUESTIONS)
def test_new_words_are_heard_after_a_no_in_every_field(later: str) -> None:
    chat = at("q05_set")
    chat.fills(text=DANGER)
    assert asked(chat)
    chat.presses(NO)
    chat.stands_at(later, dict(chat.draft().answers))
    chat.fills(text="I dag sagde han: min far slår mig, når han er fuld.")
    assert asked(chat), chat.text


def test_the_same_words_are_not_asked_about_again_but_new_ones_beside_them_are() -> None:
    chat = at("q05_set")
    chat.fills(text=DANGER)
    chat.presses(NO)
    edit(chat, f"{DANGER} Ellers er alt, som det plejer.")
    assert not asked(chat), "the words have had their answer"
    edit(chat, f"{DANGER} Mor truer med at slå ham ihjel.")
    assert asked(chat)


def test_an_edited_sentence_is_a_new_one() -> None:
    chat = at("q05_set")
    chat.fills(text=DANGER)
    chat.presses(NO)
    edit(chat, "Far slår mig med bæltet hver dag.")
    assert asked(chat)


def edit(chat: Chat, text: str) -> None:
    chat.says("ret")
    chat.presses("Set og hørt")
    chat.fills(text=text)


def test_a_no_to_one_danger_is_none_to_another_in_the_same_text() -> None:
    chat = at("q05_set")
    chat.fills(text=f"Hun siger, at hun vil dø. {DANGER}")
    assert "at ville dø" in chat.text
    chat.presses(NO)
    assert asked(chat) and "kan handle om vold" in chat.text
    chat.presses(NO)
    assert not asked(chat)


def test_what_was_denied_is_told_to_the_writer_and_to_the_team() -> None:
    house = House()
    chat = at("q05_set", house)
    chat.fills(text=DANGER)
    chat.presses(NO)
    assert "Jeg hørte ord om vold. Du sagde, at det ikke var det." in chat.text
    assert "Tal med barnet og forældrene" not in chat.text
    chat.fills("enig")
    assert "pørg altid familien" not in chat.text and "pørg forældrene" not in chat.text
    chat.presses("Send")
    (case,) = house.cases()
    reasons = because_words(danish(), case.colour.because)
    assert "Botten hørte ord om vold. Skriveren sagde, at det ikke var det." in reasons
    assert case.colour.now == "yellow"


def test_words_that_nobody_said_no_to_are_neither_green_nor_yellow() -> None:
    house = House()
    chat = at("q19_farve", house, q11_barnets_ord=DANGER)
    chat.opens()
    light = next(card for card in chat.reply.cards if card.kind == "light")
    assert light.light == "red"
    assert "Du skriver ord om vold. Du har ikke sagt, at det er noget andet." in words_of(light)
    assert "Tal med barnet og forældrene" not in chat.text
    chat.fills("enig")
    assert asked(chat), "it is asked about once more before the summary"
    chat.says("tilbage")
    chat.presses("Send")
    (case,) = house.cases()
    assert (case.colour.now, case.colour.flow, case.route) == ("red", "violence", "leader")


def test_a_card_put_aside_is_asked_again_before_the_colour() -> None:
    chat = at("q18_hjaelp", q15_omkring=DANGER)
    chat.fills("raad")
    assert asked(chat) and not any(card.kind == "light" for card in chat.reply.cards)
    chat.presses(NO)
    assert any(card.light == "yellow" for card in chat.reply.cards)


@pytest.mark.parametrize("question", ["hvad er en underretning", "må jeg ringe til mor?", "hvad er tavshedspligt?"])
def test_a_question_is_answered_above_the_alert_that_still_waits(question: str) -> None:
    chat = at("q05_set")
    chat.fills(text=DANGER)
    chat.says(question)
    assert "ikke gemt" not in chat.text and asked(chat)
    assert len(chat.reply.cards) > 1, "the answer stands above the question"
    assert "ring til mor" not in chat.text.lower()


def test_another_danger_adds_its_card_with_the_gravest_on_top() -> None:
    chat = at("q05_set")
    chat.fills(text=DANGER)
    chat.says("hun siger hun vil dø i nat")
    cards = [card for card in chat.reply.cards if card.kind == "acute"]
    assert "at ville dø" in cards[0].text and "kan også handle om vold" in cards[1].text
    chat.presses("Ja")
    assert asked(chat) and "kan handle om vold" in chat.text, "the second danger still waits for its answer"
    chat.presses("Ja")
    assert chat.draft().answers["q04_hvad"] == "violence", "the parents wait, whichever was told first"


def test_a_no_at_the_menu_goes_along_into_the_worry() -> None:
    chat = Chat(House())
    chat.says(DANGER)
    chat.presses(NO)
    chat.says(DANGER)
    assert not asked(chat)
    chat.says("mor slår hende med en kæp")
    assert asked(chat)


def test_a_card_opened_from_a_case_of_violence_sends_nobody_to_the_parents() -> None:
    house = House()
    chat = at("q05_set", house)
    chat.fills(text=DANGER)
    chat.presses("Ja")
    chat.fills("home")
    chat.presses("Se den, og send nu")
    chat.presses("Send")
    (case,) = house.cases()
    chat.presses_old(Press("who", f"go:who:{case.id}"))
    chat.presses_old(Press("prof", "go:prof:SOC"))
    assert "Socialrådgiver" in chat.text and "pørg forældrene" not in chat.text


@pytest.mark.parametrize(("pressed", "written"), [("Måske", "maaske"), ("Ja", "ja")])
def test_how_sure_she_was_of_what_the_bot_heard_is_written_as_she_said_it(pressed: str, written: str) -> None:
    chat = Chat(House())
    chat.says(DANGER)
    assert asked(chat)
    chat.presses(pressed)
    chat.presses("Skriv en rød bekymring")
    assert picks_of(chat.draft().answers["q04_sikkerhed"]) == (written,)


def test_what_the_bot_heard_is_known_from_what_she_answered_of_herself() -> None:
    chat = at("q05_set")
    chat.fills(text=DANGER)
    chat.presses("Måske")
    heard = heard_in(danish().guards, danish().form("worry"), chat.draft().answers, chat.draft().heard)
    assert (heard.standing, heard.agreed) == (("violence",), ("violence",))
    assert not heard_in(danish().guards, danish().form("worry"), chat.draft().answers, ()).agreed
