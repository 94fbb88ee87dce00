"""The reading index counts words, sentences and long words as the house style says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.danish.lix import lix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0.0),
        ("… !", 0.0),
        ("Du kan ringe nu.", 4.0),
        ("Sundhedsplejersken kan ringe nu.", 4 + 25.0),
        ("Ring nu. Skriv så.", 2.0),
        ("Mødet er kl. 10.30 i dag.", 6 + 0.0),
        ("Første linje\nanden linje", 2.0),
        ("Spørg: Hvad ser du?", 2.0),
        ("Find Nordskoven Skole nu", 4 + 25.0),
    ],
)
def test_lix_is_words_per_sentence_plus_the_share_of_long_words(text: str, expected: float) -> None:
    assert lix(text) == pytest.approx(expected)


def test_a_hard_sentence_is_harder_than_the_house_rule_allows() -> None:
    assert lix("Forvaltningsmyndigheden fremsender afgørelsen vedrørende foranstaltningen skriftligt.") > 35


@given(st.text())
def test_lix_of_any_text_is_a_number_that_is_not_negative(text: str) -> None:
    assert lix(text) >= 0
