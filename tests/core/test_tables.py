"""Decision tables: they decide, refuse rather than guess, explain themselves, and can be proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conditions import All, Answered, Condition, Fact, Is, Not, Some, holds
from dialogs.reading import yamlio
from dialogs.reading.yamlio import ContentError
from dialogs.tables import (
    Change,
    Rule,
    Scalar,
    Table,
    as_unique,
    boundary_dates,
    decide,
    gaps_and_clashes,
    in_force,
    load_table,
    reach,
    same_outcomes,
    unreachable,
)

UMBRELLA = """
table: umbrella
version: 3
hit: first
facts:
  sky: [clear, grey, black]
  wind: [0, 1, 2]
  walk: [yes, no]
rules:
  - {id: indoors, when: {walk: no}, outcome: nothing, sources: [sense]}
  - {id: storm, when: {all: [{sky: black}, {wind: {over: 1}}]}, outcome: stay}
  - {id: wet, when: {sky: [grey, black]}, outcome: umbrella, sources: [sense, weather]}
  - {id: dry, outcome: nothing}
"""


def loaded(text: str) -> Table:
    return load_table(yamlio.parse(text, "table.yaml"))


TABLE = loaded(UMBRELLA)
DAY = date(2026, 11, 22)


# --- deciding ---


@pytest.mark.parametrize(
    ("facts", "outcome", "rule"),
    [
        ({"sky": "black", "wind": 2, "walk": "no"}, "nothing", "indoors"),
        ({"sky": "black", "wind": 2, "walk": "yes"}, "stay", "storm"),
        ({"sky": "black", "wind": 1, "walk": "yes"}, "umbrella", "wet"),
        ({"sky": "grey", "wind": 2, "walk": "yes"}, "umbrella", "wet"),
        ({"sky": "clear", "wind": 0, "walk": "yes"}, "nothing", "dry"),
    ],
)
def test_the_first_rule_that_is_true_decides(facts: dict[str, Scalar], outcome: str, rule: str) -> None:
    decision = decide(TABLE, facts, DAY)
    assert (decision.outcome, decision.rules, decision.reason) == (outcome, (rule,), None)
    assert (decision.table, decision.version, decision.on) == ("umbrella", 3, DAY)


def test_a_decision_cites_the_sources_of_its_rule() -> None:
    assert decide(TABLE, {"sky": "grey", "wind": 0, "walk": "yes"}).sources == ("sense", "weather")


def test_a_number_and_its_text_are_the_same_value() -> None:
    assert decide(TABLE, {"sky": "black", "wind": "2", "walk": "yes"}).outcome == "stay"


def test_a_fact_that_can_still_change_the_rule_is_missing() -> None:
    decision = decide(TABLE, {"sky": "black", "walk": "yes"})
    assert (decision.outcome, decision.reason, decision.missing) == (None, "missing", ("wind",))


def test_a_fact_that_can_no_longer_change_the_rule_is_not_asked_for() -> None:
    assert decide(TABLE, {"walk": "no"}).outcome == "nothing"
    assert decide(TABLE, {"walk": "yes", "sky": "grey"}).outcome == "umbrella"


def test_everything_missing_is_named_in_the_order_of_the_table() -> None:
    assert decide(TABLE, {}).missing == ("sky", "wind", "walk")


def test_facts_and_values_that_the_table_does_not_know_are_refused() -> None:
    assert decide(TABLE, {"moon": "full"}).reason == "unknown_fact"
    assert decide(TABLE, {"moon": "full"}).missing == ("moon",)
    assert decide(TABLE, {"wind": 3}).reason == "unknown_value"
    assert decide(TABLE, {"wind": 3}).missing == ("wind",)


def test_what_would_change_the_outcome_is_told_one_fact_at_a_time() -> None:
    decision = decide(TABLE, {"sky": "black", "wind": 2, "walk": "yes"})
    assert decision.would_change == (
        Change("sky", "clear", "nothing"),
        Change("sky", "grey", "umbrella"),
        Change("wind", 0, "umbrella"),
        Change("wind", 1, "umbrella"),
        Change("walk", "no", "nothing"),
    )


def test_a_change_that_would_only_raise_new_questions_is_not_promised() -> None:
    assert decide(TABLE, {"walk": "no"}).would_change == ()


def test_the_explanation_can_be_left_out() -> None:
    assert decide(TABLE, {"walk": "no", "sky": "clear", "wind": 0}, explain=False).would_change == ()


def two(hit: str, *rules: Rule) -> Table:
    return Table("two", 1, "unique" if hit == "unique" else "first", {"a": ("x", "y"), "b": (0, 1)}, rules)


def test_a_gap_is_refused_and_never_filled() -> None:
    table = two("unique", Rule("only", "one", Is("a", "x")))
    decision = decide(table, {"a": "y", "b": 0})
    assert (decision.outcome, decision.reason, decision.rules) == (None, "gap", ())


def test_a_clash_is_refused_and_names_the_rules() -> None:
    table = two("unique", Rule("left", "one", Is("a", "x")), Rule("right", "two", Is("b", "0")))
    decision = decide(table, {"a": "x", "b": 0})
    assert (decision.outcome, decision.reason, decision.rules) == (None, "clash", ("left", "right"))


def test_a_rule_that_may_still_fire_holds_back_a_unique_table() -> None:
    table = two("unique", Rule("left", "one", Is("a", "x")), Rule("right", "two", Is("b", "0")))
    assert decide(table, {"a": "x"}).missing == ("b",)


@pytest.mark.parametrize(
    ("when", "given_facts", "reason"),
    [
        (Not(Is("a", "x")), {}, "missing"),
        (Not(Is("a", "x")), {"a": "y"}, None),
        (Some((Is("a", "x"), Is("b", "1"))), {"a": "y"}, "missing"),
        (Some((Is("a", "x"), Is("b", "1"))), {"b": 1}, None),
        (All((Is("a", "x"), Is("b", "1"))), {"a": "x"}, "missing"),
        (All((Is("a", "x"), Is("b", "1"))), {"a": "y"}, "gap"),
    ],
)
def test_the_unknown_is_neither_true_nor_false(when: Condition, given_facts: dict[str, Scalar], reason: str) -> None:
    assert decide(two("first", Rule("only", "one", when)), given_facts).reason == reason


@pytest.mark.parametrize("leaf", [Answered("a"), Fact("b")])
def test_a_table_can_ask_only_what_can_be_enumerated(leaf: Condition) -> None:
    with pytest.raises(TypeError, match="can't ask"):
        decide(two("first", Rule("only", "one", leaf)), {"a": "x", "b": 0})


# --- periods ---

OLD = Rule("old", "before", valid_to=date(2023, 12, 31))
NEW = Rule("new", "after", valid_from=date(2024, 1, 1))
LAW = two("unique", OLD, NEW)
KNOWN: dict[str, Scalar] = {"a": "x", "b": 0}


def test_the_rule_of_the_day_decides_and_the_last_day_counts() -> None:
    assert decide(LAW, KNOWN, date(2023, 12, 31)).outcome == "before"
    assert decide(LAW, KNOWN, date(2024, 1, 1)).outcome == "after"


def test_an_older_period_is_never_fallen_back_to() -> None:
    ended = two("first", OLD)
    decision = decide(ended, KNOWN, DAY)
    assert (decision.outcome, decision.reason, decision.rules) == (None, "period", ("old",))


def test_without_a_day_no_dated_rule_is_in_force() -> None:
    assert decide(LAW, KNOWN).reason == "period"
    assert in_force(two("first", OLD, Rule("always", "x")), None) == (Rule("always", "x"),)


def test_a_hole_in_the_rules_of_the_day_is_a_gap_and_not_a_matter_of_periods() -> None:
    table = two("first", replace(OLD, when=Is("a", "y")), Rule("now", "z", Is("a", "y")))
    assert decide(table, KNOWN, DAY).reason == "gap"


def test_a_table_is_proved_on_every_day_its_rules_change() -> None:
    assert boundary_dates(LAW) == (date(2024, 1, 1),)
    assert boundary_dates(TABLE) == ()


# --- proving ---


def test_a_sound_table_has_no_gap_no_clash_and_no_dead_rule() -> None:
    assert gaps_and_clashes(TABLE) == ()
    assert unreachable(TABLE) == ()
    assert reach(TABLE) == {"indoors": 9, "storm": 1, "wet": 5, "dry": 3}


def test_a_gap_is_shown_with_its_size_and_an_example() -> None:
    (flaw,) = gaps_and_clashes(two("unique", Rule("only", "one", Is("a", "x"))))
    assert (flaw.kind, flaw.count, flaw.example) == ("gap", 2, (("a", "y"), ("b", 0)))


def test_a_clash_is_shown_with_its_rules_and_an_example() -> None:
    table = two("unique", Rule("left", "one", Is("a", "x")), Rule("all", "two"))
    (flaw,) = gaps_and_clashes(table)
    assert (flaw.kind, flaw.rules, flaw.count, flaw.example) == ("clash", ("left", "all"), 2, (("a", "x"), ("b", 0)))


def test_in_an_ordered_table_overlap_is_no_clash() -> None:
    assert gaps_and_clashes(two("first", Rule("left", "one", Is("a", "x")), Rule("all", "two"))) == ()


def test_a_rule_behind_a_wider_one_is_dead() -> None:
    flaws = unreachable(two("first", Rule("all", "one"), Rule("late", "two", Is("a", "x"))))
    assert [(flaw.kind, flaw.rules) for flaw in flaws] == [("unreachable", ("late",))]


def test_an_ordered_table_and_its_unique_form_say_the_same() -> None:
    unique = as_unique(TABLE)
    assert unique.hit == "unique"
    assert gaps_and_clashes(unique) == ()
    assert same_outcomes(TABLE, unique)
    assert reach(unique) == reach(TABLE)


def test_two_tables_that_differ_in_one_combination_are_not_the_same() -> None:
    changed = replace(TABLE, rules=(replace(TABLE.rules[0], outcome="stay"), *TABLE.rules[1:]))
    assert not same_outcomes(TABLE, changed)
    assert not same_outcomes(TABLE, two("first", Rule("all", "nothing")))


def test_an_unreachable_rule_takes_no_part_in_the_comparison() -> None:
    assert same_outcomes(TABLE, replace(TABLE, rules=(*TABLE.rules, Rule("dead", "never"))))


FACTS: dict[str, tuple[Scalar, ...]] = {"a": ("x", "y", "z"), "b": (0, 1, 2), "c": ("yes", "no")}
LEAVES = st.sampled_from([Is(name, str(value)) for name, values in FACTS.items() for value in values])
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Some, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    conditions = draw(st.lists(CONDITIONS, min_size=1, max_size=4))
    rules = tuple(Rule(f"r{n}", f"o{n % 2}", when) for n, when in enumerate(conditions))
    return Table("any", 1, draw(st.sampled_from(["first", "unique"])), FACTS, rules)


def combinations_of(table: Table) -> Iterator[dict[str, Scalar]]:
    for values in product(*table.facts.values()):
        yield dict(zip(table.facts, values, strict=True))


@given(tables())
def test_the_proof_and_the_decisions_agree_on_every_combination(table: Table) -> None:
    reasons = [decide(table, facts, explain=False).reason for facts in combinations_of(table)]
    flaws = gaps_and_clashes(table)
    assert sum(flaw.count for flaw in flaws if flaw.kind == "gap") == reasons.count("gap")
    assert any(flaw.kind == "clash" for flaw in flaws) == ("clash" in reasons)


@given(tables())
def test_three_valued_and_two_valued_logic_agree_when_everything_is_known(table: Table) -> None:
    for facts in combinations_of(table):
        fired = [rule.id for rule in table.rules if holds(rule.when, facts)]
        decision = decide(replace(table, hit="unique"), facts, explain=False)
        assert decision.rules == (tuple(fired) if decision.reason != "gap" else ())


@given(tables(), st.data())
def test_a_decision_on_fewer_facts_stands_whatever_the_rest_turns_out_to_be(table: Table, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(sorted(FACTS))))
    for facts in combinations_of(table):
        early = decide(table, {name: facts[name] for name in some}, explain=False)
        if early.outcome is not None:
            assert decide(table, facts, explain=False).rules == early.rules


@given(tables())
def test_any_ordered_table_can_be_written_as_unique_rules(table: Table) -> None:
    ordered = replace(table, hit="first")
    unique = as_unique(ordered)
    assert same_outcomes(ordered, unique)
    assert all(flaw.kind == "gap" for flaw in gaps_and_clashes(unique))


def test_a_table_as_large_as_the_law_is_proved_within_a_second() -> None:
    facts: dict[str, tuple[Scalar, ...]] = {f"f{n}": ("yes", "no") for n in range(9)}
    facts |= {
        "need": ("yes", "unsure", "no"),
        "used": (0, 1, 2),
        "consent": tuple("vnru"),
        "recipient": tuple("abcdefg"),
    }
    facts |= {"form": ("meeting", "other")}
    rules = tuple(
        Rule(f"r{n}", f"o{n}", All((Is(f"f{n % 9}", "yes"), Is("used", str(n % 3)), Is("recipient", "abcdefg"[n % 7]))))
        for n in range(21)
    )
    table = Table("large", 1, "first", facts, (*rules, Rule("rest", "rest")))
    started = process_time()
    unique = as_unique(table)
    assert gaps_and_clashes(unique) == ()
    assert same_outcomes(table, unique)
    assert sum(reach(table).values()) == 258_048
    assert process_time() - started < 1.0


# --- loading ---


def test_a_table_is_read_as_it_is_written() -> None:
    table = loaded(
        "table: t\nversion: 1\nhit: unique\nfacts: {a: [x, 1]}\n"
        "rules:\n  - {id: r, outcome: o, when: {a: 1}, valid_from: 2024-01-01, valid_to: 2025-12-31}\n"
        "  - {id: r, outcome: p, when: {a: [x, 1]}, valid_from: 2026-01-01, valid_to: null}\n"
    )
    assert table.facts == {"a": ("x", 1)}
    assert table.rules == (
        Rule("r", "o", Is("a", "1"), (), date(2024, 1, 1), date(2025, 12, 31)),
        Rule("r", "p", table.rules[1].when, (), date(2026, 1, 1), None),
    )


HEAD = "table: t\nversion: 1\nhit: first\nfacts:\n  a: [x, y]\n  n: [0, 1]\nrules:\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("table: t\n", "missing_key", 1),
        ("- 1\n", "not_mapping", 1),
        (HEAD.replace("first", "last") + "  - {id: r, outcome: o}\n", "unknown_value", 3),
        (HEAD.replace("version: 1", "version: ny") + "  - {id: r, outcome: o}\n", "not_number", 2),
        (HEAD.replace("[x, y]", "[x, x]") + "  - {id: r, outcome: o}\n", "double", 5),
        (HEAD.replace("[0, 1]", "[]") + "  - {id: r, outcome: o}\n", "not_list", 6),
        (HEAD + "  []\n", "not_list", 7),
        (HEAD + "  - {id: r, outcome: o, color: red}\n", "unknown_key", 8),
        (HEAD + "  - {id: r, outcome: o, when: {answered: a}}\n", "not_in_table", 8),
        (HEAD + "  - {id: r, outcome: o, when: {b: x}}\n", "unknown_fact", 8),
        (HEAD + "  - {id: r, outcome: o, when: {a: z}}\n", "unknown_value", 8),
        (HEAD + "  - {id: r, outcome: o, when: {a: [x, z]}}\n", "unknown_value", 8),
        (HEAD + "  - {id: r, outcome: o, when: {a: {over: 1}}}\n", "not_number", 8),
        (HEAD + "  - {id: r, outcome: o, when: {n: {over: 0}}, valid_from: i går}\n", "not_date", 8),
        (HEAD + "  - {id: r, outcome: o, valid_from: 2026-01-02, valid_to: 2026-01-01}\n", "bad_period", 8),
        (HEAD + "  - {id: r, outcome: o}\n  - {id: r, outcome: p}\n", "double", 9),
        (HEAD + "  - {id: r, outcome: o, sources: [l1, l1]}\n", "double", 8),
    ],
)
def test_a_faulty_table_is_refused_with_its_line_and_a_danish_sentence(text: str, code: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        loaded(text)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.text.endswith(".")


@pytest.mark.parametrize(
    ("first", "second", "clashes"),
    [
        ("valid_to: 2024-12-31", "valid_from: 2025-01-01", False),
        ("valid_from: 2025-01-01", "valid_to: 2024-12-31", False),
        ("valid_to: 2025-01-01", "valid_from: 2025-01-01", True),
        ("valid_from: 2025-01-01", "valid_from: 2026-01-01", True),
    ],
)
def test_a_rule_may_keep_its_id_in_a_new_period_but_not_twice_on_a_day(first: str, second: str, clashes: bool) -> None:
    text = HEAD + f"  - {{id: r, outcome: o, {first}}}\n  - {{id: r, outcome: p, {second}}}\n"
    if clashes:
        with pytest.raises(ContentError):
            loaded(text)
    else:
        assert len(loaded(text).rules) == 2


def test_a_table_too_large_to_prove_is_refused() -> None:
    facts = "".join(f"  f{n}: [{', '.join('abcdefghij')}]\n" for n in range(7))
    with pytest.raises(ContentError, match="too_many"):
        loaded(f"table: t\nversion: 1\nhit: first\nfacts:\n{facts}rules:\n  - {{id: r, outcome: o}}\n")
