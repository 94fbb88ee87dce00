"""The weekly meeting as the worker keeps it: made once, with its people and reminders, whoever moves or cancels it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.app.cases import team
from bot.app.meetings import weekly
from bot.app.notices.wanted import not_wanted
from dialogs.access import WORKER
from dialogs.meetings.model import Meeting, Wall
from dialogs.meetings.moves import Cancel, Move
from dialogs.notices import Wish
from dialogs.records import Moved
from dialogs.workdays import COPENHAGEN
from tests.app.kit import YELLOW, Chat
from tests.app.test_meetings import LEADER, PSYCHOLOGIST, SCHOOL, SOCIAL, TEACHER, Place


class Week(Place):
    """A school with a worker that looks at its meetings."""

    def __init__(self) -> None:
        super().__init__()
        self.works()

    def works(self, **later: float) -> None:
        """The worker's chores, after some time."""
        self.house.wait(**later)
        for chore in (weekly.prepare_all, weekly.remind_writers):
            self.house.app.store.run(
                WORKER, lambda uow, do=chore: do(self.house.app.world, uow, self.house.clock.now())
            )

    def meetings(self, school: str = SCHOOL) -> list[Meeting]:
        return list(self.house.run(lambda uow: uow.meetings.of_school(school, self.house.clock.now())))

    def next(self) -> Meeting:
        return self.meetings()[0]

    def until(self, day: str, clock: str) -> None:
        """Let the worker look until this time on the wall, twice a day."""
        at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=COPENHAGEN)
        while self.house.clock.now() < at:
            self.house.clock.at = min(self.house.clock.now() + timedelta(hours=12), at)
            self.works()

    def open_draft(self, who: str = TEACHER) -> Chat:
        chat = Chat(self.house, who)
        chat.stands_at("q19_farve", {**YELLOW, "q19_farve": ()})
        return chat

    def of_drafts(self) -> list[Wish]:
        return self.house.wishes("meeting_drafts")

    def why_not(self, wish: Wish) -> str | None:
        return self.house.app.store.run(WORKER, lambda uow: not_wanted(uow, wish, self.house.clock.now()))


@pytest.fixture
def week() -> Week:
    return Week()


def test_both_schools_have_their_meetings_once_however_often_the_worker_looks(week: Week) -> None:
    week.works(minutes=1)
    week.works(hours=1)
    week.works(minutes=1)
    days = [one.starts.day.isoformat() for one in week.meetings()]
    assert days == ["2026-11-25", "2026-12-02"]
    assert [one.starts.clock.isoformat() for one in week.meetings("fjordskolen")] == ["13:00:00"] * 2
    assert len(week.heard("meeting_soon")) == 2 * 2 * 3 * 2  # schools, meetings, seats, reminders


def test_meetings_that_were_taken_back_with_their_transaction_are_made_by_the_next_look() -> None:
    """A work may be run again after a conflict, so it may not remember having been run."""
    place = Place()

    def taken_back(uow: Any) -> None:
        weekly.prepare_all(place.house.app.world, uow, place.house.clock.now())
        raise Moved

    with pytest.raises(Moved):
        place.house.app.store.run(WORKER, taken_back)
    place.house.app.store.run(
        WORKER, lambda uow: weekly.prepare_all(place.house.app.world, uow, place.house.clock.now())
    )
    assert len(place.house.run(lambda uow: uow.meetings.of_school(SCHOOL, place.house.clock.now()))) == 2


def test_the_team_sits_there_and_its_leader_leads(week: Week) -> None:
    meeting = week.next()
    assert [seat.person_id for seat in meeting.seats] == [LEADER, PSYCHOLOGIST, SOCIAL]
    chair = meeting.seat(meeting.chair)
    assert chair is not None
    assert chair.person_id == LEADER


def test_the_agenda_comes_the_day_before_and_an_hour_before(week: Week) -> None:
    mine = [wish for wish in week.house.wishes("meeting_soon") if wish.recipient == LEADER]
    local = [
        wish.due_at.astimezone(COPENHAGEN).strftime("%a %H:%M") for wish in mine if wish.meeting_id == week.next().id
    ]
    assert local == ["Tue 12:30", "Wed 11:30"]


def test_a_new_colleague_sits_there_and_one_who_left_does_not(week: Week) -> None:
    deputy = week.house.run(lambda uow: uow.people.get("laerke-raadgiver"))
    week.house.run(lambda uow: uow.people.save(replace(deputy, active=False)))
    week.works(minutes=11)
    assert [seat.person_id for seat in week.next().seats] == [LEADER, PSYCHOLOGIST, "laerke-raadgiver-2"]
    assert "laerke-raadgiver-2" in week.heard("meeting_soon")
    gone = [wish for wish in week.house.wishes("meeting_soon") if wish.recipient == SOCIAL]
    assert {week.why_not(wish) for wish in gone} == {"person_gone"}


