"""Whoever has written is promised the meeting that is held, in the chat, on Telegram and on the page of their case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.app.cases import team
from bot.app.meetings import agenda
from bot.app.meetings import deeds as meetings
from bot.app.meetings.promised import tell_writers
from dialogs.access import WORKER
from dialogs.cases.acts import Discuss, Plan
from dialogs.meetings.model import Meeting, Wall
from dialogs.meetings.moves import Cancel, Move
from tests.app.kit import YELLOW, Chat
from tests.app.test_meetings import LEADER, TEACHER
from tests.app.test_weekly import Week

HOUR = timedelta(hours=1)
THURSDAY, NEXT_WEEK = "De mødes torsdag den 26. november", "De mødes onsdag den 2. december"


@pytest.fixture
def week() -> Week:
    return Week()


def moves(week: Week, days: int) -> Meeting:
    meeting = week.next()
    later = Wall(meeting.starts.day + timedelta(days=days), meeting.starts.clock)
    assert week.act(LEADER, meeting, Move(later, 45, "")) == ""
    return week.now(meeting)


def sends(week: Week, channel: Any = "web", ceiling: int = 2) -> str:
    """The receipt of a calm worry."""
    chat = Chat(week.house, TEACHER, channel, ceiling)
    chat.stands_at("q19_farve", {**YELLOW, "q19_farve": ()})
    chat.fills("enig")
    chat.presses("Send")
    return "\n".join(card.text for card in chat.reply.cards if card.kind == "receipt")


def status_of(week: Week) -> str:
    handbook, case, now = week.house.app.world.handbook, week.house.cases()[-1], week.house.clock.now()
    page = week.house.acting(TEACHER, lambda uow: team.my_case(handbook, uow, uow.people.get(TEACHER), case.id, now))
    assert page is not None
    return f"{page.status.title} {page.status.next}"


@pytest.mark.parametrize(("channel", "ceiling"), [("web", 2), ("telegram", 2)])
def test_the_receipt_names_the_day_that_the_meeting_was_moved_to(week: Week, channel: str, ceiling: int) -> None:
    moves(week, 1)
    assert THURSDAY in sends(week, channel, ceiling)


def test_the_receipt_passes_over_a_week_whose_meeting_is_called_off(week: Week) -> None:
    assert week.act(LEADER, week.next(), Cancel("Der er emnedag.")) == ""
    assert NEXT_WEEK in sends(week)


def test_the_page_of_ones_own_case_follows_the_meeting_wherever_it_goes(week: Week) -> None:
    sends(week)
    case = week.house.cases()[-1]
    assert week.house.team_opens(LEADER, case.id) is not None
    moves(week, 1)
    assert "torsdag" in status_of(week)
    assert week.house.team_does(LEADER, case.id, Plan(date(2026, 11, 26))).problems == ()
    assert week.act(LEADER, week.next(), Cancel("Der er emnedag.")) == ""
    assert "december" in status_of(week)
    assert "november" not in status_of(week)


def test_a_meeting_that_is_moved_forward_still_takes_the_cases_that_were_put_on(week: Week) -> None:
    sends(week)
    case = week.house.cases()[-1]
    assert week.house.team_does(LEADER, case.id, Plan(week.next().starts.day)).problems == ()
    meeting = moves(week, -1)
    now = week.house.clock.now()

    def listed(uow: Any) -> list[str]:
        room = meetings.enter(week.house.app.world, uow, uow.people.get(LEADER), meeting.id, now)
        assert room is not None
        return [point.row.code for point in agenda.page(room).points]

    assert week.house.acting(LEADER, listed) == [case.code]


def test_who_has_written_and_moved_on_is_promised_the_same_day(week: Week) -> None:
    sends(week)
    moves(week, 1)
    case = week.house.cases()[-1]
    assert week.house.team_opens(LEADER, case.id) is not None
    teacher = week.house.run(lambda uow: uow.people.get(TEACHER))
    elsewhere = tuple(replace(one, school_id="fjordskolen") for one in teacher.memberships)
    week.house.run(lambda uow: uow.people.save(replace(teacher, memberships=elsewhere)))
    assert "torsdag" in status_of(week)


def heard(week: Week) -> list[tuple[str, str]]:
    """Who was told of another day, and which, after the worker has looked twice."""
    for _ in range(2):
        week.works(minutes=2)
        week.house.app.store.run(WORKER, lambda uow: tell_writers(week.house.app.world, uow, week.house.clock.now()))
    wishes = week.house.wishes("writer_moved")
    return [(wish.recipient, str(wish.params["date"])) for wish in wishes if week.why_not(wish) is None]


@pytest.mark.parametrize("put_on", [False, True])
def test_whoever_waits_hears_once_of_the_day_that_the_meeting_was_moved_to(week: Week, put_on: bool) -> None:
    sends(week)
    case = week.house.cases()[-1]
    if put_on:
        assert week.house.team_does(LEADER, case.id, Plan(week.next().starts.day)).problems == ()
    assert heard(week) == []
    moves(week, 1)
    assert heard(week) == [(TEACHER, "2026-11-26")]
    assert heard(week) == [(TEACHER, "2026-11-26")]
    (wish,) = week.house.wishes("writer_moved")
    assert wish.params["code"] == case.code


def test_one_that_is_moved_there_and_back_is_told_each_time_and_only_the_last_is_sent(week: Week) -> None:
    sends(week)
    moves(week, 1)
    heard(week)
    moves(week, -1)
    assert heard(week) == [(TEACHER, "2026-11-25")]
    assert len(week.house.wishes("writer_moved")) == 2


def test_another_hour_of_the_same_day_is_no_news_to_who_has_written(week: Week) -> None:
    sends(week)
    meeting = week.next()
    later = Wall(meeting.starts.day, (datetime.combine(meeting.starts.day, meeting.starts.clock) + HOUR).time())
    assert week.act(LEADER, meeting, Move(later, 45, "")) == ""
    assert heard(week) == []


def test_whoever_waits_hears_that_a_meeting_is_called_off_and_when_the_next_one_is(week: Week) -> None:
    sends(week)
    assert week.act(LEADER, week.next(), Cancel("Der er emnedag.")) == ""
    assert heard(week) == [(TEACHER, "2026-12-02")]


def test_whoever_has_had_an_answer_hears_nothing_of_a_meeting_that_is_moved(week: Week) -> None:
    sends(week)
    case = week.house.cases()[-1]
    today = week.house.clock.now().date()
    for act in (Plan(today), Discuss()):
        assert week.house.team_does(LEADER, case.id, act).problems == ()
    moves(week, 1)
    assert heard(week) == []


def test_a_writer_whom_the_chair_may_not_read_of_hears_of_the_new_day_too(week: Week) -> None:
    """The case is led around whoever moves the meeting; it is the worker that tells."""
    sends(week)
    case = week.house.cases()[-1]

    def lead_around(uow: Any) -> None:
        uow.cases.save(replace(case, excluded=(LEADER,), revision=case.revision + 1), case.revision)

    week.house.run(lead_around)
    moves(week, 1)
    assert heard(week) == [(TEACHER, "2026-11-26")]
