"""What one reader of a case is told: which answers stay with the writer, whether the writer is named, and which banner.

PPR and the family department sit outside the school, so a name is a disclosure to them. Without
a consent the case is discussed so that they can't tell who the child is: a teacher with one class tells the class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dialogs.access.rules import Relation
from dialogs.cases.model import Case
from dialogs.cases.words import Banner
from dialogs.facts import PARENTS_WAIT
from dialogs.papers.consents import Agreed, Standing
from dialogs.people import Role
from dialogs.values import Value, picks_of

CONSENT: Final = "q14_samtykke"
_YES: Final = frozenset({"skriftligt", "mundtligt"})
_OUTSIDE: Final[frozenset[Role]] = frozenset({"psychologist", "social_worker"})
# Without the parents' yes the family's circumstances stay back (illness, divorce, siblings): in a small
# school they say who the child is, and no first step needs them. What was seen, tried and wished stays in sight.
_BACKGROUND: Final = frozenset({"q15_omkring"})
_TELLS_WHO: Final = frozenset({"q02_alder", "q03_rolle"})  # the grade and the writer's post; the age band is enough
_FOR_INFORMATION: Final = frozenset({"q01_barn", "q06_omraader", "q06_tegn", "q06_omsorg"})


@dataclass(frozen=True)
class Reader:
    """Who reads: what they are to the case, in which role, and what the filed consents say about that role.

    `standing` is None when no consent is filed; `told` that a meeting without consent was held with this role in it;
    `agreed` is what a valid one opens.
    """

    seen_as: Relation
    role: Role
    standing: Standing | None = None
    told: bool = False
    agreed: Agreed | None = None


@dataclass(frozen=True)
class Disclosure:
    """The banner's key, the answers that are kept back, whether the writer is called by role only, and what a yes
    that opens it is for."""

    banner: Banner
    kept: frozenset[str] = frozenset()
    nameless: bool = False
    agreed: Agreed | None = None


def stated_yes(answers: Mapping[str, Value]) -> bool:
    """Whether the writer says that the parents have said yes to a discussion by name."""
    return bool(_YES & set(picks_of(answers.get(CONSENT))))


def disclosure(case: Case, reader: Reader) -> Disclosure:
    """What this reader is told of the case. What is filed outweighs what the writer said."""
    wait = case.colour.flow in PARENTS_WAIT
    match reader.seen_as:
        case "writer":
            return Disclosure("named")
        case "glass":
            return Disclosure("glass_wait" if wait else "glass")
        case "informed":
            return Disclosure("informed", frozenset(case.answers.keys() - _FOR_INFORMATION), nameless=True)
        case "member":
            pass
    # Outside the team's ordinary way somebody has to act today, and the duty to report comes before silence.
    if case.route != "trio":
        return Disclosure("parents_wait" if wait else "closed_circle")
    if reader.standing == "valid":
        return Disclosure("covered", _not_agreed(reader), agreed=reader.agreed)
    if reader.standing is None and stated_yes(case.answers):
        return Disclosure("named")
    return _without_consent(reader)


def narrowed(one: Disclosure, other: Disclosure) -> Disclosure:
    """What two readers may be told together: nothing that either may not know, under the stricter one's banner."""
    stricter = other if (other.nameless, len(other.kept)) > (one.nameless, len(one.kept)) else one
    return replace(stricter, kept=one.kept | other.kept, nameless=one.nameless or other.nameless)


def _not_agreed(reader: Reader) -> frozenset[str]:
    """What a valid yes still leaves unsaid outside the house.

    What is written freely about the home can't be sorted by a machine: it needs a yes to just that, with nothing kept
    out of it.
    """
    if reader.role not in _OUTSIDE or reader.agreed is None:
        return frozenset()
    open_home = "family" in reader.agreed.kinds and not reader.agreed.limited
    return frozenset() if open_home else _BACKGROUND


def _without_consent(reader: Reader) -> Disclosure:
    ended = reader.standing == "refused"
    if reader.role not in _OUTSIDE:
        return Disclosure("consent_ended" if ended else "nameless", _BACKGROUND)
    if reader.told:
        return Disclosure("told", _BACKGROUND)
    return Disclosure("consent_ended" if ended else "nameless_outside", _BACKGROUND | _TELLS_WHO, nameless=True)
