"""What every filed thing shares: the case around it, a line of the timeline, and compare and set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.app.cases import team
from bot.app.cases.scene import Relation, Scene, mover
from bot.app.cases.stored import refused_on_paper
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.cases.model import Entry, EntryKind
from dialogs.notices import DeliveryClass, Wish
from dialogs.papers.filings import Filing, FilingKind
from dialogs.people import Person, Role
from dialogs.records import Moved
from dialogs.types import Problem


@dataclass(frozen=True)
class Room:
    """One transaction around one case, for one person who may see it."""

    world: World
    uow: UnitOfWork
    person: Person
    scene: Scene
    seen_as: Relation
    now: datetime

    @property
    def case_id(self) -> str:
        return self.scene.case.id

    @property
    def works(self) -> bool:
        """Whether this person works with the case; an informed reader only looks."""
        return self.seen_as in ("writer", "member")

    @property
    def role(self) -> Role:
        """The hat of this person at the case."""
        return mover(self.scene, self.person, self.seen_as).role

    def filed(self, kind: FilingKind, filing_id: str) -> Filing | None:
        """What is filed on this case under this id; None for another kind, and for what lies on another case."""
        found = self.uow.filings.get(filing_id)
        return found if found is not None and found.kind == kind and found.case_id == self.case_id else None

    def tell(self, template: str, to: Sequence[str], key: str, delivery: DeliveryClass = "alert") -> None:
        """A content-free notice to each of these, but never to the one who acts."""
        params: Mapping[str, str | int] = {"code": self.scene.case.code}
        for person_id in dict.fromkeys(one for one in to if one != self.person.id):
            name = f"{self.case_id}:{key}:{person_id}"
            self.uow.outbox.add(
                Wish(name, person_id, template, self.now, params, delivery=delivery, case_id=self.case_id)
            )

    def line(self, kind: EntryKind, data: Mapping[str, Any]) -> None:
        """A new line of the timeline; the case shows as changed."""
        case = self.scene.case
        moved = replace(case, changed_at=self.now, revision=case.revision + 1)
        if not self.uow.cases.save(moved, case.revision):
            raise Moved
        self.uow.cases.add_entry(Entry(case.id, kind, self.person.id, self.now, self.now, data))
        self.uow.cases.mark_seen(self.person.id, case.id, self.now)

    def keep(self, filing: Filing, before: Filing | None) -> None:
        """Store it, new or changed; raise Moved when somebody else changed it meanwhile."""
        if before is None:
            self.uow.filings.add(filing)
        elif not self.uow.filings.save(filing, before.revision):
            raise Moved


def enter(world: World, uow: UnitOfWork, person: Person, case_id: str, now: datetime) -> Room | None:
    """The case with this person in it; None when it does not exist to them."""
    found = team.found(world.handbook, uow, case_id)
    return None if found is None else Room(world, uow, person, *found, now)


def refused_words(world: World, texts: Sequence[str]) -> Problem | None:
    """Why these words can't be kept on a case: they hold a number or a name of somebody."""
    return refused_on_paper(world.handbook.hears("\n".join(texts)))
