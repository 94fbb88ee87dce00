"""The log, case memberships and emergencies behind the guard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.guard.hall import Hand
from bot.ports import Forbidden
from dialogs.access.decide import Allow, Deny, Resource
from dialogs.access.roster import Member
from dialogs.access.rules import Relation, Tie
from dialogs.audit import Anchor, Head, Keys, Line
from dialogs.cases.glass import Emergency

_KEY = re.compile(r"(?:alarm|sample):[\w:+-]{1,120}", re.ASCII)


class GuardedAudit:
    """The Audit port in one actor's hands. Nobody writes a line by hand."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.audit

    def append(self, lines: Sequence[Line]) -> None:
        """Refused: what is written down is what was done."""
        raise Forbidden("audit.append")

    def keys(self) -> Keys:
        """The chain's keys, for a check."""
        self._hand.need("audit.verify", Resource("audit"))
        return self._raw.keys()

    def head(self) -> Head:
        """How far the log has come."""
        self._hand.need("audit.head", Resource("audit"))
        return self._raw.head()

    def anchor(self) -> Anchor | None:
        """Where older lines were cut off."""
        self._hand.need("audit.head", Resource("audit"))
        return self._raw.anchor()

    def lines(self, after: int = 0) -> Iterator[Line]:
        """Every line, for a check or for the data protection officer."""
        self._reading("all")
        return self._raw.lines(after)

    def about(self, case_id: str) -> Sequence[Line]:
        """Who has looked at a case: for those who are on it. Asking is not looking at the case."""
        ties: frozenset[Tie] = self._hand.hall.relations(case_id, self._hand.me) if self._hand.me else frozenset()
        return self._raw.about(case_id) if self._hand.may("audit.who", Resource("case", case_id), ties) else []

    def report(self, case_id: str, school_id: str) -> Sequence[Line]:
        """The same for a child's access report: for the school's leader and the data protection officer."""
        self._hand.must("audit.report", Resource("case", case_id, school_id))
        return self._raw.about(case_id)

    def since(self, at: datetime, actions: Sequence[str]) -> Sequence[Line]:
        """Lines of these kinds, for alarms and samples."""
        self._reading("kinds")
        return self._raw.since(at, actions)

    def cut(self, before: datetime, now: datetime) -> int:
        """Forget old lines; only when there are any is it written down."""
        self._hand.need("audit.cut", Resource("audit"))
        gone = self._raw.cut(before, now)
        if gone:
            self._hand.must("audit.cut", Resource("audit"), details=str(gone))
        return gone

    def _reading(self, what: str) -> None:
        """A person who reads the log is in the log; the worker's own look every minute is not."""
        if self._hand.service == "worker":
            self._hand.need("audit.read", Resource("audit"))
        else:
            self._hand.must("audit.read", Resource("audit"), details=what)


class GuardedReviews:
    """The Reviews port in one actor's hands."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def mark(self, key: str) -> None:
        """Write down that a line of the officer's lists was looked at; its key is all that is kept of it."""
        if not _KEY.fullmatch(key):
            raise Forbidden("audit.mark")
        self._hand.must("audit.mark", Resource("audit"), details=key)


class GuardedMembers:
    """The Members port: reading only, since rows follow from what is done to cases and people."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.members

    def of_case(self, case_id: str) -> Sequence[Member]:
        """Everybody who is or was on a case that one answers for."""
        ties: frozenset[Tie] = self._hand.hall.relations(case_id, self._hand.me) if self._hand.me else frozenset()
        return self._raw.of_case(case_id) if self._hand.may("audit.who", Resource("case", case_id), ties) else []

    def relations(self, case_id: str, person_id: str, now: datetime) -> frozenset[Relation]:
        """What one is to a case oneself."""
        return self._hand.hall.relations(case_id, person_id) if self._hand.is_me(person_id) else frozenset()

    def cases_of(self, person_id: str, now: datetime) -> Mapping[str, frozenset[Relation]]:
        """The cases that one is on oneself."""
        return self._raw.cases_of(person_id, now) if self._hand.is_me(person_id) else {}

    def cases_with(self, person_id: str, now: datetime) -> Sequence[str]:
        """The same with those that begin later."""
        return self._raw.cases_with(person_id, now) if self._hand.is_me(person_id) else []

    def ended(self, person_id: str) -> Sequence[Member]:
        """When somebody's memberships ended, for the alarms."""
        self._hand.need("audit.read", Resource("audit"))
        return self._raw.ended(person_id)

    def begin(self, member: Member) -> None:
        """Refused: people come onto a case by what is done, not by being written down."""
        raise Forbidden("members.begin")

    def end(self, member: Member, at: datetime) -> None:
        """Refused."""
        raise Forbidden("members.end")

    def unstaffed(self) -> Sequence[str]:
        """Cases from before there were rows."""
        return self._raw.unstaffed() if self._hand.service else []


