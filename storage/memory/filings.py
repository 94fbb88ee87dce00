"""Filings in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs.papers.filings import Filing, FilingKind
from storage.faults import Refused
from storage.filings import FIXED
from storage.memory.state import State, insert, need, plain
from storage.revisions import must_move


class MemoryFilings:
    """The same as `SqlFilings`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, filing: Filing) -> None:
        self._check(filing)
        insert(self._state.filings, filing.id, _stored(filing))

    def get(self, filing_id: str) -> Filing | None:
        return self._state.filings.get(filing_id)

    def save(self, filing: Filing, expected_revision: int) -> bool:
        must_move(filing.revision, expected_revision)
        stored = self._state.filings.get(filing.id)
        if stored is None or stored.revision != expected_revision:
            return False
        if any(getattr(stored, name) != getattr(filing, name) for name in FIXED):
            return False
        self._check(filing)
        self._state.filings[filing.id] = _stored(filing)
        return True

    def of_case(self, case_id: str, kind: FilingKind) -> Sequence[Filing]:
        return self._where(lambda filing: (filing.case_id, filing.kind) == (case_id, kind))

    def of_cases(self, case_ids: Sequence[str], kind: FilingKind) -> Mapping[str, Sequence[Filing]]:
        found = {case_id: self.of_case(case_id, kind) for case_id in case_ids}
        return {case_id: filings for case_id, filings in found.items() if filings}

    def of_group(self, group: str, kind: FilingKind) -> Sequence[Filing]:
        return self._where(lambda filing: (filing.group, filing.kind) == (group, kind))

    def _where(self, true: Callable[[Filing], bool]) -> list[Filing]:
        return sorted(filter(true, self._state.filings.values()), key=lambda filing: filing.id)

    def _check(self, filing: Filing) -> None:
        need(self._state.cases, filing.case_id)
        for other in self._state.filings.values():
            if other.id != filing.id and filing.slot is not None and other.slot == filing.slot:
                raise Refused("constraint")


def _stored(filing: Filing) -> Filing:
    return replace(filing, body=plain(dict(filing.body)))
