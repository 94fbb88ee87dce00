"""Cases and their timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from dialogs.cases.model import Case, Entry
from storage.mapping import Values, by_arrival, case_from, case_values, entry_from
from storage.prepared import Prepared
from storage.revisions import must_move
from storage.statements import Upsert
from storage.tables import Cases, CaseViews, Entries
from storage.vault import Field, Vault

_T, _ENTRIES, _VIEWS = Cases.__table__, Entries.__table__, CaseViews.__table__
_BODY, _DATA = Field(_T.c.body), Field(_ENTRIES.c.data)
_ADD = Prepared(insert(_T))
_BY_ID = Prepared(select(_T.c.id, _T.c.body).where(_T.c.id == bindparam("key")))
_SEVERAL = select(_T.c.id, _T.c.body).where(_T.c.id.in_(bindparam("these", expanding=True)))
_BY_CODE = Prepared(select(_T.c.id, _T.c.body).where(_T.c.code == bindparam("code")))
_TAKEN = select(_T.c.id).where(_T.c.code == bindparam("code"))
_BY_DRAFT = Prepared(select(_T.c.id, _T.c.body).where(_T.c.draft_id == bindparam("draft")))
_SAVE = update(_T).where(_T.c.id == bindparam("key"), _T.c.revision == bindparam("expected"))
_OPEN = select(_T.c.id, _T.c.body).where(_T.c.state != "closed")
_OF_SCHOOL = select(_T.c.id, _T.c.body).where(_T.c.school_id == bindparam("school"))
_OPEN_OF_SCHOOL = _OPEN.where(_T.c.school_id == bindparam("school"))
_OF_WRITER = select(_T.c.id, _T.c.body).where(_T.c.writer_id == bindparam("writer"))

_LAST = Prepared(select(func.max(_ENTRIES.c.seq)).where(_ENTRIES.c.case_id == bindparam("of")))
# Two writers at once would take the same next number: the primary key stops the second, and its work is run again after
# the first has committed. So numbers have no gaps and no twins.
_ADD_ENTRY = Prepared(insert(_ENTRIES))
_ENTRIES_OF = select(_ENTRIES).where(_ENTRIES.c.case_id == bindparam("key")).order_by(_ENTRIES.c.seq)
_ENTRIES_OF_MANY = (
    select(_ENTRIES)
    .where(_ENTRIES.c.case_id.in_(bindparam("these", expanding=True)))
    .order_by(_ENTRIES.c.case_id, _ENTRIES.c.seq)
)

_SEEN = select(_VIEWS.c.at).where(_VIEWS.c.person_id == bindparam("person"), _VIEWS.c.case_id == bindparam("case"))

_LOOKS = select(_VIEWS.c.case_id, _VIEWS.c.at).where(_VIEWS.c.person_id == bindparam("person"))


def _see(insert_into: Any) -> Any:
    row = insert_into(_VIEWS)
    return row.on_conflict_do_update(index_elements=["person_id", "case_id"], set_={"at": row.excluded.at})


_MARK_SEEN = Upsert(_see)


class SqlCases:
    """Cases in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def add(self, case: Case) -> None:
        """Store a new case."""
        _ADD.change(self._db, self._values(case))

    def get(self, case_id: str) -> Case | None:
        """The case with this id, or None."""
        return self._one(_BY_ID, key=case_id)

    def several(self, case_ids: Sequence[str]) -> Sequence[Case]:
        """These cases in one question, the one that has waited longest first; without those that there are not."""
        return self._many(_SEVERAL, these=list(case_ids)) if case_ids else []

    def by_code(self, code: str) -> Case | None:
        """The case with this speakable code, or None."""
        return self._one(_BY_CODE, code=code)

    def taken(self, code: str) -> bool:
        """Whether any case has this code."""
        return self._db.execute(_TAKEN, {"code": code}).first() is not None

    def by_draft(self, draft_id: str) -> Case | None:
        """The case that this draft became, or None."""
        return self._one(_BY_DRAFT, draft=draft_id)

    def save(self, case: Case, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the stored revision is another."""
        must_move(case.revision, expected_revision)
        values = self._values(case) | {"key": case.id, "expected": expected_revision}
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
        seq: int = (_LAST.fetch(self._db, {"of": entry.case_id})[0][0] or 0) + 1
        values = {
            "case_id": entry.case_id,
            "seq": seq,
            "kind": entry.kind,
            "actor_id": entry.actor_id,
            "at": entry.at,
            "event_at": entry.event_at,
            "data": _DATA.seal(self._vault, _line(entry.case_id, seq), entry.case_id, dict(entry.data)),
        }
        _ADD_ENTRY.change(self._db, values)
        return replace(entry, seq=seq)

    def entries(self, case_id: str) -> Sequence[Entry]:
        """The timeline, in the order in which it was written."""
        return [self._entry(row) for row in self._db.execute(_ENTRIES_OF, {"key": case_id})]

    def entries_of(self, case_ids: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """The timelines of many cases in one question, by case id; an empty one for a case without lines."""
        found: dict[str, list[Entry]] = {case_id: [] for case_id in case_ids}
        rows = self._db.execute(_ENTRIES_OF_MANY, {"these": list(found)}).all() if found else ()
        self._vault.warm(_DATA.kind, list({row.case_id for row in rows}))
        for row in rows:
            found[row.case_id].append(self._entry(row))
        return found

    def seen(self, person_id: str, case_id: str) -> datetime | None:
        """When this person last looked at the case."""
        return self._db.execute(_SEEN, {"person": person_id, "case": case_id}).scalar()

    def looks(self, person_id: str) -> Mapping[str, datetime]:
        """When this person last looked at each case that they have ever looked at, by case id."""
        return {row.case_id: row.at for row in self._db.execute(_LOOKS, {"person": person_id})}

    def mark_seen(self, person_id: str, case_id: str, at: datetime) -> None:
        """Write down that this person has looked at the case."""
        self._db.execute(_MARK_SEEN.on(self._db), {"person_id": person_id, "case_id": case_id, "at": at})

    def _entry(self, row: Any) -> Entry:
        return entry_from(row, _DATA.open(self._vault, _line(row.case_id, row.seq), row.data))

    def _one(self, statement: Prepared, **params: str) -> Case | None:
        rows = statement.fetch(self._db, params)
        return self._open(*rows[0]) if rows else None

    def _many(self, statement: Any, **params: str | list[str]) -> list[Case]:
        rows = self._db.execute(statement, params).all()
        self._vault.warm(_BODY.kind, [row.id for row in rows])
        return sorted((self._open(*row) for row in rows), key=by_arrival)

    def _values(self, case: Case) -> Values:
        values = case_values(case)
        return values | {"body": _BODY.seal(self._vault, case.id, case.id, values["body"])}

    def _open(self, case_id: str, body: Any) -> Case:
        return case_from(_BODY.open(self._vault, case_id, body))


def _line(case_id: str, seq: int) -> str:
    return f"{case_id}:{seq}"