class GuardedEmergencies:
    """The Emergencies port in one actor's hands: a leader opens, the data protection officer reads and judges."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw.emergencies

    def add(self, emergency: Emergency) -> None:
        """Break the glass: the leader of the case's school, and nobody whom the case was led around."""
        thing, excluded = self._case(emergency.case_id)
        if self._hand.me != emergency.person_id:
            raise Forbidden("glass.open")
        self._hand.must("glass.open", thing, excluded=excluded, details=emergency.cause)
        self._raw.add(emergency)
        row = Member(
            emergency.case_id, emergency.person_id, "glass", "leader", emergency.since, emergency.until, "emergency"
        )
        self._hand.raw.members.begin(row)

    def find(self, code: str) -> str | None:
        """The case that this actor may open in an emergency; none for what is not there and for what is not theirs."""
        case_id = self._raw.find(code)
        if case_id is None:
            self._hand.note("glass.open", Resource("case"), Deny("no_tie"))
            return None
        return case_id if self._may_open(case_id, note=True) else None

    def code(self, case_id: str) -> str:
        """A code is no secret to whoever has the id."""
        return self._raw.code(case_id)

    def to_tell(self, case_id: str) -> tuple[Sequence[str], Sequence[str]]:
        """Who hears of the opening, for whoever has just opened it."""
        return self._raw.to_tell(case_id) if self._may_open(case_id, note=False) else ((), ())

    def get(self, emergency_id: str) -> Emergency | None:
        """One opening, to judge it."""
        return self._raw.get(emergency_id) if self._reads(emergency_id) else None

    def of_case(self, case_id: str) -> Sequence[Emergency]:
        """One's own openings of a case; all of them for whoever judges."""
        if self._hand.service or not self._hand.me:
            return []
        return [one for one in self._raw.of_case(case_id) if one.person_id == self._hand.me]

    def unjudged(self) -> Sequence[Emergency]:
        """What nobody has judged."""
        return self._raw.unjudged() if self._reads("") else []

    def judge(self, emergency: Emergency) -> bool:
        """Write the verdict."""
        self._hand.must("glass.judge", Resource("glass", emergency.id), details=emergency.verdict or "")
        return self._raw.judge(emergency)

    def _may_open(self, case_id: str, *, note: bool) -> bool:
        thing, excluded = self._case(case_id)
        answer = self._hand.ask("glass.open", thing, excluded=excluded)
        if isinstance(answer, Deny) and note:
            self._hand.note("glass.open", thing, answer)
        return isinstance(answer, Allow)

    def _case(self, case_id: str) -> tuple[Resource, bool]:
        """The case as a thing to ask about, and whether it was led around this person.

        The superior's way and an exclusion exist because of a leader: an emergency is no door around either. Nor is it
        one around a writer's own page or the informed reader's.
        """
        case = self._hand.raw.cases.get(case_id)
        if case is None:
            return Resource("case", case_id), True
        closed = self._hand.me in case.excluded or case.route == "superior" or case.writer_id == self._hand.me
        return Resource("case", case_id, case.school_id), closed

    def _reads(self, emergency_id: str) -> bool:
        if self._hand.service:
            self._hand.need("glass.read", Resource("glass"))
            return True
        return self._hand.may("glass.read", Resource("glass", emergency_id))
