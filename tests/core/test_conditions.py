"""Conditions: what an editor may write, what it means, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conditions import (
    All,
    Answered,
    AnyOf,
    Compare,
    Condition,
    Fact,
    Is,
    Not,
    Some,
    fact_names,
    holds,
    parse,
    refs,
)
from dialogs.reading import yamlio
from dialogs.reading.fields import root
from dialogs.reading.yamlio import ContentError
from dialogs.values import Picked, Value


def written(text: str) -> Condition:
    return parse(root(yamlio.parse(text, "form.yaml")))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("{q04: ja}", Is("q04", "ja")),
        ("{used: 2}", Is("used", "2")),
        ("{q04: [ja, maaske]}", AnyOf("q04", ("ja", "maaske"))),
        ("{used: [1, 2]}", AnyOf("used", ("1", "2"))),
        ("{answered: q11}", Answered("q11")),
        ("{weeks: {over: 2}}", Compare("weeks", "over", 2)),
        ("{weeks: {under: 2}}", Compare("weeks", "under", 2)),
        ("{weeks: {least: 2}}", Compare("weeks", "least", 2)),
        ("{weeks: {most: 2}}", Compare("weeks", "most", 2)),
        ("{not: {q04: ja}}", Not(Is("q04", "ja"))),
        ("{all: [{q04: ja}, {fact: ssd}]}", All((Is("q04", "ja"), Fact("ssd")))),
        ("{some: [{q04: ja}, {answered: q05}]}", Some((Is("q04", "ja"), Answered("q05")))),
        ("{q04: no}", Is("q04", "no")),
    ],
)
def test_every_form_of_a_condition_is_read_as_written(text: str, condition: Condition) -> None:
    assert written(text) == condition


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("ja", "not_mapping", 1),
        ("{}", "not_mapping", 1),
        ("{q04: ja, q05: nej}", "condition_keys", 1),
        ("{q04: true}", "not_text", 1),
        ("{q04: }", "not_text", 1),
        ("{q04: []}", "not_list", 1),
        ("{q04: [ja, ja]}", "double", 1),
        ("{q04: [[ja]]}", "not_text", 1),
        ("{all: []}", "not_list", 1),
        ("{some: ja}", "not_list", 1),
        ("{weeks: {over: 2, under: 5}}", "condition_keys", 1),
        ("{weeks: {above: 2}}", "unknown_key", 1),
        ("{weeks: {over: to}}", "not_number", 1),
        ("{answered: 3}", "not_text", 1),
        ("all:\n  - {q04: ja}\n  - not:\n      q05: []\n", "not_list", 4),
    ],
)
def test_anything_else_is_refused_with_its_line_and_a_danish_sentence(text: str, code: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        written(text)
    assert (caught.value.code, caught.value.line, caught.value.file) == (code, line, "form.yaml")
    assert caught.value.text.endswith(".")


ANSWERS: dict[str, Value] = {
    "one": "ja",
    "many": ("sprog", "venner"),
    "picked": Picked(("delvist",), "Mor ved det"),
    "number": 12,
}


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("{one: ja}", True),
        ("{one: nej}", False),
        ("{many: venner}", True),
        ("{many: krop}", False),
        ("{many: [krop, sprog]}", True),
        ("{many: [krop, pleje]}", False),
        ("{picked: delvist}", True),
        ("{picked: Mor ved det}", False),
        ("{number: 12}", True),
        ("{number: [11, 12]}", True),
        ("{number: {over: 11}}", True),
        ("{number: {over: 12}}", False),
        ("{number: {under: 13}}", True),
        ("{number: {under: 12}}", False),
        ("{number: {least: 12}}", True),
        ("{number: {least: 13}}", False),
        ("{number: {most: 12}}", True),
        ("{number: {most: 11}}", False),
        ("{one: {over: 1}}", False),
        ("{answered: one}", True),
        ("{answered: open}", False),
        ("{open: ja}", False),
        ("{open: [ja, nej]}", False),
        ("{open: {under: 5}}", False),
        ("{not: {open: ja}}", True),
        ("{not: {one: ja}}", False),
        ("{all: [{one: ja}, {many: sprog}]}", True),
        ("{all: [{one: ja}, {open: ja}]}", False),
        ("{some: [{one: nej}, {many: sprog}]}", True),
        ("{some: [{one: nej}, {open: ja}]}", False),
        ("{fact: sunny}", True),
        ("{fact: rainy}", False),
    ],
)
def test_what_is_true_of_the_answers(text: str, truth: bool) -> None:
    assert holds(written(text), ANSWERS, lambda name: name == "sunny") is truth


def test_a_place_without_facts_does_not_take_a_fact_for_false() -> None:
    with pytest.raises(KeyError):
        holds(Fact("sunny"), ANSWERS)


def test_the_questions_and_facts_that_a_condition_reads_are_known() -> None:
    condition = written("{all: [{q1: ja}, {not: {q2: [a]}}, {some: [{answered: q3}, {q4: {over: 1}}, {fact: f}]}]}")
    assert refs(condition) == {"q1", "q2", "q3", "q4"}
    assert fact_names(condition) == {"f"}


IDS = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(["x", "y", "3"])
LEAVES = st.one_of(
    st.builds(Is, IDS, WORDS),
    st.builds(AnyOf, IDS, st.lists(WORDS, min_size=1, max_size=2).map(tuple)),
    st.builds(Answered, IDS),
    st.builds(Compare, IDS, st.sampled_from(["over", "under", "least", "most"]), st.integers(0, 5)),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Some, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
VALUES = st.one_of(WORDS, st.integers(0, 5), st.lists(WORDS, max_size=2).map(tuple), st.builds(Picked, st.just(("x",))))


@given(CONDITIONS, st.dictionaries(IDS, VALUES), IDS, VALUES)
def test_a_condition_depends_on_nothing_but_the_questions_it_reads(
    condition: Condition, answers: dict[str, Value], other: str, value: Value
) -> None:
    before = holds(condition, answers)
    assert holds(Not(condition), answers) is not before
    if other not in refs(condition):
        assert holds(condition, {**answers, other: value}) is before


@given(st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple), st.dictionaries(IDS, VALUES))
def test_not_all_is_the_same_as_some_not(parts: tuple[Condition, ...], answers: dict[str, Value]) -> None:
    assert holds(Not(All(parts)), answers) is holds(Some(tuple(Not(part) for part in parts)), answers)
