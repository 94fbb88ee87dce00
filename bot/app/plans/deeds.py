"""The one plan of a case: made once, written together, followed up, handed on and closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.app.cases.filing import Room, refused_words
from bot.app.cases.scene import Scene
from bot.app.cases.stored import closed_day
from bot.app.papers.consenting import of_case
from bot.app.plans import sources
from bot.app.plans import watch as planwatch
from bot.ports import UnitOfWork
from dialogs.cases.model import must_wait
from dialogs.cases.team import hat
from dialogs.guides.localnotes import OWN_CARDS
from dialogs.papers.consents import RECEIVERS, Receiver, covers
from dialogs.people import Person
from dialogs.plans import acts
from dialogs.plans.acts import Act
from dialogs.plans.filed import dump, is_whole, load
from dialogs.plans.model import CHILD, FAMILY, Effort, Plan
from dialogs.plans.moves import move
from dialogs.plans.source import Taking
from dialogs.types import Problem

WISH, WORKS = "q12_barnets_oenske", "q10_styrker"  # what the writer has said already: nobody should type it twice
NOT_STAFF = frozenset({FAMILY, CHILD, ""})
SCHOOL_HEADS = frozenset({"leader", "superior"})


def stored(uow: UnitOfWork, case_id: str) -> Plan | None:
    """The plan of a case; None before it is made, and for a reader who may know no more than that it is there."""
    found = uow.filings.of_case(case_id, "plan")
    return sources.shown(uow, load(found[0])) if found and is_whole(found[0]) else None


def make(room: Room) -> tuple[Problem, ...]:
    """Begin the plan, with what the child and the writer have said already."""
    if (problem := _shut(room)) is not None:
        return (problem,)
    if stored(room.uow, room.case_id) is not None:
        return (Problem("plan_there"),)
    plan = Plan(room.world.ids.new(), room.case_id, wish=_said(room, WISH), works=_said(room, WORKS))
    room.keep(dump(plan), None)
    room.line("plan", {"state": "made"})
    return ()


def do(room: Room, wanted: Sequence[Act]) -> tuple[Problem, ...]:
    """Do these acts, all of them or none; what follows from them is booked in the same transaction."""
    before = stored(room.uow, room.case_id)
    problem = _shut(room) or (Problem("plan_none") if before is None else None)
    if before is None or problem is not None:
        return (problem or Problem("plan_none"),)
    today, after = room.world.handbook.today(room.now), before
    for act in wanted:
        named = _named(room, act)
        if (problem := _flaw(room, after, named)) is not None:
            return (problem,)
        step = move(after, named, today)
        if step.problems:
            return step.problems
        after = step.plan
    if problems := sources.told(room, before, after):
        return problems
    _keep(room, before, replace(after, revision=before.revision + 1))
    return ()


def take(room: Room, wanted: Taking) -> tuple[Problem, ...]:
    """Take something agreed elsewhere into the plan as an effort; who does it is asked where nobody could know it."""
    plan = stored(room.uow, room.case_id)
    found = next((one for one in sources.open_sources(room, plan) if one.ref == wanted.ref), None)
    if plan is None or found is None:
        return (Problem("plan_none" if plan is None else "agreed_gone"),)
    need = wanted.need if plan.need(wanted.need) is not None else ""
    text = wanted.text if found.reworded and wanted.text else found.text
    effort = Effort("", need, text, found.by or wanted.by, found.starts, found.ends, agreed=found.ref)
    return do(room, (acts.PutEffort(effort),))


def _keep(room: Room, before: Plan, after: Plan) -> None:
    room.keep(dump(after), dump(before))
    if before.status != after.status:
        room.line("plan", {"state": "closed" if after.status == "closed" else "reopened"})
    if after.baton.keeper != before.baton.keeper:
        room.line("plan", {"state": "keeper"})
    needed = keeper_needed(room, after) and not keeper_needed(room, before)
    for wish in planwatch.wishes(room, before, after, responsible(room, after), needed=needed):
        room.uow.outbox.add(wish)


def shut(scene: Scene) -> str | None:
    """Why nobody may write in a plan of this case now, as a problem code."""
    if scene.case.state == "closed":
        return "plan_case_closed"
    return "plan_wait" if must_wait(scene.case) else None


def _shut(room: Room) -> Problem | None:
    code = shut(room.scene) if room.works else "read_only"
    return Problem(code) if code is not None else None


def _said(room: Room, question: str) -> str:
    """What the case's writer answered; nothing where the question was left."""
    answers = room.scene.case.answers
    return room.world.handbook.labels(question, answers[question])[1] if question in answers else ""


