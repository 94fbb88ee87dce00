"""Break-glass: a leader who is not on a case opens it for an hour; its people and the DPO hear of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.app.cases.stored import refused
from bot.app.turns.handbook import Handbook
from bot.ports import Ids, UnitOfWork
from dialogs.cases.glass import Emergency, broken
from dialogs.notices import Wish
from dialogs.people import Person
from dialogs.types import Problem


def break_glass(
    handbook: Handbook, uow: UnitOfWork, person: Person, code: str, cause: str, words: str, now: datetime, ids: Ids
) -> Emergency | Problem:
    """Open the case with this code for its reader alone, or say why not. What is not theirs to open is not there."""
    case_id = uow.emergencies.find(code.strip())
    if case_id is None:
        return Problem("glass_unknown")
    if problems := refused(handbook.hears, words):
        return problems[0]
    before = uow.emergencies.of_case(case_id)
    made = broken(ids.new(), case_id, person.id, cause, words, now, before, handbook.workdays.zone)
    if isinstance(made, Problem):
        return made
    uow.emergencies.add(made)
    for wish in _tells(uow, made):
        uow.outbox.add(wish)
    return made


def _tells(uow: UnitOfWork, made: Emergency) -> Iterator[Wish]:
    team, watchers = uow.emergencies.to_tell(made.case_id)
    code = uow.emergencies.code(made.case_id)
    for template, people in (("glass_team", team), ("dpo_glass", watchers)):
        for person_id in people:
            if person_id != made.person_id:
                yield Wish(
                    dedupe_key=f"{made.id}:{template}:{person_id}",
                    recipient=person_id,
                    template=template,
                    due_at=made.since,
                    params={"code": code},
                    delivery="alert",
                    case_id=made.case_id,
                    red=True,
                )
