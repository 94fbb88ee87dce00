"""Every door × everybody who has no business there: each page of a case by its address, and each form of it.

The route table is the list of doors, so a new page is tried without anybody writing it down. A stranger here is no
random one: each stands as near to the case as one can without being on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from starlette.routing import Route

from bot.app.entry import leaving
from bot.bootstrap import House, build_web
from dialogs.access import OPERATOR
from dialogs.cases.glass import Emergency
from dialogs.papers.filings import Filing, FilingKind
from tests.bare import bare
from tests.web.demo_house import (
    DEPUTY,
    LEADER,
    OTHER_TEACHER,
    PEDAGOGUE,
    PSYCHOLOGIST,
    QUIET,
    TEACHER,
    Guest,
    demo_house,
)  # fmt: skip

PLANNED = "demoelevtrea"  # the case at the other school that has a plan
FORMS: Final = ("pdf", "docx", "txt", "json", "ics")
FIELDS: Final[Mapping[str, str]] = {
    "act": "", "kind": "access", "text": "Jeg er her ikke.", "words": "Jeg er her ikke.", "reason": "Jeg er her ikke.",
    "day": "2027-03-01", "clock": "14:00", "minutes": "60", "person": OTHER_TEACHER, "owner": OTHER_TEACHER,
    "answer": "yes", "svar": "ja", "to": "PPR", "way": "oral", "who": "LAER", "say": "ja", "note": "x", "verdict": "x",
    "purpose": "plan", "place": "school", "chair": OTHER_TEACHER, "scribe": OTHER_TEACHER, "step": "1", "seat": "s1",
    "goal": "0", "score": "5", "decision": "local_effort", "code": "K7RT-Måge", "case": QUIET, "report": "f-report",
}  # fmt: skip
ACTS: Final = ("make", "decide", "cancel", "access", "yes", "save", "open")


@dataclass(frozen=True)
class Place:
    """A school with a case, everything that can hang on one, and what of it nobody else may read."""

    house: House
    case_id: str
    ids: Mapping[str, str]
    secrets: tuple[str, ...]

    def state(self) -> Any:
        """All that a form could have changed about the case."""
        return bare(self.house).run(
            lambda raw: (
                raw.cases.get(self.case_id),
                list(raw.cases.entries(self.case_id)),
                [raw.filings.of_case(self.case_id, kind) for kind in KINDS],
                list(raw.meetings.of_case(self.case_id)),
                list(raw.emergencies.of_case(self.case_id)),
                list(raw.members.of_case(self.case_id)),
            )
        )


KINDS: Final[tuple[FilingKind, ...]] = ("consent", "exchange", "report", "plan", "child")
_MARK: Final = "Kun for dem, der er på sagen"


def place(case_id: str, *, filed: bool = True) -> Place:
    """A fresh demo with a filing of each kind, a meeting and an emergency on this case."""
    house = demo_house()
    now = house.clock.now()

    def fill(raw: Any) -> tuple[dict[str, str], list[str]]:
        case = raw.cases.get(case_id)
        for kind in KINDS if filed else ():
            if not raw.filings.of_case(case_id, kind):
                raw.filings.add(Filing(f"f-{kind}", case_id, kind, "given", {"words": _MARK}))
        meetings = raw.meetings.of_case(case_id)
        if not meetings:
            one = next(iter(raw.meetings.of_case(QUIET)))
            seats = tuple(replace(seat, person_id=None) for seat in one.seats)
            meetings = [replace(one, id="m1", case_id=case_id, school_id=case.school_id, slot=None, seats=seats)]
            raw.meetings.add(meetings[0])
        opened = Emergency("e1", case_id, case.writer_id, "danger", _MARK, now, now + timedelta(hours=1))
        raw.emergencies.add(opened)
        ids = {
            "case_id": case_id, "meeting_id": meetings[0].id, "draft_id": case.draft_id, "consent_id": "f-consent",
            "exchange_id": "f-exchange", "emergency_id": "e1",
        }  # fmt: skip
        held = [case.answers, [line.data for line in raw.cases.entries(case_id)], meetings[0].notes, _MARK]
        held += [filing.body for kind in KINDS for filing in raw.filings.of_case(case_id, kind)]
        return ids, list(_texts(held))

    ids, secrets = bare(house).run(fill)
    return Place(house, case_id, ids, tuple(sorted({one for one in secrets if len(one) > 24})))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _texts(list(value.values()))
        case list() | tuple():
            for one in value:
                yield from _texts(one)
        case _:
            yield from _texts(list(vars(value).values())) if hasattr(value, "__dict__") else ()


async def left(where: Place, person_id: str) -> Guest:
    """Somebody whose browser is still open when they are let go."""
    guest = Guest(house=where.house)
    await guest.become(person_id)
    where.house.store.run(OPERATOR, lambda uow: leaving.deactivate(uow, person_id))
    return guest


async def passed_by(where: Place, person_id: str) -> Guest:
    """Somebody whom the case is led around, since it may be about them."""
    guest = Guest(house=where.house)
    await guest.become(person_id)

    def exclude(raw: Any) -> None:
        case = raw.cases.get(where.case_id)
        excluded = (*case.excluded, person_id)
        raw.cases.save(replace(case, excluded=excluded, revision=case.revision + 1), case.revision)
        for row in raw.members.of_case(where.case_id):
            if row.person_id == person_id:
                raw.members.end(row, where.house.clock.now())

    bare(where.house).run(exclude)
    return guest


async def plain(where: Place, person_id: str) -> Guest:
    """Somebody as they are."""
    guest = Guest(house=where.house)
    await guest.become(person_id)
    return guest


STRANGERS: Final = {
    "a colleague at another school": (QUIET, plain, OTHER_TEACHER),
    "the leader of another school": (QUIET, plain, "fjord-leder"),
    "a colleague next door": (QUIET, plain, PEDAGOGUE),
    "the leader's deputy, while the leader is here": (QUIET, plain, DEPUTY),
    "a health visitor of both schools": (QUIET, plain, "solbaek-sundhed"),
    "the leaders' superior": (QUIET, plain, "solbaek-chef"),
    "the administrator": (QUIET, plain, "solbaek-administrator"),
    "the protection officer": (QUIET, plain, "solbaek-tilsyn"),
    "the writer, who has left": (QUIET, left, TEACHER),
    "the leader, who has left": (QUIET, left, LEADER),
    "the leader, whom it is led around": (QUIET, passed_by, LEADER),
    "the psychologist, whom it is led around": (QUIET, passed_by, PSYCHOLOGIST),
    "a leader, of a case with a plan elsewhere": (PLANNED, plain, LEADER),
    "a psychologist, of a case with a plan elsewhere": (PLANNED, plain, PSYCHOLOGIST),
}


def doors(where: Place) -> Iterator[tuple[str, str]]:
    """Every method and address with something of the case in it."""
    app: Any = build_web(where.house)
    for route in app.routes:
        if not isinstance(route, Route) or not any(f"{{{name}}}" in route.path for name in where.ids):
            continue
        path = route.path
        for name, value in where.ids.items():
            path = path.replace(f"{{{name}}}", value)
        for form in FORMS if "{form}" in path else ("",):
            for method in sorted((route.methods or set()) & {"GET", "POST"}):
                yield method, path.replace("{form}", form)
