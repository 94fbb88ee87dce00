"""A network meeting is called from the chat in five presses, as lawfully as from its page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot import demo
from bot.app.cases import filing
from bot.app.meetings import deeds as meetings
from bot.app.meetings import network
from bot.app.turns.incoming import Pressed
from dialogs.acts import Go, encode
from dialogs.cases.model import Case
from dialogs.meetings.model import FAMILY, Meeting, Wall
from dialogs.meetings.moves import Act, Hold, Move
from tests.app.kit import YELLOW, Chat, House, Press
from tests.app.test_meetings import LEADER, PSYCHOLOGIST, SOCIAL, TEACHER
from tests.app.test_running import Room

PRESSES = ("Vi vil lave en plan sammen", "", "På skolen", "Det gør jeg selv", "Ja, kald mødet sammen")


class Called:
    """A school with an opened case."""

    def __init__(self) -> None:
        self.house = House()
        writer = Chat(self.house)
        writer.stands_at("q19_farve", {**YELLOW, "q19_farve": ()})
        writer.fills("enig")
        writer.presses("Send")
        self.case: Case = self.house.cases()[0]
        self.house.team_opens(LEADER, self.case.id)

    def begins(self, who: str = LEADER, channel: str = "web", ceiling: int = 2) -> Chat:
        chat = Chat(self.house, who, channel, ceiling)
        chat.does(Pressed(encode(Go("network", self.case.id))))
        return chat

    def meetings(self) -> list[Meeting]:
        return list(self.house.run(lambda uow: uow.meetings.of_case(self.case.id)))


@pytest.fixture
def called() -> Called:
    return Called()


def times(chat: Chat) -> list[Press]:
    return [press for press in chat.presses_shown if press.act.startswith("go:called:t-")]


def walk(chat: Chat, presses: tuple[str, ...] = PRESSES) -> str:
    """Press through; the empty one is the first time that is suggested."""
    said = chat.presses("Kald mødet sammen her")
    for label in presses:
        said = chat.does(Pressed(times(chat)[0].act)) if not label else chat.presses(label)
    return said


def test_five_presses_call_the_meeting_and_lead_to_the_familys_letter(called: Called) -> None:
    chat = called.begins()
    assert "er kaldt sammen" in walk(chat)
    (meeting,) = called.meetings()
    assert (meeting.kind, meeting.status, meeting.case_id) == ("network", "planned", called.case.id)
    assert (meeting.place, meeting.purpose) == ("På skolen", "Vi vil lave en plan sammen")
    assert sum(seat.role in FAMILY for seat in meeting.seats) == 2
    chair = meeting.seat(meeting.chair)
    assert chair is not None
    assert chair.person_id == LEADER
    assert f"/moede/{meeting.id}/brev" in [card.link for card in chat.reply.cards]
    assert {seat.role for seat in meeting.seats if seat.person_id is None} > {"parent"}
    mailed = {
        wish.recipient: wish.template
        for wish in called.house.wishes()
        if wish.meeting_id and wish.channel == "calendar"
    }
    assert mailed == {LEADER: "meeting_yours", TEACHER: "meeting_invited"}, "whoever wrote is asked too"


def test_the_case_says_when_its_meeting_was_called_moved_held_and_by_whom(called: Called) -> None:
    walk(called.begins())
    (meeting,) = called.meetings()
    later = Wall(meeting.starts.day + timedelta(days=7), meeting.starts.clock)

    def does(what: Act) -> None:
        def work(uow: Any) -> None:
            room = meetings.enter(
                called.house.app.world, uow, uow.people.get(LEADER), meeting.id, called.house.clock.now()
            )
            assert room is not None
            assert meetings.act(room, what) == ()

        called.house.acting(LEADER, work)

    does(Move(later, 60, "På skolen"))
    does(Hold())
    lines = [e.data for e in called.house.run(lambda uow: uow.cases.entries(called.case.id)) if e.kind == "meeting"]
    assert [(line["state"], line["day"]) for line in lines] == [
        ("called", meeting.starts.day.isoformat()), ("moved", later.day.isoformat()), ("held", later.day.isoformat()),
    ]  # fmt: skip
    page = repr(called.house.team_opens(LEADER, called.case.id))
    for words in ("kaldt sammen", "flyttet hertil", "holdt", "Birgit"):
        assert words in page


def test_the_times_are_on_school_days_with_time_for_the_family(called: Called) -> None:
    chat = called.begins()
    chat.presses("Kald mødet sammen her")
    chat.presses("Vi vil lave en plan sammen")
    assert len(times(chat)) == 3
    walk(called.begins())
    (meeting,) = called.meetings()
    days = called.house.app.world.workdays
    assert days.school().is_open(meeting.starts.utc)
    assert (meeting.starts.day - called.house.clock.now().date()).days >= 7


def test_an_old_press_and_a_made_up_one_choose_nothing(called: Called) -> None:
    chat = called.begins()
    chat.presses("Kald mødet sammen her")
    purpose = chat.find("Vi vil lave en plan sammen")
    chat.presses("Vi vil forstå, hvordan barnet har det")
    when = times(chat)[0]
    for word in ("p-plan", "t-20261301-9999", "w-school", "c-" + LEADER, "yes", "t-", "x"):
        chat.does(Pressed(encode(Go("called", word))))
        assert called.meetings() == []
    chat.presses_old(purpose)
    chat.presses_old(when)
    chat.presses("På skolen")
    chat.presses("Det gør jeg selv")
    assert "Vi vil forstå, hvordan barnet har det" in chat.text


def test_two_presses_on_yes_call_one_meeting(called: Called) -> None:
    chat = called.begins()
    walk(chat, PRESSES[:-1])
    yes = chat.find("Ja, kald mødet sammen")
    chat.presses_old(yes)
    chat.presses_old(yes)
    assert len(called.meetings()) == 1


def test_strict_telegram_says_why_and_has_the_way_to_the_page_only(called: Called) -> None:
    chat = called.begins(LEADER, "telegram", 1)
    assert "Jeg må ikke læse sagen her på Telegram." in chat.text
    assert f"/sag/{called.case.id}/moede" in chat.text
    assert not [press for press in chat.presses_shown if press.label == "Kald mødet sammen her"]
    chat.does(Pressed(encode(Go("call", called.case.id))))
    assert not [press for press in chat.presses_shown if press.act.startswith("go:called:")]
    assert called.meetings() == []


@pytest.mark.parametrize("who", [LEADER, TEACHER])
def test_five_presses_call_it_on_telegram_too_and_nobody_is_named(called: Called, who: str) -> None:
    chat = called.begins(who, "telegram", 2)
    said = [chat.text, chat.presses("Kald mødet sammen her")]
    for label in PRESSES:
        said.append(" ".join(press.label for press in chat.presses_shown))
        said.append(chat.does(Pressed(times(chat)[0].act)) if not label else chat.presses(label))
    (meeting,) = called.meetings()
    chair = meeting.seat(meeting.chair)
    assert chair is not None
    assert (chair.person_id, meeting.place) == (who, "På skolen")
    assert f"/moede/{meeting.id}/brev" in chat.text, "the family's letter is one press away"
    assert not [person.name for person in demo.PEOPLE if person.name in " ".join(said)]


@pytest.mark.parametrize(("channel", "ceiling"), [("web", 2), ("telegram", 2), ("telegram", 1)])
def test_the_team_finds_its_cases_in_the_chat_without_having_written_them(
    called: Called, channel: str, ceiling: int
) -> None:
    chat = Chat(called.house, LEADER, channel, ceiling)
    chat.does(Pressed(encode(Go("network"))))
    assert f"go:network:{called.case.id}" in [press.act for press in chat.presses_shown]
    stranger = Chat(called.house, "fjord-leder", channel, ceiling)
    stranger.does(Pressed(encode(Go("network"))))
    assert not [press for press in stranger.presses_shown if press.act.startswith("go:network:")]


def test_who_does_not_work_with_the_case_calls_nothing(called: Called) -> None:
    for who in ("fjord-leder", "fjord-laerer"):
        chat = Chat(called.house, who)
        chat.does(Pressed(encode(Go("call", called.case.id))))
        assert not [press for press in chat.presses_shown if press.act.startswith("go:called:")]
    for who in (PSYCHOLOGIST, SOCIAL):
        assert "Hvad skal mødet bruges til?" in called.begins(who).presses("Kald mødet sammen her")


def heard(*answers: str) -> Called:
    """A school with a case whose words were heard as violence at home, and what the writer answered to that."""
    found = Called.__new__(Called)
    found.house = House()
    writer = Chat(found.house)
    writer.stands_at("q19_farve", {**YELLOW, "q05_set": "Far slår mig med bæltet, når jeg er dum.", "q19_farve": ()})
    writer.fills("enig")
    for label in (*answers, "Enig", "Send"):
        writer.presses(label)
    found.case = found.house.cases()[0]
    found.house.team_opens(LEADER, found.case.id)
    return found


def test_words_that_the_writer_denied_are_weighed_on_the_page_before_the_family_is_called() -> None:
    doubted = heard("Nej, det er ikke det")
    assert doubted.case.colour.now != "red"
    chat = doubted.begins()
    chat.presses("Kald mødet sammen her")
    assert "Tal om det på skolen, før I kalder familien ind" in chat.text
    assert [card.link for card in chat.reply.cards] == [f"/sag/{doubted.case.id}/moede"]
    offer = doubted.house.acting(LEADER, lambda uow: offer_of(doubted, uow))
    assert offer.caution and not offer.wait, "people decide: the page warns and does not shut"


def offer_of(called: Called, uow: Any) -> Any:
    world, now = called.house.app.world, called.house.clock.now()
    room = filing.enter(world, uow, uow.people.get(LEADER), called.case.id, now)
    assert room is not None
    return network.offer(room)


def test_where_no_parent_may_be_asked_the_chat_says_why_and_has_the_page() -> None:
    room = Room()
    case_id = room.send("AAAA", "red", 0, flow="violence")
    chat = Chat(room.house, LEADER, "telegram", 2)
    chat.does(Pressed(encode(Go("call", case_id))))
    assert not [press for press in chat.presses_shown if press.act.startswith("go:called:")]
    assert "Derfor kalder du mødet sammen på siden." in chat.text and "myndigheden" not in chat.text.lower()
    assert f"/sag/{case_id}/moede" in chat.text
