"""T24 in the suite: hostile overlays are refused with their place, or are words and nothing more."""

from __future__ import annotations

from tests.attacks.packs import attack


def test_no_overlay_runs_reaches_or_swells() -> None:
    report = attack(seed=24, count=60)
    assert report.wrong == []
    assert len(report.tried) == 7 and report.whole, "each kind was tried, and one was read as the whole content"
