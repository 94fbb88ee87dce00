"""Where a conversation is, and that what has been deleted is led to by nothing."""

from __future__ import annotations

import pytest

from dialogs.records import Conversation


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        ("", ("", "")),
        ("draft:d1", ("draft", "d1")),
        ("fag", ("fag", "")),
        ("plan:case1:sign2", ("plan", "case1:sign2")),
    ],
)
def test_a_place_is_a_kind_and_an_id(place: str, subject: tuple[str, str]) -> None:
    assert Conversation("ane", place=place).subject == subject


@pytest.mark.parametrize("place", ["draft:d1", "plan:d1:sign2", "confirm:delete:d1"])
def test_nothing_leads_to_what_is_gone(place: str) -> None:
    there = Conversation("ane", place=place, back="thread:c1")
    assert there.without("d1") == Conversation("ane", back="thread:c1")
    behind = Conversation("ane", place="who", back=place)
    assert behind.without("d1") == Conversation("ane", place="who")


def test_an_id_that_only_begins_alike_is_another() -> None:
    other = Conversation("ane", place="draft:d12", back="thread:xd1")
    assert other.without("d1") == other
