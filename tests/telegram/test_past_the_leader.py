"""A worry about the leader goes past the leader on Telegram too: to the superior, and to nobody at the school."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app.cases import team
from bot.ports import UnitOfWork
from dialogs.access import Actor
from dialogs.cases.acts import Open
from dialogs.people import Membership, Person
from tests.telegram.kit import ANE, BIRGIT, NADIA, TORBEN, Room, telegram
from tests.telegram.play import STORY, Step, opening, play

SUPERIOR = 1005
TO_THE_LEADER, PAST = "Gå til din leder", "Gå til lederens chef"


def about(suspect: str) -> tuple[Step, ...]:
    """The shortest red worry about violence by this person."""
    return (
        Step("", text="/ny"),
        Step("q04_sikkerhed", "ja"),
        Step("q04_hvad", "violence"),
        Step("q04_hvem", suspect),
        Step("q01_barn", text="Uglen"),
        Step("q02_alder", "k46"),
        Step("q03_rolle", "laerer"),
        Step("q03_rolle", text="Siden august", note=True),
        Step("q05_set", text=STORY),
        Step("", "send"),
    )


def with_a_superior(uow: UnitOfWork) -> None:
    """Karin leads the leaders, and has Telegram too."""
    karin = Person("karin", "Karin Opdigtet", (Membership("skov", "superior"),), telegram_chat=SUPERIOR)
    uow.people.add(karin)


async def sent(room: Room, suspect: str) -> Any:
    """Ane's worry, sent from the chat."""
    room.run(with_a_superior)
    ane = room.person()
    await play(room, about(suspect))
    await ane.expects(opening("sent.title"))
    await room.quiet()
    (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))
    return case


def told(room: Room, *, ever: bool) -> set[str]:
    """Whom the outbox has anything for, apart from the writer: now, or with all that comes when nobody opens it."""
    rows = room.run(lambda uow: uow.outbox.listing(["pending", "sent"], 999))
    return {row.wish.recipient for row in rows if ever or row.wish.due_at <= room.clock.now()} - {"ane"}


async def test_a_worry_about_the_leader_is_told_to_the_superior_alone() -> None:
    async with telegram() as room:
        case = await sent(room, "leader")
        assert (case.route, case.colour.now) == ("superior", "red")
        assert told(room, ever=True) == {"karin"}
        assert [room.api.messages(chat) for chat in (BIRGIT, NADIA, TORBEN)] == [[], [], []]


async def test_the_writer_is_sent_past_the_leader_in_the_chat() -> None:
    async with telegram() as room:
        await sent(room, "leader")
        shown = "\n".join(str(message["text"]) for message in room.api.messages(ANE))
        assert PAST in shown
        assert TO_THE_LEADER not in shown


@pytest.mark.parametrize(("person_id", "opens"), [("birgit", False), ("nadia", False), ("karin", True)])
async def test_only_the_superior_opens_it(person_id: str, opens: bool) -> None:
    async with telegram() as room:
        case = await sent(room, "leader")

        def work(uow: UnitOfWork) -> list[str]:
            person = uow.people.get(person_id)
            assert person is not None
            acted = team.act(room.app.world.handbook, uow, person, case.id, Open(), room.clock.now())
            return [problem.code for problem in acted.problems]

        actor = Actor(person_id, "web", 2, "two")
        assert (room.app.store.run(actor, work) == []) is opens


async def test_the_same_worry_about_somebody_at_home_is_told_to_the_leader() -> None:
    async with telegram() as room:
        case = await sent(room, "home")
        assert case.route != "superior"
        assert told(room, ever=False) == {"birgit"}
