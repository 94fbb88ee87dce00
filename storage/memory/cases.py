"""Cases and timelines in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cases.model import Case, Entry
from storage.faults import Refused
from storage.mapping import by_arrival
from storage.memory.state import State, insert, moment, need, plain
from storage.revisions import must_move


class MemoryCases:
    """The same as `SqlCases`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, case: Case) -> None:
        self._check(case)
        insert(self._state.cases, case.id, case)

    def get(self, case_id: str) -> Case | None:
        return self._state.cases.get(case_id)

    def several(self, case_ids: Sequence[str]) -> Sequence[Case]:
        return self._where(lambda case: case.id in case_ids)

    def by_code(self, code: str) -> Case | None:
        return next(iter(self._where(lambda case: case.code == code)), None)

    def taken(self, code: str) -> bool:
        return self.by_code(code) is not None

    def by_draft(self, draft_id: str) -> Case | None:
        return next(iter(self._where(lambda case: case.draft_id == draft_id)), None)

    def save(self, case: Case, expected_revision: int) -> bool:
        must_move(case.revision, expected_revision)
        stored = self._state.cases.get(case.id)
        if stored is None or stored.revision != expected_revision:
            return False
        self._check(case)
        self._state.cases[case.id] = case
        return True

    def of_school(self, school_id: str, *, include_closed: bool = False) -> Sequence[Case]:
        return self._where(lambda c: c.school_id == school_id and (include_closed or c.state != "closed"))

    def of_writer(self, person_id: str) -> Sequence[Case]:
        return self._where(lambda case: case.writer_id == person_id)

    def open_cases(self) -> Sequence[Case]:
        return self._where(lambda case: case.state != "closed")

    def add_entry(self, entry: Entry) -> Entry:
        need(self._state.cases, entry.case_id)
        moment(entry.at)
        moment(entry.event_at)
        before = self._state.entries.get(entry.case_id, ())
        self._state.entries[entry.case_id] = (
            *before,
            replace(entry, seq=len(before) + 1, data=plain(dict(entry.data))),
        )
        return replace(entry, seq=len(before) + 1)

    def entries(self, case_id: str) -> Sequence[Entry]:
        return list(self._state.entries.get(case_id, ()))

    def entries_of(self, case_ids: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        return {case_id: self.entries(case_id) for case_id in case_ids}

    def seen(self, person_id: str, case_id: str) -> datetime | None:
        return self._state.views.get((person_id, case_id))

    def looks(self, person_id: str) -> Mapping[str, datetime]:
        return {case_id: at for (who, case_id), at in self._state.views.items() if who == person_id}

    def mark_seen(self, person_id: str, case_id: str, at: datetime) -> None:
        need(self._state.people, person_id)
        need(self._state.cases, case_id)
        self._state.views[person_id, case_id] = moment(at)

    def _where(self, true: Callable[[Case], bool]) -> list[Case]:
        return sorted(filter(true, self._state.cases.values()), key=by_arrival)

    def _check(self, case: Case) -> None:
        need(self._state.schools, case.school_id)
        need(self._state.people, case.writer_id)
        moment(case.stored_at)
        for other in self._state.cases.values():
            if other.id != case.id and (other.code == case.code or other.draft_id == case.draft_id):
                raise Refused("constraint")
