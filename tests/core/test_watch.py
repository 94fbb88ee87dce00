"""The watchdog's wishes: to whom, when, and that each stops itself."""

from __future__ import annotations

from datetime import date

import pytest

from bot.app.drafts.sending import Worry
from bot.app.notices.wanted import not_wanted
from dialogs.cases.acts import AcceptBaton, Ask, Decide, Discuss, FollowUp, GiveTo, Plan, Reply
from dialogs.notices import Wish
from dialogs.workdays import COPENHAGEN
from tests.core.case_kit import MONDAY, WORKDAYS, Office, at, colour

RED = Worry("B3", colour("red"))
FLOW = Worry("B3", colour("red", locked=True), flow="violence", suspect="home")
UNOPENED = {"team_unopened", "deputy_unopened", "leader_unopened", "writer_unopened"}


def wishes(office: Office, *templates: str) -> list[Wish]:
    rows = office.run(lambda uow: uow.outbox.listing(["pending"], 999))
    found = [row.wish for row in rows if row.wish.template in templates]
    return sorted(found, key=lambda wish: (wish.due_at, wish.template, wish.recipient))


def told(office: Office, *templates: str) -> list[str]:
    return [
        f"{wish.due_at.astimezone(COPENHAGEN):%d-%m %H:%M} {wish.template} {wish.recipient}"
        for wish in wishes(office, *templates)
    ]


def test_red_goes_to_the_same_people_then_deputies_then_the_superior_and_the_writer_hears_first_and_last() -> None:
    office = Office()
    office.sent(RED)
    assert told(office, *UNOPENED) == [
        "23-11 11:00 team_unopened laerke-leder",
        "23-11 11:00 team_unopened laerke-raadgiver",
        "23-11 11:00 writer_unopened laerke-laerer",
        "23-11 13:00 deputy_unopened laerke-raadgiver-2",
        "23-11 13:00 deputy_unopened laerke-souschef",
        "23-11 15:00 leader_unopened solbaek-chef",
        "23-11 15:00 writer_unopened laerke-laerer",
    ]


def test_yellow_takes_a_working_day_for_each_step() -> None:
    office = Office()
    office.sent()
    assert told(office, *UNOPENED) == [
        "24-11 10:00 team_unopened laerke-leder",
        "24-11 10:00 team_unopened laerke-psykolog",
        "24-11 10:00 team_unopened laerke-raadgiver",
        "25-11 10:00 deputy_unopened laerke-raadgiver-2",
        "25-11 10:00 deputy_unopened laerke-souschef",
        "26-11 10:00 leader_unopened laerke-leder",
        "26-11 10:00 writer_unopened laerke-laerer",
    ]


def test_a_closed_circle_stays_closed_when_nobody_opens_it() -> None:
    office = Office()
    office.sent(FLOW)
    assert {wish.recipient for wish in wishes(office, *UNOPENED)} == {
        "laerke-leder",
        "laerke-souschef",
        "solbaek-chef",
        "laerke-laerer",
    }


def test_without_a_deputy_the_next_level_comes_a_step_earlier() -> None:
    office = Office()
    office.sent(Worry("B3", colour("red"), flow="violence", suspect="leader"))
    assert told(office, *UNOPENED) == [
        "23-11 11:00 team_unopened solbaek-chef",
        "23-11 11:00 writer_unopened laerke-laerer",
        "23-11 13:00 leader_unopened solbaek-chef",
        "23-11 15:00 leader_unopened solbaek-chef",
        "23-11 15:00 writer_unopened laerke-laerer",
    ]


@pytest.mark.parametrize("sent", ["2026-11-23 10:00", "2026-11-27 16:59", "2026-12-23 16:30", "2026-11-28 23:00"])
@pytest.mark.parametrize("light", ["red", "yellow", "green", "none"])
def test_nobody_is_pushed_outside_working_hours_and_at_most_three_times(light, sent) -> None:
    office = Office()
    office.sent(Worry("B3", colour(light)), now=at(sent))
    pushes = wishes(office, *UNOPENED)
    assert pushes and all(WORKDAYS.is_open(wish.due_at) for wish in pushes)
    for person in {wish.recipient for wish in pushes}:
        assert len([wish for wish in pushes if wish.recipient == person]) <= 3


