"""What is deleted for good, and the ledger of it, which is read again when an older copy is restored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from dialogs.retention import RECORDED, ROWS, Deletion, recorded
from storage.meetings import forget_meetings, meetings_of
from storage.sealing import sealed_fields
from storage.tables import CaseMembers, Cases, CaseViews, Deletions, Drafts, Filings, Invites, Outbox
from storage.vault import Vault

_C, _N, _I, _L = Cases.__table__, Outbox.__table__, Invites.__table__, Deletions.__table__
OVER = ("sent", "dropped", "failed", "uncertain")
_CLOSED = (
    select(_C.c.id, _C.c.code)
    .where(_C.c.state == "closed", _C.c.closed_at < bindparam("before", type_=_C.c.closed_at.type))
    .order_by(_C.c.closed_at, _C.c.id)
    .limit(bindparam("most"))
)
_SWEEP_OUTBOX = delete(_N).where(
    _N.c.state.in_(OVER), func.coalesce(_N.c.sent_at, _N.c.due_at) < bindparam("before", type_=_N.c.due_at.type)
)
_SWEEP_INVITES = delete(_I).where(_I.c.expires_at < bindparam("before", type_=_I.c.expires_at.type))
_SWEEP_LEDGER = delete(_L).where(_L.c.at < bindparam("before", type_=_L.c.at.type))
_RECORD = insert(_L).returning(_L.c.seq)


class SqlRetention:
    """Deleting for good, in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def closed_before(self, before: datetime, limit: int = 100) -> Sequence[tuple[str, str]]:
        """Ids and codes of cases that were closed before this moment, the oldest first."""
        rows = self._db.execute(_CLOSED, {"before": before, "most": limit})
        return [(row.id, row.code) for row in rows]

    def erase_case(self, case_id: str) -> dict[str, int]:
        """Delete a case with everything that hangs on it, and destroy its key; how many rows of each kind."""
        views, notices, meetings = CaseViews.__table__, _N, meetings_of(self._db, case_id)
        of_it = or_(notices.c.case_id == case_id, notices.c.meeting_id.in_(meetings))
        kept = self._kept(case_id)
        draft_id = self._db.execute(select(_C.c.draft_id).where(_C.c.id == case_id)).scalar()
        counts = {
            "views": self._gone(views, views.c.case_id == case_id),
            "notices": self._gone(notices, of_it),
            "lines": 0,
            "rows": self._gone(CaseMembers.__table__, CaseMembers.__table__.c.case_id == case_id),
        }
        counts["rows"] += forget_meetings(self._db, self._vault, meetings)
        for table, owner in _tables_of("case"):
            found = self._gone(table, owner == case_id)
            counts["lines" if table.name == "entries" else "rows"] += found
        self._vault.shred("case", case_id)
        if draft_id is not None:  # it has no words any more, and its row would say that a case is missing
            counts["rows"] += self._gone(Drafts.__table__, Drafts.__table__.c.id == draft_id)
            self._vault.shred("draft", draft_id)
        return counts | kept

    def _kept(self, case_id: str) -> dict[str, int]:
        """How many consents and exchanges there were, by how they ended: what the ledger keeps of them."""
        filed = Filings.__table__
        rows = self._db.execute(
            select(filed.c.kind, filed.c.state, func.count())
            .where(filed.c.case_id == case_id, filed.c.kind.in_(RECORDED))
            .group_by(filed.c.kind, filed.c.state)
        )
        return {recorded(kind, state): number for kind, state, number in rows}

    def sweep_outbox(self, before: datetime) -> int:
        """Delete notices that were over before this moment; how many."""
        return self._db.execute(_SWEEP_OUTBOX, {"before": before}).rowcount

    def sweep_invites(self, before: datetime) -> int:
        """Delete invitations that ran out before this moment; how many."""
        return self._db.execute(_SWEEP_INVITES, {"before": before}).rowcount

    def sweep_ledger(self, before: datetime) -> int:
        """Delete lines of the ledger from before this moment; how many."""
        return self._db.execute(_SWEEP_LEDGER, {"before": before}).rowcount

    def record(self, deletion: Deletion) -> int:
        """Write a line of the ledger; its number."""
        return self._db.execute(_RECORD, deletion_values(deletion)).scalar_one()

    def ledger(self, after: int = 0) -> Sequence[Deletion]:
        """The lines of the ledger with higher numbers, in order."""
        rows = self._db.execute(select(_L).where(_L.c.seq > after).order_by(_L.c.seq))
        return [Deletion(r.kind, r.owner, r.rule, r.at, r.code, r.counts, r.seq) for r in rows]

    def _gone(self, table: Any, where: Any) -> int:
        return self._db.execute(delete(table).where(where)).rowcount


def deletion_values(deletion: Deletion) -> dict[str, Any]:
    """A line of the ledger as a row, without its number."""
    return {
        "kind": deletion.kind,
        "owner": deletion.owner,
        "rule": deletion.rule,
        "at": deletion.at,
        "code": deletion.code,
        "counts": dict(deletion.counts),
    }


def forget_again(connection: Connection, vault: Vault, deletions: Sequence[Deletion]) -> int:
    """Delete once more what the ledger says is gone, in a database that an older copy was put into; how many rows."""
    gone = 0
    for deletion in deletions:
        if deletion.kind == "case":
            counts = SqlRetention(connection, vault).erase_case(deletion.owner)
            gone += sum(number for name, number in counts.items() if name in ROWS)
        else:
            for table, owner in _tables_of(deletion.kind):
                gone += connection.execute(delete(table).where(owner == deletion.owner)).rowcount
            vault.shred(deletion.kind, deletion.owner)
    return gone


def _tables_of(kind: str) -> list[tuple[Any, Any]]:
    """Tables with something sealed by this kind of key, and the column that says whose; what refers to others first."""
    found = {
        field.column.table: field.column.table.c[field.column.info["of"]]
        for field in sealed_fields()
        if field.kind == kind
    }
    order = {table: number for number, table in enumerate(Deletions.metadata.sorted_tables)}
    return sorted(found.items(), key=lambda item: -order[item[0]])
