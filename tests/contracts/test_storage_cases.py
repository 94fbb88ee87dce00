"""What every store promises about cases and their timelines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage import Refused
from tests.contracts.stores import (
    NOW,
    a_case,
    an_entry,
)


def test_a_case_comes_back_as_stored_by_id_code_and_draft(filled: Any) -> None:
    case = a_case(opened_at=NOW + timedelta(hours=1), owner_id="bo", revision=4)
    filled.run(lambda u: u.cases.add(case))
    found = filled.run(
        lambda u: (u.cases.get("c1"), u.cases.by_code("c1-Måge"), u.cases.by_draft("draft-of-c1"), u.cases.get("x"))
    )
    assert found == (case, case, case, None)
    assert filled.run(lambda u: (u.cases.by_code("x"), u.cases.by_draft("x"))) == (None, None)


def test_a_case_is_saved_only_where_its_revision_is_the_expected_one(filled: Any) -> None:
    filled.run(lambda u: u.cases.add(a_case()))
    ours, late = a_case(state="planned", revision=1), a_case(state="closed", revision=1)
    assert filled.run(lambda u: (u.cases.save(ours, 0), u.cases.save(late, 0))) == (True, False)
    assert filled.run(lambda u: u.cases.get("c1")) == ours
    assert filled.run(lambda u: u.cases.save(a_case("gone", revision=1), 0)) is False


def test_a_save_cannot_take_the_code_of_another_case(filled: Any) -> None:
    filled.run(lambda u: [u.cases.add(a_case(c)) for c in ("c1", "c2")])
    with pytest.raises(Refused):
        filled.run(lambda u: u.cases.save(a_case("c2", code="c1-Måge", revision=1), 0))


def test_lists_hold_open_cases_with_the_longest_waiting_first(filled: Any) -> None:
    rows = [
        a_case("c1", stored_at=NOW + timedelta(days=2)),
        a_case("c2", stored_at=NOW + timedelta(days=1), writer_id="bo"),
        a_case("c3", school_id="eng"),
        a_case("c4", state="closed"),
    ]
    filled.run(lambda u: [u.cases.add(row) for row in rows])

    def ids(read: Any) -> list[str]:
        return [case.id for case in filled.run(read)]

    assert ids(lambda u: u.cases.of_school("skov")) == ["c2", "c1"]
    assert ids(lambda u: u.cases.of_school("skov", include_closed=True)) == ["c4", "c2", "c1"]
    assert ids(lambda u: u.cases.of_school("ukendt")) == []
    assert ids(lambda u: u.cases.of_writer("ada")) == ["c3", "c4", "c1"]
    assert ids(lambda u: u.cases.open_cases()) == ["c3", "c2", "c1"]


def test_the_timeline_counts_from_one_without_gaps_in_each_case(filled: Any) -> None:
    filled.run(lambda u: [u.cases.add(a_case(c)) for c in ("c1", "c2")])
    kinds = ("sent", "stored", "asked")
    given = [filled.run(lambda u, k=kind: u.cases.add_entry(an_entry(k, words="Hvad så?"))) for kind in kinds]
    other = filled.run(lambda u: u.cases.add_entry(an_entry("sent", "c2")))
    assert ([entry.seq for entry in given], other.seq) == ([1, 2, 3], 1)
    assert filled.run(lambda u: u.cases.entries("c1")) == given
    assert given[1] == replace(an_entry("stored", words="Hvad så?"), seq=2)
    assert filled.run(lambda u: u.cases.entries("ukendt")) == []


def test_a_rolled_back_entry_leaves_no_gap(filled: Any) -> None:
    filled.run(lambda u: u.cases.add(a_case()))

    def fails(unit: Any) -> None:
        unit.cases.add_entry(an_entry())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        filled.run(fails)
    assert filled.run(lambda u: u.cases.add_entry(an_entry()).seq) == 1


def test_an_entry_needs_a_case(filled: Any) -> None:
    with pytest.raises(Refused):
        filled.run(lambda u: u.cases.add_entry(an_entry(case_id="ukendt")))


def test_a_person_has_seen_a_case_when_they_last_looked(filled: Any) -> None:
    filled.run(lambda u: u.cases.add(a_case()))
    assert filled.run(lambda u: u.cases.seen("bo", "c1")) is None
    for hours in (1, 2):
        filled.run(lambda u, h=hours: u.cases.mark_seen("bo", "c1", NOW + timedelta(hours=h)))
    assert filled.run(lambda u: (u.cases.seen("bo", "c1"), u.cases.seen("ada", "c1"))) == (
        NOW + timedelta(hours=2),
        None,
    )


def test_many_timelines_come_in_one_answer_each_in_its_own_order(filled: Any) -> None:
    filled.run(lambda u: [u.cases.add(a_case(c)) for c in ("c1", "c2", "c3")])
    for case_id, kind in (("c1", "stored"), ("c2", "stored"), ("c1", "opened"), ("c2", "asked")):
        filled.run(lambda u, c=case_id, k=kind: u.cases.add_entry(an_entry(k, c)))
    found = filled.run(lambda u: u.cases.entries_of(["c2", "c1", "c3"]))
    assert {case_id: [line.kind for line in lines] for case_id, lines in found.items()} == {
        "c1": ["stored", "opened"],
        "c2": ["stored", "asked"],
        "c3": [],
    }
    assert filled.run(lambda u: u.cases.entries("c1")) == found["c1"]
    assert filled.run(lambda u: u.cases.entries_of([])) == {}


def test_when_somebody_last_looked_is_told_case_by_case(filled: Any) -> None:
    filled.run(lambda u: [u.cases.add(a_case(c)) for c in ("c1", "c2")])
    filled.run(lambda u: [u.cases.mark_seen("bo", c, NOW) for c in ("c1", "c2")])
    filled.run(lambda u: u.cases.mark_seen("bo", "c2", NOW + timedelta(hours=1)))
    filled.run(lambda u: u.cases.mark_seen("ada", "c1", NOW))
    assert filled.run(lambda u: u.cases.looks("bo")) == {"c1": NOW, "c2": NOW + timedelta(hours=1)}
    assert filled.run(lambda u: u.cases.looks("clara")) == {}


def test_several_cases_come_in_one_answer_without_those_that_there_are_not(filled: Any) -> None:
    first, second = a_case("c1", stored_at=NOW + timedelta(days=1)), a_case("c2")
    filled.run(lambda u: [u.cases.add(case) for case in (first, second, a_case("c3"))])
    assert filled.run(lambda u: u.cases.several(["c1", "x", "c2"])) == [second, first]
    assert filled.run(lambda u: u.cases.several([])) == []
