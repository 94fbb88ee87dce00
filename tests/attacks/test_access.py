"""T09 and T10 in small: nobody sees what is not theirs, and a guess tells nothing."""

from __future__ import annotations

from tests.attacks.trespass import guess, trespass


def test_a_school_that_lives_on_at_random_shows_nobody_what_is_not_theirs() -> None:
    found = trespass(1, 40)
    assert found.wrong == []
    assert found.tried > 400 and found.refused > 200, (found.tried, found.refused)


def test_a_thousand_guessed_ids_all_get_the_same_answer() -> None:
    found = guess(1, 1_000)
    assert found.wrong == [] and found.tried == 1_000
