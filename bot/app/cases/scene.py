"""One case with everything around it, read once. What somebody is to it, the guard says (`uow.relation`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.app.turns.handbook import Handbook
from bot.ports import UnitOfWork
from dialogs.access.rules import Relation
from dialogs.cases.acts import Mover
from dialogs.cases.model import Case, Entry, first_light
from dialogs.cases.team import Seats, can_own, hat, routing_of, seats
from dialogs.cases.teamdays import TeamDays
from dialogs.cases.watch import Push, plan
from dialogs.people import Person, Role, School
from dialogs.workdays import Workdays

_NAMELESS = "en kollega"
FORMER = "en tidligere kollega"  # a name in the timeline outlives the person's time at the school


@dataclass(frozen=True)
class Around:
    """A school, its people and when its team meets, read once for all of its cases."""

    school: School
    people: Sequence[Person]
    days: TeamDays


@dataclass(frozen=True)
class Scene:
    """A case, its timeline, the school's people, and the watchdog's plan."""

    case: Case
    entries: Sequence[Entry]
    school: School
    people: Sequence[Person]
    seats: Seats
    pushes: tuple[Push, ...]
    days: TeamDays
    roles: Mapping[Role, str] = field(default_factory=dict)  # "læreren": how a person without a name is spoken of
    hushed: str = ""  # the writer's name, where the reader may not know it

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names by person id; somebody who came by an invitation has none, and is called what they are there."""
        return {person.id: person.name or self._role(person) for person in self.people}

    def nameless(self) -> Scene:
        """The scene for somebody who may not know who has written: the writer is called by role."""
        people = tuple(replace(one, name="") if one.id == self.case.writer_id else one for one in self.people)
        writer = next((one for one in self.people if one.id == self.case.writer_id), None)
        return replace(self, people=people, hushed=writer.name if writer is not None else "")

    def told(self, words: str) -> str:
        """Somebody's words as this reader may see them: a thank you by name would tell who has written."""
        names = [name for name in (self.hushed, *self.hushed.split()) if name]
        if not names:
            return words
        said, instead = "|".join(re.escape(name) for name in names), self.name(self.case.writer_id)
        found = re.compile(rf"\b(?:{said})(?P<whose>'s|s|')?(?!\w)", re.IGNORECASE)
        return found.sub(lambda match: f"{instead}s" if match["whose"] else instead, words)

    def _role(self, person: Person) -> str:
        here = (hat(person, self.case.school_id), *person.roles_at(self.case.school_id))
        return next((self.roles[role] for role in here if role is not None and role in self.roles), _NAMELESS)

    def name(self, person_id: str | None) -> str:
        """A person's name; a polite word for somebody who has left."""
        return self.names.get(person_id or "", FORMER)

    def owners(self) -> tuple[Person, ...]:
        """Who may be made responsible."""
        return can_own(routing_of(self.case), self.people)

    def leaders(self) -> tuple[str, ...]:
        """The ids of the leaders on the case, or of the next level where there is none."""
        here = [person.id for person in self.seats.members if hat(person, self.case.school_id) == "leader"]
        return tuple(here) or tuple(person.id for person in self.seats.climb)

    def with_step(self, case: Case, entries: Sequence[Entry]) -> Scene:
        """The scene after an act."""
        return replace(self, case=case, entries=(*self.entries, *entries), seats=seats(routing_of(case), self.people))


def around(uow: UnitOfWork, school_id: str, workdays: Workdays) -> Around | None:
    """A school with its active people, or None."""
    school = uow.people.school(school_id)
    if school is None:
        return None
    return Around(school, uow.people.at_school(school_id), team_days(uow, school, workdays))


def team_days(uow: UnitOfWork, school: School, workdays: Workdays) -> TeamDays:
    """When the school's team really meets: whoever is told a day is told one of these, in every channel."""
    return TeamDays(school, workdays, uow.meetings.calendar(school.id))


def look(uow: UnitOfWork, case: Case, handbook: Handbook) -> Scene:
    """Read what surrounds one case."""
    return look_at_all(uow, (case,), handbook)[0]


def look_at_all(
    uow: UnitOfWork, cases: Sequence[Case], handbook: Handbook, place: Around | None = None
) -> tuple[Scene, ...]:
    """Read what surrounds each of these cases, with as many questions as for one; `place` is a school read already."""
    places = {place.school.id: place} if place is not None else dict[str, Around]()
    for school_id in dict.fromkeys(case.school_id for case in cases):
        if school_id not in places and (found := around(uow, school_id, handbook.workdays)) is not None:
            places[school_id] = found
    lines = uow.cases.entries_of([case.id for case in cases])
    return tuple(_scene(uow, case, handbook, places[case.school_id], lines.get(case.id, ())) for case in cases)


def _scene(uow: UnitOfWork, case: Case, handbook: Handbook, place: Around, entries: Sequence[Entry]) -> Scene:
    people = place.people
    if all(person.id != case.writer_id for person in people) and (writer := uow.people.get(case.writer_id)):
        people = (*people, writer)  # the writer may have moved on and still waits for the answer
    found = seats(routing_of(case), people)
    pushes = plan(first_light(case, entries), case.sent_at, found, place.school, handbook.workdays)
    return Scene(case, entries, place.school, people, found, pushes, place.days, handbook.words.the_roles)


def mover(scene: Scene, person: Person, seen_as: Relation) -> Mover:
    """The person as one who acts; a writer keeps her own role, also when she sits in the team."""
    role = hat(person, scene.case.school_id)
    if role is None:
        mine = person.roles_at(scene.case.school_id)
        role = mine[0] if mine else "colleague"
    return Mover(person.id, "writer" if seen_as == "writer" else "team", role)
