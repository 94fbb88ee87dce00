"""The clocks of a report: 24 hours, six working days, and a reminder on the seventh that stops itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.app.papers.reportclock import office
from dialogs.papers.reportclock import Receive, Sent, clock, dump, load, move, sent
from dialogs.types import Problem
from dialogs.workdays import COPENHAGEN, danish


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


# School calendars close days on which the authority works; only public holidays move the clock.
SCHOOL = danish(COPENHAGEN, range(2025, 2028), extra_closed=[date(2026, 11, 24), date(2026, 11, 25)])


@pytest.mark.parametrize(
    ("sent_at", "receipt_by", "reminded"),
    [
        ("2026-11-23T10:00", date(2026, 12, 1), "2026-12-02T09:00"),  # Monday: Tue Wed Thu Fri Mon Tue
        ("2026-11-20T16:00", date(2026, 11, 30), "2026-12-01T09:00"),  # Friday afternoon
        ("2026-11-21T12:00", date(2026, 11, 30), "2026-12-01T09:00"),  # Saturday: counting begins on Monday
        ("2026-11-22T21:30", date(2026, 11, 30), "2026-12-01T09:00"),  # Sunday night: the hour moves no day
        ("2026-11-23T23:55", date(2026, 12, 1), "2026-12-02T09:00"),
        (
            "2026-12-22T10:00",
            date(2026, 12, 31),
            "2027-01-04T09:00",
        ),  # over Christmas; 24 and 31 December are no public holidays
        ("2026-03-30T10:00", date(2026, 4, 10), "2026-04-13T09:00"),  # over Easter
    ],
)
def test_the_receipt_is_due_on_the_sixth_working_day_and_asked_for_on_the_seventh(
    sent_at: str, receipt_by: date, reminded: str
) -> None:
    found = clock(at(sent_at), office(SCHOOL, at(sent_at).year))
    assert (found.receipt_by, found.remind_at) == (receipt_by, at(reminded))


def test_the_assessment_takes_24_hours_also_at_the_weekend() -> None:
    found = clock(at("2026-11-21T22:30"), office(SCHOOL, 2026))
    assert found.assessed_by == at("2026-11-22T22:30")


def test_a_report_is_noted_when_it_was_sent_and_its_receipt_once() -> None:
    now = at("2026-11-25T10:00")
    found = sent("r", "c1", "ada", now - timedelta(days=1), now)
    assert isinstance(found, Sent)
    assert load(dump(found)) == found
    assert dump(found).owner == "ada"
    received = move(found, Receive(date(2026, 11, 25)), date(2026, 11, 25), COPENHAGEN)
    assert isinstance(received, Sent)
    assert (received.state, load(dump(received))) == ("received", received)
    again = move(received, Receive(date(2026, 11, 25)), date(2026, 11, 25), COPENHAGEN)
    assert isinstance(again, Problem)
    assert again.code == "report_received"


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 26)])
def test_a_receipt_comes_neither_before_the_report_nor_tomorrow(day: date) -> None:
    found = move(Sent("r", "c1", "ada", at("2026-11-24T10:00")), Receive(day), date(2026, 11, 25), COPENHAGEN)
    assert isinstance(found, Problem)
    assert found.code == "report_day"


def test_a_report_that_will_be_sent_has_not_been_sent() -> None:
    now = at("2026-11-25T10:00")
    found = sent("r", "c1", "ada", now + timedelta(hours=1), now)
    assert isinstance(found, Problem)
    assert found.code == "report_future"
