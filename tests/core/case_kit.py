"""A fictional school at a fixed time, for tests of cases: the demo's people over the in-memory store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from bot import demo
from bot.app.cases import team
from bot.app.cases.team import Acted
from bot.app.cases.views import CasePage, Inbox, MyCase
from bot.app.drafts import sending
from bot.app.drafts.sending import Sent, Worry
from bot.app.turns.handbook import Handbook
from bot.guard import GuardedStore
from bot.ports import UnitOfWork
from dialogs.access import OPERATOR, Actor
from dialogs.cases import words as casewords
from dialogs.cases.acts import Act, Mover
from dialogs.cases.model import Case, Colour, Entry, Light
from dialogs.guards import Findings
from dialogs.people import Person, Role
from dialogs.types import Draft
from dialogs.values import Value, note_of, picks_of
from dialogs.workdays import COPENHAGEN, danish
from storage.memory import MemoryStore, MemoryUnitOfWork
from tests.core.form_kit import danish as danish_content

T = TypeVar("T")
WORDS = casewords.standard()
WORKDAYS = danish(COPENHAGEN, range(2026, 2028))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Copenhagen; the team meets on Wednesday 12:30
ANSWERS: Mapping[str, Value] = {
    "q01_barn": "Elev 4B-7",
    "q05_set": "Han sad alene.",
    "q06_omraader": ("venner",),
    "q14_samtykke": "nej",
    "q15_omkring": "Familien er flyttet.",
}


def labels(question_id: str, value: Value) -> tuple[str, str]:
    """Plain labels: the id and what was answered."""
    return question_id, ", ".join(picks_of(value)) or note_of(value)


def hears(text: str) -> Findings:
    """The shipped guards, read when somebody first says something."""
    return danish_content().guards.scan(text)


HANDBOOK = Handbook(WORDS, WORKDAYS, labels, hears)


def at(text: str) -> datetime:
    """Copenhagen wall time, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def a_case(**changes: object) -> Case:
    """A yellow case that has just been stored at the team, with some fields changed."""
    case = Case(
        id="sagaaaaaaaaa",
        code="K7RT-Måge",
        school_id=demo.LAERKE,
        writer_id="laerke-laerer",
        draft_id="kladde",
        form_id="worry",
        form_version=1,
        answers=ANSWERS,
        colour=colour("yellow"),
        band="B3",
        route="trio",
        excluded=(),
        state="sent",
        sent_at=MONDAY,
        stored_at=MONDAY,
    )
    return replace(case, **changes)  # type: ignore[arg-type]  # tests name the fields


def colour(light: Light, **changes: object) -> Colour:
    """A colour as it was suggested, with some fields changed."""
    return replace(Colour(suggested=light, now=light), **changes)  # type: ignore[arg-type]  # tests name the fields


def entry(kind: str, seq: int = 1, actor: str = "laerke-leder", **data: object) -> Entry:
    """One line of a timeline."""
    return Entry("sagaaaaaaaaa", kind, actor, MONDAY, MONDAY, data, seq)  # type: ignore[arg-type]  # tests name the kind


def on_team(person_id: str = "laerke-leder", role: Role = "leader") -> Mover:
    return Mover(person_id, "team", role)


WRITER = Mover("laerke-laerer", "writer", "teacher")
PSYCHOLOGIST = on_team("laerke-psykolog", "psychologist")
DAY = date(2026, 11, 23)


class Ids:
    """Ids that count."""

    def __init__(self) -> None:
        self.number = 0

    def new(self) -> str:
        self.number += 1
        return "sag" + f"{self.number:09}".translate(str.maketrans("0123456789", "abcdefghij"))

    def code(self) -> str:
        self.number += 1
        return f"T{self.number:03}-Sten"

    def secret(self) -> str:
        return "hemmelig"


