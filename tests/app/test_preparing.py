"""Preparing for a network meeting in the chat: what was said is on the meeting when it is to be, and not before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.app.turns.incoming import Pressed
from dialogs.acts import Go, encode
from dialogs.meetings import voices
from dialogs.meetings.model import Meeting
from dialogs.meetings.voices import Said
from tests.app.kit import WRITER, Chat, House
from tests.app.player import network_meeting

MOEDE = Pressed(encode(Go("prepare", "moede")))


def begun(house: House | None = None, **changes: Any) -> Chat:
    """The writer's chat, with the first question of the preparation open."""
    chat = Chat(house or House())
    if house is None:
        chat.house.run(lambda uow: uow.meetings.add(replace(network_meeting("2026-12-01"), **changes)))
    chat.does(MOEDE)
    return chat


def told(house: House) -> Said | None:
    return voices.said_by(meeting(house), "s2")


def meeting(house: House) -> Meeting:
    found = house.run(lambda uow: uow.meetings.get("moede"))
    assert found is not None
    return found


def answered(chat: Chat) -> Chat:
    for text in ("Han tegner.", "Han er alene.", "En ven.", "Han hører dårligt.", "4"):
        chat.says(text)
    return chat


def test_nothing_is_on_the_meeting_before_the_last_press_and_all_of_it_after() -> None:
    chat = answered(begun())
    assert told(chat.house) is None
    assert "gemt til mødet M8DE-Birk" in chat.presses("Gem til mødet")
    assert told(chat.house) == Said("Han tegner.", "Han er alene.", "En ven.", "Han hører dårligt.", 4)
    seat = meeting(chat.house).seat("s2")
    assert seat is not None and seat.prepared
    assert chat.house.drafts() == []


def test_whoever_comes_back_goes_on_where_it_was_left() -> None:
    chat = begun()
    chat.says("Han tegner.")
    chat.says("stop")
    assert len(chat.house.drafts()) == 1
    again = begun(chat.house)
    assert again.asked.startswith("Hvad bekymrer dig?") and len(chat.house.drafts()) == 1


def test_what_was_said_before_is_there_to_be_changed() -> None:
    chat = answered(begun())
    chat.presses("Gem til mødet")
    again = begun(chat.house)
    assert "Det virker: Han tegner." in again.text and again.find("Gem til mødet")


def test_a_meeting_that_is_not_theirs_asks_them_nothing() -> None:
    chat = begun(seats=network_meeting("2026-12-01").seats[:1])
    assert chat.asked == "" and chat.house.drafts() == []
    assert chat.house.drafts(WRITER) == []


def test_a_meeting_that_ended_meanwhile_refuses_and_keeps_the_words() -> None:
    chat = answered(begun())
    now = meeting(chat.house)
    over = replace(now, status="closed", revision=now.revision + 1)
    assert chat.house.run(lambda uow: uow.meetings.save(over, now.revision))
    assert "for langt" in chat.presses("Gem til mødet")
    assert told(chat.house) is None and len(chat.house.drafts()) == 1


def test_danger_in_the_words_is_heard() -> None:
    chat = begun()
    assert "112" in chat.says("Han siger, at far slår ham.")
