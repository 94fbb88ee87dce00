"""What every store promises about the notes on the professions' cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs.guides.localnotes import LocalNote
from storage import Refused
from tests.contracts.stores import NOW

FIRST = LocalNote("SUND", "skov", 1, "ada", "leader", "Tirsdag i lokale 12 🙂", NOW)


def test_versions_come_back_in_order_and_each_school_has_its_own(filled: Any) -> None:
    second = replace(FIRST, version=2, author_id="bo", text="", at=NOW + timedelta(days=1))
    other = replace(FIRST, school_id="eng", text="Noget andet")
    assert filled.run(lambda u: [u.notes.add(note) for note in (second, FIRST, other)]) == [True] * 3
    assert list(filled.run(lambda u: u.notes.versions("SUND", "skov"))) == [FIRST, second]
    assert list(filled.run(lambda u: u.notes.versions("SUND", "eng"))) == [other]
    assert list(filled.run(lambda u: u.notes.versions("PSY", "skov"))) == []


def test_a_version_is_never_overwritten(filled: Any) -> None:
    filled.run(lambda u: u.notes.add(FIRST))
    assert filled.run(lambda u: u.notes.add(replace(FIRST, text="En anden"))) is False
    assert list(filled.run(lambda u: u.notes.versions("SUND", "skov"))) == [FIRST]


def test_a_note_needs_its_school_and_its_author(filled: Any) -> None:
    for broken in (replace(FIRST, school_id="findes-ikke"), replace(FIRST, author_id="findes-ikke")):
        with pytest.raises(Refused):
            filled.run(lambda u, broken=broken: u.notes.add(broken))
