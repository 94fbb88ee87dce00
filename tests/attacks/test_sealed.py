"""T13 in the suite: a thousand attacks on sealed values, and each is noticed."""

from __future__ import annotations

from tests.attacks.sealed import KINDS, attack


def test_every_attack_on_a_sealed_value_is_noticed() -> None:
    report = attack(seed=13, count=1_000)
    assert report.missed == []
    assert sum(report.tried.values()) == 1_000
    assert set(report.tried) == {kind.__name__ for kind, _ in KINDS}
