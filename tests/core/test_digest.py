"""A month in numbers: whoever knows the rule and every number shown can still not tell a cell below five."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.cases.digest import (
    LEAST,
    Counted,
    Digest,
    Group,
    Worry,
    digest,
    last_month,
    month_of,
    next_month,
    published,
)

MONTH = date(2026, 10, 1)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("cells", "up_to"), [(2, 24), (3, 11), (4, 7)])
def test_of_every_way_to_count_no_withheld_cell_is_known_to_be_below_five(cells: int, up_to: int) -> None:
    names = tuple("abcd"[:cells])
    behind: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(up_to + 1), repeat=cells):
        shown = published(dict(zip(names, counts, strict=True)))
        behind[(*shown.cells.values(), shown.total)].append(counts)
    for shown, ways in behind.items():
        *values, total = shown
        if total is None:
            continue
        for at, value in enumerate(values):
            possible = {counts[at] for counts in ways}
            if value is not None:
                assert possible == {value}
                assert min(possible) >= LEAST
            elif total <= up_to:  # beyond it, the ways that would also fit are not among those tried
                assert len(possible) > 1
                assert max(possible) >= LEAST, (shown, ways)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 300), min_size=2))
def test_what_is_missing_of_a_total_is_nothing_or_at_least_five_and_never_one_cell(cells: dict[str, int]) -> None:
    group = published(cells)
    shown = {name: value for name, value in group.cells.items() if value is not None}
    assert all(value == cells[name] >= LEAST for name, value in shown.items())
    missing = len(cells) - len(shown)
    if group.total is None:
        assert (shown, sum(cells.values()) < LEAST) == ({}, True)
    else:
        assert group.total == sum(cells.values())
        assert missing == 0 or (missing > 1 and group.total - sum(shown.values()) >= LEAST)


@given(
    st.lists(st.tuples(st.sampled_from(["green", "yellow", "red", "none"]), st.integers(0, 30)), max_size=40),
    st.integers(0, 12),
    st.lists(st.booleans(), max_size=20),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
)
def test_no_number_of_a_whole_month_is_below_five(
    worries: list[tuple[str, int]], meetings: int, plans: list[bool], sense: tuple[int, int, int]
) -> None:
    told = [Worry(colour, days, None) for colour, days in worries]  # type: ignore[arg-type]  # drawn from the lights
    found = digest("s", MONTH, Counted(told, meetings, dict(zip(("yes", "partly", "no"), sense, strict=True)), plans))
    numbers = [number for group in groups(found) for number in (*group.cells.values(), group.total)]
    assert all(number is None or number >= LEAST for number in (*numbers, found.meetings))
    assert (found.waiting["opened"] is None) == (len(worries) < LEAST)
    assert found.waiting["answered"] is None


def groups(found: Digest) -> tuple[Group, ...]:
    return (found.worries, found.sense, found.plans)


def test_a_month_of_enough_is_shown_as_it_is() -> None:
    told = [Worry("yellow", 1, 3)] * 6 + [Worry("red", 0, 1)] * 5 + [Worry("green", 2, None)] * 7 + [Worry("none")] * 5
    found = digest("s", MONTH, Counted(told, 6, {"yes": 9, "partly": 5, "no": 5}, (True,) * 5 + (False,) * 8))
    assert found.worries == Group({"green": 7, "none": 5, "yellow": 6, "red": 5}, 23)
    assert found.waiting == {"opened": 1, "answered": 3}
    assert (found.meetings, found.plans) == (6, Group({"followed": 5, "not_followed": 8}, 13))


def test_only_months_that_are_over_and_at_most_a_year_back() -> None:
    assert last_month(TODAY) == MONTH
    assert last_month(date(2027, 1, 31)) == date(2026, 12, 1)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_of("2026-10", TODAY) == MONTH
    assert month_of("2025-11", TODAY) == date(2025, 11, 1)
    for wrong in ("2026-11", "2026-12", "2025-10", "2026-13", "0000-10", "oktober", "", "2026-1", "2026-10-01"):
        assert month_of(wrong, TODAY) is None, wrong
