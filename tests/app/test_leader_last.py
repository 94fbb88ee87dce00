"""Nobody is sent to their leader before it is known that the worry isn't about the leader."""

from __future__ import annotations

import pytest

from tests.app.kit import Chat, House

TO_THE_LEADER = "Gå til din leder nu."
PAST = "Gå til lederens chef nu."
PERHAPS = "Handler det om din leder, så gå til lederens chef."


def sends_to_the_leader(chat: Chat) -> bool:
    """Whether a line on the screen sends the person to the leader with no other way before it."""
    return any(TO_THE_LEADER in line and PERHAPS not in line for line in chat.text.split("\n"))


@pytest.mark.parametrize("flow", ["violence", "sexual", "control"])
@pytest.mark.parametrize(
    ("suspect", "way"),
    [("home", TO_THE_LEADER), ("staff", TO_THE_LEADER), ("unknown", PERHAPS), ("leader", PAST)],
)
def test_the_way_to_a_leader_follows_the_answer_about_whom_it_is(flow: str, suspect: str, way: str) -> None:
    chat = Chat(House())
    chat.commands("ny")
    chat.fills("ja")
    assert not sends_to_the_leader(chat)
    chat.fills(flow)
    assert not sends_to_the_leader(chat)
    chat.fills(suspect)
    assert way in chat.text
    assert sends_to_the_leader(chat) == (way == TO_THE_LEADER)


@pytest.mark.parametrize("text", ["far slår ham derhjemme", "han har rørt hende i skridtet", "de vil gifte hende bort"])
def test_danger_in_free_words_names_no_leader_either(text: str) -> None:
    chat = Chat(House())
    chat.commands("ny")
    chat.says(text)
    assert PERHAPS in chat.text and not sends_to_the_leader(chat)


def test_the_way_out_that_is_on_every_step_names_none() -> None:
    chat = Chat(House())
    chat.commands("akut")
    assert PERHAPS in chat.text and not sends_to_the_leader(chat)
