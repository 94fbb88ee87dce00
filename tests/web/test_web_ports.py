"""The web's ports over a real store: sessions that end, deeds that happen once, notices that grow old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import demo
from bot.app.cases import team
from bot.app.turns.handbook import Handbook
from bot.guard import GuardedStore
from bot.identity.sessions import ABSOLUTE, IDLE, hashed
from bot.ports import UnitOfWork
from bot.web.cases.desk import CaseDesk
from bot.web.cases.ears import Ears
from bot.web.entry.sessions import Sessions
from bot.web.noticeboard import NoticeBoard
from bot.web.once import Done
from bot.web.ports.chat import Notice
from bot.web.ports.entry import DemoPerson
from dialogs import notice_texts
from dialogs.access import SETUP, Actor
from dialogs.cases.acts import Add, Ask, Plan, Reply
from dialogs.people import Person
from dialogs.reading.yamlio import read
from dialogs.values import Value
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.case_kit import WORDS
from tests.core.form_kit import danish as danish_content

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ANNA = "laerke-laerer"


@dataclass
class House:
    """A store with the demo's people and cases, and a clock."""

    clock: HandClock = field(default_factory=lambda: HandClock(START))

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.clock.now)
        workdays = danish(COPENHAGEN, range(2025, 2029))
        self.guarded = guarded = GuardedStore(self.store, self.clock, workdays)
        guarded.run(SETUP, lambda uow: demo.seed(uow, self.clock.now(), WORDS))
        self.handbook = Handbook(WORDS, workdays, self.labels, danish_content().guards.scan)
        shown = (DemoPerson(ANNA, "Maja Holm", "lærer", "Lærkeskolen"),)
        self.sessions = Sessions(guarded, self.clock, self.admit, shown)
        self.cases = CaseDesk(guarded, self.handbook, self.clock, Ears(danish_content()))
        self.board = NoticeBoard(guarded, notice_texts.load(read(notice_texts.FILE)), self.clock, COPENHAGEN)

    @staticmethod
    def admit(uow: UnitOfWork, code: str, now: datetime) -> str | None:
        return ANNA if code == "god" else None

    @staticmethod
    def labels(question_id: str, value: Value) -> tuple[str, str]:
        return question_id, str(value)

    def person(self, person_id: str) -> Person:
        found = self.store.run(lambda uow: uow.people.get(person_id))
        assert found is not None
        return found

    async def signed_in(self) -> str:
        token = await self.sessions.be(ANNA)
        assert token is not None
        return token

    @staticmethod
    def actor(person_id: str) -> Actor:
        return Actor(person_id, "web", 2, "practice")

    async def unopened(self) -> tuple[Actor, str]:
        """A member of the team and a case that nobody has opened."""
        leader = self.actor("laerke-leder")
        inbox = await self.cases.inbox(leader, demo.LAERKE)
        assert inbox is not None
        return leader, next(row.case_id for row in inbox.rows if row.new)


# --- sessions ---


async def test_a_session_lasts_while_somebody_is_there() -> None:
    house = House()
    token = await house.signed_in()
    for _ in range(10):
        house.clock.at += IDLE - timedelta(minutes=1)
        signed = await house.sessions.who(token)
        assert signed is not None
        assert signed.person.id == ANNA


async def test_an_idle_session_ends_and_stays_ended() -> None:
    house = House()
    token = await house.signed_in()
    house.clock.at += IDLE
    assert await house.sessions.who(token) is None
    house.clock.at -= IDLE
    assert await house.sessions.who(token) is None


async def test_no_session_outlives_a_working_day() -> None:
    house = House()
    token = await house.signed_in()
    while house.clock.at < START + ABSOLUTE - timedelta(minutes=20):
        house.clock.move(minutes=20)
        assert await house.sessions.who(token) is not None
    house.clock.move(minutes=20)
    assert await house.sessions.who(token) is None


