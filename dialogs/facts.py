"""Named predicates for conditions that a tree of answers cannot say in one readable line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dialogs.values import Value, picks_of

LENGTH: Final = "q00_udgave"
SHORT: Final = "kort"  # the answer that leaves the rest of a worry for the next day

Values = Mapping[str, Value]
Predicate = Callable[[Values], bool]

# Whoever is suspected, the authority decides who talks with the parents and when (barnets lov §§ 15, 18 and 137).
PARENTS_WAIT = frozenset({"violence", "sexual", "control"})
_URGENT, _WHOLE, _REST = frozenset({"ja", "maaske"}), frozenset({"hele"}), frozenset({"rest"})


def _one_of(values: Values, question_id: str, wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(picks_of(values.get(question_id)))


def red_lane(values: Values) -> bool:
    """Whether missing answers must not hold the worry back."""
    return _one_of(values, "q04_sikkerhed", _URGENT)


def parents_wait(values: Values) -> bool:
    """Whether the bot must not ask about, or point to, contact with the parents."""
    return red_lane(values) and _one_of(values, "q04_hvad", PARENTS_WAIT)


def full_version(values: Values) -> bool:
    """Whether all the questions are asked: the whole template, or the rest of it after a fast lane."""
    return _one_of(values, LENGTH, _WHOLE) or _one_of(values, "q04_mere", _REST)


FACTS: Mapping[str, Predicate] = {
    "full_version": full_version,
    "parents_wait": parents_wait,
    "red_lane": red_lane,
}


# Every question that some fact reads; a test holds it against what the facts really look at.
READ: frozenset[str] = frozenset({LENGTH, "q04_hvad", "q04_mere", "q04_sikkerhed"})


class Reader:
    """The facts of one set of answers, each asked once; an unknown name is false (the linter names it)."""

    __slots__ = ("_known", "_values")

    def __init__(self, values: Values) -> None:
        self._values = values
        self._known: dict[str, bool] = {}

    def __call__(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            predicate = FACTS.get(name)
            known = self._known[name] = predicate is not None and predicate(self._values)
        return known

    def changed(self, question_id: str) -> None:
        """Forget what was known when a question that facts read has got its value since."""
        if question_id in READ:
            self._known.clear()
