"""Consent on a case: ask, write down what was said, take back; and what follows for who may see what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.app.cases.filing import Room, refused_words
from bot.ports import UnitOfWork
from dialogs.cases.model import must_wait
from dialogs.notices import Wish
from dialogs.papers import consents
from dialogs.papers.consents import Act, Age, Consent, Custody, Record, Scope
from dialogs.types import Problem

WARN_AT: tuple[int, ...] = (14, 0)  # days before it runs out: time to ask again, and the day itself
REMIND_AT = time(9)


@dataclass(frozen=True)
class Asking:
    """A new consent as somebody wants to ask for it."""

    scope: Scope
    age: Age
    custody: Custody


def of_case(uow: UnitOfWork, case_id: str) -> tuple[Consent, ...]:
    """All consents of a case, the latest first."""
    found = [consents.load(filing) for filing in uow.filings.of_case(case_id, "consent")]
    return tuple(sorted(found, key=lambda one: (one.asked_on, one.id), reverse=True))


def ask(room: Room, asking: Asking) -> tuple[Problem, ...]:
    """File a consent that is being asked for; nothing is shared before the answers are in."""
    if not room.works:
        return (Problem("read_only"),)
    if must_wait(room.scene.case):
        return (Problem("consent_wait"),)
    today = room.world.handbook.today(room.now)
    if asking.age not in consents.ages_of(room.scene.case.band):
        return (Problem("consent_age"),)
    parties = consents.must_say(asking.age, asking.custody, health_only=consents.health_alone(asking.scope))
    if isinstance(parties, Problem):
        return (parties,)
    problem = consents.flaw(asking.scope, today)
    problem = problem or refused_words(room.world, (asking.scope.purpose, asking.scope.excluded))
    if problem is not None:
        return (problem,)
    new = Consent(room.world.ids.new(), room.case_id, "asked", asking.scope, parties, room.person.id, today)
    room.keep(consents.dump(new), None)
    room.line("consent", {"state": new.state})
    return ()


def act(room: Room, consent_id: str, what: Act) -> tuple[Problem, ...]:
    """Write down an answer or a withdrawal. Taken back counts at once: the next look shows less."""
    filing = room.filed("consent", consent_id)
    if filing is None:
        return (Problem("not_found"),)
    if not room.works:
        return (Problem("read_only"),)
    if isinstance(what, Record) and (problem := refused_words(room.world, (what.word.why_oral, what.word.receiver))):
        return (problem,)
    before = consents.load(filing)
    after = consents.move(before, what, room.world.handbook.today(room.now))
    if isinstance(after, Problem):
        return (after,)
    room.keep(consents.dump(after), filing)
    if after.state != before.state:
        room.line("consent", {"state": after.state})
        _tell(room, after)
    return ()


def _tell(room: Room, consent: Consent) -> None:
    """A no reaches everybody who reads the case, now; a yes books the warnings of its end."""
    scene = room.scene
    if consent.state in ("refused", "withdrawn"):
        readers = [person.id for person in (*scene.seats.members, *scene.seats.informed)]
        room.tell("consent_ended", [*readers, scene.case.writer_id], f"consent:{consent.id}:{consent.state}")
        return
    workdays, until = room.world.workdays, consent.scope.until
    for days in WARN_AT:
        at = datetime.combine(until - timedelta(days=days), REMIND_AT, workdays.zone)
        for person_id in dict.fromkeys((consent.asked_by, scene.case.owner_id or consent.asked_by)):
            wish = Wish(
                f"{room.case_id}:consent_ends:{consent.id}:{days}:{person_id}",
                person_id,
                "consent_ends",
                workdays.next_open(max(at, room.now)),
                {"code": scene.case.code, "date": until.isoformat()},
                case_id=room.case_id,
                still="consent_valid",
            )
            room.uow.outbox.add(wish)
