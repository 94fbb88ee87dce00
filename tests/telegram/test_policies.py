"""What each TELEGRAM_POLICY takes and shows, and how a chat becomes somebody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app.cases import team
from bot.app.turns.incoming import Actor, Command, Pressed, Said
from bot.ports import UnitOfWork
from bot.telegram_gateway.outgoing import messages
from dialogs.cases.acts import Ask, Open
from dialogs.people import Role
from tests.telegram.kit import ANE, BIRGIT, FACT, STRANGER, Room, bound, telegram
from tests.telegram.play import YELLOW, ask, fits, opening, pick, play, until

QUESTION = "Hvem så det først i onsdags?"


async def team_asks(room: Room) -> str:
    """The leader opens Ane's case and asks her something; returns the case's id."""
    (case,) = room.run(lambda uow: uow.cases.of_writer("ane"))

    def work(uow: UnitOfWork) -> None:
        birgit = uow.people.get("birgit")
        assert birgit is not None
        for act in (Open(), Ask(QUESTION)):
            acted = team.act(room.app.world.handbook, uow, birgit, case.id, act, room.clock.now())
            assert not acted.problems

    room.app.store.run(Actor("birgit", "web", 2, "two"), work)
    return str(case.id)


# --- strict ---


async def test_strict_takes_closed_answers_and_refuses_free_text_with_the_way_to_the_web() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        asked = await ane.expects(ask("q01_barn"))
        assert opening("secure.pointer") in asked.text
        message_id = await ane.says("Uglen")
        await ane.expects(opening("secure.pointer"))
        await room.quiet()
        assert "q01_barn" not in room.draft().answers
        assert message_id not in room.api.world.chats[ANE].messages
        assert room.draft().revision == 2


async def test_strict_takes_a_typed_number_or_label_of_a_closed_question() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        await play(room, until("q00_udgave"))
        await ane.expects(ask("q00_udgave"))
        await ane.says("1")
        await ane.expects(ask("q01_barn"))
        assert room.draft().revision == 2


async def test_strict_goes_on_here_after_the_web_has_taken_the_text() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        await play(room, until("q01_barn"))
        await ane.expects(ask("q01_barn"))
        await room.app.handle(Actor("ane", "web", 2, "two"), Said("Uglen"))
        await ane.says("/fortsaet")
        await ane.expects(ask("q02_alder"))
        await room.tap(pick(room, ":q02_alder:k46"))
        await ane.expects(ask("q03_rolle"))
        assert room.draft().revision == 4


async def test_strict_shows_no_text_of_a_draft_and_no_question_of_the_team() -> None:
    async with telegram("strict") as room:
        ane = room.person()
        await _worry_on_the_web(room)
        case_id = await team_asks(room)
        await ane.says("/sager")
        await ane.expects(opening("cases.title"))
        for code in (f"go:case:{case_id}", f"go:thread:{case_id}", f"go:add:{case_id}"):
            await room.tap(code)
            await ane.expects()
        message_id = await ane.says("Det var pedellen i gården.")
        await ane.expects(opening("secure.pointer"))
        await room.quiet()
        assert message_id not in room.api.world.chats[ANE].messages
        everything = "\n".join(str(message) for message in room.api.messages(ANE))
        assert QUESTION not in everything
        assert FACT not in everything
        entries = room.run(lambda uow: uow.cases.entries(case_id))
        assert "replied" not in {entry.kind for entry in entries}


async def test_pseudonym_shows_the_teams_question_and_takes_the_answer() -> None:
    async with telegram("pseudonym") as room:
        ane = room.person()
        await _worry_on_the_web(room)
        case_id = await team_asks(room)
        await room.tap(f"go:thread:{case_id}")
        await ane.expects(QUESTION)
        await ane.says("Det var en voksen i gården.")
        await ane.expects(opening("cases.replied"))
        entries = room.run(lambda uow: uow.cases.entries(case_id))
        assert entries[-1].kind == "replied"


async def _worry_on_the_web(room: Room) -> None:
    """Ane's whole worry, written on the web: taps by their words, texts as texts."""
    on_web = Actor("ane", "web", 2, "two")
    reply = await room.app.handle(on_web, Command("ny"))
    for step in YELLOW[1:]:
        if step.press:
            acts = [code for message in messages(reply) for row in message.keyboard for _, code in row]
            reply = await room.app.handle(on_web, Pressed(next(code for code in acts if fits(code, step))))
        else:
            reply = await room.app.handle(on_web, Said(step.text))
    assert room.drafts() == []


# --- off ---


