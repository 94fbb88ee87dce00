"""The fact coach hints at words that judge, in the right place, and leaves facts and quotations alone."""

from __future__ import annotations

import pytest

from dialogs.danish.lix import EASY, lix
from tests.core.guards_kit import danish_guards, scan


def codes(text: str) -> list[str]:
    return [hit.code for hit in scan(text).judging]


def test_the_hint_points_at_the_word() -> None:
    text = "I dag var Mila glad. Noah er doven!"
    (hit,) = scan(text).judging
    assert (hit.code, text[hit.start : hit.end]) == ("label", "doven")


def test_a_phrase_is_marked_from_its_first_to_its_last_word() -> None:
    text = "De er dårlige forældre"
    (hit,) = scan(text).judging
    assert text[hit.start : hit.end] == "dårlige forældre"


@pytest.mark.parametrize("text", ["Han er ikke doven", "Hun er udredt: hun har ADHD", "Hun kalder ham dum", ""])
def test_a_denial_a_source_or_a_quotation_gets_no_hint(text: str) -> None:
    assert codes(text) == []


def test_a_long_text_without_one_thing_that_happened_is_asked_for_a_day() -> None:
    vague = "Han er stille og trist og virker ensom og mut og " + "meget " * 25 + "bekymret"
    assert codes(vague) == ["vague"]
    assert codes(vague + " i går") == []
    assert codes("Han er stille og trist") == []


def test_every_hint_is_easy_to_read_and_speaks_of_facts() -> None:
    coach = danish_guards().judging
    for remark in (*coach.remarks, coach.vague):
        assert lix(remark.hint) <= EASY, remark.code
        assert remark.hint.endswith((".", "?"))
