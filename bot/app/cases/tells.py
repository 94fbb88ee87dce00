"""From "somebody should hear of it" to notices for named people: codes, colours and dates only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.app.cases import watch
from bot.app.cases.scene import Scene
from bot.app.turns.handbook import Handbook
from dialogs.cases.acts import CaseStep, Mover, Tell
from dialogs.cases.model import Case
from dialogs.cases.team import RED_FIRST, hat
from dialogs.notices import DeliveryClass, Still, Wish
from dialogs.people import Person

_COLOURED = frozenset({"team_red", "writer_lowered", "writer_raised", "lowering_second"})
_STILL: Mapping[str, Still] = {"lowering_second": "lowering_open"}
_REMINDERS = frozenset({"team_changed", "writer_opened", "writer_planned", "writer_followup"})


def wishes(scene: Scene, step: CaseStep, mover: Mover, now: datetime, handbook: Handbook) -> Iterator[Wish]:
    """Every notice that an accepted act brings, also those that are due later. `scene` is the one after the act."""
    for tell in step.tells:
        for person_id in audience(scene, tell, mover):
            yield _wish(step.case, tell.template, person_id, now)
    kinds = {entry.kind for entry in step.entries}
    case = step.case
    if "asked" in kinds:
        yield watch.question_wish(case, step.entries[-1].seq, now, handbook)
    new_holder = any(entry.kind == "owner" and "owner" in entry.data for entry in step.entries)
    if case.owner_id and case.follow_up and (new_holder or kinds & {"decided", "followed_up"}):
        yield from watch.follow_up_wishes(case, case.owner_id, case.follow_up, scene.seats, handbook.workdays)


def audience(scene: Scene, tell: Tell, mover: Mover) -> tuple[str, ...]:
    """The people that a wish is for; never the one who acted, and nobody twice."""
    case = scene.case
    match tell.to:
        case "writer":
            found = [case.writer_id]
        case "owner":
            found = [case.owner_id]
        case "team":
            found = [case.owner_id] if case.owner_id not in (None, mover.person_id) else _ids(scene.seats.members)
        case "red_team":
            found = _ids([p for p in scene.seats.members if _role(p, case) in RED_FIRST or case.route != "trio"])
        case "second":
            found = [person.id for person in second_eyes(scene, mover)]
    return tuple(dict.fromkeys(person_id for person_id in found if person_id and person_id != mover.person_id))


def second_eyes(scene: Scene, mover: Mover) -> tuple[Person, ...]:
    """The members who may judge a proposal of this person: other people in another role."""
    case = scene.case
    return tuple(p for p in scene.seats.members if p.id != mover.person_id and _role(p, case) != mover.role)


def _role(person: Person, case: Case) -> str | None:
    return hat(person, case.school_id)


def _ids(people: Sequence[Person]) -> list[str | None]:
    return [person.id for person in people]


def _wish(case: Case, template: str, person_id: str, now: datetime) -> Wish:
    params: dict[str, str | int] = {"code": case.code}
    if template in _COLOURED:
        params["colour"] = case.colour.now
    day = case.planned_for if template == "writer_planned" else case.follow_up
    if day is not None and template in ("writer_planned", "writer_decided", "writer_followup", "owner_new"):
        params["date"] = day.isoformat()
    delivery: DeliveryClass = "reminder" if template in _REMINDERS else "alert"
    return Wish(
        dedupe_key=f"{case.id}:{case.revision}:{template}:{person_id}",
        recipient=person_id,
        template=template,
        due_at=now,
        params=params,
        delivery=delivery,
        case_id=case.id,
        still=_STILL.get(template),
        red=template == "team_red",
    )
