"""Meetings: who may book, see and change one, who hears of it, and which notices stop themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.app.meetings import deeds as meetings
from bot.app.meetings.deeds import Booking
from bot.app.notices.wanted import not_wanted
from dialogs.access import WORKER, Actor
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.meetings.moves import Act, Cancel, Invite, Move, Reply
from tests.app.kit import YELLOW, Chat, House

LEADER, PSYCHOLOGIST, SOCIAL, TEACHER = "laerke-leder", "laerke-psykolog", "laerke-raadgiver", "laerke-laerer"
WALL = Wall(date(2026, 12, 2), time(12, 30))
SCHOOL = "laerkeskolen"


class Place:
    """A school where meetings are booked."""

    def __init__(self) -> None:
        self.house = House()

    def book(self, who: str = LEADER, people: tuple[str, ...] = (PSYCHOLOGIST, SOCIAL), **other: Any) -> Any:
        """The new meeting, or the code of the refusal."""
        values: dict[str, Any] = {"kind": "staff", "school_id": SCHOOL, "starts": WALL, "minutes": 60} | other

        def work(uow: Any) -> Any:
            seats = tuple(meetings.seat_for(self.house.app.world, uow, SCHOOL, one) for one in people)
            room, problems = meetings.book(
                self.house.app.world, uow, uow.people.get(who), Booking(seats=seats, **values), self.house.clock.now()
            )
            return room.meeting if room is not None else problems[0].code

        return self.house.acting(who, work)

    def act(self, who: str, meeting: Meeting, what: Act, **how: Any) -> str:
        """What came of it: "" or the code of the refusal."""

        def work(uow: Any) -> str:
            me = uow.people.get(who)
            room = meetings.enter(self.house.app.world, uow, me, meeting.id, self.house.clock.now())
            if room is None:
                return "not_found"
            problems = meetings.act(room, what)
            return problems[0].code if problems else ""

        return self.house.app.store.run(replace(Actor(who, "web", 2, "two"), **how), work)

    def now(self, meeting: Meeting) -> Meeting:
        return self.house.run(lambda uow: uow.meetings.get(meeting.id))

    def sees(self, who: str, meeting: Meeting, **how: Any) -> Meeting | None:
        actor = replace(Actor(who, "web", 2, "two"), **how)
        return self.house.app.store.run(actor, lambda uow: uow.meetings.get(meeting.id))

    def seat(self, meeting: Meeting, who: str) -> Seat:
        seat = self.now(meeting).seat_of(who)
        assert seat is not None
        return seat

    def wanted(self) -> dict[tuple[str, str], str | None]:
        """Every notice that waits, by whom it is for, and why it would not be sent."""

        def work(uow: Any) -> dict[tuple[str, str], str | None]:
            now = self.house.clock.now()
            return {
                (wish.recipient, wish.dedupe_key): not_wanted(uow, wish, now)
                for wish in (row.wish for row in uow.outbox.listing(["pending"], 1_000))
            }

        return self.house.app.store.run(WORKER, work)

    def heard(self, template: str) -> list[str]:
        return sorted(wish.recipient for wish in self.house.wishes(template) if wish.channel != "calendar")


@pytest.fixture
def place() -> Place:
    return Place()


def test_who_books_sits_there_and_leads_and_the_others_are_asked_once(place: Place) -> None:
    meeting = place.book()
    assert [(seat.person_id, seat.answer) for seat in meeting.seats] == [
        (LEADER, "yes"), (PSYCHOLOGIST, "open"), (SOCIAL, "open"),
    ]  # fmt: skip
    assert meeting.seat(meeting.chair).person_id == LEADER
    assert place.heard("meeting_invited") == [PSYCHOLOGIST, SOCIAL]
    assert place.heard("meeting_soon") == sorted([LEADER, PSYCHOLOGIST, SOCIAL] * 2)


@pytest.mark.parametrize(
    ("who", "other", "code"),
    [
        (LEADER, {"starts": Wall(date(2026, 11, 20), time(9))}, "time_past"),
        (LEADER, {"minutes": 4}, "length_wrong"),
        (LEADER, {"minutes": 241}, "length_wrong"),
        (TEACHER, {}, "team_only"),
        (LEADER, {"purpose": "Om 010203-1234"}, "meeting_cpr"),
        (LEADER, {"case_id": "findesikke"}, "not_found"),
        (LEADER, {"people": ("fjord-leder",)}, "seat_unknown"),
    ],
)
def test_what_is_refused_says_why_and_books_nothing(place: Place, who: str, other: dict[str, Any], code: str) -> None:
    assert place.book(who, **other) == code
    assert place.house.wishes() == []


def test_a_yes_stops_the_question_and_a_no_stops_the_reminders_and_tells_the_chair(place: Place) -> None:
    meeting = place.book()
    assert place.act(PSYCHOLOGIST, meeting, Reply(place.seat(meeting, PSYCHOLOGIST).id, "yes")) == ""
    assert place.act(SOCIAL, meeting, Reply(place.seat(meeting, SOCIAL).id, "no", "Jeg er på kursus.")) == ""
    reasons = {(who, key.split(":")[3]): why for (who, key), why in place.wanted().items()}
    assert reasons[PSYCHOLOGIST, "meeting_invited"] == "meeting_answered"
    assert reasons[PSYCHOLOGIST, "day"] is None
    assert reasons[SOCIAL, "day"] == "not_coming"
    assert place.heard("meeting_answer") == [LEADER]


def test_a_substitute_is_invited_and_reminded(place: Place) -> None:
    meeting = place.book()
    stand_in = Seat("ny", "social_worker", "laerke-raadgiver-2")
    assert place.act(SOCIAL, meeting, Reply(place.seat(meeting, SOCIAL).id, "substitute", substitute=stand_in)) == ""
    assert place.heard("meeting_invited") == sorted([PSYCHOLOGIST, SOCIAL, "laerke-raadgiver-2"])
    assert "laerke-raadgiver-2" in place.heard("meeting_soon")


def test_a_moved_meeting_is_told_once_and_its_old_reminders_are_dropped(place: Place) -> None:
    meeting = place.book()
    later = Wall(date(2026, 12, 3), time(9))
    assert place.act(LEADER, meeting, Move(later, 45, "Lokale 2")) == ""
    assert place.heard("meeting_moved") == [PSYCHOLOGIST, SOCIAL]
    by_time: dict[str, set[str | None]] = {}
    for (_, key), why in place.wanted().items():
        by_time.setdefault(key.split(":")[2], set()).add(why)
    assert by_time == {"0": {"meeting_moved"}, "20261202T1230": {"meeting_moved"}, "1": {None}, "20261203T0900": {None}}


def test_another_room_at_the_same_time_reminds_nobody_twice(place: Place) -> None:
    meeting = place.book()
    before = place.heard("meeting_soon")
    assert place.act(LEADER, meeting, Move(WALL, 60, "Lokale 3")) == ""
    assert place.heard("meeting_soon") == before
    assert place.heard("meeting_moved") == [PSYCHOLOGIST, SOCIAL]


def test_a_cancelled_meeting_is_told_once_and_nobody_is_reminded(place: Place) -> None:
    meeting = place.book()
    assert place.act(LEADER, meeting, Cancel("")) == "reason_missing"
    assert place.act(LEADER, meeting, Cancel("Vi er for få.")) == ""
    assert place.heard("meeting_cancelled") == [PSYCHOLOGIST, SOCIAL]
    left = {key.split(":")[3] for (_, key), why in place.wanted().items() if why is None}
    assert left == {"meeting_cancelled"}


def test_only_who_leads_may_move_cancel_and_invite_and_only_oneself_may_answer(place: Place) -> None:
    meeting = place.book(PSYCHOLOGIST, people=(SOCIAL, TEACHER))
    later = Move(Wall(date(2026, 12, 3), time(9)), 45, "")
    for act in (later, Cancel("Nej."), Invite(Seat("x", "pedagogue", "laerke-paedagog"))):
        assert place.act(SOCIAL, meeting, act) == "not_yours"
    assert place.act(SOCIAL, meeting, Reply(place.seat(meeting, TEACHER).id, "yes")) == "not_invited"
    assert place.act("fjord-leder", meeting, later) == "not_found"
    assert place.act(LEADER, meeting, later) == ""


def test_an_answer_from_a_channel_that_sees_an_outline_keeps_what_others_wrote(place: Place) -> None:
    meeting = place.book(purpose="Klassens trivsel")
    assert place.act(SOCIAL, meeting, Reply(place.seat(meeting, SOCIAL).id, "no", "Jeg er på kursus.")) == ""
    seen = place.sees(PSYCHOLOGIST, meeting, channel="telegram", ceiling=1, assurance="one")
    assert seen is not None
    assert (seen.purpose, seen.seats[2].reason) == ("…", "…")
    answer = Reply(place.seat(meeting, PSYCHOLOGIST).id, "yes")
    assert place.act(PSYCHOLOGIST, meeting, answer, channel="telegram", ceiling=1, assurance="one") == ""
    stored = place.now(meeting)
    assert (stored.purpose, stored.seats[2].reason) == ("Klassens trivsel", "Jeg er på kursus.")
    assert stored.seats[1].answer == "yes"


def test_a_meeting_about_a_case_is_for_those_on_it_and_those_invited(place: Place) -> None:
    chat = Chat(place.house)
    chat.stands_at("q19_farve", {**YELLOW, "q19_farve": ()})
    chat.fills("enig")
    chat.presses("Send")
    case = place.house.cases()[0]

    def leave_out(uow: Any) -> None:
        whole = uow.cases.get(case.id)
        assert uow.cases.save(replace(whole, excluded=(SOCIAL,), revision=whole.revision + 1), whole.revision)

    place.house.acting(TEACHER, leave_out)
    about = {"kind": "network", "case_id": case.id, "starts": WALL}
    assert place.book(TEACHER, people=(SOCIAL,), **about) == "seat_excluded"
    meeting = place.book(TEACHER, people=("laerke-paedagog",), **about)
    found = [
        place.sees(who, meeting) is not None for who in (TEACHER, "laerke-paedagog", LEADER, SOCIAL, "fjord-leder")
    ]
    assert found == [True, True, True, False, False]
    assert place.act(TEACHER, meeting, Invite(Seat("x", "social_worker", SOCIAL))) == "seat_excluded"


def test_what_a_tool_of_the_meeting_keeps_is_for_those_who_sit_there(place: Place) -> None:
    meeting = place.book()

    def write(uow: Any) -> None:
        room = meetings.enter(place.house.app.world, uow, uow.people.get(SOCIAL), meeting.id, place.house.clock.now())
        assert room is not None
        meetings.prepared(room.note("form", {SOCIAL: "Det går bedre."}))

    place.house.acting(SOCIAL, write)
    assert place.now(meeting).notes == {"form": {SOCIAL: "Det går bedre."}}
    assert place.seat(meeting, SOCIAL).prepared


def test_a_year_later_the_chat_has_no_old_meetings(place: Place) -> None:
    place.book()
    chat = Chat(place.house, PSYCHOLOGIST)
    assert "Møde på skolen" in chat.commands("moeder")
    place.house.clock.move(days=365)
    assert "Du har ingen møder" in chat.commands("moeder")


def test_who_books_moves_and_cancels_is_told_nothing_but_their_calendar_is(place: Place) -> None:
    meeting = place.book()
    assert place.act(LEADER, meeting, Move(Wall(date(2026, 12, 3), time(9)), 45, "")) == ""
    assert place.act(LEADER, meeting, Cancel("Vi er for få.")) == ""
    own = [wish for wish in place.house.wishes() if wish.recipient == LEADER and wish.template != "meeting_soon"]
    assert [(wish.template, wish.channel) for wish in own] == [
        ("meeting_yours", "calendar"),
        ("meeting_yours", "calendar"),
        ("meeting_yours_off", "calendar"),
    ]
    assert len({wish.dedupe_key for wish in own}) == 3
