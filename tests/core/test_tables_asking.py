"""Asking a table's questions one by one, and what a table's own tools refuse."""

from __future__ import annotations

import pytest

from dialogs.conditions import All, Is, Not
from dialogs.reading import yamlio
from dialogs.tables import Rule, Table, decide, relax, shifts
from dialogs.tables.asking import NEVER, Step, one_by_one, when_to_ask
from dialogs.tables.loading import load_switches

FACTS = {"a": ("x", "y"), "b": (0, 1)}


def table(*rules: Rule) -> Table:
    return Table("two", 1, "first", FACTS, rules)


def test_every_fact_is_a_question_of_its_own_with_all_its_values() -> None:
    steps = one_by_one(table(Rule("all", "one", All(()))))
    assert [(step.id, dict(step.gives)) for step in steps] == [
        ("a", {"x": {"a": "x"}, "y": {"a": "y"}}),
        ("b", {"0": {"b": "0"}, "1": {"b": "1"}}),
    ]


def test_a_question_is_asked_only_where_it_can_change_the_end() -> None:
    given = table(
        Rule("first", "one", Is("a", "x")), Rule("second", "two", Is("b", "1")), Rule("rest", "three", All(()))
    )
    asked = when_to_ask(given, one_by_one(given))
    assert asked == {"a": All(()), "b": Is("a", "y")}


def test_where_no_rule_is_left_nothing_more_is_asked() -> None:
    given = table(Rule("only", "one", Is("a", "x")))
    assert when_to_ask(given, one_by_one(given)) == {"a": All(()), "b": NEVER}


def test_what_no_question_asks_for_is_never_guessed() -> None:
    given = table(Rule("seen", "one", Is("b", "1")), Rule("unseen", "two", Not(Is("b", "1"))))
    only_a = (Step("a", {"x": {"a": "x"}, "y": {"a": "y"}}),)
    assert when_to_ask(given, only_a) == {"a": NEVER}
    assert decide(given, {"a": "x"}).outcome is None


def test_tables_over_different_facts_are_not_compared() -> None:
    other = Table("other", 1, "first", {"a": ("x", "y")}, ())
    with pytest.raises(ValueError, match="different facts"):
        shifts(table(), other)


def test_a_relaxation_that_nobody_has_written_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such"):
        relax(table(), (), ["no_such"])


def test_a_relaxation_of_a_rule_that_is_not_there_is_refused_on_its_line() -> None:
    text = "never: [R1]\nswitches:\n  - {id: s, about: Om det, remove: [R9]}\n"
    with pytest.raises(yamlio.ContentError) as refused:
        load_switches(yamlio.parse(text, "t.yaml"), table(Rule("R1", "one", All(()))))
    assert (refused.value.code, refused.value.line) == ("unknown_rule", 3)


def test_nobody_relaxes_what_no_relaxation_may_touch() -> None:
    text = "never: [R1]\nswitches:\n  - {id: s, about: Om det, remove: [R1]}\n"
    with pytest.raises(yamlio.ContentError) as refused:
        load_switches(yamlio.parse(text, "t.yaml"), table(Rule("R1", "one", All(()))))
    assert (refused.value.code, refused.value.line) == ("never", 3)


def test_a_change_between_two_tables_is_told_with_its_size_and_an_example() -> None:
    before = table(Rule("R1", "one", Is("a", "x")))
    after = table(Rule("R1", "two", Is("a", "x")), Rule("R2", "one", Is("b", "1")))
    assert [(one.before, one.after, one.count, dict(one.example)) for one in shifts(before, after)] == [
        ("one", "two", 2, {"a": "x", "b": 0}),
        (None, "one", 1, {"a": "y", "b": 1}),
    ]
    assert shifts(before, before) == ()
