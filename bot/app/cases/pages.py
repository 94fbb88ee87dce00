"""Build the rows and pages of a case from a scene: what this reader may see, in words, and what they can do now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.app.cases.lines import sentence, thread, timeline
from bot.app.cases.scene import Scene, mover
from bot.app.cases.views import ActChoice, AnswerLine, CasePage, InboxRow, MyCase, MyCaseRow, Named
from bot.app.turns.handbook import Handbook
from dialogs.access.disclosure import Disclosure
from dialogs.access.rules import Relation
from dialogs.cases.acts import ConfirmLowering, Mover, Open
from dialogs.cases.dates import cannot_wait, deadline, promise
from dialogs.cases.light import locked, needs_two
from dialogs.cases.model import DECIDED, OUTCOMES, UNDECIDED, Case, Entry, last_of, offered_to, open_question
from dialogs.cases.table import blocked, open_acts
from dialogs.cases.team import hat
from dialogs.cases.words import Status, act_name, and_words, day_said, day_words, fill, moment_said
from dialogs.guides.forums import Step, step_after, step_for
from dialogs.people import Person, Role
from dialogs.values import picks_of
from dialogs.worry import HEARD, PARENTS_WAIT, STATED, stated_code

_NOT_ASKED = {"wait"}  # what a row is, not what it asks for: never drawn as something to press
_ALONE = {f"{STATED}:suicide", f"{HEARD}:suicide"}  # the reasons by which a child may not be left alone
AREAS, DANGER = "q06_omraader", "q04_hvad"


def row(
    handbook: Handbook, scene: Scene, person: Person, seen_as: Relation, seen: datetime | None, now: datetime
) -> InboxRow:
    """One line of the inbox."""
    case, words, today = scene.case, handbook.words, handbook.today(now)
    due = deadline(case, scene.entries, scene.days)
    asks = _asks(scene, person, seen_as, today)
    return InboxRow(
        case_id=case.id,
        code=case.code,
        colour=case.colour.now,
        colour_words=words.lights[case.colour.now],
        state=words.team_state(case, scene.entries),
        waiting_days=_waiting(handbook, scene, now),
        deadline=due,
        overdue=due is not None and due < today,
        new=seen is None,
        changed=_changed(case, seen),
        band=words.bands.get(case.band, case.band),
        areas=_about(handbook, case),
        owner=scene.nameless().name(case.owner_id) if case.owner_id else "",  # a list tells nobody who wrote
        asks="" if asks in _NOT_ASKED else words.asks[asks],
        informed=seen_as == "informed",
        waits=words.asks[asks] if asks in _NOT_ASKED else "",
        due=_due_words(handbook, scene, due, now),
    )


def _about(handbook: Handbook, case: Case) -> str:
    """What the worry is about in a few words: its areas, or the danger for one that was sent before the areas."""
    if AREAS in case.answers:
        return handbook.labels(AREAS, case.answers[AREAS])[1]
    return handbook.labels(DANGER, case.colour.flow)[1] if case.colour.flow else ""


def team_page(
    handbook: Handbook,
    scene: Scene,
    person: Person,
    seen_as: Relation,
    seen: datetime | None,
    now: datetime,
    told: Disclosure,
) -> CasePage:
    """The whole case for a member, or the little of it that an informed reader sees; `told` is what they are told."""
    scene = scene.nameless() if told.nameless else scene
    case, words = scene.case, handbook.words
    due = deadline(case, scene.entries, scene.days)
    informed, reads_only = seen_as == "informed", seen_as in ("informed", "glass")
    shown, hidden = _answers(handbook, case, told.kept)
    alone = needs_two(case.colour, scene.entries) and case.state != "closed"
    authority = seen_as == "member" and hat(person, case.school_id) == "social_worker"
    step = Step(None, None) if informed or _urgent(case) else _step(handbook, case)
    return CasePage(
        case_id=case.id,
        code=case.code,
        colour=case.colour,
        colour_words=words.lights[case.colour.now],
        state_id=case.state,
        state=words.team_state(case, scene.entries),
        band=words.bands.get(case.band, case.band),
        banner=words.banners[told.banner],
        agreed=_agreed(handbook, told),
        answers=shown,
        hidden=hidden,
        timeline=timeline(scene, seen_as, now, handbook, seen, authority=authority),
        thread=() if informed else thread(scene, person),
        acts=() if reads_only else _choices(handbook, scene, mover(scene, person, seen_as)),
        owners=() if reads_only else tuple(Named(owner.id, scene.name(owner.id)) for owner in scene.owners()),
        outcomes=tuple(
            (outcome, words.outcomes[outcome], words.ready[outcome])
            for outcome in OUTCOMES
            if not (alone and outcome == "no_action")
        ),
        alone=words.problems["red_alone"] if alone and not reads_only else "",
        owner=scene.name(case.owner_id) if case.owner_id else "",
        waiting_days=_waiting(handbook, scene, now),
        deadline=due,
        overdue=due is not None and due < handbook.today(now),
        due=_due_words(handbook, scene, due, now),
        now=() if informed else _now(handbook, scene, nameless=told.nameless),
        next_meeting=scene.days.next(now),
        lowering="" if informed else _lowering(handbook, scene),
        lowering_to=_lowered_to(handbook, scene),
        locked=locked(case.colour),
        informed=informed,
        duty=words.duty,
        writer=scene.name(case.writer_id),
        tells=authority,
        hands_out=seen_as == "member"
        and (case.owner_id == person.id or hat(person, case.school_id) in ("leader", "superior")),
        reasons=handbook.because([stated_code(case.colour.flow) if i == STATED else i for i in case.colour.because]),
        forum=step.now,
        next_forum=step.after,
    )


def _agreed(handbook: Handbook, told: Disclosure) -> str:
    """What was agreed, where it is read. What was kept out is not told: its words would tell it."""
    if told.agreed is None:
        return ""
    key = "agreed_limited" if told.agreed.limited else "agreed"
    kinds = ", ".join(handbook.kinds.get(kind, kind) for kind in told.agreed.kinds).lower()
    return fill(handbook.words.banners[key], {"tekst": kinds, "dag": day_words(told.agreed.until)})


def _step(handbook: Handbook, case: Case) -> Step:
    """Where the case is on the ladder: the lowest forum, or the one above when that is what was decided."""
    lowest = step_for(handbook.ladder, ())
    if case.state == "school_team" and lowest.after is not None:
        return step_after(handbook.ladder, lowest.after.id)
    return lowest


def my_row(handbook: Handbook, scene: Scene, seen: datetime | None, now: datetime) -> MyCaseRow:
    """One of the writer's own cases."""
    case = scene.case
    words = status(handbook, scene, now)
    return MyCaseRow(
        case_id=case.id,
        code=case.code,
        colour=case.colour.now,
        colour_words=handbook.words.lights[case.colour.now],
        title=words.title,
        next=words.next,
        changed=_changed(case, seen or case.sent_at),
        asked=open_question(scene.entries) is not None,
        closed=case.state == "closed",
        sent_at=case.sent_at,
    )


