"""Nothing spoilt lets anybody in: a first look; the long run is `python -m tests.attacks identity`."""

from __future__ import annotations

from tests.attacks.entrances import attack


async def test_only_what_is_whole_fresh_unused_and_ones_own_opens() -> None:
    found = await attack(1, 700)
    assert (found.taken, found.refused) == ([], [])
    assert len(found.tried) >= 18
    assert all(number >= 5 for number in found.tried.values())
