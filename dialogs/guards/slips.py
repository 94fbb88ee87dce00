"""Spellings that are one letter off, kept as sorted hashes: a tenth of the memory of the words themselves.

There are some hundred thousand of them, and every process that reads texts holds them. Two spellings share a 64-bit
hash about once in a hundred million loads, and then the bot asks one question too many.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_MASK = (1 << 64) - 1


class Slips:
    """A frozen index from misspelt words to bits."""

    __slots__ = ("_bits", "_hashes", "_which")

    def __init__(self, spellings: Iterable[tuple[str, int]]) -> None:
        """Index (spelling, bits); a spelling that comes twice has the bits of both."""
        hashes, owners, known = array("Q"), array("I"), dict[int, int]()
        for spelling, bits in spellings:
            hashes.append(hash(spelling) & _MASK)
            owners.append(known.setdefault(bits, len(known)))
        merged = list(known)
        self._hashes, self._which = array("Q"), array("I")
        for at in sorted(range(len(hashes)), key=hashes.__getitem__):
            if self._hashes and self._hashes[-1] == hashes[at]:
                both = merged[self._which[-1]] | merged[owners[at]]
                if both not in known:
                    known[both] = len(merged)
                    merged.append(both)
                self._which[-1] = known[both]
            else:
                self._hashes.append(hashes[at])
                self._which.append(owners[at])
        self._bits = tuple(merged)

    def get(self, spelling: str) -> int:
        """The bits of a misspelt word; 0 when nothing known is one letter away in this manner."""
        wanted = hash(spelling) & _MASK
        at = bisect_left(self._hashes, wanted)
        found = at < len(self._hashes) and self._hashes[at] == wanted
        return self._bits[self._which[at]] if found else 0
