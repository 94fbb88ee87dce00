"""Cases behind the guard: all of it for whoever is on it, logged before it is shown; less or nothing for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.guard.hall import Hand
from bot.ports import Forbidden
from dialogs.access.decide import Allow, Deny, Resource
from dialogs.access.overview import overview, overview_line
from dialogs.access.rules import Relation, Tie
from dialogs.cases.model import Case, Entry


@dataclass
class Shown:
    """What one hand has been shown in this transaction: whole cases, cases in outline, and whom they lead to."""

    whole: dict[str, str] = field(default_factory=dict[str, str])  # case id → school id
    outline: dict[str, str] = field(default_factory=dict[str, str])
    writers: set[str] = field(default_factory=set[str])

    def note(self, case: Case, *, whole: bool) -> None:
        """Remember what was handed out."""
        (self.whole if whole else self.outline)[case.id] = case.school_id
        self.writers.add(case.writer_id)

    def schools(self) -> set[str]:
        """The schools of these cases."""
        return {*self.whole.values(), *self.outline.values()}


class GuardedCases:
    """The Cases port in one actor's hands."""

    def __init__(self, hand: Hand, shown: Shown) -> None:
        self._hand, self._shown, self._raw = hand, shown, hand.raw.cases
        self._opened: set[str] = set()  # new ones of this transaction, whose first lines belong to the sending

    # --- reading ---

    def get(self, case_id: str) -> Case | None:
        """The case as far as this actor may see it. Whether it exists is looked up only for whoever is on it."""
        return self._asked_for(case_id, self._relations(case_id), self._raw.get)

    def several(self, case_ids: Sequence[str]) -> Sequence[Case]:
        """The same for many; each that is shown whole has its line in the log."""
        mine = self._hand.raw.members.cases_of(self._hand.me, self._hand.hall.now) if self._hand.me else {}
        known = case_ids if self._hand.service else [one for one in case_ids if one in mine]
        stored = {case.id: case for case in self._raw.several(known)}
        found = (self._asked_for(one, mine.get(one, frozenset()), stored.get) for one in case_ids)
        return [case for case in found if case is not None]

    def _asked_for(
        self, case_id: str, relations: frozenset[Relation], read: Callable[[str], Case | None]
    ) -> Case | None:
        answer = self._hand.ask("case.read", Resource("case", case_id), relations)
        if isinstance(answer, Deny) and answer.reason in ("channel", "assurance", "service"):
            # It is theirs, but not here: they hear that it is there and how it stands, and none of the words.
            lesser = self._hand.ask("case.overview", Resource("case", case_id), relations)
            if self._hand.service and isinstance(lesser, Deny):  # an operator erases by code, and sees no word of it
                lesser = self._hand.ask("case.erase", Resource("case", case_id))
            return self._handed(case_id, lesser if isinstance(lesser, Allow) else answer, read, whole=False)
        return self._handed(case_id, answer, read, whole=True)

    def by_code(self, code: str) -> Case | None:
        """The case with this code, as far as this actor may see it."""
        found = self._raw.by_code(code)
        return self.get(found.id) if found is not None else None

    def by_draft(self, draft_id: str) -> Case | None:
        """The case that this draft became, as far as this actor may see it."""
        found = self._raw.by_draft(draft_id)
        return self.get(found.id) if found is not None else None

    def taken(self, code: str) -> bool:
        """Whether any case has this code: for whoever makes a new one."""
        return self._raw.taken(code)

    def of_school(self, school_id: str, *, include_closed: bool = False) -> Sequence[Case]:
        """The cases of a school that this actor is on, in outline."""
        if not self._hand.may("case.list", Resource("case", school_id=school_id)):
            return []
        found = self._raw.of_school(school_id, include_closed=include_closed)
        if self._hand.service:
            return [overview(case) for case in found]
        mine = self._hand.raw.members.cases_of(self._hand.me, self._hand.hall.now)
        return [self._outline(case) for case in found if case.id in mine]

    def of_writer(self, person_id: str) -> Sequence[Case]:
        """What this actor has sent, in outline."""
        ties: tuple[Tie, ...] = ("self",) if self._hand.is_me(person_id) else ()
        if not self._hand.may("case.list", Resource("case"), ties):
            return []
        mine = self._hand.raw.members.cases_of(self._hand.me, self._hand.hall.now)
        return [self._outline(case) for case in self._raw.of_writer(person_id) if "writer" in mine.get(case.id, ())]

    def open_cases(self) -> Sequence[Case]:
        """All open cases in outline, for the worker."""
        if not self._hand.service or not self._hand.may("case.list", Resource("case")):
            return []
        return [overview(case) for case in self._raw.open_cases()]

    def entries(self, case_id: str) -> Sequence[Entry]:
        """The timeline: whole when the case was shown whole, in outline when that is what they have."""
        return self.entries_of((case_id,)).get(case_id, [])

    def entries_of(self, case_ids: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """The same for many; nothing at all of those that do not exist to this actor."""
        known = [one for one in case_ids if one in self._shown.whole or one in self._shown.outline or self.get(one)]
        return {
            case_id: lines if case_id in self._shown.whole else [overview_line(entry) for entry in lines]
            for case_id, lines in self._raw.entries_of(known).items()
        }

    def seen(self, person_id: str, case_id: str) -> datetime | None:
        """When this actor last looked at the case."""
        return self._raw.seen(person_id, case_id) if self._hand.is_me(person_id) else None

    def looks(self, person_id: str) -> Mapping[str, datetime]:
        """When this actor last looked at each case."""
        return self._raw.looks(person_id) if self._hand.is_me(person_id) else {}

    # --- writing ---

    def add(self, case: Case) -> None:
        """Store a new case: one's own, at a school where one works with children."""
        self._own(case.writer_id)
        self._hand.must("case.open", Resource("case", case.id, case.school_id))
        self._raw.add(case)
        self._hand.hall.changed(case.id)
        self._hand.hall.up_to_date()  # the writer is on it from now on, and writes its first lines
        self._shown.note(case, whole=True)
        self._opened.add(case.id)

    def save(self, case: Case, expected_revision: int) -> bool:
        """Compare and set, for whoever answers for it; never from an outline, whose words would be lost."""
        if case.id not in self._shown.whole:
            raise Forbidden("case.write")
        self.must_write(case.id, "")
        saved = self._raw.save(case, expected_revision)
        self._hand.hall.changed(case.id)
        return saved

    def add_entry(self, entry: Entry) -> Entry:
        """Append one line in the actor's own name."""
        self._own(entry.actor_id)
        self.must_write(entry.case_id, entry.kind)
        stored = self._raw.add_entry(entry)
        self._hand.hall.changed(entry.case_id)
        return stored

    def mark_seen(self, person_id: str, case_id: str, at: datetime) -> None:
        """Write down that the actor has looked at the case."""
        self._own(person_id)
        self._hand.must("case.overview", Resource("case", case_id), self._relations(case_id))
        self._raw.mark_seen(person_id, case_id, at)

    def may_write(self, case_id: str) -> bool:
        """Whether this actor may write to the case; asking leaves no line."""
        thing = Resource("case", case_id, self._shown.whole.get(case_id, ""))
        return isinstance(self._hand.ask("case.write", thing, self._relations(case_id)), Allow)

    def must_write(self, case_id: str, kind: str) -> None:
        """Forbidden unless this actor may write to the case; `kind` names the act for the log."""
        if case_id in self._opened:
            return
        school = self._shown.whole.get(case_id, "")
        thing, relations = Resource("case", case_id, school), self._relations(case_id)
        answer = self._hand.ask("case.write", thing, relations)
        if kind or isinstance(answer, Deny):  # the line of the timeline names the act; saving the case is part of it
            self._hand.note("case.write", thing, answer, kind)
        if isinstance(answer, Deny):
            raise Forbidden("case.write")

    # --- below ---

    def _relations(self, case_id: str) -> frozenset[Relation]:
        return self._hand.hall.relations(case_id, self._hand.me) if self._hand.me else frozenset()

    def _handed(
        self, case_id: str, answer: Allow | Deny, read: Callable[[str], Case | None], *, whole: bool
    ) -> Case | None:
        case = read(case_id) if isinstance(answer, Allow) else None
        thing = Resource("case", case_id, case.school_id if case is not None else "")
        if case is None:
            self._hand.note("case.read", thing, answer if isinstance(answer, Deny) else Deny("no_tie"))
            return None
        if whole and case_id not in self._shown.whole:  # once a transaction: one look is one line
            self._hand.note("case.read", thing, answer)
        self._shown.note(case, whole=whole)
        return case if whole else overview(case)

    def _outline(self, case: Case) -> Case:
        self._shown.note(case, whole=False)
        return overview(case)

    def _own(self, person_id: str) -> None:
        if not self._hand.is_me(person_id):
            self._hand.note("case.write", Resource("case"), Deny("no_tie"))
            raise Forbidden("case.write")
