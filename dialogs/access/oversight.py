"""What the data protection officer is told and shown: alarms, the monthly sample, and a child's access report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from dialogs.audit import Line

MANY_CASES: Final = 30  # distinct cases of one person on one day
NIGHT: Final = (20, 6)  # reading from eight in the evening until six in the morning
AFTER_LEAVING: Final = timedelta(hours=24)
SAMPLE: Final = 25
READS: Final = ("case.read", "case.package", "case.export", "audit.report")
WATCHED: Final = (*READS, "glass.open")
OWN: Final = "own_worry"

AlarmKind = Literal["many", "night", "left", "glass", "server"]


@dataclass(frozen=True)
class Alarm:
    """One reason to look closer: what, whose, and on which day. One of a kind a person a day."""

    kind: AlarmKind
    person_id: str
    day: date
    case_id: str  # where to begin looking

    @property
    def key(self) -> str:
        """What makes the same alarm the same."""
        return f"alarm:{self.kind}:{self.person_id}:{self.day.isoformat()}"


def alarms(lines: Sequence[Line], ended: Mapping[str, Sequence[datetime]], zone: ZoneInfo) -> tuple[Alarm, ...]:
    """What stands out among these lines. `ended` are the moments when each person's memberships of cases ended.

    A writer who looks at her own worry in the evening is no alarm: it is hers, and evenings are when people worry.
    """
    found: dict[str, Alarm] = {}
    cases: dict[tuple[str, date], set[str]] = {}
    for line in lines:
        local = line.at.astimezone(zone)
        for alarm in _of(line, local, ended.get(line.actor, ())):
            found.setdefault(alarm.key, alarm)
        if line.action in READS and line.outcome == "allow":
            mine = cases.setdefault((line.actor, local.date()), set())
            mine.add(line.case_id)
            if len(mine) > MANY_CASES:
                alarm = Alarm("many", line.actor, local.date(), line.case_id)
                found.setdefault(alarm.key, alarm)
    return tuple(found.values())


def _of(line: Line, local: datetime, ended: Sequence[datetime]) -> Iterator[Alarm]:
    if line.action == "glass.open" and line.outcome == "allow":
        yield Alarm("glass", line.actor, local.date(), line.case_id)
    if line.action not in READS:
        return
    if line.action == "case.package" and line.actor == "operator" and line.outcome == "allow":
        yield Alarm("server", line.actor, local.date(), line.case_id)
    if line.outcome == "allow" and line.purpose != OWN and (local.hour >= NIGHT[0] or local.hour < NIGHT[1]):
        yield Alarm("night", line.actor, local.date(), line.case_id)
    if any(at <= line.at < at + AFTER_LEAVING for at in ended):
        yield Alarm("left", line.actor, local.date(), line.case_id)


@dataclass(frozen=True)
class Look:
    """One reading as an access report tells it: when, in which function, to what purpose. No name."""

    at: datetime
    role: str
    purpose: str


def looks(lines: Sequence[Line]) -> tuple[Look, ...]:
    """Who has looked at a case, the latest first; acts are no looks, and a refused try showed nothing."""
    seen = (line for line in lines if line.action in READS and line.outcome == "allow")
    return tuple(Look(line.at, line.role, line.purpose) for line in reversed(list(seen)))


def sample(lines: Sequence[Line], draws: Sequence[float], most: int = SAMPLE) -> tuple[Line, ...]:
    """Some recent readings to ask about, the likelier the fewer reasons the reader had. `draws` are chances in 0–1.

    Own worries are left out: everybody may read what they have written. Who has acted in a case had a reason to read
    it, so those readings weigh a third. (Efraimidis and Spirakis: the largest draw to the power of one by the weight.)
    """
    acted = {(line.actor, line.case_id) for line in lines if line.action == "case.write"}
    reads = [line for line in lines if line.action in READS and line.outcome == "allow" and line.purpose != OWN]
    weight = [1.0 if (line.actor, line.case_id) in acted else 3.0 for line in reads]
    ranked = sorted(range(len(reads)), key=lambda n: draws[n % len(draws)] ** (1 / weight[n]), reverse=True)
    return tuple(reads[n] for n in sorted(ranked[:most]))
