"""A light is a word, a shape and a colour: the same shapes everywhere, each said once."""

from __future__ import annotations

import pytest

from dialogs.content import Content
from dialogs.replies import Card
from tests.app.kit import Chat, House

SIGNS = {"green": "●", "yellow": "■", "red": "▲", "none": "○"}


@pytest.mark.parametrize(("colour", "shape"), SIGNS.items())
def test_a_colour_has_the_same_shape_in_the_chat_and_in_the_notices(content: Content, colour: str, shape: str) -> None:
    assert content.cards.colours[colour].shape == shape
    assert content.notices.colours[colour].endswith(shape)


def test_both_greens_have_the_green_shape(content: Content) -> None:
    assert content.cards.colours["attention"].shape == SIGNS["green"]


def suggested(channel: str) -> Card:
    """The suggested colour at the end of the traffic light, on one channel."""
    chat = Chat(House(), channel=channel)
    chat.commands("trafiklys")
    chat.says("6–12 år")
    chat.fills("venner")
    for _ in range(5):
        chat.says("spring over")
    return next(card for card in chat.reply.cards if card.kind == "light")


def test_where_lights_are_drawn_the_text_does_not_repeat_the_shape() -> None:
    card = suggested("web")
    assert card.light == "none"
    assert card.title == "Ingen farve endnu"
    assert not set(SIGNS.values()) & set(card.title + card.text)


def test_where_nothing_is_drawn_the_shape_stands_before_the_word() -> None:
    assert suggested("telegram").title == "○ Ingen farve endnu"
