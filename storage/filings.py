"""What is filed on cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from dialogs.papers.filings import Filing, FilingKind
from storage.mapping import Values, filing_from, filing_values
from storage.revisions import must_move
from storage.tables import Filings
from storage.vault import Field, Vault

FIXED = ("case_id", "kind", "owner")  # what a filing keeps for good, and its right to be written is judged by
_T = Filings.__table__
_BODY = Field(_T.c.body)
_GET = select(_T).where(_T.c.id == bindparam("key"))
_SAVE = update(_T).where(
    _T.c.id == bindparam("key"),
    _T.c.revision == bindparam("expected"),
    *(_T.c[name] == bindparam(f"of_{name}") for name in FIXED),
)
_OF_CASE = select(_T).where(_T.c.case_id == bindparam("case"), _T.c.kind == bindparam("sort")).order_by(_T.c.id)
_OF_CASES = (
    select(_T)
    .where(_T.c.case_id.in_(bindparam("these", expanding=True)), _T.c.kind == bindparam("sort"))
    .order_by(_T.c.case_id, _T.c.id)
)
_OF_GROUP = select(_T).where(_T.c.group_key == bindparam("grouped"), _T.c.kind == bindparam("sort")).order_by(_T.c.id)


class SqlFilings:
    """Filings in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def add(self, filing: Filing) -> None:
        """Store a new filing; a slot that is taken is refused, or the work runs again and finds who took it."""
        self._db.execute(insert(_T), self._values(filing))

    def get(self, filing_id: str) -> Filing | None:
        """The filing with this id, or None."""
        row = self._db.execute(_GET, {"key": filing_id}).first()
        return self._open(row) if row else None

    def save(self, filing: Filing, expected_revision: int) -> bool:
        """Compare and set: False, and nothing written, when the stored revision, case, kind or owner is another."""
        must_move(filing.revision, expected_revision)
        fixed = {f"of_{name}": getattr(filing, name) for name in FIXED}
        values = self._values(filing) | fixed | {"key": filing.id, "expected": expected_revision}
        return self._db.execute(_SAVE, values).rowcount == 1

    def of_case(self, case_id: str, kind: FilingKind) -> Sequence[Filing]:
        """All of this kind on one case, in the order of their ids."""
        return [self._open(row) for row in self._db.execute(_OF_CASE, {"case": case_id, "sort": kind})]

    def of_cases(self, case_ids: Sequence[str], kind: FilingKind) -> Mapping[str, Sequence[Filing]]:
        """The same for many cases in one question, by case id; nothing for a case without any."""
        found: dict[str, list[Filing]] = {}
        rows = self._db.execute(_OF_CASES, {"these": list(case_ids), "sort": kind}).all() if case_ids else ()
        self._vault.warm(_BODY.kind, list({row.case_id for row in rows}))
        for row in rows:
            found.setdefault(row.case_id, []).append(self._open(row))
        return found

    def of_group(self, group: str, kind: FilingKind) -> Sequence[Filing]:
        """All of this kind that belong together over several cases."""
        return [self._open(row) for row in self._db.execute(_OF_GROUP, {"grouped": group, "sort": kind})]

    def _values(self, filing: Filing) -> Values:
        values = filing_values(filing)
        return values | {"body": _BODY.seal(self._vault, filing.id, filing.case_id, values["body"])}

    def _open(self, row: Any) -> Filing:
        return filing_from(row, _BODY.open(self._vault, row.id, row.body))
