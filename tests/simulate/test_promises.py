"""Every reminder of a case, its plan, its consents and its agreements, in short: three ways of being away."""

from __future__ import annotations

import pytest

from tests.simulate.promises import KINDS, Run


@pytest.mark.parametrize("pattern", ["always up", "three days in ten", "at random"])
def test_what_was_promised_is_reminded_of_when_it_should_be_and_never_when_it_is_settled(pattern: str) -> None:
    """T15, T16: from September over the autumn's week without school and the change of the clocks."""
    report = Run(pattern, 90, seed=3).go()
    assert report.clean, report.line()
    assert report.kinds >= len(KINDS) - 2
