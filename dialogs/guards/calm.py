"""See that a passage tells of a film, a joke or something over and done with, and how far that reaches.

A calming phrase reaches the words around it in the same sentence. It never reaches past a turn of the story ("men i
dag …"): what is told about now stands for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.guards.negation import NEGATORS
from dialogs.guards.patterns import Matcher, Pattern, Sentence
from dialogs.guards.types import Flow

_DENIED = 4  # "det var ikke for sjov": so many words after a negator it calms nothing
_BEFORE, _AFTER = 22, 14  # how many words a calming phrase reaches back, and forward


@dataclass(frozen=True, slots=True)
class Calming:
    """One way to say that there is no danger; `flows` are the flows that it calms."""

    pattern: Pattern
    flows: frozenset[Flow]
    settles: bool  # "det er overstået" looks back over "men"; "i filmen" does not


@dataclass(frozen=True, slots=True)
class Calm:
    """All calming phrases, and the turns of a story that they don't reach past."""

    says: Matcher[Calming]
    turns: Matcher[Pattern]
    present: Matcher[Pattern]

    def reach(self, words: Sequence[str], bits: Sequence[int], sentence: Sentence) -> dict[Flow, frozenset[int]]:
        """Return the positions of a sentence that are calmed, for each flow."""
        calmed: dict[Flow, frozenset[int]] = {}
        found = [
            (places, calming)
            for position in self.says.anchored(bits, sentence)
            for calming in self.says.starting(bits[position], sentence)
            if (places := calming.pattern.at(bits, position, *sentence.around(position)))
            and NEGATORS.isdisjoint(words[max(sentence.low, places[0] - _DENIED) : places[0]])
        ]
        if not found:
            return calmed
        present = _firsts(self.present, bits, sentence)
        turns = _firsts(self.turns, bits, sentence) | present
        for places, calming in found:
            low = _walk(places[0], max(sentence.low, places[0] - _BEFORE), present if calming.settles else turns)
            high = _walk(places[-1], min(sentence.high, places[-1] + _AFTER + 1) - 1, turns)
            for flow in calming.flows:
                calmed[flow] = calmed.get(flow, frozenset()).union(range(low, high + 1))
        return calmed


def _firsts(matcher: Matcher[Pattern], bits: Sequence[int], sentence: Sentence) -> set[int]:
    """Where the patterns of a matcher begin."""
    return {
        places[0]
        for position in matcher.anchored(bits, sentence)
        for pattern in matcher.starting(bits[position], sentence)
        if (places := pattern.at(bits, position, *sentence.around(position)))
    }


def _walk(start: int, end: int, stops: set[int]) -> int:
    """The last position on the way from start to end; going forward a stop is not entered, going back it is left."""
    step = 1 if end >= start else -1
    here = start
    while here != end:
        if here + step in stops and step > 0:
            break
        here += step
        if here in stops:
            break
    return here