def test_one_that_is_cancelled_or_moved_once_is_not_made_again(week: Week) -> None:
    first, second = week.meetings()
    assert week.act(LEADER, first, Cancel("Der er emnedag.")) == ""
    later = Wall(second.starts.day + timedelta(days=1), second.starts.clock)
    assert week.act(LEADER, second, Move(later, 45, "")) == ""
    week.works(minutes=11)
    states = [(one.starts.day.isoformat(), one.status) for one in week.meetings()]
    assert states == [("2026-11-25", "cancelled"), ("2026-12-03", "planned")]
    handbook, now = week.house.app.world.handbook, week.house.clock.now()
    inbox = week.house.acting(LEADER, lambda uow: team.inbox(handbook, uow, uow.people.get(LEADER), SCHOOL, now))
    assert inbox.next_meeting == later.utc
    assert inbox.meeting_id == second.id


def test_two_days_before_whoever_has_an_unsent_worry_is_told_once_and_why(week: Week) -> None:
    week.until("2026-11-26", "12:00")  # this week's meeting is over
    chat = week.open_draft()
    week.until("2026-11-30", "12:29")
    assert week.of_drafts() == []
    week.until("2026-11-30", "12:31")
    week.works(minutes=1)
    (wish,) = week.of_drafts()
    assert (wish.recipient, wish.params["date"]) == (TEACHER, "2026-12-02")
    assert week.why_not(wish) is None
    chat.fills("enig")
    chat.presses("Send")
    assert week.why_not(wish) == "nothing_unsent"


def test_who_begins_after_that_is_left_alone_and_a_moved_meeting_asks_again(week: Week) -> None:
    week.until("2026-11-30", "12:31")
    week.open_draft()
    week.works(minutes=5)
    assert week.of_drafts() == []
    meeting = week.next()
    later = Wall(meeting.starts.day + timedelta(days=5), meeting.starts.clock)
    assert week.act(LEADER, meeting, Move(later, 45, "")) == ""
    week.until("2026-12-04", "16:31")
    (wish,) = [one for one in week.of_drafts() if one.meeting_id == meeting.id]
    assert wish.params["date"] == "2026-12-07"
    assert week.why_not(wish) is None


def test_the_worker_that_was_away_reminds_late_and_never_after_the_meeting(week: Week) -> None:
    week.open_draft()
    week.house.clock.at = datetime(2026, 12, 2, 11, 0, tzinfo=COPENHAGEN)
    week.works()
    assert [wish.params["date"] for wish in week.of_drafts()] == ["2026-12-02"]
    week.house.clock.at = datetime(2026, 12, 9, 12, 31, tzinfo=COPENHAGEN)
    week.works()
    assert len(week.of_drafts()) == 1


def test_a_school_without_a_team_has_no_meeting() -> None:
    week = Week()

    def leave(uow: Any) -> None:
        for person in uow.people.at_school("fjordskolen"):
            uow.people.save(replace(person, active=False))

    week.house.run(leave)
    week.house.wait(days=30)
    week.works()
    assert week.meetings("fjordskolen") == []
    assert len(week.meetings()) >= 2


def meets(week: Week, **changes: Any) -> None:
    """The municipality says another time, and the worker looks."""
    school = week.house.run(lambda uow: uow.people.school(SCHOOL))
    week.house.run(lambda uow: uow.people.put_school(replace(school, **changes)))
    week.works(minutes=11)
    week.works(minutes=11)


def test_another_day_moves_what_is_booked_once_for_everybody(week: Week) -> None:
    before = week.meetings()
    meets(week, trio_weekday=3)
    after = week.meetings()
    assert [one.id for one in after] == [one.id for one in before]
    assert [one.starts.day.isoformat() for one in after] == ["2026-11-26", "2026-12-03"]
    assert [(one.sequence, one.status) for one in after] == [(1, "planned")] * 2
    assert week.heard("meeting_moved") == sorted([LEADER, PSYCHOLOGIST, SOCIAL] * 2)
    soon = [wish for wish in week.house.wishes("meeting_soon") if wish.meeting_id == after[0].id]
    assert {week.why_not(wish) for wish in soon} == {"meeting_moved", None}
    assert {wish.params["date"] for wish in soon if week.why_not(wish) is None} == {"2026-11-26"}


def test_another_hour_moves_too_but_not_what_the_chair_has_moved(week: Week) -> None:
    first, second = week.meetings()
    assert week.act(LEADER, second, Move(Wall(second.starts.day, time(8, 15)), 45, "")) == ""
    meets(week, trio_time="13:45")
    assert [one.starts.clock.isoformat() for one in week.meetings()] == ["13:45:00", "08:15:00"]
    assert week.now(first).sequence == 1


def test_a_week_whose_new_day_is_over_keeps_its_old_one(week: Week) -> None:
    week.until("2026-11-24", "10:00")
    meets(week, trio_weekday=0)
    days = [one.starts.day.isoformat() for one in week.meetings()]
    assert days[:2] == ["2026-11-25", "2026-11-30"]
    assert len(week.heard("meeting_moved")) == 3


def test_a_day_that_is_closed_afterwards_is_called_off_with_the_reason(week: Week) -> None:
    first, second = week.meetings()
    world = week.house.app.world
    closed = replace(world.workdays, no_school=frozenset({first.starts.day}))
    week.house.app.world = replace(world, handbook=replace(world.handbook, workdays=closed))
    week.works(minutes=1)
    assert (week.now(first).status, week.now(first).sequence) == ("cancelled", 1)
    assert week.now(first).reason == "Den dag er der lukket."
    assert week.now(second).status == "planned"
    assert week.heard("meeting_cancelled") == sorted([LEADER, PSYCHOLOGIST, SOCIAL])
