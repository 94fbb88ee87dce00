"""What the page of a plan shows: plain data in Danish words, as far as this reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.app.cases.filing import Room
from bot.app.cases.team import disclosed
from bot.app.plans import deeds as plans
from bot.app.plans.sources import open_sources
from dialogs.cases.words import and_words, day_said
from dialogs.danish.text import stem
from dialogs.papers.consents import Receiver
from dialogs.parsing import fold
from dialogs.plans.coherence import Gap, gaps, hints
from dialogs.plans.curve import Dot, dots
from dialogs.plans.model import Effort, Goal, Plan, Sign
from dialogs.plans.source import is_of_meeting, meeting_of
from dialogs.words import Words


@dataclass(frozen=True)
class SignRow:
    """One sign: what to see, with whom, who looks, and the curve so far."""

    sign: Sign
    who: str
    watcher: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class GoalRow:
    """One goal with its signs; `hints` are friendly questions about words that nobody can see happen."""

    goal: Goal
    signs: tuple[SignRow, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class EffortRow:
    """One effort: who does it, when, and whether it is over time."""

    effort: Effort
    by: str
    when: str
    late: bool
    link: str = ""  # to where it was agreed


@dataclass(frozen=True)
class NeedRow:
    """One need with what belongs to it; the last row has no need: what points to none."""

    id: str
    text: str
    goals: tuple[GoalRow, ...]
    efforts: tuple[EffortRow, ...]


@dataclass(frozen=True)
class SourceRow:
    """Something agreed elsewhere that can be taken in: in words, and who does it where that is known."""

    ref: str
    text: str
    by: str
    when: str
    reworded: bool


@dataclass(frozen=True)
class KeeperBox:
    """The baton as it is now, and what this reader may do about it."""

    lines: tuple[str, ...]
    needed: bool
    asked_me: bool
    waits: bool  # somebody is asked and has not answered
    may_offer: bool
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PlanPage:
    """All about the plan of one case. Without a plan only the way to make one is shown."""

    case_id: str
    code: str
    back: str
    works: bool
    shut: str  # why nobody can write now; "" when they can
    duty: str  # a plan takes nobody's duty to report away
    plan: Plan | None = None
    informed: bool = False
    hidden: bool = False
    needs: tuple[NeedRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    missing: tuple[str, ...] = ()
    keeper: KeeperBox | None = None
    shared: str = ""
    lost: str = ""
    receivers: tuple[tuple[Receiver, str, bool], ...] = ()
    follow_up: str = ""
    doers: tuple[tuple[str, str], ...] = ()
    today: date = field(default=date.min)


def page(room: Room) -> PlanPage:
    """The page for whoever may see the case; a reader for information hears only whether there is a plan."""
    plan, case, words = plans.stored(room.uow, room.case_id), room.scene.case, room.world.content.plans
    code, duty = plans.shut(room.scene), room.world.handbook.words.duty
    back = f"/sag/{case.id}" if room.seen_as == "writer" else f"/team/sag/{case.id}"
    empty = PlanPage(case.id, case.code, back, room.works, words(f"problems.{code}") if code else "", duty, plan)
    if room.seen_as == "informed":
        return replace(empty, plan=None, informed=plan is not None)
    empty = replace(empty, sources=_sources(room, plan) if room.works and not code else ())
    if plan is None:
        return empty
    shown, today = visible(room, plan), room.world.handbook.today(room.now)
    lost = [room.world.content.papers(f"consent.to.{one}") for one, ok in plans.receivers(room) if not ok]
    return replace(
        empty,
        plan=shown,
        hidden=shown != plan,
        needs=_needs(room, plan),
        missing=() if plan.status == "closed" else tuple(_missing(room, plan)),
        keeper=_keeper(room, plan),
        shared=and_words(shared_words(room, plan)),
        lost=and_words([one for one in shared_words(room, plan) if one in lost]),
        receivers=tuple((one, room.world.content.papers(f"consent.to.{one}"), ok) for one, ok in plans.receivers(room)),
        follow_up=_follow_up(words, plan, today),
        doers=doers(room),
        today=today,
    )


def visible(room: Room, plan: Plan) -> Plan:
    """The plan without the family's own part, for a reader whom no consent covers."""
    scene = room.scene
    if room.seen_as != "member":
        return plan
    told = disclosed(room.world.handbook, room.uow, scene, room.person, room.seen_as, room.now)
    return replace(plan, family="") if told.kept else plan


def shared_words(room: Room, plan: Plan) -> list[str]:
    """Whom the plan is shared with, in words."""
    return [room.world.content.papers(f"consent.to.{one}") for one in plan.shared_with]


def doers(room: Room) -> tuple[tuple[str, str], ...]:
    """Who may do something or look for a sign: the family first, then every profession."""
    content = room.world.content
    own = tuple((one, content.plans(f"doer.{one}")) for one in (plans.FAMILY, plans.CHILD))
    return (*own, *((card.id, card.name) for card in content.directory.professions.values()))


