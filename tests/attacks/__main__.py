"""Attacks by the ten thousand, from a seed: `python -m tests.attacks cpr [--seed 1] [--count 10000]`.

`cpr` (T11): disguised CPR numbers, ten times as many school texts without one, and the time for 100,000 characters.
Exit code 1 when a figure misses its target; the texts that went wrong are shown, since all of them are generated.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from tests.attacks import judging, school

LONG, LONG_MS = 100_000, 60


class Attack(Protocol):
    """One attack: returns whether every figure met its target."""

    def __call__(self, seed: int, count: int) -> bool: ...


def cpr(seed: int, count: int) -> bool:
    """T11."""
    figures = judging.judge(seed, count, 10 * count)
    long = " ".join(school.texts(seed, LONG // 40))[:LONG]
    took = judging.milliseconds(long)
    print(f"disguises {figures.numbers}: held {figures.held}, asked {figures.asked}, missed {len(figures.missed)}")
    print(f"recall {figures.recall:.4f} (target {judging.RECALL})")
    print(f"school texts {figures.others}: held {len(figures.blocked)}, asked {figures.asked_in_vain}")
    print(f"false blocks {figures.false_blocks:.4f} (target {judging.FALSE_BLOCKS})")
    print(f"{LONG} characters: {took:.0f} ms (target {LONG_MS} ms)")
    for text in (*figures.missed[:10], *figures.blocked[:10]):
        print(f"  {text!r}")
    return figures.recall >= judging.RECALL and figures.false_blocks <= judging.FALSE_BLOCKS and took <= LONG_MS


ATTACKS: Mapping[str, tuple[Attack, int]] = {"cpr": (cpr, 10_000)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one attack; 0 when its targets are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks")
    parser.add_argument("attack", choices=sorted(ATTACKS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int)
    given = parser.parse_args(arguments)
    attack, usual = ATTACKS[given.attack]
    return 0 if attack(seed=given.seed, count=given.count or usual) else 1


if __name__ == "__main__":
    sys.exit(main())
