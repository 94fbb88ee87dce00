"""The audit log in the database: lines are only ever added, one after another, and cut off at the far end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from dialogs.audit import HEAD_LABEL, LABEL, START, Anchor, Head, Keys, Line, chained, seal_of
from storage.prepared import Prepared
from storage.tables import Audit, AuditAnchors
from storage.vault import Vault

_T, _A = Audit.__table__, AuditAnchors.__table__
_NAMES = tuple(column.name for column in _T.c)
_PUT = Prepared(insert(_T))
_LAST = Prepared(select(_T.c.seq, _T.c.mac).where(_T.c.seq == select(func.max(_T.c.seq)).scalar_subquery()))
_ANCHOR = select(_A).order_by(_A.c.seq.desc()).limit(1)
_AFTER = select(_T).where(_T.c.seq > bindparam("after")).order_by(_T.c.seq).limit(bindparam("most"))
_ABOUT = select(_T).where(_T.c.case_id == bindparam("about")).order_by(_T.c.seq)
_SINCE = (
    select(_T)
    .where(_T.c.at >= bindparam("from_at", type_=_T.c.at.type), _T.c.action.in_(bindparam("of", expanding=True)))
    .order_by(_T.c.seq)
)
_YOUNGEST_OLD = select(func.max(_T.c.seq)).where(_T.c.at < bindparam("before", type_=_T.c.at.type))
_ONE = select(_T).where(_T.c.seq == bindparam("number"))
_CUT = delete(_T).where(_T.c.seq <= bindparam("upto"))
_BATCH = 2_000


def my_turn(connection: Connection) -> None:
    """Wait until nobody else adds to the log. Before the first query of a transaction it sees all that was added."""
    # A lock on the table and not an advisory one: asking for that is a query, and fixes what the transaction sees.
    connection.exec_driver_sql("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE")


class SqlAudit:
    """The log in one open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def append(self, lines: Sequence[Line]) -> None:
        """Chain the lines behind the last one.

        On PostgreSQL one transaction at a time does this, up to its commit. Whoever waited here sees the log as it was
        before, and takes a number that is taken: then the work runs again, and its turn comes first (`my_turn`).
        """
        if self._db.dialect.name == "postgresql":
            my_turn(self._db)
        at, key = self.head(), self.keys().chain
        for line in lines:
            placed = chained(key, line, at)
            _PUT.change(self._db, {name: getattr(placed, name) for name in _NAMES})
            at = Head(placed.seq, placed.mac)

    def keys(self) -> Keys:
        """The chain's keys."""
        return Keys(self._vault.subkey(LABEL), self._vault.subkey(HEAD_LABEL))

    def head(self) -> Head:
        """The last line's number and mark; where the log was cut when nothing came after; number 0 when it is new."""
        rows = _LAST.fetch(self._db, {})
        if rows:
            return Head(rows[0][0], rows[0][1])
        anchor = self.anchor()
        return Head(anchor.seq, anchor.mac) if anchor is not None else Head(0, START)

    def anchor(self) -> Anchor | None:
        """Where older lines were cut off last."""
        row = self._db.execute(_ANCHOR).first()
        return None if row is None else Anchor(row.seq, row.mac, row.at, row.seal)

    def lines(self, after: int = 0) -> Iterator[Line]:
        """Every line in the order of the numbers, read in batches."""
        while rows := self._db.execute(_AFTER, {"after": after, "most": _BATCH}).all():
            yield from map(_line, rows)
            after = rows[-1].seq

    def about(self, case_id: str) -> Sequence[Line]:
        """What was done and read on one case."""
        return [_line(row) for row in self._db.execute(_ABOUT, {"about": case_id})]

    def report(self, case_id: str, school_id: str) -> Sequence[Line]:
        """The same lines, for an access report; whose school it is, is the guard's to ask."""
        return self.about(case_id)

    def since(self, at: datetime, actions: Sequence[str]) -> Sequence[Line]:
        """Lines of these kinds from this moment on."""
        return [_line(row) for row in self._db.execute(_SINCE, {"from_at": at, "of": list(actions)})]

    def cut(self, before: datetime, now: datetime) -> int:
        """Forget lines from before this moment and seal where the log begins now; how many they were."""
        upto = self._db.execute(_YOUNGEST_OLD, {"before": before}).scalar()
        if upto is None:
            return 0
        last = _line(self._db.execute(_ONE, {"number": upto}).one())
        head = Head(last.seq, last.mac)
        values = {"seq": head.seq, "mac": head.mac, "at": now, "seal": seal_of(self.keys().heads, head)}
        self._db.execute(insert(_A), values)
        return self._db.execute(_CUT, {"upto": upto}).rowcount


def _line(row: Any) -> Line:
    return Line(**{name: getattr(row, name) for name in _NAMES})
