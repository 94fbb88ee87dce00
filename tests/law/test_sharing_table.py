"""The sharing table: every situation has one answer, on every day, and the gravest rules outrank all the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest

from dialogs.law.sources import uncited
from dialogs.tables import (
    Table,
    as_unique,
    boundary_dates,
    decide,
    gaps_and_clashes,
    reach,
    relax,
    same_outcomes,
    shifts,
    unreachable,
)
from tests.law.book import DAY, EVERY, FIRST, by_hand, combos, law, switch_sets

SIZE = 258_048
GRAVE = ("R01", "R02", "R03")
KEYS = (
    "age", "acute", "abuse", "need", "reported", "ident", "recipient", "necessary", "consent", "info", "case_open",
    "form", "used", "special",
)  # fmt: skip
CODES = {
    "A1", "R1", "R2", "N1", "X1", "S1", "X7", "C1", "X2", "B1", "K1", "P1", "P2", "Q1", "X3", "O1", "X4", "X5", "E1",
    "E2", "X6",
}  # fmt: skip


def days() -> list[date]:
    """The boundary dates, and the first of each month of the next two years."""
    months = [date(2026 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(1, 25)]
    return [*boundary_dates(law().written), DAY, *months]


def test_the_facts_are_asked_in_the_order_of_the_law() -> None:
    assert tuple(law().written.facts) == KEYS
    assert sum(1 for _ in combos()) == SIZE


def test_the_table_has_the_22_rules_in_order_and_their_outcomes() -> None:
    assert [rule.id for rule in law().written.rules] == [f"R{n:02}" for n in range(1, 23)]
    assert {rule.outcome for rule in law().written.rules} == CODES


@pytest.mark.parametrize("day", days(), ids=str)
def test_every_combination_has_exactly_one_answer_and_every_rule_is_reached(day: date) -> None:
    table = law().written
    assert gaps_and_clashes(table, day) == ()
    assert unreachable(table, day) == ()
    assert sum(reach(table, day).values()) == SIZE


@pytest.mark.parametrize("day", boundary_dates(law().written), ids=str)
def test_the_ordered_list_and_its_unique_rules_say_the_same(day: date) -> None:
    table = law().written
    unique = as_unique(table, day)
    assert gaps_and_clashes(unique, day) == ()
    assert unreachable(unique, day) == ()
    assert same_outcomes(table, unique, day)
    assert reach(unique, day) == reach(table, day)


def test_the_table_says_what_the_list_of_the_law_says() -> None:
    table, unique = law().written, as_unique(law().written, DAY)
    for facts in islice(combos(), 0, None, EVERY):
        found = decide(table, facts, DAY, explain=False)
        assert (found.rules[0], found.outcome) == by_hand(facts), facts
    for facts in islice(combos(), 0, None, EVERY * 11):
        assert decide(unique, facts, DAY, explain=False).rules == decide(table, facts, DAY, explain=False).rules


def test_before_the_law_came_into_force_the_table_refuses() -> None:
    facts = next(combos())
    before = decide(law().written, facts, FIRST - timedelta(days=1))
    assert (before.outcome, before.reason) == (None, "period")
    assert decide(law().written, facts, FIRST).outcome is not None


def test_without_the_facts_that_matter_the_table_refuses_and_names_them() -> None:
    known = {"age": "u18", "acute": "no", "abuse": "no", "need": "no", "ident": "yes", "recipient": "own_unit"}
    found = decide(law().written, known, DAY)
    assert (found.outcome, found.reason, found.missing) == (None, "missing", ("necessary",))
    assert decide(law().written, {"acute": "yes"}, DAY).outcome == "A1"


def test_every_rule_cites_sources_that_are_known_and_in_force() -> None:
    book = law()
    for rule in book.written.rules:
        assert rule.sources, rule.id
        assert uncited(book.sources, rule.sources) == ()
        for name in rule.sources:
            assert book.sources[name].in_force(FIRST) and book.sources[name].in_force(DAY), name


# --- the jurist's switches ---


def decided(table: Table, rules: tuple[str, ...]) -> Table:
    """The table with only these rules' answers kept apart; all else is told as "other"."""
    return replace(
        table,
        rules=tuple(rule if rule.id in rules else replace(rule, outcome="other") for rule in table.rules),
    )


@pytest.mark.parametrize("chosen", switch_sets(), ids=lambda chosen: "+".join(chosen) or "none")
def test_no_combination_of_switches_touches_the_gravest_rules_or_leaves_a_hole(chosen: tuple[str, ...]) -> None:
    written, table = law().written, law().relaxed(chosen).table
    assert gaps_and_clashes(table, DAY) == ()
    assert {rule: reach(table, DAY)[rule] for rule in GRAVE} == {rule: reach(written, DAY)[rule] for rule in GRAVE}
    assert same_outcomes(decided(table, GRAVE), decided(written, GRAVE), DAY)
    assert set(unreachable(table, DAY)) == set()


MOVES = {
    "necessity_yields_to_consent": {("X1", "C1"), ("X1", "S1"), ("X1", "X7")},
    "adult_ordinary_without_consent": {("X2", "O1")},
    "outside_ordinary_without_consent": {("Q1", "O1"), ("X3", "O1")},
    "exchange_without_asking_first": {("Q1", "X4"), ("Q1", "X5"), ("Q1", "E1"), ("Q1", "E2"), ("Q1", "X6")},
    "exchange_in_open_case": {("X4", "X5"), ("X4", "E1"), ("X4", "E2"), ("X4", "X6")},
    "one_exchange_per_concern": set(),  # it changes what is counted, not a rule
}


def test_each_switch_moves_only_what_it_says() -> None:
    written = law().written
    for switch in law().switches:
        table = relax(written, law().switches, [switch.id])
        moved = {(shift.before, shift.after) for shift in shifts(written, table, DAY)}
        assert moved == MOVES[switch.id], switch.id
