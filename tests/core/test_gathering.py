"""A person's own choice of reminders: what it touches, and when the one message of a day goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.delivery.policy import Policy
from dialogs.gathering import MAY_GATHER, SILENCED, hours_of, is_silenced, may_gather, next_moment, stands, wish_for
from dialogs.notices import BULK, NEWS, OWN_CALENDAR, PLANNED, URGENT, Channel, OutboxRow, Wish, urgency_of
from dialogs.people import Person, Reminding
from dialogs.workdays import COPENHAGEN, danish

AUTUMN = [date(2026, 10, day) for day in range(12, 17)]
DAYS = replace(danish(COPENHAGEN, range(2026, 2029)), no_school=frozenset(AUTUMN))
BOTH: frozenset[Channel] = frozenset({"telegram", "email"})
POLICY = Policy(DAYS, BOTH)
DAILY, IMPORTANT = Reminding("daily", 8), Reminding("important")
NOW = datetime(2026, 11, 24, 10, tzinfo=COPENHAGEN).astimezone(UTC)
ANE = Person("ane", "Ane", (), email="ane@example.org", telegram_chat=1)


def wall(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=COPENHAGEN).astimezone(UTC)  # type: ignore[misc,arg-type]


def row(template: str = "meeting_soon", **other: object) -> OutboxRow:
    wish = Wish("k", "ane", template, NOW, {"code": "K7RT-Måge"}, **other)  # type: ignore[arg-type]
    return OutboxRow(1, wish, due_at=NOW)


@pytest.mark.parametrize(
    ("hour", "after", "expected"),
    [
        (8, wall(2026, 11, 24, 7, 59), wall(2026, 11, 24, 8)),
        (8, wall(2026, 11, 24, 8), wall(2026, 11, 25, 8)),  # later than now, so the row of them moves on
        (8, wall(2026, 11, 27, 10), wall(2026, 11, 30, 8)),  # over the weekend
        (9, wall(2026, 10, 9, 12), wall(2026, 10, 19, 9)),  # over a week without school
        (8, wall(2026, 10, 23, 12), wall(2026, 10, 26, 8)),  # over the change of the clocks: 08:00 on the wall
        (12, wall(2026, 12, 31, 8), wall(2026, 12, 31, 11)),  # a day that ends at noon
        (8, wall(2027, 3, 24, 9), wall(2027, 3, 30, 8)),  # over Easter
    ],
)
def test_the_one_message_has_its_hour_on_days_with_school(hour: int, after: datetime, expected: datetime) -> None:
    assert next_moment(Reminding("daily", hour), DAYS, after) == expected


def test_only_hours_when_people_are_at_work_may_be_chosen() -> None:
    assert hours_of(DAYS) == (7, 8, 9, 10, 12)
    assert hours_of(replace(DAYS, opens=time(8, 30), closes=time(12))) == (9, 10)


def test_the_next_one_is_the_same_wish_however_often_it_is_asked_for() -> None:
    one = wish_for("ane", DAILY, DAYS, NOW)
    assert one == wish_for("ane", DAILY, DAYS, NOW + timedelta(hours=3))
    assert one != wish_for("ane", Reminding("daily", 9), DAYS, NOW)


def test_one_of_another_hour_or_another_choice_does_not_stand() -> None:
    one = wish_for("ane", DAILY, DAYS, NOW)
    again = replace(one, dedupe_key=f"{one.dedupe_key}~2")
    assert [stands(wish, DAILY) for wish in (one, again)] == [True, True]
    assert not any(
        stands(one, told) for told in (Reminding("daily", 9), Reminding("daily", 18), Reminding(), IMPORTANT)
    )


def test_what_is_due_before_the_next_one_is_gathered_unless_it_is_in_trouble() -> None:
    soon, late = NOW + timedelta(hours=1), NOW
    assert may_gather(row(), soon)
    assert not may_gather(row(), late)
    assert not may_gather(replace(row(), attempts=1), soon)
    assert not may_gather(replace(row(), tried=("telegram",)), soon)
    assert not may_gather(replace(row(), state="sent"), soon)
    assert not may_gather(row(red=True), soon)


@pytest.mark.parametrize("template", ["team_red", "writer_decided", "receipt_due", "consent_ends", "draft_expiring"])
def test_alerts_answers_and_the_clocks_of_the_law_are_never_gathered_or_silenced(template: str) -> None:
    assert not may_gather(row(template), NOW + timedelta(days=1))
    assert not is_silenced(row(template).wish, IMPORTANT)


def test_what_may_be_gathered_was_planned_and_what_is_silenced_may_be_gathered() -> None:
    assert SILENCED < MAY_GATHER < PLANNED


# --- where it goes ---


def before(notice: OutboxRow, told: Reminding) -> OutboxRow:
    claimed = replace(notice, state="sending", attempts=1)
    return POLICY.before(claimed, replace(ANE, reminding=told), NOW, {})


def test_who_wants_the_important_ones_finds_the_others_on_the_page() -> None:
    found = before(row(), IMPORTANT)
    assert (found.state, found.sent_via) == ("sent", "web")
    assert before(row("followup_due"), IMPORTANT).sent_via == "telegram"
    assert before(row(delivery="alert", red=True), IMPORTANT).sent_via == "telegram"


def test_the_chosen_channel_comes_first_but_red_rings() -> None:
    by_mail = Reminding(first="email")
    assert before(row(), by_mail).sent_via == "email"
    assert before(row("team_new", delivery="alert"), by_mail).sent_via == "email"
    assert before(row("team_red", delivery="alert", red=True), by_mail).sent_via == "telegram"
    assert before(row(), Reminding()).sent_via == "telegram"


def test_a_mail_for_the_calendar_is_not_sent_beside_a_mail() -> None:
    beside = row("meeting_invited", channel="calendar", delivery="alert")
    assert before(beside, Reminding()).sent_via == "calendar"
    assert before(beside, Reminding(first="email")).reason == "no_channel"


# --- what goes first ---


@pytest.mark.parametrize(
    ("wish", "urgency"),
    [
        (Wish("k", "ane", "team_red", NOW, delivery="alert", red=True), URGENT),
        (Wish("k", "ane", "chat_next", NOW, delivery="turn"), URGENT),
        (Wish("k", "ane", "", NOW, channel="telegram_delete"), URGENT),
        (Wish("k", "ane", "team_new", NOW, delivery="alert"), NEWS),
        (Wish("k", "ane", "writer_opened", NOW), NEWS),
        (Wish("k", "ane", "meeting_moved", NOW, delivery="alert"), NEWS),
        (Wish("k", "ane", "meeting_soon", NOW), BULK),
        (Wish("k", "ane", "reminders_gathered", NOW), BULK),
    ],
)
def test_an_alert_waits_for_no_wave_of_reminders(wish: Wish, urgency: int) -> None:
    assert urgency_of(wish) == urgency


@pytest.mark.parametrize("told", [Reminding(), Reminding(first="email"), DAILY, IMPORTANT])
def test_ones_own_calendar_is_told_by_mail_whatever_else_is_chosen(told: Reminding) -> None:
    own = row(OWN_CALENDAR, channel="calendar", delivery="alert")
    assert before(own, told).sent_via == "calendar"
    nobody = replace(own, state="sending", attempts=1)
    assert POLICY.before(nobody, replace(ANE, email=None), NOW, {}).reason == "no_channel"
