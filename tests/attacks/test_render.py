"""T08 in the suite: five hundred texts; fifty thousand by `python -m tests.attacks render`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.attacks import papers, piles, render


def test_any_text_passes_every_renderer() -> None:
    seen: list[str] = []

    @given(render.texts)
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    def each(text: str) -> None:
        render.every(text)
        seen.append(text)

    each()
    assert piles.in_word(seen).texts >= 200


@pytest.mark.parametrize("text", render.HOSTILE)
def test_every_known_attack_passes_every_renderer(text: str) -> None:
    render.every(text)


@pytest.mark.parametrize("text", render.HOSTILE)
def test_every_known_attack_is_plain_words_in_a_word_file(text: str) -> None:
    papers.in_word(text)
