"""When a follow-up is reminded of: booked by its day, whatever else has happened to the case meanwhile."""

from __future__ import annotations

from datetime import date

from bot.app.cases.watch import follow_up_wishes
from dialogs.cases.team import Seats
from dialogs.people import Membership, Person
from tests.core.case_kit import WORKDAYS, a_case

LEADER = Person("leder", "Birgit", (Membership("laerkeskolen", "leader"),))


def keys(revision: int, day: date) -> set[str]:
    case = a_case(revision=revision)
    return {one.dedupe_key for one in follow_up_wishes(case, "psykolog", day, Seats((LEADER,)), WORKDAYS)}


def test_the_same_day_written_twice_books_nothing_twice_and_another_day_is_booked_anew() -> None:
    first = keys(1, date(2026, 12, 14))
    assert first and keys(2, date(2026, 12, 14)) == first
    assert first.isdisjoint(keys(2, date(2026, 12, 15)))
