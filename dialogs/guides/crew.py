"""Whom to bring to a meeting: how many from each side, and who may be there without the parents' yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.guides.directory import Profession

MAX_RATIO = 3  # professionals to one from the family; the threshold is ours
MAX_FAMILY = 6
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
NOT_COUNTED = frozenset({"TOLK", "NETV", "FRIV"})  # the interpreter is a voice; network and volunteers are the family's


@dataclass(frozen=True)
class Crew:
    """Who is picked for a meeting, and how many come from the family (the child counts)."""

    offered: tuple[str, ...]
    picked: frozenset[str]
    family: int

    def toggled(self, one: str) -> Crew:
        """The same with one profession in or out."""
        return Crew(self.offered, self.picked ^ {one}, self.family)

    def with_family(self, family: int) -> Crew:
        """The same with another number from the family."""
        return Crew(self.offered, self.picked, family)


@dataclass(frozen=True)
class Weight:
    """What the picks mean: how many professionals (with the one who asks), and who needs what before coming."""

    professionals: int
    family: int
    too_many: bool
    needs_yes: tuple[str, ...]
    ask_jurist: tuple[str, ...]


def weigh(crew: Crew, professions: Mapping[str, Profession]) -> Weight:
    """Count both sides and sort the picked by whether they may come without consent."""
    picked = [one for one in professions if one in crew.picked]
    count = 1 + sum(one not in NOT_COUNTED for one in picked)
    return Weight(
        professionals=count,
        family=crew.family,
        too_many=count > MAX_RATIO * crew.family,
        needs_yes=tuple(one for one in picked if professions[one].exchange == "nej"),
        ask_jurist=tuple(one for one in picked if professions[one].exchange == "afklares" or professions[one].jurist),
    )


def encode(crew: Crew, order: Sequence[str]) -> str:
    """The picks as a short word for a button: family, offered and picked, as numbers over the professions' order."""
    return f"{crew.family}-{_mask(crew.offered, order)}-{_mask(crew.picked, order)}"


def decode(word: str, order: Sequence[str]) -> Crew | None:
    """The crew behind a button's word, or None for anything that `encode` never wrote."""
    parts = word.split("-")
    if len(parts) != 3 or not parts[0].isascii() or not parts[0].isdigit():
        return None
    offered, picked = _members(parts[1], order), _members(parts[2], order)
    family = int(parts[0])
    if offered is None or picked is None or not 1 <= family <= MAX_FAMILY or not set(picked) <= set(offered):
        return None
    return Crew(offered, frozenset(picked), family)


def _mask(ids: Sequence[str] | frozenset[str], order: Sequence[str]) -> str:
    number = sum(1 << order.index(one) for one in ids)
    digits = _DIGITS[0] if number == 0 else ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def _members(word: str, order: Sequence[str]) -> tuple[str, ...] | None:
    if not word or len(word) > 8 or any(char not in _DIGITS for char in word):
        return None
    number = int(word, 36)
    if number >> len(order):
        return None
    return tuple(one for at, one in enumerate(order) if number >> at & 1)
