"""CPR numbers are found in every disguise, and ordinary school texts pass."""

from __future__ import annotations

import random

import pytest

from dialogs.guards import cpr, numbers
from dialogs.guards.text import level, lower
from tests.core.guards_kit import FAMILIES, FRAMES, number, scan


@pytest.mark.parametrize("family", FAMILIES)
def test_every_disguise_is_found(family: str) -> None:
    rng = random.Random(family)
    missed: list[str] = []
    for _ in range(60):
        text = rng.choice(FRAMES).format(FAMILIES[family](number(rng), rng))
        if not scan(text).cpr:
            missed.append(text)
    assert not missed, missed[:5]


def holds_cpr(text: str) -> bool:
    small = lower(level(text))
    return bool(cpr.find(small, numbers.runs(small))[0])


@pytest.mark.parametrize(
    "text",
    [
        "3. maj 2025 09.01",  # a day and a time
        "tredje maj 2025, 10:30",
        "3. maj 2025 og så 2026",  # a day and a year
        "nul en nul en 1312 1212",  # a day, and a year that nobody alive was born in
        "fem nul en tolv 123456789 fire",  # a long number of its own among words
    ],
)
def test_a_date_with_something_else_after_it_is_no_number(text: str) -> None:
    assert not holds_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "12.03.26 kl. 10.30",
        "12.03.2026 kl 9.15",
        "den 12/03/26 klokken 10:30",
        "120326 kl. 1030",
        "12.03.2026 10:30",
        "12.03.26, 1030",
        "5.3.26 1030",
        "12. marts 2026 1030",
        "2026-03-12 1030",
    ],
)
def test_a_date_with_a_clock_time_is_asked_about_and_not_held_back(text: str) -> None:
    findings = scan(text)
    assert findings.cpr_maybe
    assert not findings.cpr
    assert not findings.refused


@pytest.mark.parametrize(
    "text",
    [
        "ring 12345678",
        "uge 10, 11, 12, 13, 14",
        "12.03.26-14.03.26",
        "10.05-11.35 12.10-13.40",
        "skoleåret 2011-2012 15 elever",
        "2010 2011 2012",
        "1.200.000 kr",
        "4512345678",
        "3113141234",
        "010203",
        "0102030000",
        "30.02.03-1234",
        "12.13.14.15.16",
        "fire fem seks",
        "99999999999999",
        "20.11.20.12.2026",
        "12 03 ...... 26 1234",
        "2014-13-40-1234",
        "32. marts 2014-1234",
        "40.05.14 sidste fire 1234",
        "40.05.14 kl. 10.30",
        "39/1/14-1234",
        "2014-12-39-1234",
        "31.02.14 sidste fire 1234",
    ],
)
def test_dates_lists_and_amounts_are_no_numbers(text: str) -> None:
    findings = scan(text)
    assert not findings.cpr
    assert not findings.cpr_maybe


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hun er 010203-1234 ja", "010203-1234"),
        ("cpr nul en nul to nul tre et to tre fire.", "nul en nul to nul tre et to tre fire"),
        ("2014-02-01-1234", "2014-02-01-1234"),
        ("10, 11 og 120314-5678", "120314-5678"),
        ("1.2.03-1234", "1.2.03-1234"),
        ("0102 031234 i alt", "0102 031234"),
        ("0102 2003 1234", "0102 2003 1234"),
        ("01.02.03.12.34", "01.02.03.12.34"),
        ("010.203.123.4", "010.203.123.4"),
    ],
)
def test_the_span_covers_the_number(text: str, found: str) -> None:
    (span,) = scan(text).cpr
    assert text[span.start : span.end].startswith(found[:-3])


def test_two_readings_of_one_number_are_one_place() -> None:
    text = "01 02 20 03 12 34"
    (span,) = scan(text).cpr
    assert (span.start, span.end) == (0, len(text))


def test_a_text_full_of_numbers_is_given_up_after_enough_of_them() -> None:
    assert 1 <= len(scan("010203-1234, " * 5_000).cpr) <= 50