class Office:
    """The school's people and cases in memory; every call is one transaction."""

    def __init__(self, people: tuple[Person, ...] = demo.PEOPLE) -> None:
        self.store, self.ids, self.at = MemoryStore(), Ids(), MONDAY
        self.guarded = GuardedStore(self.store, self, WORKDAYS)

        def fill(uow: MemoryUnitOfWork) -> None:
            for school in demo.SCHOOLS:
                uow.people.add_school(school)
            for person in people:
                uow.people.add(person)

        self.store.run(fill)

    def now(self) -> datetime:
        """The clock of the guard; every act sets it."""
        return self.at

    def run(self, work: Callable[[MemoryUnitOfWork], T]) -> T:
        """Look or write past the guard: for what a test must know or break."""
        return self.store.run(work)

    def acting(self, person_id: str, now: datetime, work: Callable[[UnitOfWork], T]) -> T:
        """In this person's hands, signed in on the web with two factors."""
        self.at = now
        return self.guarded.run(Actor(person_id, "web", 2, "two"), work)

    def change(self, person: Person, now: datetime | None = None) -> None:
        """Store a person as the municipality would: who leaves a seat leaves its cases."""
        self.at = now or self.at
        self.guarded.run(OPERATOR, lambda uow: uow.people.save(person))

    def person(self, person_id: str) -> Person:
        found = self.run(lambda uow: uow.people.get(person_id))
        assert found is not None, person_id
        return found

    def send(
        self,
        worry: Worry | None = None,
        writer: str = "laerke-laerer",
        now: datetime = MONDAY,
        draft_id: str = "kladde",
        answers: Mapping[str, Value] = ANSWERS,
    ) -> Sent:
        draft = Draft(draft_id, "worry", 1, "", writer, f"{draft_id.upper()[:4]:X<4}-Sten", now, now, answers)
        worry = worry or Worry("B3", colour("yellow"))
        who = self.person(writer)
        return self.acting(writer, now, lambda uow: sending.send(uow, who, draft, worry, now, self.ids, WORKDAYS))

    def sent(self, worry: Worry | None = None, writer: str = "laerke-laerer", now: datetime = MONDAY) -> str:
        found = self.send(worry, writer, now)
        assert found.case is not None
        return found.case.id

    def act(self, person_id: str, case_id: str, act: Act, now: datetime = MONDAY) -> Acted:
        who = self.person(person_id)
        return self.acting(person_id, now, lambda uow: team.act(HANDBOOK, uow, who, case_id, act, now))

    def done(self, person_id: str, case_id: str, act: Act, now: datetime = MONDAY) -> Case:
        found = self.act(person_id, case_id, act, now)
        assert found.problems == () and found.case is not None, found.problems
        return found.case

    def page(self, person_id: str, case_id: str, now: datetime = MONDAY) -> CasePage | None:
        who = self.person(person_id)
        return self.acting(person_id, now, lambda uow: team.case_page(HANDBOOK, uow, who, case_id, now))

    def mine(self, person_id: str, case_id: str, now: datetime = MONDAY) -> MyCase | None:
        who = self.person(person_id)
        return self.acting(person_id, now, lambda uow: team.my_case(HANDBOOK, uow, who, case_id, now))

    def inbox(self, person_id: str, now: datetime = MONDAY, school: str = demo.LAERKE) -> Inbox | None:
        who = self.person(person_id)
        return self.acting(person_id, now, lambda uow: team.inbox(HANDBOOK, uow, who, school, now))

    def codes(self, person_id: str, now: datetime = MONDAY) -> tuple[str, ...]:
        found = self.inbox(person_id, now)
        return tuple(row.case_id for row in found.rows) if found else ()

    def case(self, case_id: str) -> Case:
        found = self.run(lambda uow: uow.cases.get(case_id))
        assert found is not None
        return found

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        return tuple(self.run(lambda uow: uow.cases.entries(case_id)))

    def kinds(self, case_id: str) -> list[str]:
        return [line.kind for line in self.entries(case_id)]

    def notices(self, case_id: str) -> list[tuple[str, str]]:
        """Every wish about a case as (template, recipient), in the order in which it was made."""
        rows = self.run(lambda uow: uow.outbox.listing(["pending"], 10_000))
        mine = sorted((row for row in rows if row.wish.case_id == case_id), key=lambda row: row.id)
        return [(row.wish.template, row.wish.recipient) for row in mine]
