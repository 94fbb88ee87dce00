"""Everybody's own choice of reminders, in short: two ways of being away."""

from __future__ import annotations

import pytest

from tests.simulate.gathered import Run


@pytest.mark.parametrize("pattern", ["down in the forenoon", "at random"])
def test_each_is_told_as_they_chose_and_nothing_twice(pattern: str) -> None:
    report = Run(pattern, 75, seed=3).go()
    assert report.clean, report.line()
    assert report.gathered > 20
    assert report.told_of > 2 * report.gathered
