"""The simulations in short: a month of reminders, an outage for a few people, and bulk for a quarter of a minute."""

from __future__ import annotations

import pytest

from tests.simulate import fanout, outage, year


@pytest.mark.parametrize("pattern", ["down on Mondays", "at random"])
def test_what_is_sent_is_what_should_have_been(pattern: str) -> None:
    """T15, T16: from September over the autumn's week without school and the change of the clocks."""
    report = year.Year(pattern, year.PATTERNS[pattern], 70, seed=3).go()
    assert report.clean, report.line()
    assert report.sent > 50


def test_six_hours_without_telegram_lose_nothing_and_keep_the_order() -> None:
    """T17."""
    report = outage.away("telegram", people=12)
    assert report.clean, report.line()


def test_six_hours_without_mail_lose_nothing_and_keep_the_order() -> None:
    """T18."""
    report = outage.away("email", people=12)
    assert report.clean, report.line()


def test_bulk_fills_one_budget_and_delays_no_answer() -> None:
    report = fanout.virtual(250)
    assert report.clean, report.line()
    assert report.replies