@pytest.mark.parametrize("text", ["/start", "/ny", "Uglen", "/start ABC"])
async def test_off_points_to_the_web_and_does_nothing(text: str) -> None:
    async with telegram("off") as room:
        ane = room.person()
        await ane.says(text)
        await ane.expects(opening("start.off"))
        assert room.drafts() == []
        assert room.run(lambda uow: uow.conversations.get("ane")).revision == 0


async def test_off_answers_presses_and_stays_silent_to_a_block() -> None:
    async with telegram("off") as room:
        ane = room.person()
        await room.tap("go:new")
        await ane.expects_answer()
        await ane.blocks()
        await room.quiet()
        assert room.drafts() == []
        assert ane.heard == []
        assert not room.run(lambda uow: uow.people.get("ane")).telegram_on


# --- getting in ---


@pytest.mark.parametrize("role", ["teacher", "pedagogue", "leader"])
async def test_an_invitation_binds_the_chat_and_says_who_the_bot_is(role: Role) -> None:
    async with telegram() as room:
        new = room.person(STRANGER)
        await new.says(f"/start {room.invite(role)}")
        reply = await new.expects("Skovskolen")
        assert opening("start.hello") in reply.text
        person = room.run(lambda uow: uow.people.by_chat(STRANGER))
        assert [(one.school_id, one.role) for one in person.memberships] == [("skov", role)]
        await new.says("/ny")
        await new.expects(ask("q04_sikkerhed"))


async def test_an_invitation_works_once() -> None:
    async with telegram() as room:
        code = room.invite()
        first, second = room.person(STRANGER), room.person(STRANGER + 1)
        await first.says(f"/start {code}")
        await first.expects(opening("start.hello"))
        for person in (second, first):
            await person.says(f"/start {code}")
            await person.expects(opening("start.bad_code"))
        assert room.run(lambda uow: bound(uow, STRANGER)) is not None
        assert room.run(lambda uow: bound(uow, STRANGER + 1)) is None


async def test_an_invitation_runs_out() -> None:
    async with telegram() as room:
        code = room.invite()
        room.clock.move(minutes=10, seconds=1)
        new = room.person(STRANGER)
        await new.says(f"/start {code}")
        await new.expects(opening("start.bad_code"))
        assert room.run(lambda uow: bound(uow, STRANGER)) is None


@pytest.mark.parametrize("code", ["x", "'; DROP TABLE people;--", "æøå" * 40, "a b c", "../../etc"])
async def test_a_made_up_code_opens_nothing(code: str) -> None:
    async with telegram() as room:
        new = room.person(STRANGER)
        await new.says(f"/start {code}")
        await new.expects(opening("start.bad_code"))
        assert room.run(lambda uow: bound(uow, STRANGER)) is None


async def test_a_redelivered_invitation_says_the_same_and_makes_one_person() -> None:
    async with telegram() as room:
        room.api.tuning.copies, room.api.tuning.overlapping = (3, 3), True
        before = len(room.run(lambda uow: uow.people.everyone()))
        new = room.person(STRANGER)
        await new.says(f"/start {room.invite()}")
        await new.expects(opening("start.hello"))
        await room.quiet()
        assert len(room.run(lambda uow: uow.people.everyone())) == before + 1
        assert not new.sees(opening("start.bad_code"))


async def test_a_person_moves_to_a_new_chat_and_the_old_one_is_a_stranger() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q00_udgave"))
        await ane.expects(ask("q00_udgave"))
        new = room.person(STRANGER)
        await new.says(f"/start {room.invite(person_id='ane')}")
        await new.expects("Ane Fiktiv")
        await new.says("/fortsaet")
        await new.expects(ask("q00_udgave"))
        await ane.says("/fortsaet")
        await ane.expects(opening("start.unknown"))


async def test_a_chat_that_is_bound_anew_forgets_whose_it_was() -> None:
    async with telegram() as room:
        ane = room.person()
        await play(room, until("q00_udgave"))
        await ane.expects(ask("q00_udgave"))
        await ane.says(f"/start {room.invite(person_id='birgit')}")
        await ane.expects("Birgit Opdigtet")
        assert room.run(lambda uow: bound(uow, ANE)) == "birgit"
        assert room.run(lambda uow: bound(uow, BIRGIT)) is None
        await ane.says("/kladder")
        await ane.expects(opening("drafts.none"))


async def test_someone_who_has_left_is_a_stranger() -> None:
    async with telegram() as room:
        room.run(lambda uow: uow.people.save(replace(uow.people.get("ane"), active=False)))
        ane = room.person()
        await ane.says("/ny")
        await ane.expects(opening("start.unknown"))
