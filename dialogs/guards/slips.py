"""Spellings that are one letter off, kept as sorted hashes: a tenth of the memory of the words themselves.

There are some hundred thousand of them, and every process that reads texts holds them. Two spellings share a 64-bit
hash about once in a hundred million loads, and then the bot asks one question too many.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_MASK = (1 << 64) - 1
_OWNER_BITS = 32
_OWNER = (1 << _OWNER_BITS) - 1


class Slips:
    """A frozen index from misspelt words to bits."""

    __slots__ = ("_bits", "_hashes", "_which")

    def __init__(self, spellings: Iterable[tuple[str, int]]) -> None:
        """Index (spelling, bits); a spelling that comes twice has the bits of both."""
        known: dict[int, int] = {}
        # One number for a hash and whose it is: sorting those costs half of sorting places by their hashes.
        sorted_slips = sorted(
            (hash(spelling) & _MASK) << _OWNER_BITS | known.setdefault(bits, len(known)) for spelling, bits in spellings
        )
        merged = list(known)
        self._hashes, self._which = array("Q"), array("I")
        before = -1
        for slip in sorted_slips:
            key, owner = slip >> _OWNER_BITS, slip & _OWNER
            if key == before:
                both = merged[self._which[-1]] | merged[owner]
                if both not in known:
                    known[both] = len(merged)
                    merged.append(both)
                self._which[-1] = known[both]
            else:
                self._hashes.append(key)
                self._which.append(owner)
                before = key
        self._bits = tuple(merged)

    def get(self, spelling: str) -> int:
        """The bits of a misspelt word; 0 when nothing known is one letter away in this manner."""
        wanted = hash(spelling) & _MASK
        at = bisect_left(self._hashes, wanted)
        found = at < len(self._hashes) and self._hashes[at] == wanted
        return self._bits[self._which[at]] if found else 0
