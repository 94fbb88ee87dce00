"""A given name in a place that tells is a doubt: asked about on the web, refused on Telegram, and never a verdict."""

from __future__ import annotations

import pytest

from dialogs.guards import contract
from tests.core.guards_kit import danish_guards, scan


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hans mor Mette ringer", "Mette"),
        ("Oliver slår de andre", "Oliver"),
        ("Sofies mor kom", "Sofie"),
        ("en pige, der hedder Liv", "Liv"),
        ("drengen Bo", "Bo"),
        ("vi kalder ham Storm", "Storm"),
        ("lillebror Aske", "Aske"),
        ("Anne-Mette siger", "Anne-Mette"),
    ],
)
def test_a_name_where_it_tells_is_doubted(text: str, name: str) -> None:
    findings = scan(text)
    assert [text[span.start : span.end] for span in findings.lone_names] == [name]
    assert findings.doubtful
    assert not findings.refused


@pytest.mark.parametrize(
    "text",
    [
        "Storm er stille",
        "Sol skinner på pladsen",
        "Rose er en blomst",
        "Uglen sad alene",
        "Elev 3B-2 slår",
        "Far slår ham",
        "MOR siger",
        "Sag HZ7H-Lærke er åbnet",
        "Han leger med Noah og Emma",
        "Barnet er ked af det",
        "drengen Uglen",
        "mor. Mandag kom han",
    ],
)
def test_words_and_nicknames_are_let_through(text: str) -> None:
    assert not scan(text).lone_names


def test_a_full_name_is_refused_and_not_doubted() -> None:
    findings = scan("hans mor Mette Hansen siger")
    assert findings.refused
    assert not findings.doubtful


def test_the_childs_own_nickname_is_no_doubt() -> None:
    text = "Mila er glad. Oliver slår."
    lone = danish_guards().lone
    left = lone.but(text, scan(text).lone_names, "Mila")
    assert [text[span.start : span.end] for span in left] == ["Oliver"]


def test_a_doubt_is_not_in_the_contract() -> None:
    assert contract(scan("Oliver slår"))["names"] == []


@pytest.mark.parametrize(
    ("nickname", "named"),
    [("Oliver fra 3.b", True), ("lille Sofie", True), ("Elev 3B-2", False), ("Storm 3B", False), ("", False)],
)
def test_a_given_name_is_found_anywhere_in_a_nickname_unless_it_is_a_word_of_its_own(
    nickname: str, named: bool
) -> None:
    assert danish_guards().lone.anywhere(nickname) is named
