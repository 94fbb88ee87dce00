"""What a school writes all day is let through, and disguised numbers are not: the promised rates over many texts."""

from __future__ import annotations

import random

from dialogs.guards import cpr, numbers
from dialogs.guards.text import level, lower
from tests.attacks.school import texts
from tests.core.guards_kit import FAMILIES, FRAMES, number, ordinary_text, scan


def holds_cpr(text: str) -> bool:
    """The CPR guard alone: ten thousand whole scans would take as long as the rest of the suite."""
    small = lower(level(text))
    return bool(cpr.find(small, numbers.runs(small))[0])


# Ten thousand of each: `python -m tests.attacks cpr`.


def test_two_thousand_generated_numbers_are_found_at_the_promised_rate() -> None:
    rng = random.Random(2026)
    names = sorted(FAMILIES)
    disguised = (FAMILIES[names[at % len(names)]](number(rng), rng) for at in range(2_000))
    found = sum(holds_cpr(rng.choice(FRAMES).format(text)) for text in disguised)
    assert found >= 1_990


def test_two_thousand_school_texts_without_a_number_are_let_through_at_the_promised_rate() -> None:
    rng = random.Random(7)
    assert sum(holds_cpr(ordinary_text(rng)) for _ in range(2_000)) <= 10


def test_school_texts_hold_no_telephone_name_or_address_either() -> None:
    rng = random.Random(8)
    held = [text for text in (ordinary_text(rng) for _ in range(1_000)) if scan(text).refused]
    assert len(held) <= 5, held[:5]


def test_school_texts_raise_no_doubt() -> None:
    assert [text for text in texts("names", 1_000) if scan(text).lone_names] == []
