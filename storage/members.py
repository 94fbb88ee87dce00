"""Who is on which case, since when and until when; and emergency openings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, insert, or_, select, update

from dialogs.access.roster import Member
from dialogs.access.rules import Relation
from dialogs.cases.glass import Emergency
from storage.tables import CaseMembers, Cases, Emergencies, Memberships, People
from storage.vault import Field, Vault

_T, _E, _C = CaseMembers.__table__, Emergencies.__table__, Cases.__table__
_P, _S = People.__table__, Memberships.__table__
_WORDS = Field(_E.c.data)
_NOW = bindparam("now", type_=_T.c.since.type)
_ACTIVE = and_(_T.c.since <= _NOW, or_(_T.c.until.is_(None), _T.c.until > _NOW))
_OF_CASE = select(_T).where(_T.c.case_id == bindparam("case")).order_by(_T.c.id)
_OF_PERSON = select(_T.c.case_id, _T.c.relation).where(_T.c.person_id == bindparam("person"), _ACTIVE)
_STANDING = _OF_PERSON.where(_T.c.case_id == bindparam("case"))
_ENDED = select(_T).where(_T.c.person_id == bindparam("person"), _T.c.until.is_not(None)).order_by(_T.c.id)
_END = update(_T).where(_T.c.id == bindparam("row")).values(until=bindparam("at", type_=_T.c.until.type))
_UNSTAFFED = select(_C.c.id).where(~exists().where(_T.c.case_id == _C.c.id)).order_by(_C.c.id)
_CASES_WITH = (
    select(_T.c.case_id)
    .distinct()
    .where(_T.c.person_id == bindparam("person"), or_(_T.c.until.is_(None), _T.c.until > _NOW))
)
_BY_ID = select(_E).where(_E.c.id == bindparam("key"))
_OF = select(_E).where(_E.c.case_id == bindparam("case")).order_by(_E.c.since)
_UNJUDGED = select(_E).where(_E.c.judged_at.is_(None)).order_by(_E.c.since)
_FIND = select(_C.c.id).where(_C.c.code == bindparam("code"))
_CODE = select(_C.c.code).where(_C.c.id == bindparam("key"))
_ON_CASE = (
    select(_T.c.person_id)
    .distinct()
    .join(_P, _P.c.id == _T.c.person_id)
    .where(_T.c.case_id == bindparam("case"), _T.c.until.is_(None), _T.c.why != "unopened", _P.c.active)
    .order_by(_T.c.person_id)
)
_WATCHERS = (
    select(_S.c.person_id)
    .distinct()
    .join(_P, _P.c.id == _S.c.person_id)
    .where(_S.c.role == "dpo", _P.c.active)
    .order_by(_S.c.person_id)
)
_JUDGE = (
    update(_E)
    .where(_E.c.id == bindparam("key"), _E.c.judged_at.is_(None))
    .values(judged_at=bindparam("at", type_=_E.c.since.type), judged_by=bindparam("by"), verdict=bindparam("says"))
)
_NAMES = ("case_id", "person_id", "relation", "function", "since", "until", "why")


class SqlMembers:
    """Case memberships in one open transaction. Rows are never deleted: their end is part of the record."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of_case(self, case_id: str) -> Sequence[Member]:
        """Everybody who is or was on the case, in the order in which they came."""
        return [_member(row) for row in self._db.execute(_OF_CASE, {"case": case_id})]

    def relations(self, case_id: str, person_id: str, now: datetime) -> frozenset[Relation]:
        """What this person is to the case at this moment; nothing for a case that does not exist."""
        rows = self._db.execute(_STANDING, {"case": case_id, "person": person_id, "now": now})
        return frozenset(row.relation for row in rows)

    def cases_of(self, person_id: str, now: datetime) -> Mapping[str, frozenset[Relation]]:
        """Every case that this person is on at this moment."""
        found: dict[str, frozenset[Relation]] = {}
        for row in self._db.execute(_OF_PERSON, {"person": person_id, "now": now}):
            found[row.case_id] = found.get(row.case_id, frozenset[Relation]()) | {row.relation}
        return found

    def cases_with(self, person_id: str, now: datetime) -> Sequence[str]:
        """Cases that this person is on, or is to come on later."""
        return list(self._db.execute(_CASES_WITH, {"person": person_id, "now": now}).scalars())

    def ended(self, person_id: str) -> Sequence[Member]:
        """The person's rows that have an end."""
        return [_member(row) for row in self._db.execute(_ENDED, {"person": person_id})]

    def begin(self, member: Member) -> None:
        """Put somebody on a case."""
        self._db.execute(insert(_T), {name: getattr(member, name) for name in _NAMES})

    def end(self, member: Member, at: datetime) -> None:
        """Take somebody off; a row that had not begun ends where it would have begun."""
        self._db.execute(_END, {"row": member.id, "at": max(at, member.since)})

    def unstaffed(self) -> Sequence[str]:
        """Cases from before there were rows: ids."""
        return list(self._db.execute(_UNSTAFFED).scalars())


class SqlEmergencies:
    """Emergency openings in one open transaction; the reason in words is sealed under the case's key."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._db, self._vault = connection, vault

    def add(self, emergency: Emergency) -> None:
        """Store a new opening."""
        sealed = _WORDS.seal(self._vault, emergency.id, emergency.case_id, {"words": emergency.words})
        plain = ("id", "case_id", "person_id", "cause", "since", "until", "judged_at", "judged_by", "verdict")
        self._db.execute(insert(_E), {**{name: getattr(emergency, name) for name in plain}, "data": sealed})

    def get(self, emergency_id: str) -> Emergency | None:
        """The opening with this id, or None."""
        row = self._db.execute(_BY_ID, {"key": emergency_id}).first()
        return None if row is None else self._from(row)

    def of_case(self, case_id: str) -> Sequence[Emergency]:
        """All openings of one case, the oldest first."""
        return [self._from(row) for row in self._db.execute(_OF, {"case": case_id})]

    def unjudged(self) -> Sequence[Emergency]:
        """What nobody has judged, the oldest first."""
        return [self._from(row) for row in self._db.execute(_UNJUDGED)]

    def judge(self, emergency: Emergency) -> bool:
        """Write the verdict where there is none yet."""
        values = {
            "key": emergency.id,
            "at": emergency.judged_at,
            "by": emergency.judged_by,
            "says": emergency.verdict,
        }
        return self._db.execute(_JUDGE, values).rowcount == 1

    def find(self, code: str) -> str | None:
        """The id of the case with this code."""
        return self._db.execute(_FIND, {"code": code}).scalar()

    def code(self, case_id: str) -> str:
        """The case's code; "" when it is gone."""
        return self._db.execute(_CODE, {"key": case_id}).scalar() or ""

    def to_tell(self, case_id: str) -> tuple[Sequence[str], Sequence[str]]:
        """Who is on the case with an open end, and who watches over privacy; active people only."""
        team = self._db.execute(_ON_CASE, {"case": case_id}).scalars()
        return list(team), list(self._db.execute(_WATCHERS).scalars())

    def _from(self, row: Any) -> Emergency:
        words = _WORDS.open(self._vault, row.id, row.data)["words"]
        return Emergency(
            row.id, row.case_id, row.person_id, row.cause, words, row.since, row.until,
            row.judged_at, row.judged_by, row.verdict,
        )  # fmt: skip


def _member(row: Any) -> Member:
    return Member(**{name: getattr(row, name) for name in _NAMES}, id=row.id)
