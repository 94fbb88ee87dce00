"""Small words that a tired reader trips over: how far, which day, who, and nobody who isn't there."""

import pytest

from tests.app.kit import YELLOW, Chat, House, local


def test_how_long_the_way_is_is_not_said_before_it_is_known() -> None:
    chat = Chat(House())
    chat.commands("ny")
    seen: list[tuple[int, int]] = []
    for word in ("nej", "det hele", "Uglen", "k46"):
        seen += [(card.at, card.of) for card in chat.reply.cards if card.kind == "question"]
        chat.says(word)
    assert [of for _, of in seen[:2]] == [0, 0]
    assert len({of for _, of in seen[2:]}) == 1, "and then it doesn't change"


def test_a_red_worry_knows_its_length_once_it_is_known_what_it_is_about() -> None:
    chat = Chat(House())
    chat.commands("ny")
    chat.says("ja")
    assert [card.of for card in chat.reply.cards if card.kind == "question"] == [0]
    chat.presses("Noget andet")
    assert all(card.of > 0 for card in chat.reply.cards if card.kind == "question")


def test_the_short_version_promises_the_day_that_is_booked() -> None:
    chat = Chat(House(local("2026-11-27 10:00")))  # a Friday
    chat.stands_at("q00_udgave", {"q04_sikkerhed": "nej"})
    assert "næste hverdag kl. 14" in chat.text
    assert "i morgen" not in chat.text
    chat.says("kort")
    (wish,) = chat.house.wishes("draft_rest")
    assert wish.due_at == local("2026-11-30 14:00")


def test_only_several_receivers_are_called_them() -> None:
    one, several = Chat(House()), Chat(House())
    one.commands("ny")
    one.says("ja")
    one.presses("Vold")
    one.presses("En, som barnet bor med")
    one.presses("Se den, og send nu")
    several.stands_at("q19_farve", YELLOW)
    several.says("enig")
    assert [press.label for press in one.presses_shown if "skal ikke have den" in press.label] == [
        "Birgit Søe skal ikke have den"
    ]
    assert any(press.label == "En af dem skal ikke have den" for press in several.presses_shown)


@pytest.mark.parametrize("written", ["/hjaelp", "/Hjælp", "/kladder", "/gem", "/tilbage"])
def test_a_command_with_its_stroke_is_known_where_only_words_are_typed(written: str) -> None:
    """The web has no commands of its own; who comes from Telegram writes them as there."""
    with_stroke, without = Chat(House()), Chat(House())
    for chat in (with_stroke, without):
        chat.commands("ny")
    with_stroke.says(written)
    without.says(written[1:])
    assert [card.kind for card in with_stroke.reply.cards] == [card.kind for card in without.reply.cards]
    assert "Jeg kan ikke se, hvilket svar" not in with_stroke.text


def test_a_stroke_before_any_other_word_is_just_what_somebody_wrote() -> None:
    chat = Chat(House())
    chat.stands_at("q11_barnets_ord", YELLOW)
    chat.says("/nyt barn i klassen, som sidder alene")
    assert "/nyt barn" in str(chat.draft().answers)
