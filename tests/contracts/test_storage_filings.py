"""What every store promises about filings: compare and set, and a slot that can be taken once, whoever comes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from dialogs.papers.filings import Filing
from dialogs.records import StorageBusy
from storage import Refused
from tests.contracts.stores import a_case

WORDS = {"purpose": "Mødet om pladsen 🙂", "types": ["fravær"], "at": None}


def filed(filing_id: str = "f1", **other: Any) -> Filing:
    values: dict[str, Any] = {"case_id": "c1", "kind": "consent", "state": "asked", "body": WORDS} | other
    return Filing(filing_id, **values)


@pytest.fixture
def with_case(filled: Any) -> Any:
    filled.run(lambda u: [u.cases.add(a_case(c)) for c in ("c1", "c2")])
    return filled


def test_a_filing_comes_back_as_it_was_stored(with_case: Any) -> None:
    one = filed(owner="ada", group="k", slot="s", revision=3)
    with_case.run(lambda u: u.filings.add(one))
    assert with_case.run(lambda u: (u.filings.get("f1"), u.filings.get("x"))) == (one, None)


def test_it_is_saved_only_where_its_revision_is_the_expected_one(with_case: Any) -> None:
    with_case.run(lambda u: u.filings.add(filed()))
    ours, late = filed(state="given", revision=1), filed(state="refused", revision=1)
    assert with_case.run(lambda u: (u.filings.save(ours, 0), u.filings.save(late, 0))) == (True, False)
    assert with_case.run(lambda u: u.filings.get("f1")) == ours
    with pytest.raises(ValueError, match="revision"):
        with_case.run(lambda u: u.filings.save(ours, 1))


@pytest.mark.parametrize("changed", [{"case_id": "c2"}, {"kind": "report"}, {"owner": "bo"}])
def test_what_a_right_is_judged_by_is_never_changed_by_saving(with_case: Any, changed: Any) -> None:
    with_case.run(lambda u: u.filings.add(filed()))
    assert with_case.run(lambda u: u.filings.save(filed(revision=1, **changed), 0)) is False
    assert with_case.run(lambda u: u.filings.get("f1")) == filed()


def test_lists_are_by_case_or_by_group_and_kind(with_case: Any) -> None:
    rows = [
        filed("f2", group="k"),
        filed("f1", group="k"),
        filed("f3", kind="exchange", group="k"),
        filed("f4", case_id="c2", kind="exchange", group="k"),
        filed("f5", case_id="c2", kind="exchange", group="anden"),
    ]
    with_case.run(lambda u: [u.filings.add(row) for row in rows])

    def ids(read: Any) -> list[str]:
        return [filing.id for filing in with_case.run(read)]

    assert ids(lambda u: u.filings.of_case("c1", "consent")) == ["f1", "f2"]
    assert ids(lambda u: u.filings.of_group("k", "exchange")) == ["f3", "f4"]
    assert ids(lambda u: u.filings.of_group("", "exchange")) == []


def test_a_slot_is_taken_once_and_an_empty_one_is_no_slot(with_case: Any) -> None:
    with_case.run(lambda u: [u.filings.add(filed(one)) for one in ("f1", "f2")])
    with_case.run(lambda u: u.filings.add(filed("f3", slot="exchange:k:1")))
    with pytest.raises(Refused):
        with_case.run(lambda u: u.filings.add(filed("f4", slot="exchange:k:1")))
    with pytest.raises(Refused):
        with_case.run(lambda u: u.filings.save(filed("f1", slot="exchange:k:1", revision=1), 0))
    freed = replace(filed("f3"), slot=None, revision=1)
    with_case.run(lambda u: (u.filings.save(freed, 0), u.filings.add(filed("f4", slot="exchange:k:1"))))
    assert with_case.run(lambda u: u.filings.get("f4")).slot == "exchange:k:1"


def test_a_filing_needs_a_case(filled: Any) -> None:
    with pytest.raises(Refused):
        filled.run(lambda u: u.filings.add(filed(case_id="ukendt")))


def test_of_many_who_take_a_slot_at_once_one_gets_it(with_case: Any) -> None:
    def take(number: int) -> bool:
        def work(unit: Any) -> bool:
            if any(one.slot == "exchange:k:1" for one in unit.filings.of_group("k", "exchange")):
                return False
            unit.filings.add(filed(f"f{number}", kind="exchange", group="k", slot="exchange:k:1"))
            return True

        try:
            return with_case.run(work)
        except (Refused, StorageBusy):
            return False

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(take, range(16)))
    assert sum(won) == 1
    assert len(with_case.run(lambda u: u.filings.of_group("k", "exchange"))) == 1


def test_the_filings_of_many_cases_come_in_one_answer(with_case: Any) -> None:
    rows = [filed("f2"), filed("f1"), filed("f3", case_id="c2"), filed("f4", case_id="c2", kind="exchange")]
    with_case.run(lambda u: [u.filings.add(row) for row in rows])
    found = with_case.run(lambda u: u.filings.of_cases(["c1", "c2", "x"], "consent"))
    assert {case_id: [one.id for one in filings] for case_id, filings in found.items()} == {
        "c1": ["f1", "f2"],
        "c2": ["f3"],
    }
    assert with_case.run(lambda u: u.filings.of_cases([], "consent")) == {}
