"""Where an effort was agreed: at a meeting, or by the team. It comes into the plan by a tap and keeps its source.

The day and the end of what was agreed at a meeting stand there, where whoever has it says how it goes. The plan shows
them as they are: nobody has to write the same thing twice, and no two reminders ask about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dialogs.meetings.agreements import Act, Agreement, Done, MoveTo
from dialogs.plans.model import Effort, Plan

_MEETING, _DECISION = "m", "d"


@dataclass(frozen=True)
class Source:
    """Something agreed that the plan does not hold yet. `by` is who does it, "" where nobody could know.

    What the team decided was worded for whoever wrote: it can be worded anew on its way into the plan.
    """

    ref: str
    text: str
    by: str
    starts: date
    ends: date | None

    @property
    def reworded(self) -> bool:
        """Whether its words may be others in the plan than where it was agreed."""
        return not is_of_meeting(self.ref)


@dataclass(frozen=True)
class Taking:
    """Something agreed elsewhere on its way into the plan: for which need, and what nobody could know before."""

    ref: str
    need: str = ""
    by: str = ""
    text: str = ""


def of_meeting(meeting_id: str, agreement_id: str) -> str:
    """How an effort names an agreement of a meeting."""
    return f"{_MEETING}:{meeting_id}:{agreement_id}"


def of_decision(seq: int) -> str:
    """How an effort names a decision of the team, by its line of the case's timeline."""
    return f"{_DECISION}:{seq}"


def is_of_meeting(ref: str) -> bool:
    """Whether a source is an agreement of a meeting."""
    return ref.startswith(f"{_MEETING}:")


def meeting_of(ref: str) -> tuple[str, str]:
    """The ids of the meeting and of the agreement."""
    _, meeting_id, agreement_id = ref.split(":")
    return meeting_id, agreement_id


def as_agreed(plan: Plan, found: Mapping[str, Agreement]) -> Plan:
    """The plan with the days and ends of what was agreed as they are now, by source."""

    def now(effort: Effort) -> Effort:
        one = found.get(effort.agreed)
        if one is None:
            return effort
        # An agreement that was made for a day before the plan began to count it has no shorter way than that day.
        return replace(effort, starts=min(effort.starts, one.by), ends=one.by, done=one.since)

    return replace(plan, efforts=tuple(now(effort) for effort in plan.efforts))


def changes(before: Plan, after: Plan) -> tuple[tuple[str, Act], ...]:
    """What somebody has done in the plan to what was agreed at a meeting: its source, and what to do there."""
    old = {effort.id: effort for effort in before.efforts}
    found: list[tuple[str, Act]] = []
    for effort in after.efforts:
        was = old.get(effort.id)
        if was is None or not is_of_meeting(effort.agreed):
            continue
        if effort.done is not None and was.done is None:
            found.append((effort.agreed, Done()))
        elif effort.ends is not None and effort.ends != was.ends:
            found.append((effort.agreed, MoveTo(effort.ends)))
    return tuple(found)
