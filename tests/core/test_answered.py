"""Questions that the text itself answers with no are not what it is about; where that is in doubt, they are."""

from __future__ import annotations

import pytest

from dialogs.danish.answered import denied_questions
from dialogs.guides.lookup import find
from tests.core.form_kit import danish

DANISH = danish()


def told(text: str, *, surely: bool = False) -> list[str]:
    return [text[start:end].strip() for start, end in denied_questions(text, surely=surely)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("er der overgreb? nej", ["er der overgreb"]),
        ("vold: nej, misbrug: nej. hun læser dårligt", ["vold", "misbrug"]),
        ("hun er glad. er der fravær? niks, aldrig", ["er der fravær"]),
        ("er der vold? ja", []),
        ("der er vold. nej, det er løgn", []),
        ("hvorfor slår han?", []),
    ],
)
def test_what_is_asked_and_answered_with_no_is_found(text: str, asked: list[str]) -> None:
    assert told(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "er der vold? nej, sagde hun og græd",
        "er der vold? nej men han slår hende",
        "må jeg ringe hjem til faren, der slår hende? nej",
    ],
)
def test_a_no_that_leaves_a_doubt_silences_no_danger(text: str) -> None:
    assert told(text, surely=True) == []


@pytest.mark.parametrize("text", ["Er der overgreb? Nej", "Vold: nej", "Mistanke om vold? Nej, slet ikke."])
def test_danger_that_is_surely_denied_is_not_asked_about(text: str) -> None:
    assert DANISH.guards.dangers(text) == ()
    assert DANISH.guards.scan(text).acute == ()


@pytest.mark.parametrize(
    "text", ["Er der vold? Nej, men far slår hende.", "Er der vold? Ja.", "Overgreb: ja", "Er der vold? Nej sagde hun."]
)
def test_danger_that_is_told_beside_a_no_is_heard(text: str) -> None:
    assert DANISH.guards.dangers(text)


def test_a_denied_danger_brings_no_leader_and_no_social_worker() -> None:
    advice = find(DANISH.directory, "Er der overgreb? Nej. Hun har svært ved at læse.")
    assert [one.id for one in advice.first][:1] == ["LAES"]
    assert {"SOC", "LED"}.isdisjoint(one.id for one in advice.first)


def test_any_length_is_taken_in_step() -> None:
    assert len(list(denied_questions("er der vold? nej. " * 500))) == 500