def _named(room: Room, act: Act) -> Act:
    """The act with a fresh id for a part that has none yet, and with who does it where that is kept."""
    match act:
        case acts.PutNeed(part) if not part.id:
            return acts.PutNeed(replace(part, id=room.world.ids.new()))
        case acts.PutGoal(part) if not part.id:
            return acts.PutGoal(replace(part, id=room.world.ids.new()))
        case acts.PutSign(goal, part) if not part.id:
            return acts.PutSign(goal, replace(part, id=room.world.ids.new()))
        case acts.PutEffort(part) if not part.id:
            return acts.PutEffort(replace(part, id=room.world.ids.new()))
        case acts.Offer():
            return replace(act, by=room.person.id)
        case _:
            return act


def _flaw(room: Room, plan: Plan, act: Act) -> Problem | None:
    """What the plan itself can't know: consents, people, and words that may not be kept."""
    match act:
        case acts.Share(functions):
            open_to = {receiver for receiver, covered in receivers(room) if covered}
            return None if set(functions) <= open_to else Problem("plan_no_consent")
        case acts.LookAgain(day) if day > room.world.handbook.today(room.now):
            return closed_day(room.world.workdays, day, room.world.handbook.today(room.now))
        case acts.Offer(person_id):
            if all(person.id != person_id for person in candidates(room)):
                return Problem("not_on_case")
            return None if may_offer(room, plan) else Problem("not_yours")
        case acts.TakeBack():
            return None if may_offer(room, plan) else Problem("not_yours")
        case acts.Accept(person_id) | acts.Decline(person_id):
            return None if person_id == room.person.id else Problem("not_offered")
        case _:
            return refused_words(room.world, tuple(_words_of(act)))


def _words_of(act: Act) -> Iterator[str]:
    match act:
        case acts.Write(_, text) | acts.CloseIt(text):
            yield text
        case acts.PutNeed(part) | acts.PutGoal(part) | acts.PutEffort(part):
            yield part.text
        case acts.PutSign(_, sign):
            yield from (sign.text, sign.often)
        case _:
            return


# --- who ---


def candidates(room: Room) -> tuple[Person, ...]:
    """Who may keep the threads: those who work with the case now."""
    scene = room.scene
    here = {person.id: person for person in scene.people if person.active}
    ids = (scene.case.owner_id or "", scene.case.writer_id, *(person.id for person in scene.seats.members))
    return tuple(here[one] for one in dict.fromkeys(ids) if one in here)


def keeper_gone(room: Room, plan: Plan) -> bool:
    """Whether the one who keeps the threads has left the case."""
    keeper = plan.baton.keeper
    return keeper is not None and all(person.id != keeper for person in candidates(room))


def may_offer(room: Room, plan: Plan) -> bool:
    """Whether this person may ask the next: the keeper and a leader; anybody on the case while nobody has it."""
    if plan.baton.keeper is None or keeper_gone(room, plan):
        return True
    return room.person.id == plan.baton.keeper or hat(room.person, room.scene.case.school_id) in SCHOOL_HEADS


def responsible(room: Room, plan: Plan) -> str:
    """Who hears what the plan asks for: the keeper; else the one responsible for the case, the leader, the writer."""
    if plan.baton.keeper is not None and not keeper_gone(room, plan):
        return plan.baton.keeper
    here = [person.id for person in candidates(room)]
    owner = room.scene.case.owner_id
    return owner if owner in here else next(iter(leaders(room)), room.scene.case.writer_id)


def leaders(room: Room) -> tuple[str, ...]:
    """The leaders on the case, or who stands in for them."""
    return room.scene.leaders()


def professions(room: Room, plan: Plan) -> frozenset[str]:
    """Which professions are in it: those who do something, and the one who wrote."""
    roles = {person.id: person.roles_at(room.scene.case.school_id) for person in room.scene.people}
    writer = {min(OWN_CARDS[role]) for role in roles.get(room.scene.case.writer_id, ())[:1] if role in OWN_CARDS}
    return frozenset({effort.by for effort in plan.efforts} - NOT_STAFF | writer)


def keeper_needed(room: Room, plan: Plan) -> bool:
    """Whether several professions are in it and nobody keeps the threads."""
    return plan.baton.keeper is None and plan.status == "open" and len(professions(room, plan)) > 1


def receivers(room: Room) -> tuple[tuple[Receiver, bool], ...]:
    """Everybody that a consent can name, and whether one covers them today."""
    found, today = of_case(room.uow, room.case_id), room.world.handbook.today(room.now)
    return tuple((one, covers(found, one, today) == "valid") for one in RECEIVERS)
