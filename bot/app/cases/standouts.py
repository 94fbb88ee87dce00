"""What the protection officer looks through: what stands out, and a month's sample, each line to be marked as seen."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.app.cases.scene import FORMER
from bot.app.turns.handbook import Handbook
from bot.ports import UnitOfWork
from dialogs.access.oversight import READS, WATCHED, alarms, endings, gathered, month_before, sample
from dialogs.audit import Line
from dialogs.cases.words import MONTHS

ALARM_DAYS = 31
MARK_DAYS = 93  # a mark is looked for as long as what it is about can be shown: two months and a bit


@dataclass(frozen=True)
class Mark:
    """Who has looked at it, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class AlarmRow:
    """One person's day that stands out: why, and the cases to begin with (id and code)."""

    key: str
    name: str
    day: date
    why: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]
    mark: Mark | None


@dataclass(frozen=True)
class Drawn:
    """One reading of the sample."""

    key: str
    line: Line
    mark: Mark | None


@dataclass(frozen=True)
class Sample:
    """The readings of one month that were drawn; the same ones whenever it is looked at."""

    month: str
    rows: tuple[Drawn, ...]


def alarm_rows(handbook: Handbook, uow: UnitOfWork, now: datetime) -> tuple[AlarmRow, ...]:
    """What stood out in the last month, the latest first. Openings in an emergency have a list of their own."""
    lines = uow.audit.since(now - timedelta(days=ALARM_DAYS), WATCHED)
    ended = {one: endings(uow.members.ended(one)) for one in {line.actor for line in lines}}
    seen = _marks(uow, now)
    found = gathered([one for one in alarms(lines, ended, handbook.workdays.zone) if one.kind != "glass"])
    return tuple(
        AlarmRow(
            one.key,
            _name(uow, one.person_id) if one.person_id != "operator" else handbook.words.alarms["operator"],
            one.day,
            tuple(handbook.words.alarms[kind] for kind in one.kinds),
            tuple((case_id, uow.emergencies.code(case_id)) for case_id in one.cases),
            seen.get(one.key),
        )
        for one in reversed(found)
    )


def month_sample(handbook: Handbook, uow: UnitOfWork, now: datetime) -> Sample:
    """The sample of the last whole month; of this one so far in a house that is younger than that.

    Drawn by a secret of the house: nobody can tell beforehand, and a month that is over gives the same ones each time.
    """
    zone = handbook.workdays.zone
    this = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = uow.audit.since(month_before(this), (*READS, "case.write"))
    before = [line for line in lines if line.at < this]
    first, drawn_from = (month_before(this), before) if _reads(before) else (this, [x for x in lines if x.at >= this])
    secret = hashlib.sha256(uow.audit.keys().heads + first.strftime("%Y-%m").encode()).digest()
    dice = random.Random(secret)  # noqa: S311 - its seed is secret, and that is all that matters here
    drawn = sample(drawn_from, [dice.random() for _ in drawn_from] or [0.0])
    seen = _marks(uow, now)
    rows = [(f"sample:{line.seq}", line) for line in reversed(drawn)]
    return Sample(f"{MONTHS[first.month - 1]} {first.year}", tuple(Drawn(k, line, seen.get(k)) for k, line in rows))


def mark(handbook: Handbook, uow: UnitOfWork, key: str, now: datetime) -> bool:
    """Write down that this line was looked at; False for what stands on no list, or is marked already."""
    shown: Sequence[AlarmRow | Drawn] = (*alarm_rows(handbook, uow, now), *month_sample(handbook, uow, now).rows)
    found = next((one for one in shown if one.key == key), None)
    if found is None or found.mark is not None:
        return False
    uow.reviews.mark(key)
    return True


def _reads(lines: Sequence[Line]) -> bool:
    return any(line.action in READS for line in lines)


def _marks(uow: UnitOfWork, now: datetime) -> Mapping[str, Mark]:
    """What has been looked at: the log itself is where that is kept, so that nobody can take it back."""
    lines = uow.audit.since(now - timedelta(days=MARK_DAYS), ("audit.mark",))
    return {line.details: Mark(_name(uow, line.actor), line.at) for line in lines if line.outcome == "allow"}


def _name(uow: UnitOfWork, person_id: str) -> str:
    person = uow.people.get(person_id)
    return person.name if person is not None and person.name else FORMER
