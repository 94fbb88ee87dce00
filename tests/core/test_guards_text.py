"""Cleaning what people paste: nothing hidden stays, nothing visible is lost, and every text can be scanned."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.guards import clean
from dialogs.guards.text import MAX_MARKS, level, lower
from tests.core.guards_kit import scan

ANYTHING = st.text(alphabet=st.characters(), max_size=80) | st.text(
    alphabet=st.sampled_from(
        "a1 \n\t\r\x00\u200b\u200d\u202e\u0301\u0308\ud800\ue000\U000e0041\U0001f600\u0130ß😀👩é\u20e3"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("  hej \n", "hej"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x85c", "a\nb\nc"),
        ("a\tb\x0bc\x0cd", "a b c d"),
        ("a\x00b\x1bc", "abc"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\ud800b", "ab"),
        ("a\ue000b\U000f0000c", "abc"),
        ("a\U000e0041b\U000e007fc", "abc"),
        ("a\u200bb\ufeffc\u00add\u2060e", "abcde"),
        ("e\u0301", "é"),
        ("æøå ÆØÅ – “citat”", "æøå ÆØÅ – “citat”"),
        ("👩\u200d👧 glad", "👩\u200d👧 glad"),
        ("ma\u200dds", "mads"),
        ("👍\u200d\u200d", "👍\u200d"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🫨 ny emoji", "🫨 ny emoji"),
        ("<b>hej</b>", "<b>hej</b>"),
    ],
)
def test_cleaning_takes_what_is_hidden_and_keeps_what_is_seen(dirty: str, tidy: str) -> None:
    assert clean(dirty) == tidy


def test_a_storm_of_marks_is_cut_to_what_a_script_needs() -> None:
    storm = clean("x" + "\u0301\u0316" * 200 + "y")
    assert storm.startswith("x")
    assert storm.endswith("y")
    assert sum(unicodedata.combining(char) > 0 for char in storm) <= MAX_MARKS


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(ANYTHING)
def test_a_clean_text_can_be_stored_anywhere(text: str) -> None:
    stored = clean(text)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert not any(unicodedata.category(char) in ("Cs", "Co") or (char < " " and char != "\n") for char in stored)


@given(ANYTHING)
def test_levelling_and_small_letters_move_no_character(text: str) -> None:
    assert len(level(text)) == len(text)
    assert len(lower(text)) == len(text)


@given(ANYTHING)
def test_every_text_can_be_scanned_and_all_places_lie_in_it(text: str) -> None:
    findings = scan(text)
    spans = (*findings.cpr, *findings.cpr_maybe, *findings.phones, *findings.names, *findings.addresses)
    for span in (*spans, *findings.emails):
        assert 0 <= span.start < span.end <= len(text)
    for hit in findings.judging:
        assert 0 <= hit.start < hit.end <= len(text)


def test_digits_of_all_scripts_dashes_and_spaces_are_levelled() -> None:
    assert level("٣−\u00a0４②\u200bОæ") == "3- 42\0Oæ"