def vague_of(words: Words) -> Mapping[str, str]:
    """The hints of the words that nobody can see happen, by their stems."""
    found = ((key.partition(".")[2], text) for key, text in words.texts.items() if key.startswith("vague."))
    return {stem(fold(word)): text for word, text in found}


def _needs(room: Room, plan: Plan) -> tuple[NeedRow, ...]:
    known = [(need.id, need.text) for need in plan.needs]
    ids = {need_id for need_id, _ in known}
    rows = [
        NeedRow(need_id, text, _goals(room, plan, {need_id}), _efforts(room, plan, {need_id}))
        for need_id, text in known
    ]
    loose = {part.need for part in (*plan.goals, *plan.efforts)} - ids
    if loose:
        rows.append(NeedRow("", "", _goals(room, plan, loose), _efforts(room, plan, loose)))
    return tuple(rows)


def _goals(room: Room, plan: Plan, needs: set[str]) -> tuple[GoalRow, ...]:
    vague = vague_of(room.world.content.plans)
    return tuple(
        GoalRow(goal, tuple(_sign(room, sign) for sign in goal.signs), hints(goal.text, vague))
        for goal in plan.goals
        if goal.need in needs
    )


def _sign(room: Room, sign: Sign) -> SignRow:
    watcher = dict(doers(room)).get(sign.watcher, "")
    return SignRow(sign, room.world.content.plans(f"seen_with.{sign.who}"), watcher, dots(sign.scores))


def _efforts(room: Room, plan: Plan, needs: set[str]) -> tuple[EffortRow, ...]:
    words, today, names = room.world.content.plans, room.world.handbook.today(room.now), dict(doers(room))
    return tuple(
        EffortRow(
            one, names.get(one.by, words("unknown")), when_words(words, one, today), _late(one, today), _link(one)
        )
        for one in plan.efforts
        if one.need in needs
    )


def _link(effort: Effort) -> str:
    return f"/moede/{meeting_of(effort.agreed)[0]}/aftaler" if is_of_meeting(effort.agreed) else ""


def _sources(room: Room, plan: Plan | None) -> tuple[SourceRow, ...]:
    names, today, words = dict(doers(room)), room.world.handbook.today(room.now), room.world.content.plans
    return tuple(
        SourceRow(
            one.ref,
            one.text,
            names.get(one.by, ""),
            words("agreed_by", day=day_said(one.ends, today)) if one.ends else "",
            one.reworded,
        )
        for one in open_sources(room, plan)
    )


def _late(effort: Effort, today: date) -> bool:
    return effort.done is None and effort.ends is not None and effort.ends < today


def when_words(words: Words, effort: Effort, today: date) -> str:
    """From when and until when, or the day when it was done."""
    if effort.done is not None:
        return words("done_on", day=day_said(effort.done, today))
    ends = f"{words('until')} {day_said(effort.ends, today)}" if effort.ends is not None else words("no_end")
    return f"{words('from')} {day_said(effort.starts, today)} {ends}"


def _missing(room: Room, plan: Plan) -> Sequence[str]:
    words = room.world.content.plans
    found = gaps(plan, vague_of(words), len(plans.professions(room, plan)))
    return [words(f"gap.{gap.kind}", what=_about(plan, gap)) for gap in found]


def _about(plan: Plan, gap: Gap) -> str:
    parts = (*plan.needs, *plan.goals, *plan.efforts, *plan.signs())
    return next((part.text for part in parts if part.id == gap.about), "")


def _keeper(room: Room, plan: Plan) -> KeeperBox:
    words, name, baton = room.world.content.plans, room.scene.name, plan.baton
    gone = plans.keeper_gone(room, plan)
    lines: list[str] = []
    if gone:
        lines.append(words("keeper_gone"))
    elif baton.keeper is not None:
        lines.append(words("keeper_is", name=name(baton.keeper)))
    else:
        lines.append(words("keeper_none"))
    if baton.offered is not None:
        lines.append(words("keeper_asked", name=name(baton.offered)))
        if baton.keeper is not None and not gone:
            lines.append(words("keeper_stays", name=name(baton.keeper)))
    choices = tuple((one.id, name(one.id)) for one in plans.candidates(room) if one.id != baton.keeper)
    return KeeperBox(
        tuple(line[:1].upper() + line[1:] for line in lines),
        plans.keeper_needed(room, plan),
        baton.offered == room.person.id,
        baton.offered is not None,
        plans.may_offer(room, plan),
        choices,
    )


def _follow_up(words: Words, plan: Plan, today: date) -> str:
    if plan.follow_up is None:
        return words("follow_up_none")
    if plan.follow_up == today:
        return words("follow_up_today")
    key = "follow_up_on" if plan.follow_up > today else "follow_up_late"
    return words(key, day=day_said(plan.follow_up, today))