def my_page(handbook: Handbook, scene: Scene, person: Person, seen: datetime | None, now: datetime) -> MyCase:
    """The writer's own case."""
    case = scene.case
    asked = open_question(scene.entries)
    return MyCase(
        case_id=case.id,
        code=case.code,
        colour=case.colour,
        colour_words=handbook.words.lights[case.colour.now],
        status=status(handbook, scene, now),
        answers=tuple(_line(handbook, case, question_id) for question_id in case.answers),
        timeline=timeline(scene, "writer", now, handbook, seen),
        thread=thread(scene, person),
        question=str(asked.data["text"]) if asked else "",
        acts=_choices(handbook, scene, mover(scene, person, "writer")),
        owners=tuple(Named(owner.id, scene.name(owner.id)) for owner in scene.owners())
        if case.owner_id == person.id
        else (),
        duty=handbook.words.duty,
    )


def status(handbook: Handbook, scene: Scene, now: datetime) -> Status:
    """What the writer is told: what has happened, what happens next, and by when."""
    case, words = scene.case, handbook.words
    by = promise(case, scene.entries, scene.days, now)
    with_time = case.opened_at is None and _urgent(case)
    planned = _planned(scene)
    hats: list[Role] = [role for member in scene.seats.members if (role := hat(member, case.school_id)) is not None]
    places = {
        "skole": scene.school.name,
        "hvem": words.who[case.route],
        "modtagere": and_words([words.the_roles[role] for role in dict.fromkeys(hats)])
        or words.who[case.route].lower(),
        "frist": when_words(handbook, by, now, with_time=with_time) if by else "",
        "dag": day_words(planned) if planned else "",
        "ansvarlig": scene.name(case.owner_id) if case.owner_id else "",
    }
    found = words.status(case, scene.entries, places)
    if case.opened_at is None and _urgent(case) and not handbook.workdays.is_open(now):
        opens = when_words(handbook, handbook.workdays.next_open(now), now, with_time=True)
        return replace(found, next=fill(words.instead["closed"], {"frist": opens}))
    if by is not None and _broken(handbook, case, by, now):
        late = words.instead["unopened" if case.opened_at is None else "promise"]
        return replace(found, next=fill(late, places), late=case.opened_at is not None)
    return found


