"""The plan as a paper: everything agreed, who does it and when, and the scores of every sign. No names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.cases.words import MONTHS
from dialogs.papers.documents import Block, Note, Paper, Points, Rows, Section, Text
from dialogs.plans.model import Effort, Goal, Plan, Sign
from dialogs.words import Words


@dataclass(frozen=True)
class Around:
    """What the paper tells beside the plan: words for ids, and the day it is made."""

    words: Words
    doers: Mapping[str, str]
    shared: Sequence[str]
    code: str
    today: date
    hidden: bool = False


def paper_of(plan: Plan, around: Around) -> Paper:
    """The whole plan to print, read aloud and follow."""
    words = around.words
    day = _day(around.today)
    family = Note(words("hidden")) if around.hidden else Text(plan.family or words("paper.none"))
    readers = Points(tuple(around.shared)) if around.shared else Text(words("shared_none"))
    own = ((words("wish"), plan.wish), (words("works"), plan.works))
    sections = [
        *(Section(title, (Text(text or words("paper.none")),)) for title, text in own),
        *(_need(plan, f"{words('paper.need')}: {need.text}", {need.id}, around) for need in plan.needs),
        *_loose(plan, around),
        Section(words("family"), (family,)),
        Section(words("keeper"), (Text(words("paper.keeper_yes" if plan.baton.keeper else "paper.keeper_no")),)),
        Section(words("paper.read_by"), (readers,)),
        Section(words("follow_up"), (Text(_next(plan, words)),)),
    ]
    if plan.learned:
        sections.append(Section(words("learned"), (Text(plan.learned),)))
    return Paper(
        title=words("title"),
        lead=words("paper.lead", code=around.code, day=day),
        sections=tuple(sections),
        name=f"{words('file')}-{around.code}",
        foot=words("paper.foot", code=around.code),
    )


def _need(plan: Plan, title: str, needs: Collection[str], around: Around) -> Section:
    blocks: list[Block] = [_goal(goal, around) for goal in plan.goals if goal.need in needs]
    efforts = [one for one in plan.efforts if one.need in needs]
    if efforts:
        blocks.append(Rows(tuple(_effort(one, around) for one in efforts)))
    return Section(title, tuple(blocks) or (Text(around.words("paper.none")),))


def _loose(plan: Plan, around: Around) -> tuple[Section, ...]:
    """What points to a need that was taken out: nothing that was agreed is left off the paper."""
    loose = {part.need for part in (*plan.goals, *plan.efforts)} - {need.id for need in plan.needs}
    return (_need(plan, around.words("paper.loose"), loose, around),) if loose else ()


def _goal(goal: Goal, around: Around) -> Block:
    words = around.words
    signs = ((words(f"seen_with.{sign.who}"), _sign(sign, around)) for sign in goal.signs)
    return Rows(((words("paper.goal"), goal.text), *signs))


def _sign(sign: Sign, around: Around) -> str:
    words = around.words
    told = [sign.text]
    if sign.watcher:
        told.append(f"{words('watcher')} {around.doers.get(sign.watcher, words('unknown'))}")
    if sign.often:
        told.append(f"{words('often')} {sign.often}")
    scores = ", ".join(f"{one.value} ({_day(one.day)})" for one in sign.scores)
    told.append(f"{words('paper.scores')}: {scores or words('score_none')}")
    return "\n".join(told)


def _effort(effort: Effort, around: Around) -> tuple[str, str]:
    words = around.words
    by = around.doers.get(effort.by, words("unknown"))
    ends = f"{words('until')} {_day(effort.ends)}" if effort.ends else words("no_end")
    done = f". {words('done_on', day=_day(effort.done))}" if effort.done else ""
    when = f"{words('from')} {_day(effort.starts)} {ends}{done}"
    return by, f"{effort.text}\n{when[:1].upper()}{when[1:]}"


def _next(plan: Plan, words: Words) -> str:
    return words("follow_up_on", day=_day(plan.follow_up)) if plan.follow_up else words("follow_up_none")


def _day(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
