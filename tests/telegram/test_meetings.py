"""An invitation and one's reminders on Telegram, over a real socket: answered there, and nobody is named."""

from __future__ import annotations

from datetime import date, time

import pytest

from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.people import Reminding
from tests.telegram.kit import NADIA, Room, telegram

NAMES = ("Fiktiv", "Opdigtet", "Torben", "Birgit", "Ane ")


def invited(room: Room) -> Meeting:
    """Birgit has asked Nadia to a meeting."""
    school = room.run(lambda uow: uow.people.get("nadia")).home
    seats = (Seat("s1", "leader", "birgit", answer="yes"), Seat("s2", "psychologist", "nadia"))
    wall = Wall(date(2026, 12, 2), time(12, 30))
    one = Meeting("moede", "staff", school, wall, 60, seats, chair="s1", code="M8DE-Birk")
    room.run(lambda uow: uow.meetings.add(one))
    return one


@pytest.mark.parametrize("policy", ["strict", "pseudonym"])
async def test_who_can_not_come_sends_a_colleague_and_telegram_hears_no_name(policy: str) -> None:
    async with telegram(policy) as room:  # type: ignore[arg-type]
        invited(room)
        nadia = room.person(NADIA)
        await nadia.says("/moeder")
        await nadia.expects("M8DE-Birk")
        await nadia.presses("Jeg kan ikke selv · M8DE-Birk")
        await nadia.expects("Hvem kommer i stedet for dig?")
        await nadia.presses("Ingen kan komme for mig")
        await nadia.expects("Her er dit link")
        await nadia.says("/moeder")
        await nadia.presses("Jeg kan ikke selv · M8DE-Birk")
        await nadia.presses("Socialrådgiver")
        await nadia.expects("Jeg inviterer din kollega til M8DE-Birk")
        after = room.run(lambda uow: uow.meetings.get("moede"))
        assert {seat.person_id: seat.answer for seat in after.seats} == {
            "birgit": "yes", "nadia": "substitute", "torben": "open",
        }  # fmt: skip
        everything = "\n".join(str(message.get("text")) for message in room.api.messages(NADIA))
        assert not [name for name in NAMES if name in everything]


@pytest.mark.parametrize("policy", ["strict", "pseudonym"])
async def test_one_press_chooses_how_to_be_reminded(policy: str) -> None:
    async with telegram(policy) as room:  # type: ignore[arg-type]
        nadia = room.person(NADIA)
        await nadia.says("/paamindelser")
        await nadia.presses("☐ Samlet én gang om dagen")
        await nadia.expects("Det er gemt.")
        await nadia.presses("☐ Kl. 9")
        await nadia.expects("kl. 9")
        await room.quiet()
        assert room.run(lambda uow: uow.people.get("nadia")).reminding == Reminding("daily", 9)