def test_every_push_stops_itself_when_somebody_opens_it() -> None:
    office = Office()
    case_id = office.sent(RED)
    now = at("2026-11-23 10:30")
    pushes = wishes(office, *UNOPENED)
    assert all(office.run(lambda uow, w=wish: not_wanted(uow, w, now)) is None for wish in pushes)
    office.page("laerke-raadgiver", case_id, now)
    assert {office.run(lambda uow, w=wish: not_wanted(uow, w, now)) for wish in pushes} == {"opened"}


def test_a_look_for_information_stops_nothing() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.page("laerke-psykolog", case_id)
    assert all(office.run(lambda uow, w=wish: not_wanted(uow, w, MONDAY)) is None for wish in wishes(office, *UNOPENED))


def test_the_writer_is_reminded_of_a_question_once() -> None:
    office = Office()
    case_id = office.sent()
    office.done("laerke-leder", case_id, Ask("Hvornår?"))
    assert told(office, "writer_question") == [
        "23-11 10:00 writer_question laerke-laerer",
        "25-11 10:00 writer_question laerke-laerer",
    ]
    reminder = wishes(office, "writer_question")[1]
    office.done("laerke-laerer", case_id, Reply("I går."))
    assert office.run(lambda uow: not_wanted(uow, reminder, MONDAY)) == "question_answered"


def decided(office: Office, owner: str = "laerke-psykolog", day: date = date(2026, 12, 21)) -> str:
    case_id = office.sent()
    office.done("laerke-leder", case_id, Plan(date(2026, 11, 25)))
    office.done("laerke-leder", case_id, Discuss())
    office.done("laerke-leder", case_id, Decide("local_effort", owner, "Grund.", "Svar.", day))
    return case_id


def test_a_follow_up_comes_on_its_day_then_a_week_later_and_then_to_the_leader() -> None:
    office = Office()
    decided(office)
    assert told(office, "followup_due", "followup_missed") == [
        "21-12 09:00 followup_due laerke-psykolog",
        "28-12 09:00 followup_missed laerke-psykolog",
        "29-12 09:00 followup_missed laerke-leder",
    ]


def test_a_follow_up_on_the_first_day_after_the_holidays_comes_that_morning() -> None:
    office = Office()
    decided(office, day=date(2026, 12, 28))
    assert told(office, "followup_due") == ["28-12 09:00 followup_due laerke-psykolog"]


def test_a_leader_who_is_responsible_is_not_told_on_twice() -> None:
    office = Office()
    decided(office, owner="laerke-leder")
    assert [wish.recipient for wish in wishes(office, "followup_missed")] == ["laerke-leder"]


def test_a_follow_up_that_was_done_or_moved_stops_the_old_reminders() -> None:
    office = Office()
    case_id = decided(office)
    old = wishes(office, "followup_due", "followup_missed")
    office.done("laerke-psykolog", case_id, FollowUp(5, "Lidt bedre.", date(2027, 1, 11)), at("2026-12-21 10:00"))
    now = at("2026-12-28 09:00")
    assert {office.run(lambda uow, w=wish: not_wanted(uow, w, now)) for wish in old} == {"followed_up"}
    new = [wish for wish in wishes(office, "followup_due") if wish not in old]
    assert [wish.params["date"] for wish in new] == ["2027-01-11"]


def test_who_takes_over_gets_the_follow_up_too() -> None:
    office = Office()
    case_id = decided(office)
    office.done("laerke-psykolog", case_id, GiveTo("laerke-raadgiver"))
    office.done("laerke-raadgiver", case_id, AcceptBaton())
    assert "laerke-raadgiver" in {wish.recipient for wish in wishes(office, "followup_due")}


def test_no_two_wishes_are_the_same() -> None:
    office = Office()
    case_id = decided(office)
    office.done("laerke-psykolog", case_id, GiveTo("laerke-raadgiver"))
    office.done("laerke-raadgiver", case_id, AcceptBaton())
    office.done("laerke-raadgiver", case_id, FollowUp(5, "", date(2027, 1, 11)))
    rows = office.run(lambda uow: uow.outbox.listing(["pending"], 999))
    keys = [row.wish.dedupe_key for row in rows]
    assert len(keys) == len(set(keys)) > 15
