"""The outbox: a notice is a row before it is a message, and a lease before it is sent.

    pending → sending (claim) → sent | uncertain | failed | dropped, or pending again with a later `due_at` (finish)
    sending → uncertain (rescue): the lease ran out, so nobody knows whether the message has left

Each arrow is one statement that names the state it leaves, so two workers can't both take it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlalchemy import Connection, and_, bindparam, case, func, null, or_, select, update

from dialogs.gathering import TEMPLATE
from dialogs.notices import SILENT, SUBJECT, Arrived, Channel, OutboxRow, State, Wish, urgency_of
from storage.mapping import fate_values, outbox_from, wish_values
from storage.prepared import Prepared
from storage.statements import Upsert
from storage.tables import CaseViews, Outbox, Paces

STATES: tuple[State, ...] = get_args(State)
UNSENT: tuple[State, ...] = ("pending", "sending")
RETRIABLE: tuple[State, ...] = ("failed", "uncertain")  # what was dropped is no longer true, and what is sent is sent

_T = Outbox.__table__
_ADD = Prepared(Upsert(lambda insert: insert(_T).on_conflict_do_nothing(index_elements=["dedupe_key"])))
_GET = select(_T).where(_T.c.id == bindparam("key"))
_FREE: dict[str, Any] = {"lease_token": null(), "lease_until": null()}


def _claim() -> Any:
    # PostgreSQL: MATERIALIZED, because a plain subquery may be run again for each row and lock more than `limit`;
    # SKIP LOCKED, so that two workers take different rows without waiting. SQLite has one writer and needs neither.
    due = (
        select(_T.c.id)
        .where(_T.c.state == "pending", _T.c.due_at <= bindparam("now", type_=_T.c.due_at.type))
        .order_by(_T.c.urgency, _T.c.due_at, _T.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("due")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    leased = update(_T).where(_T.c.id.in_(select(due.c.id)))
    return leased.values(
        state="sending", attempts=_T.c.attempts + 1, lease_token=bindparam("token"), lease_until=bindparam("lease")
    ).returning(_T)


_CLAIM = _claim()
_FINISH = update(_T).where(_T.c.id == bindparam("key"), _T.c.lease_token == bindparam("token"), _T.c.state == "sending")
_RESCUE = (
    update(_T)
    .where(_T.c.state == "sending", _T.c.lease_until <= bindparam("now", type_=_T.c.due_at.type))
    .values(state="uncertain", last_error="lease_expired", **_FREE)
    .returning(_T)
)
_VIEWS = CaseViews.__table__
_INSTANT = _T.c.due_at.type
_LOOKED = _T.outerjoin(_VIEWS, and_(_VIEWS.c.person_id == _T.c.recipient, _VIEWS.c.case_id == _T.c.case_id))
_TOLD = (
    _T.c.recipient == bindparam("person"),
    _T.c.wished_at <= bindparam("now", type_=_INSTANT),
    _T.c.state != "dropped",
    _T.c.channel.not_in(SILENT),
    _T.c.template != TEMPLATE,  # what it tells of stands on the page itself
)
# Looking at the case makes its notices old, and looking at the meeting, or its beginning, those of a meeting. A notice
# about a draft nags nobody.
_NEW = or_(
    and_(_T.c.case_id.is_not(None), or_(_VIEWS.c.at.is_(None), _VIEWS.c.at < _T.c.wished_at)),
    and_(
        _T.c.case_id.is_(None),
        _T.c.draft_id.is_(None),
        _T.c.meeting_id.is_not(None),
        _T.c.seen_at.is_(None),
        or_(_T.c.until.is_(None), _T.c.until > bindparam("now", type_=_INSTANT)),
    ),
)
_IS_NEW = case((_NEW, 1), else_=0)
_DUE_OF_PERSON = (
    select(_T, _IS_NEW.label("is_new"))
    .select_from(_LOOKED)
    .where(*_TOLD)
    .order_by(_IS_NEW.desc(), _T.c.wished_at.desc(), _T.c.id.desc())
    .limit(bindparam("most"))
)
_UNREAD = select(func.count()).select_from(_LOOKED).where(*_TOLD, _NEW)
_SAW_MEETING = (
    update(_T)
    .where(
        _T.c.meeting_id == bindparam("meeting"),
        _T.c.recipient == bindparam("person"),
        _T.c.wished_at <= bindparam("now", type_=_INSTANT),
        _T.c.seen_at.is_(None),
    )
    .values(seen_at=bindparam("now", type_=_INSTANT))
)
_PENDING_OF_PERSON = (
    select(_T).where(_T.c.recipient == bindparam("person"), _T.c.state == "pending").order_by(_T.c.due_at, _T.c.id)
)
_GATHERED_BY = (
    select(_T)
    .where(_T.c.recipient == bindparam("person"), _T.c.state == "sent", _T.c.reason == bindparam("why"))
    .order_by(_T.c.id)
)
_AHEAD_OF = (
    select(_T)
    .where(
        _T.c.recipient == bindparam("person"),
        _T.c.id < bindparam("before"),
        _T.c.state.in_(UNSENT),
        *(_T.c[name].is_not_distinct_from(bindparam(f"of_{name}", type_=_T.c[name].type)) for name in SUBJECT),
    )
    .order_by(_T.c.id)
)
_LAST_SENT = select(func.max(_T.c.sent_at)).where(
    _T.c.recipient == bindparam("person"), _T.c.sent_via == bindparam("via")
)
_OF_CASE = select(_T).where(_T.c.case_id == bindparam("of")).order_by(_T.c.id)
_CANCEL = (
    update(_T)
    .where(_T.c.state == "pending", _T.c.draft_id == bindparam("of_draft"))
    .values(state="dropped", reason=bindparam("why"))
)
_OWN = (_T.c.id == bindparam("key"), _T.c.recipient == bindparam("of"), _T.c.state == "pending")
_PUT_OFF = update(_T).where(*_OWN).values(due_at=bindparam("then", type_=_T.c.due_at.type))
_TURN_OFF = update(_T).where(*_OWN).values(state="dropped", reason="turned_off")
_GATHER = (
    update(_T)
    .where(_T.c.id.in_(bindparam("ids", expanding=True)), _T.c.recipient == bindparam("of"), _T.c.state == "pending")
    .values(state="sent", sent_via="web", sent_at=bindparam("now", type_=_T.c.sent_at.type), reason=bindparam("why"))
    .returning(_T.c.id)
)
_COUNT = select(_T.c.state, func.count()).group_by(_T.c.state)
_LISTING = select(_T).where(_T.c.state.in_(bindparam("states", expanding=True)))
_LISTING = _LISTING.order_by(_T.c.id.desc()).limit(bindparam("most"))
_RETRY = (
    update(_T)
    .where(_T.c.id == bindparam("key"), _T.c.state.in_(RETRIABLE))
    .values(state="pending", due_at=bindparam("now"), tried=(), last_error=null(), **_FREE)
)
_NEXT_DUE = select(func.min(_T.c.due_at)).where(_T.c.state == "pending")


_PACE = Paces.__table__
_KNOW_ROAD = Upsert(lambda insert: insert(_PACE).on_conflict_do_nothing(index_elements=["road"]))
_NEXT = select(_PACE.c.next_at).where(_PACE.c.road == bindparam("of")).with_for_update()
_TAKE = (
    update(_PACE).where(_PACE.c.road == bindparam("of")).values(next_at=bindparam("then", type_=_PACE.c.next_at.type))
)


def in_due_order(row: OutboxRow) -> tuple[int, datetime, int]:
    """The order in which rows are sent; RETURNING promises none."""
    return urgency_of(row.wish), row.due_at or row.wish.due_at, row.id


def newest_first(told: Arrived) -> tuple[float, int]:
    """The order in which a person reads what they were told."""
    return -told.row.wish.due_at.timestamp(), -told.row.id


class SqlOutbox:
    """The outbox in one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, wish: Wish) -> bool:
        """Store the wish; False when its dedupe_key is already there, whatever became of it."""
        return _ADD.change(self._db, wish_values(wish)) == 1

    def get(self, row_id: int) -> OutboxRow | None:
        """The notice with this number, or None."""
        row = self._db.execute(_GET, {"key": row_id}).first()
        return outbox_from(row) if row else None

    def claim(self, now: datetime, token: str, lease_seconds: float, limit: int) -> Sequence[OutboxRow]:
        """Lease due rows, the longest due first: `sending`, attempts + 1, written before anything is sent."""
        lease = now + timedelta(seconds=lease_seconds)
        rows = self._db.execute(_CLAIM, {"now": now, "token": token, "lease": lease, "most": limit})
        return sorted((outbox_from(row) for row in rows), key=in_due_order)

    def finish(self, row: OutboxRow, token: str) -> bool:
        """Write the row's outcome where the lease is still ours; False when it is not."""
        if row.state == "sending":
            raise ValueError("a finished row has an outcome")
        return self._db.execute(_FINISH, fate_values(row) | {"key": row.id, "token": token}).rowcount == 1

    def rescue(self, now: datetime) -> Sequence[OutboxRow]:
        """Rows whose lease ran out while sending; they become `uncertain`, never silently pending again."""
        return sorted((outbox_from(row) for row in self._db.execute(_RESCUE, {"now": now})), key=in_due_order)

    def due_of_person(self, person_id: str, now: datetime, limit: int = 50) -> Sequence[Arrived]:
        """What a person was or should have been told by now, the newest first; what is new is never cut away."""
        rows = self._db.execute(_DUE_OF_PERSON, {"person": person_id, "now": now, "most": limit})
        return sorted((Arrived(outbox_from(row), bool(row.is_new)) for row in rows), key=newest_first)

    def unread(self, person_id: str, now: datetime) -> int:
        """How many of those are new."""
        return self._db.execute(_UNREAD, {"person": person_id, "now": now}).scalar_one()

    def saw_meeting(self, person_id: str, meeting_id: str, now: datetime) -> None:
        """What a person was told about this meeting is not new any more."""
        self._db.execute(_SAW_MEETING, {"person": person_id, "meeting": meeting_id, "now": now})

    def pending_of_person(self, person_id: str) -> Sequence[OutboxRow]:
        """Everything that still waits to be sent to a person, the first to go first."""
        return [outbox_from(row) for row in self._db.execute(_PENDING_OF_PERSON, {"person": person_id})]

    def gathered_by(self, person_id: str, reason: str) -> Sequence[OutboxRow]:
        """What one message has told of before, by the reason that it left on each."""
        return [outbox_from(row) for row in self._db.execute(_GATHERED_BY, {"person": person_id, "why": reason})]

    def ahead_of(self, row: OutboxRow) -> Sequence[OutboxRow]:
        """What the same person was to be told of the same thing before this, and has not been yet; the oldest first."""
        about = {f"of_{name}": getattr(row.wish, name) for name in SUBJECT}
        rows = self._db.execute(_AHEAD_OF, {"person": row.wish.recipient, "before": row.id, **about})
        return [outbox_from(found) for found in rows]

    def last_sent(self, person_id: str, channel: Channel) -> datetime | None:
        """When the last message went to a person on this channel."""
        return self._db.execute(_LAST_SENT, {"person": person_id, "via": channel}).scalar()

    def of_case(self, case_id: str) -> Sequence[OutboxRow]:
        """Every notice about a case, the oldest first."""
        return [outbox_from(row) for row in self._db.execute(_OF_CASE, {"of": case_id})]

    def cancel(self, draft_id: str, reason: str) -> int:
        """Drop pending rows about a draft; the number of rows dropped."""
        return self._db.execute(_CANCEL, {"of_draft": draft_id, "why": reason}).rowcount

    def put_off(self, row_id: int, person_id: str, until: datetime) -> bool:
        """Try a person's own waiting notice again from this moment on; False for any other row."""
        return self._db.execute(_PUT_OFF, {"key": row_id, "of": person_id, "then": until}).rowcount == 1

    def turn_off(self, row_id: int, person_id: str) -> bool:
        """Drop a person's own waiting notice, because they said so; False for any other row."""
        return self._db.execute(_TURN_OFF, {"key": row_id, "of": person_id}).rowcount == 1

    def gather(self, row_ids: Sequence[int], person_id: str, reason: str, now: datetime) -> Sequence[int]:
        """Show these waiting notices of a person on the page only, since one message tells of them; those it could."""
        values = {"ids": list(row_ids), "of": person_id, "now": now, "why": reason}
        return sorted(self._db.execute(_GATHER, values).scalars())

    def count(self) -> dict[str, int]:
        """Rows by state; every state is named, also with none."""
        return dict.fromkeys(STATES, 0) | {state: number for state, number in self._db.execute(_COUNT)}

    def listing(self, states: Sequence[str], limit: int = 100) -> Sequence[OutboxRow]:
        """Rows in any of these states, the newest first."""
        return [outbox_from(row) for row in self._db.execute(_LISTING, {"states": list(states), "most": limit})]

    def retry(self, row_id: int, now: datetime) -> bool:
        """Make a failed or uncertain row due again, on every channel; False for any other row."""
        return self._db.execute(_RETRY, {"key": row_id, "now": now}).rowcount == 1

    def take_turn(self, road: str, now: datetime, gap: timedelta) -> datetime:
        """The moment when the next message may go on this road, and it is taken: nobody else gets the same one."""
        self._db.execute(_KNOW_ROAD.on(self._db), {"road": road, "next_at": now})
        at = max(self._db.execute(_NEXT, {"of": road}).scalar_one(), now)
        self._db.execute(_TAKE, {"of": road, "then": at + gap})
        return at

    def next_due(self) -> datetime | None:
        """When the next pending row is due, or None."""
        return self._db.execute(_NEXT_DUE).scalar()
