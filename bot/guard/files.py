"""What is filed on a case, and deleting for good, behind the guard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.guard.cases import GuardedCases, Shown
from bot.guard.hall import Hand
from bot.guard.own import GuardedDrafts
from bot.ports import Filings, Forbidden, Retention
from dialogs.access.decide import Deny, Resource
from dialogs.access.overview import overview_filing
from dialogs.papers import exchanges
from dialogs.papers.filings import Filing, FilingKind
from dialogs.plans.filed import BARE
from dialogs.records import Moved
from dialogs.retention import Deletion

_BARE = frozenset({"until", BARE})  # ids and days: what it takes to ask whether a reminder is still wanted


class GuardedFilings:
    """The Filings port in one actor's hands: whoever has the case whole has what is filed on it."""

    def __init__(self, hand: Hand, shown: Shown, cases: GuardedCases) -> None:
        self._hand, self._shown, self._cases = hand, shown, cases
        self._raw: Filings = hand.raw.filings

    def add(self, filing: Filing) -> None:
        """Store it, for whoever answers for the case or wrote it."""
        self._must_write(filing)
        self._raw.add(filing)

    def get(self, filing_id: str) -> Filing | None:
        """The filing, when its case is theirs and it is nobody else's own."""
        found = self._raw.get(filing_id)
        if found is None or not self._may(found.case_id):
            return None
        return self._shown_as(found)

    def save(self, filing: Filing, expected_revision: int) -> bool:
        """Compare and set."""
        self._must_write(filing)
        return self._raw.save(filing, expected_revision)

    def of_case(self, case_id: str, kind: FilingKind) -> Sequence[Filing]:
        """All of this kind on one case; of a case that is shown in outline, the bare facts of its plan."""
        if kind == "plan" and case_id in self._shown.outline and case_id not in self._shown.whole:
            return [_bare(filing) for filing in self._raw.of_case(case_id, kind)]
        return self._mine(self._raw.of_case(case_id, kind)) if self._may(case_id) else []

    def of_cases(self, case_ids: Sequence[str], kind: FilingKind) -> Mapping[str, Sequence[Filing]]:
        """The same for many cases that are shown whole; nothing of any other."""
        theirs = [case_id for case_id in case_ids if self._may(case_id)]
        return {case_id: self._mine(found) for case_id, found in self._raw.of_cases(theirs, kind).items()}

    def of_group(self, group: str, kind: FilingKind) -> Sequence[Filing]:
        """All of this kind that belong together; of those on cases of others, that they are there and no word of them.

        Two schools may work with the same child, and only one of them may exchange without consent first.
        """
        found: list[Filing] = []
        for filing in self._raw.of_group(group, kind):
            theirs = bool(self._hand.hall.relations(filing.case_id, self._hand.me)) and self._may(filing.case_id)
            found.append(filing if theirs and self._is_open(filing) else overview_filing(filing))
        return found

    def join(self, old: str, new: str) -> None:
        """Say that two children are one, for whoever works with a case of each; of other cases only the key moves."""
        ties = {key: self._raw.of_group(key, "child") for key in (old, new)}
        for key in (old, new):
            self._cases.must_write(next((tie.case_id for tie in ties[key] if self._writes(tie)), ""), "child")
        there, coming = ([exchanges.load(one) for one in self._raw.of_group(key, "exchange")] for key in (new, old))
        moved = [exchanges.dump(one) for one in exchanges.numbered_on(new, there, coming)]
        moved += [replace(tie, group=new, revision=tie.revision + 1) for tie in ties[old]]
        for filing in moved:
            if not self._raw.save(filing, filing.revision - 1):
                raise Moved

    def _writes(self, tie: Filing) -> bool:
        return tie.case_id in self._shown.whole and self._cases.may_write(tie.case_id)

    def _mine(self, filings: Sequence[Filing]) -> list[Filing]:
        return [one for filing in filings if (one := self._shown_as(filing)) is not None]

    def _shown_as(self, filing: Filing) -> Filing | None:
        if self._hand.service:
            return _bare(filing)
        return filing if self._is_open(filing) else None

    def _is_open(self, filing: Filing) -> bool:
        return not filing.owner or self._hand.is_me(filing.owner)

    def _may(self, case_id: str) -> bool:
        if self._hand.service:
            return self._hand.may("case.overview", Resource("case", case_id))
        if case_id not in self._shown.whole:
            self._cases.get(case_id)
        return case_id in self._shown.whole

    def _must_write(self, filing: Filing) -> None:
        if not self._is_open(filing):
            self._hand.note("case.write", Resource("case", filing.case_id), Deny("no_tie"))
            raise Forbidden("case.write")
        self._cases.must_write(filing.case_id, filing.kind)


def _bare(filing: Filing) -> Filing:
    return replace(filing, body={key: filing.body[key] for key in _BARE & filing.body.keys()})


class GuardedRetention:
    """The Retention port in one actor's hands: a person may say that their own draft is gone; services do the rest."""

    def __init__(self, hand: Hand, drafts: GuardedDrafts) -> None:
        self._hand, self._drafts = hand, drafts
        self._raw: Retention = hand.raw.retention

    def closed_before(self, before: datetime, limit: int = 100) -> Sequence[tuple[str, str]]:
        """Cases whose time is up."""
        self._hand.need("case.erase", Resource("case"))
        return self._raw.closed_before(before, limit)

    def erase_case(self, case_id: str) -> dict[str, int]:
        """Delete a case for good."""
        self._hand.must("case.erase", Resource("case", case_id))
        self._hand.hall.gone(case_id)
        return self._raw.erase_case(case_id)

    def sweep_outbox(self, before: datetime) -> int:
        """Forget old notices."""
        self._hand.need("case.erase", Resource("notice"))
        return self._raw.sweep_outbox(before)

    def sweep_invites(self, before: datetime) -> int:
        """Forget invitations that ran out."""
        self._hand.need("session.sweep", Resource("invite"))
        return self._raw.sweep_invites(before)

    def sweep_ledger(self, before: datetime) -> int:
        """Forget old lines of the ledger."""
        self._hand.need("case.erase", Resource("case"))
        return self._raw.sweep_ledger(before)

    def record(self, deletion: Deletion) -> int:
        """Write a line of the ledger: a person's says that the draft which they have just thrown away is gone.

        The line deletes again what a restored copy brings back, so nobody writes one about a draft that is there.
        """
        if deletion.kind != "draft" or deletion.owner not in self._drafts.thrown_away:
            self._hand.need("case.erase", Resource("case"))
        return self._raw.record(deletion)

    def ledger(self, after: int = 0) -> Sequence[Deletion]:
        """The lines of the ledger, which have no content."""
        self._hand.need("case.erase", Resource("case"))
        return self._raw.ledger(after)
