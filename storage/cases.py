"""Cases and their timelines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from dialogs.cases import Case, Entry
from storage.mapping import by_arrival, case_from, case_values, entry_from
from storage.revisions import must_move
from storage.statements import Upsert
from storage.tables import Cases, CaseViews, Entries

_T, _ENTRIES, _VIEWS = Cases.__table__, Entries.__table__, CaseViews.__table__
_ADD = insert(_T)
_BY_ID = select(_T.c.body).where(_T.c.id == bindparam("key"))
_BY_CODE = select(_T.c.body).where(_T.c.code == bindparam("code"))
_BY_DRAFT = select(_T.c.body).where(_T.c.draft_id == bindparam("draft"))
_SAVE = update(_T).where(_T.c.id == bindparam("key"), _T.c.revision == bindparam("expected"))
_OPEN = select(_T.c.body).where(_T.c.state != "closed")
_OF_SCHOOL = select(_T.c.body).where(_T.c.school_id == bindparam("school"))
_OPEN_OF_SCHOOL = _OPEN.where(_T.c.school_id == bindparam("school"))
_OF_WRITER = select(_T.c.body).where(_T.c.writer_id == bindparam("writer"))

_LAST = select(func.coalesce(func.max(_ENTRIES.c.seq), 0)).where(_ENTRIES.c.case_id == bindparam("of"))
# The next number is taken inside the insert. Two writers at once would take the same one: the primary key stops the
# second, and its work is run again after the first has committed. So numbers have no gaps and no twins.
_ADD_ENTRY = insert(_ENTRIES).values(seq=_LAST.scalar_subquery() + 1).returning(_ENTRIES.c.seq)
_ENTRIES_OF = select(_ENTRIES).where(_ENTRIES.c.case_id == bindparam("key")).order_by(_ENTRIES.c.seq)

_SEEN = select(_VIEWS.c.at).where(_VIEWS.c.person_id == bindparam("person"), _VIEWS.c.case_id == bindparam("case"))


def _see(insert_into: Any) -> Any:
    row = insert_into(_VIEWS)
    return row.on_conflict_do_update(index_elements=["person_id", "case_id"], set_={"at": row.excluded.at})


_MARK_SEEN = Upsert(_see)


class SqlCases:
    """Cases in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, case: Case) -> None:
        """Store a new case."""
        self._db.execute(_ADD, case_values(case))

    def get(self, case_id: str) -> Case | None:
        """The case with this id, or None."""
        return self._one(_BY_ID, key=case_id)

    def by_code(self, code: str) -> Case | None:
        """The case with this speakable code, or None."""
        return self._one(_BY_CODE, code=code)

    def by_draft(self, draft_id: str) -> Case | None:
        """The case that this draft became, or None."""
        return self._one(_BY_DRAFT, draft=draft_id)

    def save(self, case: Case, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the stored revision is another."""
        must_move(case.revision, expected_revision)
        values = case_values(case) | {"key": case.id, "expected": expected_revision}
        return self._db.execute(_SAVE, values).rowcount == 1

    def of_school(self, school_id: str, *, include_closed: bool = False) -> Sequence[Case]:
        """The school's cases, the one that has waited longest first."""
        return self._many(_OF_SCHOOL if include_closed else _OPEN_OF_SCHOOL, school=school_id)

    def of_writer(self, person_id: str) -> Sequence[Case]:
        """Everything that this person has sent, closed or not."""
        return self._many(_OF_WRITER, writer=person_id)

    def open_cases(self) -> Sequence[Case]:
        """Cases of all schools that are not closed."""
        return self._many(_OPEN)

    def add_entry(self, entry: Entry) -> Entry:
        """Append one line to the timeline; the returned entry has its gapless `seq` (from 1) within the case."""
        values = {
            "of": entry.case_id,
            "case_id": entry.case_id,
            "kind": entry.kind,
            "actor_id": entry.actor_id,
            "at": entry.at,
            "event_at": entry.event_at,
            "data": dict(entry.data),
        }
        return replace(entry, seq=self._db.execute(_ADD_ENTRY, values).scalar_one())

    def entries(self, case_id: str) -> Sequence[Entry]:
        """The timeline, in the order in which it was written."""
        return [entry_from(row) for row in self._db.execute(_ENTRIES_OF, {"key": case_id})]

    def seen(self, person_id: str, case_id: str) -> datetime | None:
        """When this person last looked at the case."""
        return self._db.execute(_SEEN, {"person": person_id, "case": case_id}).scalar()

    def mark_seen(self, person_id: str, case_id: str, at: datetime) -> None:
        """Write down that this person has looked at the case."""
        self._db.execute(_MARK_SEEN.on(self._db), {"person_id": person_id, "case_id": case_id, "at": at})

    def _one(self, statement: Any, **params: str) -> Case | None:
        body = self._db.execute(statement, params).scalar()
        return case_from(body) if body else None

    def _many(self, statement: Any, **params: str) -> list[Case]:
        bodies: Iterable[Any] = self._db.execute(statement, params).scalars()
        return sorted((case_from(body) for body in bodies), key=by_arrival)