async def test_asking_for_news_does_not_keep_a_session_alive() -> None:
    house = House()
    token = await house.signed_in()
    for minutes in (10, 20, 29):
        house.clock.at = START + timedelta(minutes=minutes)
        signed = await house.sessions.who(token, touch=False)
        assert signed is not None
        assert signed.minutes_left == 30 - minutes
    house.clock.at = START + IDLE
    assert await house.sessions.who(token, touch=False) is None


async def test_somebody_who_has_left_is_out_at_once() -> None:
    house = House()
    token = await house.signed_in()
    gone = Person(ANNA, "Maja Holm", house.person(ANNA).memberships, active=False)
    house.store.run(lambda uow: uow.people.save(gone))
    assert await house.sessions.who(token) is None


async def test_signing_out_ends_one_session_only() -> None:
    house = House()
    here, there = await house.signed_in(), await house.signed_in()
    await house.sessions.end(here)
    assert await house.sessions.who(here) is None
    assert await house.sessions.who(there) is not None


@pytest.mark.parametrize("token", ["", "x", "\ud83d", "x" * 10_000])
async def test_an_unknown_token_is_nobody(token: str) -> None:
    assert await House().sessions.who(token) is None


async def test_only_a_good_code_and_only_the_demos_people_come_in() -> None:
    house = House()
    assert await house.sessions.redeem("god") is not None
    assert await house.sessions.redeem("dårlig") is None
    assert await house.sessions.be("laerke-leder") is None
    assert await Sessions(house.guarded, house.clock, house.admit).be(ANNA) is None


async def test_the_store_never_sees_a_token() -> None:
    house = House()
    token = await house.signed_in()
    assert house.store.run(lambda uow: uow.doors.session(token)) is None
    assert house.store.run(lambda uow: uow.doors.session(hashed(token))) is not None
    assert len(token) >= 43  # 256 bits


# --- cases ---


async def test_a_deed_is_done_once_per_key() -> None:
    house = House()
    leader, case_id = await house.unopened()
    for _ in range(3):
        assert (await house.cases.act(leader, case_id, Ask("Hvem leger hun med?"), "web:1")) is not None
    page = await house.cases.case_page(leader, case_id)
    assert page is not None
    assert [message.text for message in page.thread].count("Hvem leger hun med?") == 1


async def test_a_refusal_is_kept_with_its_key_too() -> None:
    house = House()
    leader, case_id = await house.unopened()
    first = await house.cases.act(leader, case_id, Ask(" "), "web:2")
    assert first is not None
    assert first.refusals == (house.handbook.words.problems["text_missing"],)
    assert await house.cases.act(leader, case_id, Ask(" "), "web:2") == first


async def test_without_a_key_every_deed_counts() -> None:
    house = House()
    leader, case_id = await house.unopened()
    day = house.handbook.today(START) + timedelta(days=2)
    assert (await house.cases.act(leader, case_id, Plan(day), None)) is not None


async def test_another_schools_team_finds_nothing() -> None:
    house = House()
    _, case_id = await house.unopened()
    stranger = house.actor("fjord-leder")
    assert await house.cases.inbox(stranger, demo.LAERKE) is None
    assert await house.cases.case_page(stranger, case_id) is None
    assert await house.cases.my_case(stranger, case_id) is None
    assert await house.cases.act(stranger, case_id, Ask("Hvad?"), "web:3") is None


async def test_the_writer_finds_her_own_cases_only() -> None:
    house = House()
    writer = house.actor(ANNA)
    mine = await house.cases.my_cases(writer)
    assert mine
    assert all([await house.cases.my_case(writer, row.case_id) for row in mine])
    assert not set(mine) & set(await house.cases.my_cases(house.actor("fjord-laerer")))


