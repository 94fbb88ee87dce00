"""All that is held about one case, gathered behind the guard for whoever answers for it. Written down before it leaves.

A table that holds something about a case gets one line in SOURCES. A test compares the list with the inventory: every
column that is sealed is either read here or named in LEFT_OUT with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast, get_args

from bot.guard.hall import Hand
from bot.ports import Repositories
from dialogs.access.decide import Allow, Resource
from dialogs.access.oversight import looks
from dialogs.access.rules import Tie
from dialogs.cases.model import Case
from dialogs.cases.team import hat
from dialogs.meetings.model import Meeting
from dialogs.papers.dossier import Dossier
from dialogs.papers.filings import Filing, FilingKind

Act = Literal["case.package", "case.export"]
HEADS: Final = ("leader", "superior")  # who answers for a case to the outside


@dataclass(frozen=True)
class Source:
    """One place where something about a case is held. `columns` are the sealed ones that it opens."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[Repositories, Case], Sequence[Any]]


def _filings(raw: Repositories, case: Case) -> Sequence[Filing]:
    kinds: tuple[FilingKind, ...] = get_args(FilingKind)
    return [filing for kind in kinds for filing in raw.filings.of_case(case.id, kind)]


def _related(raw: Repositories, case: Case) -> Sequence[str]:
    """Codes of other cases that somebody has said are about the same child."""
    groups = {filing.group for filing in raw.filings.of_case(case.id, "child")}
    others = {one.case_id for group in groups for one in raw.filings.of_group(group, "child")} - {case.id}
    return sorted(found.code for other in others if (found := raw.cases.get(other)) is not None)


def _draft(raw: Repositories, case: Case) -> Sequence[Any]:
    found = raw.drafts.get(case.draft_id)
    return [found] if found is not None else []


def _meetings(raw: Repositories, case: Case) -> Sequence[Meeting]:
    """Meetings about the case, whole; of meetings about many cases only what is about this one."""
    since = case.sent_at
    own = list(raw.meetings.of_case(case.id))
    shared = [
        replace(
            one, points=tuple(p for p in one.points if p.case_id == case.id), notes=_about(one.notes, case.id) or {}
        )
        for one in raw.meetings.of_school(case.school_id, since)
        if one.case_id is None and any(point.case_id == case.id for point in one.points)
    ]
    return [*own, *shared]


def _about(notes: Any, case_id: str) -> Any:
    """What stands under this case's id or names it, however deep; None for what is about others."""
    match notes:
        case dict():
            held = cast(dict[str, Any], notes)
            if held.get("case_id") == case_id:
                return held
            kept = {key: one if key == case_id else _about(one, case_id) for key, one in held.items()}
            return {key: one for key, one in kept.items() if one is not None} or None
        case list():
            return [one for item in cast(list[Any], notes) if (one := _about(item, case_id)) is not None] or None
        case _:
            return None


SOURCES: Final[tuple[Source, ...]] = (
    Source("case", ("cases.body",), lambda raw, case: [case]),
    Source("draft", ("drafts.body",), _draft),
    Source("entries", ("entries.data",), lambda raw, case: raw.cases.entries(case.id)),
    Source("filings", ("filings.body",), _filings),
    Source("meetings", ("meetings.body",), _meetings),
    Source("related", (), _related),
    Source("members", (), lambda raw, case: raw.members.of_case(case.id)),
    Source("emergencies", ("emergencies.data",), lambda raw, case: raw.emergencies.of_case(case.id)),
    Source("looks", (), lambda raw, case: looks(raw.audit.about(case.id))),
    Source("notices", (), lambda raw, case: raw.outbox.of_case(case.id)),
)
LEFT_OUT: Final[Mapping[str, str]] = {
    "challenges.data": "what an employee signs in with, gone after minutes",
    "conversations.body": "an employee's last page of the chat; what it shows of the case is made of the case",
    "credentials.data": "how an employee signs in",
    "people.name": "an employee's name; the package names people by their function",
    "people.email": "an employee's address",
    "profile_notes.body": "what a profession writes to colleagues about itself, never about a child",
    "receipts.reply": "the pages that an employee was shown, made of the same answers and gone after 72 hours",
}


class GuardedDossiers:
    """Hands out one case whole, to whoever may answer for it to the outside."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def open(self, case_id: str, action: Act) -> Dossier | None:
        """All that is held; None for what is not there and for what is not theirs to hand out."""
        raw = self._hand.raw
        case = raw.cases.get(case_id)
        thing = Resource("case", case_id, case.school_id if case is not None else "")
        answer = self._hand.ask(action, thing, self._ties(case))
        if isinstance(answer, Allow) and self._hand.service:
            answer = Allow(None, "access", answer.data_class)  # what the log says it was for
        self._hand.note(action, thing, answer)
        if case is None or not isinstance(answer, Allow):
            return None
        return Dossier(case.id, case.code, {source.name: tuple(source.read(raw, case)) for source in SOURCES})

    def find(self, code: str) -> str:
        """The id of the case with this code, "" when there is none: for a command on the server."""
        self._hand.need("case.package", Resource("case"))
        return self._hand.raw.emergencies.find(code) or ""

    def ask(self, code: str) -> tuple[str, str, Sequence[str]] | None:
        """Whom to ask for a package of the case with this code: the leader on it, or their superior."""
        raw, now = self._hand.raw, self._hand.hall.now
        case_id = raw.emergencies.find(code)
        self._hand.must("access.ask", Resource("case", case_id or ""))
        if case_id is None:
            return None
        on_it = [row for row in raw.members.of_case(case_id) if row.relation == "member" and row.active(now)]
        return case_id, code, [row.person_id for row in on_it if row.function in HEADS]

    def _ties(self, case: Case | None) -> frozenset[Tie]:
        person = self._hand.person
        if case is None or person is None or "member" not in self._hand.hall.relations(case.id, person.id):
            return frozenset()
        ties: set[Tie] = {"holder"} if case.owner_id == person.id else set()
        if hat(person, case.school_id) in HEADS:
            ties.add("head")
        return frozenset(ties)
