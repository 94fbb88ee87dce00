"""A month in numbers behind the guard: whoever asks is handed what may be shown, and never what it was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from bot.guard.hall import Hand
from dialogs.access.decide import Resource
from dialogs.cases.digest import Counted, Digest, Worry, digest, month_of, next_month
from dialogs.cases.model import Case, first_light
from dialogs.meetings.afterwards import tally
from dialogs.meetings.model import Meeting
from dialogs.plans.filed import load_bare


class GuardedFigures:
    """The Figures port in one actor's hands."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._raw = hand, hand.raw
        self._zone = hand.hall.workdays.zone

    def of(self, school_id: str, month: date) -> Digest | None:
        """One school's month that is over; None for whoever may not see it, and for a month that goes on."""
        today = self._day(self._hand.hall.now)
        if month_of(f"{month:%Y-%m}", today) is None:
            return None
        if not self._hand.may("digest.read", Resource("school", school_id, school_id), details=f"{month:%Y-%m}"):
            return None
        return digest(school_id, month, self._counted(school_id, month))

    def _counted(self, school_id: str, month: date) -> Counted:
        cases = self._raw.cases.of_school(school_id, include_closed=True)
        held = [one for one in self._meetings(school_id, month) if one.status in ("held", "closed")]
        sense = tally(held, "sense")
        return Counted(
            tuple(self._worry(case) for case in cases if self._in(month, case.sent_at)),
            len(held),
            {"yes": sense.yes, "partly": sense.partly, "no": sense.no},
            tuple(self._plans(cases, month)),
        )

    def _worry(self, case: Case) -> Worry:
        lines = self._raw.cases.entries(case.id)
        return Worry(first_light(case, lines), self._days(case, case.opened_at), self._days(case, case.answered_at))

    def _days(self, case: Case, at: datetime | None) -> int | None:
        return None if at is None else (self._day(at) - self._day(case.sent_at)).days

    def _meetings(self, school_id: str, month: date) -> Iterator[Meeting]:
        since = datetime.combine(month, time.min, self._zone)
        found = self._raw.meetings.of_school(school_id, since)
        return (one for one in found if self._in(month, one.starts.utc))

    def _plans(self, cases: Sequence[Case], month: date) -> Iterator[bool]:
        for case in cases:
            for filing in self._raw.filings.of_case(case.id, "plan"):
                bare = load_bare(filing)
                followed = any(month <= day < next_month(month) for day in bare.followed)
                if bare.open or followed:
                    yield followed

    def _in(self, month: date, at: datetime) -> bool:
        return month <= self._day(at) < next_month(month)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()
