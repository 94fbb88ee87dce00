"""The ready ladders of forums that a municipality can copy are sound as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.form_kit import overlaid

EXAMPLES = Path(__file__).parents[2] / "docs/eksempler/fora"


@pytest.mark.parametrize(("name", "steps"), [("broenderslev", 2), ("esbjerg", 5), ("bti", 4)])
def test_the_ready_ladders_are_sound_and_take_the_place_of_the_usual_one(name: str, steps: int) -> None:
    content, issues = overlaid(EXAMPLES / name)
    assert [str(issue) for issue in issues] == []
    assert content is not None
    assert [one.name for one in content.ladder] == [one.name for one in content.local.forums]
    assert len(content.ladder) == steps


def test_in_esbjergs_forums_nobody_stays_away_without_sending_another() -> None:
    content, _ = overlaid(EXAMPLES / "esbjerg")
    assert content is not None
    assert all(one.must_substitute for one in content.ladder)
