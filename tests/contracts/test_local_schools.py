"""A municipality's own calendar, patience and schools reach the running program."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.bootstrap import build
from bot.settings import Settings
from dialogs.access import OPERATOR
from dialogs.cases.dates import watch_times
from dialogs.people import School
from dialogs.workdays import Patience, Workdays

EXAMPLE = Path(__file__).parents[2] / "docs" / "eksempler" / "overlay"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_school_is_stored_when_new_and_changed_when_known(filled: Any) -> None:
    filled.run(lambda u: u.people.put_school(School("skov", "Skovens Skole", 4, "09:00")))
    filled.run(lambda u: u.people.put_school(School("aa", "Åskolen")))
    assert filled.run(lambda u: u.people.school("skov")) == School("skov", "Skovens Skole", 4, "09:00")
    assert [one.id for one in filled.run(lambda u: u.people.schools())] == ["eng", "skov", "aa"]


def test_the_overlay_sets_schools_calendar_and_patience() -> None:
    house = build(Settings(database_url="memory:", content_overlay=EXAMPLE))
    try:
        assert house.store.run(OPERATOR, lambda u: u.people.school("fjordskolen")) == School(
            "fjordskolen", "Fjordskolen", 3, "13:00"
        )
        assert house.workdays.opens.isoformat() == "07:30:00"
        assert house.workdays.patience.red_hours == (1, 2, 4)
    finally:
        house.store.close()


def test_a_stricter_municipality_is_reminded_earlier() -> None:
    school = School("x", "X")
    usual = Workdays()
    strict = replace(usual, patience=Patience(red_hours=(1, 2, 3), calm_days=(1, 2, 4)))
    assert watch_times("red", MONDAY, school, strict)[2] < watch_times("red", MONDAY, school, usual)[2]
    assert watch_times("yellow", MONDAY, school, strict)[2] > watch_times("yellow", MONDAY, school, usual)[2]
