"""The agenda: the gravest first, everybody their minutes, and nothing dropped in silence."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dialogs.cases.model import WEIGHT, Light
from dialogs.meetings.agenda import LEAST, MARGIN, MOST, Waiting, build


def case(code: str, light: Light, days: int = 1, deadline: date | None = None) -> Waiting:
    return Waiting(code, code, light, days, deadline)


def test_colour_then_waiting_days_then_deadline() -> None:
    first, second = date(2026, 11, 25), date(2026, 11, 27)
    waiting = [
        case("A", "green", 9), case("B", "yellow", 2, second), case("C", "red"), case("D", "yellow", 2, first),
        case("E", "none", 3), case("F", "yellow", 5),
    ]  # fmt: skip
    assert [item.case.code for item in build(waiting, 60).items] == ["C", "F", "D", "B", "E", "A"]


def test_the_minutes_fit_the_hour_and_the_gravest_get_most() -> None:
    waiting = [case("C", "red"), case("B", "yellow"), case("A", "green")]
    assert [item.minutes for item in build(waiting, 60).items] == [20, 12, 6]
    assert [item.minutes for item in build(waiting, 25).items] == [10, 5, 5]


CASES = st.lists(st.builds(case, st.uuids().map(str), st.sampled_from(sorted(WEIGHT)), st.integers(0, 60)), max_size=40)


@given(CASES, st.integers(0, 240))
def test_every_case_is_on_the_agenda_or_left_over_by_name(waiting: list[Waiting], minutes: int) -> None:
    agenda = build(waiting, minutes)
    named = [item.case for item in agenda.items] + list(agenda.left_over)
    assert sorted(c.code for c in named) == sorted(c.code for c in waiting)
    assert agenda.minutes <= max(minutes - MARGIN, 0)
    assert all(LEAST <= item.minutes <= MOST for item in agenda.items)
    weights = [WEIGHT[c.light] for c in named]
    assert weights == sorted(weights, reverse=True)
