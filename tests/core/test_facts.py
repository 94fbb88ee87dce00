"""The named predicates: what each is true of, and that an open question makes none of them true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dialogs.conditions import Condition, fact_names
from dialogs.facts import FACTS, READ, Reader
from dialogs.lint.reach import fact_reads
from dialogs.types import Form
from dialogs.values import Picked, Value
from tests.core.form_kit import danish


@pytest.mark.parametrize(
    ("values", "true"),
    [
        ({}, set()),
        ({"q04_sikkerhed": "nej"}, set()),
        ({"q04_sikkerhed": "ja"}, {"red_lane"}),
        ({"q04_sikkerhed": "maaske"}, {"red_lane"}),
        ({"q04_sikkerhed": "ja", "q04_hvad": "violence"}, {"red_lane", "parents_wait"}),
        ({"q04_sikkerhed": "maaske", "q04_hvad": "sexual"}, {"red_lane", "parents_wait"}),
        ({"q04_sikkerhed": "ja", "q04_hvad": "control"}, {"red_lane", "parents_wait"}),
        ({"q04_sikkerhed": "ja", "q04_hvad": "suicide"}, {"red_lane"}),
        ({"q04_sikkerhed": "ja", "q04_hvad": "danger"}, {"red_lane"}),
        ({"q04_sikkerhed": "ja", "q04_hvad": "other"}, {"red_lane"}),
        ({"q04_hvad": "violence"}, set()),
        ({"q00_udgave": "hele"}, {"full_version"}),
        ({"q00_udgave": "kort"}, set()),
        ({"q04_mere": "rest"}, {"full_version"}),
        ({"q04_mere": "send"}, set()),
        ({"q04_sikkerhed": Picked(("ja",), "ord")}, {"red_lane"}),
    ],
)
def test_each_fact_is_true_of_just_these_answers(values: dict[str, Value], true: set[str]) -> None:
    fact = Reader(values)
    assert {name for name in FACTS if fact(name)} == true


def test_a_fact_that_nobody_knows_is_false() -> None:
    assert not Reader({"q04_sikkerhed": "ja"})("nobody_knows")


def test_a_reader_sees_answers_that_come_later() -> None:
    values: dict[str, Value] = {}
    fact = Reader(values)
    assert not fact("full_version")
    values["q00_udgave"] = "hele"
    fact.changed("q00_udgave")
    assert fact("full_version")


def test_a_reader_forgets_at_every_question_that_a_fact_looks_at() -> None:
    forms = danish().forms.values()
    assert {one for form in forms for name in FACTS for one in fact_reads(name, form)} == READ


def conditions_of(form: Form) -> Iterator[Condition]:
    yield from (c for c in (form.send_early, form.hold_if) if c is not None)
    for question in form.questions:
        yield from (c for c in (question.show_if, *(o.show_if for o in question.options)) if c is not None)


def test_the_forms_ask_only_for_facts_that_there_are_and_every_fact_is_asked_for() -> None:
    asked = {name for form in danish().forms.values() for c in conditions_of(form) for name in fact_names(c)}
    assert asked == set(FACTS)
