"""The draft of a report: made of a case or of a draft that was never sent, for whoever may see it."""

from __future__ import annotations

from datetime import datetime

from bot.app.cases import team
from bot.app.cases.scene import Scene
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.access.disclosure import Disclosure
from dialogs.access.rules import Relation
from dialogs.cases.words import day_words
from dialogs.papers.documents import Paper
from dialogs.papers.reports import Source, report
from dialogs.people import Person
from dialogs.position import locate
from dialogs.worry import worry_light


def of_case(world: World, uow: UnitOfWork, person: Person, case_id: str, now: datetime) -> Paper | None:
    """The draft from a case, with what this person may see of it; None when it is not theirs to see."""
    found = team.found(world.handbook, uow, case_id)
    if found is None:
        return None
    told = team.disclosed(world.handbook, uow, found[0], person, found[1], now)
    return paper(world, *found, now, told)


def of_draft(world: World, uow: UnitOfWork, person: Person, draft_id: str, now: datetime) -> Paper | None:
    """The draft of a report from the writer's own unsent worry: the duty waits for no team."""
    draft = uow.drafts.get(draft_id)
    if draft is None or draft.owner != person.id or world.content.purpose(draft) != "worry" or draft.status != "open":
        return None
    form = world.content.form(draft.form_id)
    values = locate(form, draft).values
    colour = worry_light(world.content, form, values, draft.heard).colour
    return _paper(world, Source(draft.code, form, values, colour), now)


def paper(world: World, scene: Scene, seen_as: Relation, now: datetime, told: Disclosure) -> Paper:
    """The draft from a case that has been looked up already."""
    case = scene.case
    # Years in a post are the writer's own; in another person's report they would be false (q03_rolle).
    hidden = told.kept if seen_as == "writer" else told.kept | {"q03_rolle"}
    source = Source(
        code=case.code,
        form=world.content.form(case.form_id),
        answers={key: value for key, value in case.answers.items() if key not in hidden},
        colour=case.colour,
        later=() if seen_as == "informed" else _later(world, scene),
        hidden=tuple(hidden),
        second_hand=seen_as != "writer",
        left_out=tuple(one for one in case.answers if one in told.kept),
    )
    return _paper(world, source, now)


def _later(world: World, scene: Scene) -> tuple[str, ...]:
    """What the writer has written since, with the day on which it happened."""
    zone = world.workdays.zone
    return tuple(
        f"{day_words(entry.event_at.astimezone(zone).date())}: {entry.data['text']}"
        for entry in scene.entries
        if entry.kind in ("added", "replied")
    )


def _paper(world: World, source: Source, now: datetime) -> Paper:
    content = world.content
    return report(
        content.papers,
        source,
        intake=content.intake,
        date=day_words(world.handbook.today(now)),
    )
