"""Who has looked at a case: for the people on it, for a child's access report, and for whoever watches over privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app.cases import standouts
from bot.app.cases.scene import FORMER
from bot.app.cases.standouts import AlarmRow, Mark
from bot.app.cases.views import SeenRow
from bot.app.turns.handbook import Handbook
from bot.ports import UnitOfWork
from dialogs.access.oversight import READS, Look, looks, sittings
from dialogs.access.vouching import OPENING
from dialogs.audit import Line
from dialogs.cases.glass import CAUSES, Emergency, Verdict, judged, overdue
from dialogs.cases.words import moment_words
from dialogs.people import Person

MOST = 50  # lines on a case's page; the report has them all
SAMPLE_DAYS = 31
_OPERATOR = "den, der passer maskinen"


@dataclass(frozen=True)
class Report:
    """All readings of one case, as an answer to a request for access."""

    case_id: str
    code: str
    rows: tuple[SeenRow, ...]


@dataclass(frozen=True)
class GlassRow:
    """One emergency opening to judge."""

    id: str
    case_id: str
    code: str
    name: str
    cause: str
    words: str
    at: datetime
    late: bool
    verdict: str = ""


@dataclass(frozen=True)
class DrawnRow:
    """A reading to ask about: how it is marked, its case, what it was, and who has asked."""

    key: str
    case_id: str
    row: SeenRow
    mark: Mark | None


@dataclass(frozen=True)
class Watch:
    """What the protection officer looks after: openings to judge, what stands out, and a month's readings."""

    waiting: tuple[GlassRow, ...]
    drawn: tuple[DrawnRow, ...]
    month: str
    given: tuple[Given, ...] = ()
    alarms: tuple[AlarmRow, ...] = ()


@dataclass(frozen=True)
class Given:
    """Somebody's access to cases was changed: when, whose, how, by whom."""

    at: datetime
    name: str
    what: str
    by: str


def of_case(handbook: Handbook, uow: UnitOfWork, case_id: str) -> tuple[SeenRow, ...]:
    """The latest readings without names, for whoever is on the case."""
    return tuple(_row(handbook, look) for look in looks(uow.audit.about(case_id))[:MOST])


def report(handbook: Handbook, uow: UnitOfWork, case_id: str) -> Report | None:
    """A child's access report for the school's leader; None or Forbidden for anybody else."""
    case = uow.cases.get(case_id)
    if case is None:
        return None
    lines = uow.audit.report(case_id, case.school_id)
    return Report(case_id, case.code, tuple(_row(handbook, look) for look in looks(lines)))


def watch(handbook: Handbook, uow: UnitOfWork, now: datetime) -> Watch:
    """The page of the protection officer; empty for anybody else, whom the guard refuses before."""
    waiting = tuple(_glass(handbook, uow, one, now) for one in uow.emergencies.unjudged())
    month = standouts.month_sample(handbook, uow, now)
    rows = tuple(DrawnRow(one.key, one.line.case_id, _named(handbook, uow, one.line), one.mark) for one in month.rows)
    return Watch(waiting, rows, month.month, _given(handbook, uow, now), standouts.alarm_rows(handbook, uow, now))


def _given(handbook: Handbook, uow: UnitOfWork, now: datetime) -> tuple[Given, ...]:
    """Who was let into a team or oversight this month, and by whom.

    Whoever keeps people could let an invention in, or take somebody's ways in away and come in as them. A second person
    has to say yes before that opens anything (ADR 63); here the third one sees that they did.
    """
    lines = uow.audit.since(
        now - timedelta(days=SAMPLE_DAYS), ("person.write", "invite.make", "access.end", "access.vouch")
    )
    rows = [(line, _what(handbook, uow, line)) for line in lines if line.outcome == "allow" and line.actor != "setup"]
    return tuple(
        Given(line.at, _name(uow, line.object_id), what, _who(uow, line)) for line, what in reversed(rows) if what
    )


def _what(handbook: Handbook, uow: UnitOfWork, line: Line) -> str:
    """What happened to somebody's access, as the rest of a sentence; "" for what opens no case."""
    if line.action == "person.write":
        roles = [handbook.words.roles[role] for role in OPENING if f"+{role}" in line.details.split()]
        return f"blev {', '.join(roles)}" if roles else ""
    if line.action == "access.vouch":
        return "fik et ja: Det er dem" if line.details == "known" else "blev ikke kendt og er lukket ude"
    person = uow.people.get(line.object_id)
    if person is None or not person.active:
        return ""
    if line.action == "access.end":  # of everybody: somebody may want to come in as them
        return "fik fjernet alle måder at logge ind på" if line.details == "ways" else ""
    opens = any(seat.role in OPENING for seat in person.memberships)
    return "fik en kode til at komme ind med" if opens else ""


def _who(uow: UnitOfWork, line: Line) -> str:
    return _OPERATOR if line.actor == "operator" else _name(uow, line.actor)


def _name(uow: UnitOfWork, person_id: str) -> str:
    person = uow.people.get(person_id)
    return person.name if person is not None and person.name else FORMER


def watched_case(handbook: Handbook, uow: UnitOfWork, case_id: str) -> tuple[str, tuple[SeenRow, ...]] | None:
    """A case's code and all its readings with names, for the protection officer; None when there is no such case."""
    code = uow.emergencies.code(case_id)
    lines = [line for line in uow.audit.report(case_id, "") if line.action in READS and line.outcome == "allow"]
    if not code:
        return None
    return code, tuple(_named(handbook, uow, line, look) for line, look in reversed(sittings(lines)))


def judge(uow: UnitOfWork, person: Person, emergency_id: str, verdict: Verdict, now: datetime) -> bool:
    """Write a verdict; False when there is one, or when it would be one's own opening."""
    found = uow.emergencies.get(emergency_id)
    after = judged(found, person.id, verdict, now) if found is not None else None
    return after is not None and uow.emergencies.judge(after)


def _row(handbook: Handbook, look: Look) -> SeenRow:
    roles: Mapping[str, str] = {**handbook.words.roles, "operator": _OPERATOR}
    who = roles.get(look.role, FORMER)
    who = f"{who} {look.number}" if look.number else who
    why = handbook.words.purposes.get(look.purpose, "")
    return SeenRow(look.at, who, why, until=look.until, times=look.times)


def _named(handbook: Handbook, uow: UnitOfWork, line: Line, look: Look | None = None) -> SeenRow:
    row = _row(handbook, replace(look, number=0) if look is not None else Look(line.at, line.role, line.purpose))
    person = uow.people.get(line.actor)
    return replace(row, name=person.name if person is not None and person.name else FORMER)


def _glass(handbook: Handbook, uow: UnitOfWork, one: Emergency, now: datetime) -> GlassRow:
    person = uow.people.get(one.person_id)
    name = person.name if person is not None and person.name else FORMER
    cause = handbook.words.causes[one.cause]
    return GlassRow(one.id, one.case_id, uow.emergencies.code(one.case_id), name, cause, one.words, one.since,
                    overdue(one, now))  # fmt: skip


def until_words(emergencies: Sequence[Emergency], now: datetime, zone: ZoneInfo) -> str:
    """Until when a case is open in an emergency; "" when it is not."""
    return next((moment_words(one.until, zone) for one in emergencies if one.open(now)), "")


def causes(handbook: Handbook) -> tuple[tuple[str, str], ...]:
    """What one may give as the reason, with its words."""
    return tuple((cause, handbook.words.causes[cause]) for cause in CAUSES)
