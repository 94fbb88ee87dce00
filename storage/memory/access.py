"""The log, case memberships and emergency openings in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.access.roster import Member
from dialogs.access.rules import Relation
from dialogs.audit import HEAD_LABEL, LABEL, START, Anchor, Head, Keys, Line, chained, seal_of
from dialogs.cases.glass import Emergency
from storage.memory.state import State, insert, moment, need


class MemoryAudit:
    """The same as `SqlAudit`."""

    def __init__(self, state: State, subkey: Callable[[str], bytes]) -> None:
        self._state, self._subkey = state, subkey

    def append(self, lines: Sequence[Line]) -> None:
        """Chain the lines behind the last one."""
        at, key = self.head(), self.keys().chain
        for line in lines:
            moment(line.at)
            placed = chained(key, line, at)
            insert(self._state.audit, placed.seq, placed)
            at = Head(placed.seq, placed.mac)

    def keys(self) -> Keys:
        return Keys(self._subkey(LABEL), self._subkey(HEAD_LABEL))

    def head(self) -> Head:
        if self._state.audit:
            last = self._state.audit[next(reversed(self._state.audit))]  # added in order, so the newest is the last
            return Head(last.seq, last.mac)
        anchor = self.anchor()
        return Head(anchor.seq, anchor.mac) if anchor is not None else Head(0, START)

    def anchor(self) -> Anchor | None:
        return self._state.anchors[max(self._state.anchors)] if self._state.anchors else None

    def lines(self, after: int = 0) -> Iterator[Line]:
        """Every line in the order of the numbers."""
        return (self._state.audit[seq] for seq in sorted(self._state.audit) if seq > after)

    def about(self, case_id: str) -> Sequence[Line]:
        return [line for line in self.lines() if line.case_id == case_id]

    def report(self, case_id: str, school_id: str) -> Sequence[Line]:
        return self.about(case_id)

    def since(self, at: datetime, actions: Sequence[str]) -> Sequence[Line]:
        return [line for line in self.lines() if line.at >= at and line.action in actions]

    def cut(self, before: datetime, now: datetime) -> int:
        """Forget lines from before this moment and seal where the log begins now."""
        old = [line.seq for line in self.lines() if line.at < before]
        if not old:
            return 0
        last = self._state.audit[max(old)]
        head = Head(last.seq, last.mac)
        self._state.anchors[head.seq] = Anchor(head.seq, head.mac, now, seal_of(self.keys().heads, head))
        gone = [seq for seq in self._state.audit if seq <= head.seq]
        for seq in gone:
            del self._state.audit[seq]
        return len(gone)


class MemoryMembers:
    """The same as `SqlMembers`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def of_case(self, case_id: str) -> Sequence[Member]:
        return [row for row in self._state.members.values() if row.case_id == case_id]

    def relations(self, case_id: str, person_id: str, now: datetime) -> frozenset[Relation]:
        return self.cases_of(person_id, now).get(case_id, frozenset())

    def cases_of(self, person_id: str, now: datetime) -> Mapping[str, frozenset[Relation]]:
        """Every case that this person is on at this moment."""
        found: dict[str, frozenset[Relation]] = {}
        for row in self._state.members.values():
            if row.person_id == person_id and row.active(now):
                more: frozenset[Relation] = frozenset({row.relation})
                found[row.case_id] = found.get(row.case_id, frozenset[Relation]()) | more
        return found

    def cases_with(self, person_id: str, now: datetime) -> Sequence[str]:
        mine = (row for row in self._state.members.values() if row.person_id == person_id)
        return list(dict.fromkeys(row.case_id for row in mine if row.until is None or row.until > now))

    def ended(self, person_id: str) -> Sequence[Member]:
        return [row for row in self._state.members.values() if row.person_id == person_id and row.until is not None]

    def begin(self, member: Member) -> None:
        """Put somebody on a case."""
        need(self._state.cases, member.case_id)
        need(self._state.people, member.person_id)
        row_id = max(self._state.members, default=0) + 1
        self._state.members[row_id] = replace(member, id=row_id)

    def end(self, member: Member, at: datetime) -> None:
        """Take somebody off; a row that had not begun ends where it would have begun."""
        row = self._state.members[member.id]
        self._state.members[member.id] = replace(row, until=max(moment(at), row.since))

    def unstaffed(self) -> Sequence[str]:
        staffed = {row.case_id for row in self._state.members.values()}
        return sorted(case_id for case_id in self._state.cases if case_id not in staffed)


class MemoryEmergencies:
    """The same as `SqlEmergencies`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, emergency: Emergency) -> None:
        need(self._state.cases, emergency.case_id)
        insert(self._state.emergencies, emergency.id, emergency)

    def get(self, emergency_id: str) -> Emergency | None:
        return self._state.emergencies.get(emergency_id)

    def of_case(self, case_id: str) -> Sequence[Emergency]:
        return sorted((e for e in self._state.emergencies.values() if e.case_id == case_id), key=lambda e: e.since)

    def unjudged(self) -> Sequence[Emergency]:
        return sorted((e for e in self._state.emergencies.values() if e.judged_at is None), key=lambda e: e.since)

    def find(self, code: str) -> str | None:
        return next((case.id for case in self._state.cases.values() if case.code == code), None)

    def code(self, case_id: str) -> str:
        case = self._state.cases.get(case_id)
        return case.code if case is not None else ""

    def to_tell(self, case_id: str) -> tuple[Sequence[str], Sequence[str]]:
        """Who is on the case with an open end, and who watches over privacy; active people only."""
        rows = [row for row in self._state.members.values() if row.case_id == case_id and row.why != "unopened"]
        people = self._state.people
        team = {row.person_id for row in rows if row.until is None and people[row.person_id].active}
        watchers = {p.id for p in people.values() if p.active and any(m.role == "dpo" for m in p.memberships)}
        return sorted(team), sorted(watchers)

    def judge(self, emergency: Emergency) -> bool:
        """Write the verdict where there is none yet."""
        stored = self._state.emergencies.get(emergency.id)
        if stored is None or stored.judged_at is not None:
            return False
        self._state.emergencies[emergency.id] = emergency
        return True