async def test_somebody_without_a_name_is_spoken_of_by_role() -> None:
    house = House()
    for person_id in ("laerke-paedagog", "laerke-psykolog"):
        nameless = replace(house.person(person_id), name="")
        house.store.run(lambda uow, who=nameless: uow.people.save(who))
    leader, case_id = await house.unopened()
    assert await house.cases.act(house.actor("laerke-psykolog"), case_id, Ask("Hvem leger hun med?"), None) == Done()
    page = await house.cases.case_page(leader, case_id)
    assert page is not None
    assert page.writer == "pædagogen"
    told = [row.text for row in page.timeline]
    assert "Pædagogen sendte den." in told
    assert "PPR-psykologen vil vide: Hvem leger hun med?" in told
    assert "PPR-psykologen" in [owner.name for owner in page.owners]
    assert [message.who for message in page.thread] == ["PPR-psykologen"]


SECRET = "Ring til hende: 010115-1234."


async def test_a_cpr_number_is_refused_from_everybody_and_never_stored() -> None:
    house = House()
    leader, case_id = await house.unopened()
    writer = house.actor("laerke-paedagog")
    for person, act in ((leader, Ask(SECRET)), (writer, Add(SECRET, START))):
        done = await house.cases.act(person, case_id, act, f"web:{person.person_id}")
        assert done is not None
        assert "CPR-nummer" in done.refusals[0]
        assert house.store.run(lambda uow, key=f"web:{person.person_id}": uow.receipts.get(key)) is None
    entries = house.store.run(lambda uow: uow.cases.entries(case_id))
    assert "1234" not in repr(entries)


async def test_the_team_may_give_a_number_to_ring_and_the_writer_may_not() -> None:
    house = House()
    leader, case_id = await house.unopened()
    words = "Ring til Nadia Rahimi på 28 34 56 78."
    assert await house.cases.act(leader, case_id, Ask(words), None) == Done()
    done = await house.cases.act(house.actor("laerke-paedagog"), case_id, Reply(words), None)
    assert done is not None
    assert any("telefonnummer" in line for line in done.refusals)


async def test_a_stranger_hears_nothing_of_what_is_wrong_with_their_words() -> None:
    house = House()
    _, case_id = await house.unopened()
    assert await house.cases.act(house.actor("fjord-leder"), case_id, Ask(SECRET), None) is None


async def test_danger_in_what_the_writer_adds_is_heard_and_the_words_are_kept() -> None:
    house = House()
    _, case_id = await house.unopened()
    writer = house.actor("laerke-paedagog")
    danger = Add("Hendes far slår hende.", START)
    for _ in range(2):  # a redelivery says the same
        assert await house.cases.act(writer, case_id, danger, "web:fare") == Done(danger="violence")
    assert await house.cases.act(writer, case_id, Add("Hun leger igen.", START), None) == Done()
    mine = await house.cases.my_case(writer, case_id)
    assert mine is not None
    assert [message.text for message in mine.thread] == ["Hendes far slår hende.", "Hun leger igen."]


# --- notices ---


async def _about(house: House, actor: Actor, code: str) -> Sequence[Notice]:
    return [notice for notice in await house.board.listing(actor) if code in notice.text]


async def test_a_notice_is_new_until_the_case_has_been_looked_at() -> None:
    house = House()
    leader, case_id = await house.unopened()
    me = house.person(leader.person_id)
    code = house.guarded.run(leader, lambda uow: team.inbox(house.handbook, uow, me, demo.LAERKE, START))
    assert code is not None
    shown = next(row.code for row in code.rows if row.case_id == case_id)
    before = await house.board.unread(leader)
    assert any(notice.new for notice in await _about(house, leader, shown))
    await house.cases.case_page(leader, case_id)
    assert not any(notice.new for notice in await _about(house, leader, shown))
    assert await house.board.unread(leader) < before


async def test_notices_show_what_is_due_and_lead_to_its_page() -> None:
    house = House()
    leader, case_id = await house.unopened()
    found = await house.board.listing(leader)
    assert any(notice.path == f"/team/sag/{case_id}" for notice in found)
    house.clock.move(days=-60)
    assert await house.board.listing(leader) == ()
