"""May this profession be in the room? Who is invited × on which ground; careful where it is open.

`yes`: they may come. `ask`: somebody must say yes first, and writes down that they did. `no`: not on this ground.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dialogs.guides.directory import Profession
from dialogs.papers.consents import Consent, Receiver
from dialogs.papers.exchanges import Exchange

Ground = Literal["consent", "exchange", "none"]
Verdict = Literal["yes", "ask", "no"]
# Why, as words in network.yaml: the keys under `lawful`.
Why = Literal[
    "agreed",
    "not_named",
    "circle",
    "jurist",
    "outside",
    "own_unit",
    "no_ground",
    "without_name",
    "interprets",
    "family_chooses",
]

# The unit that knows the child already: what is needed for the work is not passed on to anybody.
OWN_UNIT: Final = frozenset({"LAER", "PAED", "AKT", "LMV", "LAES", "FLER", "SFO", "LED"})
_NAMED: Final[Mapping[Receiver, frozenset[str]]] = {
    "school": frozenset({"LAER", "PAED", "AKT", "LMV", "LAES", "FLER", "LED"}),
    "psychologist": frozenset({"PSY", "PPR"}),
    "social_worker": frozenset({"SOC"}),
    "health_visitor": frozenset({"SUND"}),
    "daycare": frozenset({"DAG", "SFO"}),
    "club": frozenset({"KLUB"}),
    "doctor": frozenset({"LAEGE"}),
}
# An assistant for the talk itself: nobody may be left out of a meeting about their own child.
INTERPRETERS: Final = frozenset({"TOLK"})
# Theirs to bring: private people, whom no rule without a yes lets in, and whom nobody but the family picks.
FAMILY_CHOOSES: Final = frozenset({"NETV", "FRIV"})


@dataclass(frozen=True)
class Entry:
    """One profession at the door."""

    profession: str
    verdict: Verdict
    why: Why


def ground_for(consents: Sequence[Consent], exchanges: Sequence[Exchange], day: date) -> Ground:
    """What a meeting about a named child on this day would stand on: a yes goes before the way without one."""
    if _valid(consents, day):
        return "consent"
    return "exchange" if any(one.state == "planned" and one.day >= day for one in exchanges) else "none"


def _valid(consents: Sequence[Consent], day: date) -> list[Consent]:
    return [one for one in consents if one.state == "given" and one.scope.until >= day]


def named_in(consents: Sequence[Consent], day: date) -> frozenset[str]:
    """The professions that a yes which holds on this day names."""
    receivers: set[Receiver] = {receiver for one in _valid(consents, day) for receiver in one.scope.to}
    return frozenset(profession for receiver in receivers for profession in _NAMED[receiver])


def entry(profession: Profession, ground: Ground, named: Collection[str], *, nameless: bool = False) -> Entry:
    """Whether this profession may come on this ground; `nameless` is a meeting where no child is named."""
    one = profession.id
    if nameless:
        return Entry(one, "yes", "without_name")
    if one in OWN_UNIT or one in INTERPRETERS:
        return Entry(one, "yes", "own_unit" if one in OWN_UNIT else "interprets")
    if one in FAMILY_CHOOSES and ground != "exchange":
        return Entry(one, "ask", "family_chooses")
    match ground:
        case "consent":
            return Entry(one, "yes", "agreed") if one in named else Entry(one, "ask", "not_named")
        case "exchange" if profession.exchange == "nej":
            return Entry(one, "no", "outside")
        case "exchange" if profession.exchange == "afklares" or profession.jurist:
            return Entry(one, "ask", "jurist")
        case "exchange":
            return Entry(one, "yes", "circle")
        case "none":
            return Entry(one, "no", "no_ground")


def material_ahead(ground: Ground) -> bool:
    """Whether what people write beforehand may be read before the meeting: without a yes it waits for the room."""
    return ground != "exchange"
