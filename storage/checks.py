"""The data's invariants: each row that breaks one is a breach.

Run after every crash test and by `python -m bot check`. A breach names a table and a key, never a content.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, LargeBinary, Select, and_, exists, func, or_, select, type_coerce
from sqlalchemy.exc import DBAPIError

from dialogs.audit import verify
from dialogs.retention import RULES
from storage.audit import SqlAudit
from storage.engines import engine_for
from storage.faults import translate
from storage.keyring import KeyRing
from storage.keys import Keks
from storage.mapping import (
    case_from,
    case_values,
    conversation_from,
    draft_from,
    draft_values,
    meeting_from,
    meeting_values,
)
from storage.sealing import row_name, sealed_fields
from storage.tables import (
    CaseMembers,
    Cases,
    Conversations,
    DataKeys,
    Deletions,
    Drafts,
    Entries,
    Meetings,
    Outbox,
    People,
    Receipts,
    WebSessions,
)
from storage.vault import Field, Unreadable, Vault

LEASE_GRACE = timedelta(seconds=20)  # twice the start-to-close time of a send
OVERDUE = timedelta(hours=1)  # a due notice that still waits then has no worker
RECEIPTS_LIVE = timedelta(hours=72 + 24)  # retention, and a day for the sweep
SWEEP_GRACE = timedelta(days=1)
_MOST = {rule.id: timedelta(days=rule.most) for rule in RULES}  # a municipality may set less, never more
CASES_KEPT, NOTICES_KEPT = _MOST["closed_cases"] + SWEEP_GRACE, _MOST["outbox"] + SWEEP_GRACE

_N, _C, _D = Outbox.__table__, Cases.__table__, Drafts.__table__
_E, _R, _S, _P = Entries.__table__, Receipts.__table__, WebSessions.__table__, People.__table__
_K, _L, _DK = Conversations.__table__, Deletions.__table__, DataKeys.__table__
_M = CaseMembers.__table__


@dataclass(frozen=True)
class Breach:
    """A row that should not be as it is: the invariant's code, the table, the row's key and what is wrong."""

    code: str
    table: str
    key: str
    text: str


def invariants(url: str, now: datetime, *, forms: Collection[str] | None = None, keys: Keks = ()) -> list[Breach]:
    """Every breach in the database; an empty list is what one hopes for.

    `forms` are the ids of today's forms; without them, drafts of unknown forms are not looked for. Raises StorageBusy
    when the database can't be read, KeyProblem when none of the keys opens it.
    """
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            ring = KeyRing(keys)
            ring.unlock(connection, create=False)
            vault = Vault(connection, ring)
            found = [*_rows(connection, now), *_sealed(connection, vault), *_bodies(connection, vault)]
            found += _log(connection, vault)
            if forms is not None:
                found += _hits(connection, "I11", _D.c.id, _D.c.form_id.not_in(forms), "its form does not exist")
            if connection.dialect.name == "sqlite":
                found += _file(connection)
            return found
    except DBAPIError as error:
        raise translate(error) from None
    finally:
        engine.dispose()


def _rows(connection: Connection, now: datetime) -> Iterator[Breach]:
    rules = (*_outbox_rules(now), *_case_rules(), *_retention_rules(now))
    for code, key, condition, words in rules:
        yield from _hits(connection, code, key, condition, words)
    yield from _timelines(connection)
    yield from _revived(connection)


def _log(connection: Connection, vault: Vault) -> Iterator[Breach]:
    log = SqlAudit(connection, vault)
    found = verify(log.keys(), log.lines(), log.anchor())
    if found.bad is not None:
        yield Breach("I6", "audit", str(found.bad), found.why)


def _outbox_rules(now: datetime) -> list[tuple[str, Any, Any, str]]:
    pending, sending = _N.c.state == "pending", _N.c.state == "sending"
    known = ("pending", "sending", "sent", "uncertain", "dropped", "failed")
    return [
        ("I3", _N.c.id, _N.c.state.not_in(known), "its state is unknown"),
        ("I3", _N.c.id, and_(pending, _N.c.due_at < now - OVERDUE), "it is due, and nobody sends it"),
        (
            "I3",
            _N.c.id,
            and_(sending, or_(_N.c.lease_until.is_(None), _N.c.lease_until < now - LEASE_GRACE)),
            "its lease ran out, and nobody rescued it",
        ),
        ("I3", _N.c.id, and_(~sending, _N.c.lease_token.is_not(None)), "it holds a lease without being sent"),
        ("I4", _N.c.id, and_(_N.c.state == "sent", _N.c.attempts < 1), "it is sent without an attempt"),
        ("I4", _N.c.id, and_(_N.c.state == "sent", _N.c.sent_at.is_(None)), "it is sent at no time"),
        ("I4", _N.c.id, and_(_N.c.state != "sent", _N.c.sent_at.is_not(None)), "it has a time of sending, but is not"),
        ("I5", _N.c.id, and_(pending, _N.c.until < now - OVERDUE), "its time is over, and it is not recorded"),
        ("I5", _N.c.id, and_(_N.c.state == "dropped", _N.c.reason.is_(None)), "it was dropped without a reason"),
    ]


def _case_rules() -> list[tuple[str, Any, Any, str]]:
    closed = _C.c.state == "closed"
    stored = exists().where(_E.c.case_id == _C.c.id, _E.c.kind == "stored")
    return [
        ("C1", _C.c.id, and_(closed, _C.c.answered_at.is_(None)), "it is closed without an answer to the writer"),
        ("C1", _C.c.id, closed != _C.c.closed_at.is_not(None), "its state and its closing time disagree"),
        ("C2", _C.c.id, ~stored, "its timeline does not say that it was stored"),
        (
            "C3",
            _D.c.id,
            and_(_D.c.status == "submitted", ~exists().where(_C.c.draft_id == _D.c.id)),
            "it is submitted, but there is no case",
        ),
        (
            "C4",
            _C.c.id,
            _C.c.draft_id.in_(select(_C.c.draft_id).group_by(_C.c.draft_id).having(func.count() > 1)),
            "another case has the same draft",
        ),
    ]


def _retention_rules(now: datetime) -> list[tuple[str, Any, Any, str]]:
    gone = exists().where(_P.c.id == _S.c.person_id, ~_P.c.active)
    left = exists().where(_P.c.id == _M.c.person_id, ~_P.c.active)
    return [
        ("I9", _S.c.person_id, gone, "this person has left, but a session is open"),
        (
            "I9",
            _M.c.id,
            and_(left, or_(_M.c.until.is_(None), _M.c.until > now)),
            "this person has left, but is on a case",
        ),
        ("I13", _D.c.id, _D.c.expires_at < now - SWEEP_GRACE, "its time is up, and it is not deleted"),
        (
            "I13",
            _C.c.id,
            and_(_C.c.state == "closed", _C.c.closed_at < now - CASES_KEPT),
            "it was closed longer ago than any case is kept",
        ),
        ("I13", _N.c.id, and_(_N.c.sent_at < now - NOTICES_KEPT), "a notice is older than any notice is kept"),
        ("I13", _R.c.at, _R.c.at < now - RECEIPTS_LIVE, "a receipt is older than receipts are kept"),
    ]


def _revived(connection: Connection) -> Iterator[Breach]:
    """Nothing that the ledger calls deleted is there, and least of all its key."""
    for kind, table in (("case", _C), ("draft", _D)):
        gone = select(_L.c.owner).where(_L.c.kind == kind)
        yield from _hits(connection, "I8", table.c.id, table.c.id.in_(gone), "it is deleted by the ledger, but here")
        keyed = and_(_DK.c.kind == kind, _DK.c.owner.in_(gone))
        yield from _hits(connection, "I8", _DK.c.ref, keyed, "the ledger says that this key is destroyed")


def _hits(connection: Connection, code: str, key: Any, condition: Any, words: str) -> Iterator[Breach]:
    found: Select[Any] = select(key).where(condition).order_by(key)
    for (value,) in connection.execute(found):
        yield Breach(code, key.table.name, str(value), words)


def _timelines(connection: Connection) -> Iterator[Breach]:
    lowest, highest, lines = func.min(_E.c.seq), func.max(_E.c.seq), func.count()
    gaps = select(_E.c.case_id).group_by(_E.c.case_id).having(or_(lowest != 1, highest != lines))
    for (case_id,) in connection.execute(gaps.order_by(_E.c.case_id)):
        yield Breach("C5", "entries", case_id, "its timeline has a gap")


def _sealed(connection: Connection, vault: Vault) -> Iterator[Breach]:
    """Every value in a sealed column opens, in its own place, with its own key: none is plain text."""
    for field in sealed_fields():
        table = field.column.table
        value = type_coerce(field.column, LargeBinary).label("value")
        rows = connection.execute(select(*table.primary_key.columns, value).where(field.column.is_not(None)))
        for row in rows.all():
            try:
                field.open(vault, row_name(field, row), row.value)
            except Unreadable as error:
                yield Breach(
                    "I7", table.name, row_name(field, row), f"its {field.column.name} can't be opened: {error}"
                )


def _bodies(connection: Connection, vault: Vault) -> Iterator[Breach]:
    """Bodies must be readable, and the columns beside them must be true copies."""
    yield from _copies(connection, vault, _D, lambda row: draft_values(draft_from(row.body), row.changed_at))
    yield from _copies(connection, vault, _C, lambda row: case_values(case_from(row.body)))
    yield from _copies(connection, vault, Meetings.__table__, lambda row: meeting_values(meeting_from(row.body)))
    yield from _copies(connection, vault, _K, _conversation_values)


def _conversation_values(row: Any) -> dict[str, Any]:
    kept = conversation_from(row.person_id, row.revision, row.body)
    return {"person_id": kept.person_id, "revision": kept.revision}


def _copies(
    connection: Connection, vault: Vault, table: Any, values: Callable[[Any], dict[str, Any]]
) -> Iterator[Breach]:
    key, field = next(iter(table.primary_key.columns)).name, Field(table.c.body)
    for row in connection.execute(select(table)).all():
        columns = row._asdict()
        try:
            columns["body"] = field.open(vault, str(columns[key]), columns["body"])
            copied = values(SimpleNamespace(**columns))
        except Unreadable:
            continue  # told as I7
        except (ValueError, KeyError, TypeError, AttributeError):
            yield Breach("C6", table.name, str(columns[key]), "its body can't be read")
            continue
        if any(columns[name] != value for name, value in copied.items() if name != "body"):
            yield Breach("C6", table.name, str(columns[key]), "a column differs from its body")


def _file(connection: Connection) -> Iterator[Breach]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Breach("D1", "file", "", "the file is damaged")
    for table, row_id, _, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Breach("D2", table, str(row_id), "what it refers to is missing")
