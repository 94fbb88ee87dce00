"""Deleting for good in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.notices import OutboxRow
from dialogs.retention import RECORDED, Deletion, recorded
from storage.memory.state import State, moment


class MemoryRetention:
    """The same as `SqlRetention`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def closed_before(self, before: datetime, limit: int = 100) -> Sequence[tuple[str, str]]:
        closed = [(c.closed_at, c.id, c.code) for c in self._state.cases.values() if c.closed_at is not None]
        return [(case_id, code) for at, case_id, code in sorted(closed) if at < before][:limit]

    def erase_case(self, case_id: str) -> dict[str, int]:
        case = self._state.cases.pop(case_id, None)
        if case is None:
            return dict.fromkeys(("views", "notices", "lines", "rows"), 0)
        kept = Counter(
            recorded(one.kind, one.state)
            for one in self._state.filings.values()
            if one.case_id == case_id and one.kind in RECORDED
        )
        lines = len(self._state.entries.pop(case_id, ()))
        views = _drop(self._state.views, lambda key, _: key[1] == case_id)
        meetings = {one.id for one in self._state.meetings.values() if one.case_id == case_id}
        notices = self._drop_notices(lambda row: row.wish.case_id == case_id or row.wish.meeting_id in meetings)
        filed = _drop(self._state.filings, lambda _, filing: filing.case_id == case_id)
        filed += _drop(self._state.members, lambda _, member: member.case_id == case_id)
        filed += _drop(self._state.emergencies, lambda _, emergency: emergency.case_id == case_id)
        filed += _drop(self._state.meetings, lambda key, _: key in meetings)
        filed += self._state.drafts.pop(case.draft_id, None) is not None
        return {"views": views, "notices": notices, "lines": lines, "rows": 1 + filed, **kept}

    def sweep_outbox(self, before: datetime) -> int:
        over = ("sent", "dropped", "failed", "uncertain")
        return self._drop_notices(
            lambda row: row.state in over and (row.sent_at or row.due_at or row.wish.due_at) < before
        )

    def sweep_invites(self, before: datetime) -> int:
        return _drop(self._state.invites, lambda _, invite: invite.expires_at < before)

    def sweep_ledger(self, before: datetime) -> int:
        return _drop(self._state.ledger, lambda _, line: line.at < before)

    def record(self, deletion: Deletion) -> int:
        seq = max(self._state.ledger, default=0) + 1
        moment(deletion.at)
        self._state.ledger[seq] = replace(deletion, seq=seq)
        return seq

    def ledger(self, after: int = 0) -> Sequence[Deletion]:
        return [line for seq, line in sorted(self._state.ledger.items()) if seq > after]

    def _drop_notices(self, true: Callable[[OutboxRow], bool]) -> int:
        gone = [row for row in self._state.outbox.values() if true(row)]
        for row in gone:
            del self._state.outbox[row.id]
            self._state.dedupe.pop(row.wish.dedupe_key, None)
        return len(gone)


def _drop(table: dict[Any, Any], true: Callable[[Any, Any], bool]) -> int:
    gone = [key for key, value in table.items() if true(key, value)]
    for key in gone:
        del table[key]
    return len(gone)
