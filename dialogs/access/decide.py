"""The one function that decides who may do what, from its arguments alone. What no line allows is denied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dialogs.access.actor import Actor
from dialogs.access.rules import PEOPLE, SERVICES, Action, Purpose, Terms, Tie
from dialogs.access.vouching import locked
from dialogs.cases.team import TEAM_ROLES, hat
from dialogs.identity import OPENS_CASES
from dialogs.people import Person, Role

# Who may write a worry at their school. An administrator and a data protection officer have no children there.
STAFF: Final[frozenset[Role]] = frozenset({
    "teacher", "pedagogue", "health_visitor", "colleague", *TEAM_ROLES,
})  # fmt: skip
Kind = Literal[
    "draft",
    "talk",
    "case",
    "notice",
    "receipt",
    "person",
    "school",
    "invite",
    "session",
    "audit",
    "glass",
    "note",
    "meeting",
]
Miss = Literal["wrong_phrase", "wrong_code", "wrong_key"]  # how somebody did not get in
Reason = Literal["service", "nobody", "no_tie", "channel", "assurance", "closed_circle", "unvouched"] | Miss


@dataclass(frozen=True)
class Resource:
    """What somebody asks for. An id is kept in the log, so it is an id of ours or nothing."""

    kind: Kind
    id: str = ""
    school_id: str = ""


@dataclass(frozen=True)
class Context:
    """What is known at this moment: the person behind the actor, how they stand, and who must never see it."""

    person: Person | None = None
    ties: frozenset[Tie] = frozenset()
    excluded: bool = False  # a conflict of interest: no tie and no emergency gets around it


@dataclass(frozen=True)
class Allow:
    """It may be done: on which tie, to what purpose, and how secret what is handed out may be."""

    tie: Tie | None
    purpose: Purpose
    data_class: int


@dataclass(frozen=True)
class Deny:
    """It may not be done. The reason is for the log; the person is told the same as for what does not exist."""

    reason: Reason


def decide(actor: Actor, action: Action, resource: Resource, context: Context) -> Allow | Deny:
    """Whether this actor may do this to that now; deny unless a line of the table says otherwise.

    Of several ties that allow it, the one that comes first in the table counts.
    """
    if actor.service:
        allowed = action in SERVICES[actor.service]
        return Allow(None, "running", actor.ceiling) if allowed else Deny("service")
    person = context.person
    if person is None or not person.active or person.id != actor.person_id:
        return Deny("nobody")
    if context.excluded:
        return Deny("closed_circle")
    anyone: Tie = "anyone"
    ties: set[Tie] = {*context.ties, *standing(person, resource.school_id), anyone}
    lines: list[tuple[Tie, Terms]] = [(tie, terms) for tie, terms in PEOPLE.get(action, {}).items() if tie in ties]
    if not lines:
        return Deny("no_tie")
    refused: Deny | None = None
    for tie, terms in lines:
        refused = _terms(actor, person, terms)
        if refused is None:
            return Allow(tie, terms.purpose, terms.data_class)
    return refused or Deny("no_tie")


def _terms(actor: Actor, person: Person, terms: Terms) -> Deny | None:
    if (terms.sure or terms.data_class >= 2) and locked(person):
        return Deny("unvouched")  # on every channel: whoever made the code may hold it
    if terms.data_class > actor.ceiling:
        return Deny("channel")
    # On Telegram the municipality's policy is the ceiling; there is no second factor to ask for.
    needs_two = terms.sure or (terms.data_class >= 2 and actor.channel == "web")
    return Deny("assurance") if needs_two and actor.assurance not in OPENS_CASES else None


def standing(person: Person, school_id: str) -> frozenset[Tie]:
    """How a person stands to a school by their roles there; everywhere, for those whose role is the municipality's."""
    found: set[Tie] = set()
    at_school = person.roles_at(school_id)
    if STAFF.intersection(at_school):
        found.add("staff")
    if (role := hat(person, school_id)) is not None:
        found.add("team")
        if role == "leader":
            found.add("leader")
    found.update(_wide(membership.role for membership in person.memberships))
    return frozenset(found)


def _wide(roles: Iterable[Role]) -> set[Tie]:
    held = set(roles)
    wide: dict[Role, Tie] = {"dpo": "dpo", "admin": "admin"}
    return {tie for role, tie in wide.items() if role in held}