def _planned(scene: Scene) -> date | None:
    """The day on which the team takes the case, as its calendar stands now."""
    day = scene.case.planned_for
    return scene.days.on(day).astimezone(scene.days.workdays.zone).date() if day is not None else None


def _urgent(case: Case) -> bool:
    return case.colour.now == "red" or case.route != "trio"


def _broken(handbook: Handbook, case: Case, by: datetime, now: datetime) -> bool:
    """Whether the promise is past. A date holds all day; for what nobody has opened the moment counts."""
    return by <= now if case.opened_at is None else handbook.today(by) < handbook.today(now)


def when_words(handbook: Handbook, at: datetime, now: datetime, *, with_time: bool) -> str:
    """A day as people say it, "i dag" when it is today; with the time where hours count."""
    zone = handbook.workdays.zone
    return moment_said(at, now, zone) if with_time else day_said(at.astimezone(zone).date(), handbook.today(now))


def _due_words(handbook: Handbook, scene: Scene, due: date | None, now: datetime) -> str:
    """The deadline in words. What can't wait is for today, and outside hours for the telephone."""
    today = handbook.today(now)
    if due is None:
        return ""
    if not cannot_wait(scene.case) or due < today:
        return day_said(due, today)
    return day_said(today, today) if handbook.workdays.is_open(now) else handbook.words.instead["due_closed"]


def _now(handbook: Handbook, scene: Scene, *, nameless: bool) -> tuple[str, ...]:
    """What to do about red until it is decided, and about locked red until it is reported: by what it is about.

    Who may not know who wrote is not sent out to find them: the leader knows.
    """
    case = scene.case
    waits = locked(case.colour) and case.state != "closed" and needs_two(case.colour, scene.entries)
    if case.colour.now != "red" or (case.state not in UNDECIDED and not waits):
        return ()
    if {"staff", "leader"} & set(picks_of(case.answers.get("q04_hvem"))):
        key = "staff"
    elif case.colour.flow in PARENTS_WAIT:
        key = "parents_wait"
    else:
        key = "suicide" if case.colour.flow == "suicide" else "other"
    writer = handbook.words.now_nameless["writer"] if nameless else scene.name(case.writer_id)
    places = {"navn": writer, "modtagelse": handbook.intake}
    first, *rest = handbook.words.now[key]
    if key != "suicide" and _ALONE.intersection(case.colour.because):  # two dangers: neither makes the other smaller
        first, *more = handbook.words.now["suicide"][:3]
        key, rest = "suicide", [*more, *rest]
    first = handbook.words.now_nameless[key] if nameless else first
    return tuple(sentence(line, places) for line in (first, *rest))


