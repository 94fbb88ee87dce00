"""How often a practised person must act: a yellow worry in at most 25 steps, a red one in 8 (9 with a suspicion).

Counted from the word that begins it to the press that sends it. Every typed message, filled form and press is one.
"""

from __future__ import annotations

import pytest

from tests.app.kit import Chat, House

# One message each, as somebody would type on a phone who has done it before.
YELLOW = [
    "ny", "nej", "det hele", "Uglen", "4", "1, to år", "Mandag sad han alene i frikvarteret.", "venner, humør",
    "2 og 4", "2, efter ferien", "2", "1", "1, 2. Bedst i billedkunst", "Tegner godt.", "Ingen spørger mig.",
    "Han vil gerne have en ven.", "ja, de ser det også", "2, i sidste uge", "To hjem siden august.",
    "Ny plads ved vinduet", "2", "1, se på frikvarteret", "enig", "send",
]  # fmt: skip
RED = ["ny", "ja", "3", "Uglen", "4", "1, to år", "Han siger, at han ikke vil leve mere.", "send"]
RED_WITH_A_SUSPICION = ["ny", "ja", "1", "2", "Uglen", "4", "1, to år", "Han har blå mærker.", "send"]


def played(messages: list[str], **channel: object) -> tuple[Chat, House]:
    house = House()
    chat = Chat(house, **channel)  # type: ignore[arg-type]  # a channel and its ceiling
    for message in messages:
        chat.says(message)
    return chat, house


@pytest.mark.parametrize("channel", ["web", "telegram"])
@pytest.mark.parametrize(("messages", "most"), [(YELLOW, 25), (RED, 8), (RED_WITH_A_SUSPICION, 9)])
def test_a_practised_person_is_done_in_few_steps(messages: list[str], most: int, channel: str) -> None:
    chat, house = played(messages, channel=channel)
    assert [case.state for case in house.cases()] == ["sent"], chat.text
    assert chat.turns <= most


def test_a_practised_yellow_worry_is_whole() -> None:
    chat, house = played(YELLOW[:-1])
    assert "Mangler" not in chat.text and "Gul" in chat.text
    chat.says("send")
    (case,) = house.cases()
    assert case.colour.now == "yellow" and len(case.answers) >= 20


def test_the_red_lane_asks_little_and_says_so() -> None:
    chat, _ = played(RED[:-1])
    assert "Mangler" not in chat.text and "Den er ikke sendt endnu." in chat.text


def test_a_question_about_meetings_shows_the_persons_own() -> None:
    chat = Chat(House())
    chat.says("hvornår er næste møde?")
    assert chat.house.content.meetings("none") in chat.text
