"""Calendars and the sender: whoever is told of a meeting gets it into their calendar once for each change of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time

import pytest

from bot.app.meetings import wishes as meetwishes
from bot.ports import DeliveryError
from dialogs.meetings.calendar import Appointment, appointment
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.meetings.moves import Act, Cancel, Move, Reply, move
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.people import Person
from tests.faults.postroom import ANE, CODE, Postroom, Scripted

MEETING = Meeting(
    "m1",
    "staff",
    "skov",
    Wall(date(2026, 12, 1), time(14)),
    60,
    (Seat("s1", "LED", "bo", answer="yes"), Seat("s2", "LAER", "ane")),
    chair="s1",
    code=CODE,
)


@dataclass
class Calendar(Scripted):
    """A messenger that also remembers what it would have put into calendars."""

    entered: list[tuple[str, str, int, bool]] = field(default_factory=list[tuple[str, str, int, bool]])

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        reference = await super().send(row, to, notice, link)
        if (what := notice.calendar) is not None:
            self.entered.append((to.id, what.uid, what.sequence, what.cancelled))
        return reference


def told(meeting: Meeting) -> Appointment:
    return appointment(meeting, title="Møde", text="Åbn", link="https://trivsel.example.org/moede/m1")


class House(Postroom):
    """A postroom whose worker knows of calendars."""

    def __post_init__(self) -> None:
        self.appointment = told
        super().__post_init__()
        self.telegram, self.email = Calendar(self.clock), Calendar(self.clock)
        self.worker = self.new_worker()
        self.store.run(lambda uow: uow.meetings.add(MEETING))
        self.invite()

    def invite(self) -> None:
        wishes = list(meetwishes.invited(MEETING, MEETING.seats[1:], self.clock.now()))
        self.store.run(lambda uow: [uow.outbox.add(wish) for wish in (*wishes, *wishes)])

    def act(self, act: Act, template: str = "") -> None:
        now = self.clock.now()

        def work(uow: object) -> None:
            before = uow.meetings.get("m1")  # type: ignore[attr-defined]
            after = move(before, act, now).meeting
            assert after.revision == before.revision + 1
            assert uow.meetings.save(after, before.revision)  # type: ignore[attr-defined]
            if template:
                for wish in (
                    *meetwishes.tell(after, template, ["ane"], now),
                    *meetwishes.tell(after, template, ["ane"], now),
                ):
                    uow.outbox.add(wish)  # type: ignore[attr-defined]

        self.store.run(work)

    def without_telegram(self) -> None:
        self.store.run(lambda uow: uow.people.save(replace(ANE, telegram_chat=None)))


UID = "m1@moede.trivselsbot"
LATER = Move(Wall(date(2026, 12, 3), time(9)), 45, "")


async def test_who_is_told_by_mail_has_the_calendar_in_that_mail_and_no_other() -> None:
    house = House()
    house.without_telegram()
    assert await house.worker.drain() == 1
    assert house.email.entered == [("ane", UID, 0, False)]
    assert len(house.email.sent) == 1


async def test_who_is_told_on_telegram_gets_one_mail_for_the_calendar() -> None:
    house = House()
    assert await house.worker.drain() == 2
    assert len(house.telegram.sent) == 1 and len(house.email.sent) == 1
    assert house.email.entered == [("ane", UID, 0, False)]


@pytest.mark.parametrize("telegram", [True, False])
async def test_moving_and_calling_off_reach_the_calendar_once_each_in_their_order(telegram: bool) -> None:
    house = House()
    if not telegram:
        house.without_telegram()
    await house.pass_time(10, step=1)
    house.act(LATER, "meeting_moved")
    await house.pass_time(10, step=1)
    house.act(Cancel("Vi er for få."), "meeting_cancelled")
    await house.pass_time(10, step=1)
    await house.pass_time(10, step=1)
    assert house.email.entered == [("ane", UID, 0, False), ("ane", UID, 1, False), ("ane", UID, 2, True)]


async def test_an_invitation_that_a_move_has_overtaken_is_not_sent() -> None:
    house = House()
    house.without_telegram()
    house.act(LATER, "meeting_moved")
    await house.worker.drain()
    assert house.email.entered == [("ane", UID, 1, False)]


async def test_a_yes_on_telegram_still_gets_the_meeting_into_the_calendar() -> None:
    house = House()
    house.act(Reply("s2", "yes"))
    await house.worker.drain()
    assert house.telegram.sent == [] and house.email.entered == [("ane", UID, 0, False)]


async def test_an_address_that_is_gone_ends_the_calendar_and_nothing_else() -> None:
    house = House()
    house.email.always = DeliveryError("bad_address", permanent=True)
    await house.worker.drain()
    await house.worker.drain()
    assert len(house.telegram.sent) == 1, "the notice itself went on Telegram, and only there"
    assert sorted(house.states()) == ["dropped", "sent"]


async def test_a_calendar_mail_of_unknown_fate_is_not_sent_again() -> None:
    house = House()
    house.email.outcomes = [DeliveryError("no_answer", uncertain=True)]
    await house.worker.drain()
    await house.pass_time(7_200)
    assert len(house.email.sent) == 1 and len(house.telegram.sent) == 1
