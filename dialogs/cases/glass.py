"""Break-glass: a leader reads one case for an hour in an emergency and says why; the protection officer judges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from dialogs.types import Problem

Cause = Literal["danger", "absence", "authority", "other"]
CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
Verdict = Literal["justified", "not_justified"]
MIN_WORDS: Final = 20  # characters: shorter says nothing
MAX_WORDS: Final = 600
LASTS: Final = timedelta(minutes=60)
JUDGED_WITHIN: Final = timedelta(hours=72)


@dataclass(frozen=True)
class Emergency:
    """One opening: who read which case, when, why, and what was said of it afterwards."""

    id: str
    case_id: str
    person_id: str
    cause: Cause
    words: str
    since: datetime
    until: datetime
    judged_at: datetime | None = None
    judged_by: str | None = None
    verdict: Verdict | None = None

    def open(self, now: datetime) -> bool:
        """Whether it still lets its person read."""
        return self.since <= now < self.until


def broken(
    emergency_id: str,
    case_id: str,
    person_id: str,
    cause: str,
    words: str,
    now: datetime,
    before: Sequence[Emergency],
    zone: ZoneInfo,
) -> Emergency | Problem:
    """The opening, or why not: a cause and a reason must be there, and nobody opens the same case twice on one day."""
    known: Cause | None = next((one for one in CAUSES if one == cause), None)
    text = " ".join(words.split())
    if known is None:
        return Problem("glass_cause")
    if len(text) < MIN_WORDS:
        return Problem("glass_words")
    if len(text) > MAX_WORDS:
        return Problem("glass_long")
    today = now.astimezone(zone).date()
    if any(one.person_id == person_id and one.since.astimezone(zone).date() == today for one in before):
        return Problem("glass_again")
    return Emergency(emergency_id, case_id, person_id, known, text, now, now + LASTS)


def judged(emergency: Emergency, by: str, verdict: Verdict, now: datetime) -> Emergency | None:
    """The opening with its verdict; None when it has one already, or when somebody would judge their own."""
    if emergency.judged_at is not None or emergency.person_id == by:
        return None
    return replace(emergency, judged_at=now, judged_by=by, verdict=verdict)


def overdue(emergency: Emergency, now: datetime) -> bool:
    """Whether nobody has judged it in time."""
    return emergency.judged_at is None and now >= emergency.since + JUDGED_WITHIN