def _answers(handbook: Handbook, case: Case, kept: Collection[str]) -> tuple[tuple[AnswerLine, ...], tuple[str, ...]]:
    shown: list[AnswerLine] = []
    hidden: list[str] = []
    for question_id in case.answers:
        line = _line(handbook, case, question_id)
        if question_id in kept:
            hidden.append(line.label)
        else:
            shown.append(line)
    return tuple(shown), tuple(hidden)


def _line(handbook: Handbook, case: Case, question_id: str) -> AnswerLine:
    label, text = handbook.labels(question_id, case.answers[question_id])
    return AnswerLine(question_id, label, text)


def _choices(handbook: Handbook, scene: Scene, who: Mover) -> tuple[ActChoice, ...]:
    names = [act_name(kind) for kind in open_acts(scene.case, scene.entries, who) if kind is not Open]
    return tuple(ActChoice(name, handbook.words.acts[name]) for name in names)


def in_meeting(handbook: Handbook, scene: Scene, who: Mover) -> tuple[ActChoice, ...]:
    """What the team can do with a case while it sits around it: talking is what it does, so that is no act here."""
    if scene.case.state in UNDECIDED:
        scene = replace(scene, case=replace(scene.case, state="discussed"))
    wanted = ("decide", "follow_up", "close", "ask", "raise", "propose_lowering")
    found = {choice.name: choice for choice in _choices(handbook, scene, who)}
    return tuple(found[name] for name in wanted if name in found)


def _lowering(handbook: Handbook, scene: Scene) -> str:
    proposal = _proposed(scene)
    if proposal is None:
        return ""
    name, reason = scene.name(proposal.actor_id), str(proposal.data["reason"])
    places = {"navn": name, "farve": _lowered_to(handbook, scene), "tekst": reason}
    return sentence(handbook.words.banners["lowering"], places)


def _lowered_to(handbook: Handbook, scene: Scene) -> str:
    """The proposed colour in words, "" when none is proposed."""
    proposal = _proposed(scene)
    return handbook.words.lights[proposal.data["to"]] if proposal is not None else ""


def _proposed(scene: Scene) -> Entry | None:
    """The proposal of a lower colour that waits for an answer."""
    return last_of(scene.entries, "lowering_proposed") if scene.case.colour.lowering_by is not None else None


def _waiting(handbook: Handbook, scene: Scene, now: datetime) -> int:
    """Calendar days since the writer sent it, or since it was opened again: a child's days, not office days."""
    reopened = last_of(scene.entries, "reopened")
    start = reopened.at if reopened else scene.case.sent_at
    return (handbook.today(now) - handbook.today(start)) // timedelta(days=1)


def _changed(case: Case, seen: datetime | None) -> bool:
    return seen is not None and case.changed_at is not None and case.changed_at > seen


def _asks(scene: Scene, person: Person, seen_as: Relation, today: date) -> str:
    case = scene.case
    if seen_as == "informed":
        return "rest"
    if offered_to(scene.entries) == person.id:
        return "take"
    if blocked(case, scene.entries, mover(scene, person, seen_as), ConfirmLowering) is None:
        return "second"
    if case.opened_at is None:
        return "open_now" if _urgent(case) else "open"
    if case.state in DECIDED:
        waits = locked(case.colour) and needs_two(case.colour, scene.entries)
        return "act_now" if waits else _asks_decided(case, today)
    return {
        "sent": "act_now" if case.colour.now == "red" else "plan",
        "waiting": "act_now" if case.colour.now == "red" else "wait",  # red does not wait for an answer
        "planned": "meet" if (day := _planned(scene)) is not None and day <= today else "rest",
        "discussed": "decide",
    }.get(case.state, "rest")


def _asks_decided(case: Case, today: date) -> str:
    if case.follow_up is None:
        return "settle"
    return "follow_up" if case.follow_up <= today else "rest"
