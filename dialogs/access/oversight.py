"""What the data protection officer is told and shown: alarms, the monthly sample, and a child's access report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from dialogs.access.roster import Member
from dialogs.audit import Line

MANY_CASES: Final = 30  # distinct cases of one person on one day
NIGHT: Final = (20, 6)  # reading from eight in the evening until six in the morning
AFTER_LEAVING: Final = timedelta(hours=24)
SAMPLE: Final = 25
READS: Final = ("case.read", "case.package", "case.export", "audit.report")
WATCHED: Final = (*READS, "glass.open")
OWN: Final = "own_worry"
EMERGENCY: Final = "emergency"

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


@dataclass(frozen=True)
class Standout:
    """One person's day that stands out: everything that did so in one line, and where to begin looking."""

    person_id: str
    day: date
    kinds: tuple[AlarmKind, ...]
    cases: tuple[str, ...]

    @property
    def key(self) -> str:
        """What makes the same line the same. Another reason on the same day is another line to look at."""
        return f"alarm:{self.person_id}:{self.day.isoformat()}:{'+'.join(self.kinds)}"


def gathered(found: Sequence[Alarm]) -> tuple[Standout, ...]:
    """The alarms with one line for each person and day, the oldest first."""
    days: dict[tuple[date, str], list[Alarm]] = {}
    for alarm in found:
        days.setdefault((alarm.day, alarm.person_id), []).append(alarm)
    return tuple(
        Standout(
            person_id,
            day,
            tuple(sorted({one.kind for one in mine})),
            tuple(dict.fromkeys(one.case_id for one in mine if one.case_id)),
        )
        for (day, person_id), mine in sorted(days.items())
    )


def month_before(first: datetime) -> datetime:
    """The first day of the month before the one that begins here, on the same wall clock."""
    return (first - timedelta(days=1)).replace(day=1)


def endings(rows: Sequence[Member]) -> tuple[datetime, ...]:
    """When these memberships ended. A deputy's row that was to begin later and never did has not been one."""
    return tuple(row.until for row in rows if row.until is not None and row.until > row.since)


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
    # An emergency is an alarm of its own: who opens one has not tried to come back unseen.
    if line.purpose != EMERGENCY and any(at <= line.at < at + AFTER_LEAVING for at in ended):
        yield Alarm("left", line.actor, local.date(), line.case_id)


ONE_SITTING: Final = timedelta(minutes=15)  # pages loaded closer than this are one look at the case


@dataclass(frozen=True)
class Look:
    """Readings of one sitting: from when, in which function, to what purpose, until when and how often.

    `number` tells two people in one function apart without a name; 0 when there is only one.
    """

    at: datetime
    role: str
    purpose: str
    until: datetime | None = None
    times: int = 1
    number: int = 0


def looks(lines: Sequence[Line]) -> tuple[Look, ...]:
    """Who has looked at a case, the latest first; acts are no looks, and a refused try showed nothing."""
    seen = [line for line in lines if line.action in READS and line.outcome == "allow"]
    return tuple(look for _, look in reversed(sittings(seen)))


def sittings(lines: Sequence[Line]) -> tuple[tuple[Line, Look], ...]:
    """These readings folded into sittings, oldest first, each with its first line. The log itself keeps every line."""
    found: list[tuple[Line, Look]] = []
    latest: dict[tuple[str, str, str, str], int] = {}
    for line in sorted(lines, key=lambda one: one.at):
        who = (line.actor, line.case_id, line.role, line.purpose)
        place = latest.get(who)
        last = found[place][1] if place is not None else None
        if place is not None and last is not None and line.at - (last.until or last.at) <= ONE_SITTING:
            found[place] = (found[place][0], replace(last, until=line.at, times=last.times + 1))
            continue
        latest[who] = len(found)
        found.append((line, Look(line.at, line.role, line.purpose)))
    numbers = _numbers([line for line, _ in found])
    return tuple((line, replace(look, number=numbers[line.role, line.actor])) for line, look in found)


def _numbers(lines: Sequence[Line]) -> Mapping[tuple[str, str], int]:
    """The number of each person within their function, in the order in which they came; 0 for an only one."""
    order: dict[str, dict[str, int]] = {}
    for line in lines:
        people = order.setdefault(line.role, {})
        people.setdefault(line.actor, len(people) + 1)
    return {
        (role, actor): number if len(people) > 1 else 0
        for role, people in order.items()
        for actor, number in people.items()
    }


def sample(lines: Sequence[Line], draws: Sequence[float], most: int = SAMPLE) -> tuple[Line, ...]:
    """Some recent readings to ask about, the likelier the fewer reasons the reader had. `draws` are chances in 0–1.

    One person's readings of one case on one day are one question. Own worries are left out: everybody may read what
    they have written. Who has acted in a case had a reason to read it, so those readings weigh a third.
    (Efraimidis and Spirakis: the largest draw to the power of one by the weight.)
    """
    acted = {(line.actor, line.case_id) for line in lines if line.action == "case.write"}
    asked = [line for line in lines if line.action in READS and line.outcome == "allow" and line.purpose != OWN]
    first: dict[tuple[str, str, date], Line] = {}
    for line in asked:
        first.setdefault((line.actor, line.case_id, line.at.date()), line)
    reads = list(first.values())
    weight = [1.0 if (line.actor, line.case_id) in acted else 3.0 for line in reads]
    ranked = sorted(range(len(reads)), key=lambda n: draws[n % len(draws)] ** (1 / weight[n]), reverse=True)
    return tuple(reads[n] for n in sorted(ranked[:most]))
