"""Who a worry goes to: seats to fill, around a conflict of interest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dialogs.cases.model import Case, RouteName
from dialogs.people import TRIO, Person, Role

Suspect = Literal["unknown", "home", "adult", "child", "staff", "leader"]  # as in question q04_hvem
TEAM_ROLES: tuple[Role, ...] = (*TRIO, "superior")
RED_FIRST: tuple[Role, ...] = ("leader", "social_worker")  # red without a flow: at once; the rest for information


@dataclass(frozen=True)
class Routing:
    """What decides who may read: the way, the colour, and who must be passed by."""

    school_id: str
    writer_id: str
    route: RouteName
    excluded: tuple[str, ...] = ()
    red_alone: bool = False  # red, and not yet on the agenda of the whole team


@dataclass(frozen=True)
class Seats:
    """People in four circles: responsible now, informed without names, next in line, and last in line."""

    members: tuple[Person, ...]
    informed: tuple[Person, ...] = ()
    deputies: tuple[Person, ...] = ()
    climb: tuple[Person, ...] = ()


def routing_of(case: Case) -> Routing:
    """The routing of a stored case. Putting red on the agenda is what lets the whole team in."""
    alone = case.colour.now == "red" and case.planned_for is None
    return Routing(case.school_id, case.writer_id, case.route, case.excluded, alone)


def route_for(
    flow: str | None,
    suspect: Suspect | None,
    school_id: str,
    writer_id: str,
    excluded: Collection[str],
    people: Sequence[Person],
) -> RouteName:
    """The way of a new worry: the team, the leader alone, or the leader's superior.

    Violence, abuse, control, danger and suicide go to one person who can act, never to a whole team first. They pass
    by a leader who is excluded or is the writer, and every leader when someone employed at the school is suspected;
    a deputy is no way round then, since the deputy works for the leader.
    """
    if suspect in ("staff", "leader"):
        return "superior"
    if flow is None:
        return "trio"
    leaders = holders(people, school_id, "leader")
    return "superior" if any(leader.id in {*excluded, writer_id} for leader in leaders) else "leader"


def holders(people: Iterable[Person], school_id: str, role: Role, *, deputies: bool = False) -> tuple[Person, ...]:
    """Active people who have this role at the school: in their own right, or as deputies."""
    return tuple(
        person
        for person in people
        if person.active
        and any(m.school_id == school_id and m.role == role and m.deputy == deputies for m in person.memberships)
    )


def seats(routing: Routing, people: Sequence[Person]) -> Seats:
    """Fill the seats; `members` is empty when nobody is left who may read it."""
    table = _Table(routing, people)
    superiors = table.free("superior")
    if routing.route == "superior":
        deputies = _once(table.free("superior", deputies=True))
        return Seats(superiors or deputies, (), deputies if superiors else (), superiors or deputies)
    leader = table.seat("leader") or superiors
    if routing.route == "leader":
        return table.around(leader, (), ("leader",), superiors or leader)
    others = {role: table.seat(role) for role in TRIO if role != "leader"}
    firsts = [people for role, people in others.items() if not routing.red_alone or role in RED_FIRST]
    rest = [people for role, people in others.items() if routing.red_alone and role not in RED_FIRST]
    # A leader's silence on red is for the superior; on a calm worry it is for the leader to hear of it once more.
    climb = (superiors or leader) if routing.red_alone else (leader or superiors)
    return table.around(_once(leader, *firsts), _once(*rest), TRIO, climb)


def can_own(routing: Routing, people: Sequence[Person]) -> tuple[Person, ...]:
    """Who may be made responsible: the team that reads the case, its deputies, and the writer."""
    found = seats(routing, people)
    writer = tuple(person for person in people if person.id == routing.writer_id and person.active)
    return _once(found.members, found.informed, found.deputies, writer)


def hat(person: Person, school_id: str) -> Role | None:
    """The one role in which this person acts for the team: their own before one that they stand in for."""
    mine = [m for m in person.memberships if m.school_id == school_id and m.role in TEAM_ROLES]
    return min(mine, key=lambda m: m.deputy).role if mine else None


@dataclass(frozen=True)
class _Table:
    routing: Routing
    people: Sequence[Person]

    def free(self, role: Role, *, deputies: bool = False) -> tuple[Person, ...]:
        """Who has the role and is neither excluded nor the writer."""
        out = {*self.routing.excluded, self.routing.writer_id}
        found = holders(self.people, self.routing.school_id, role, deputies=deputies)
        return tuple(person for person in found if person.id not in out)

    def seat(self, role: Role) -> tuple[Person, ...]:
        return self.free(role) or self.free(role, deputies=True)

    def around(
        self,
        members: tuple[Person, ...],
        informed: tuple[Person, ...],
        roles: Iterable[Role],
        climb: tuple[Person, ...],
    ) -> Seats:
        inside = {person.id for person in (*members, *informed)}
        deputies = _once(*(self.free(role, deputies=True) for role in roles))
        return Seats(members, informed, tuple(p for p in deputies if p.id not in inside), climb)


def _once(*groups: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({person.id: person for group in groups for person in group}.values())
