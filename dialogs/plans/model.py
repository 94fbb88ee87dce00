"""What a plan is: needs, goals with signs that somebody can see, efforts with names and dates, and a keeper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal, get_args

Who = Literal["child", "peers", "adults"]
WHO: Final[tuple[Who, ...]] = get_args(Who)
Status = Literal["open", "closed"]
FAMILY, CHILD = "FAM", "BARN"  # who else than a profession may do something, or look for a sign
SCALE: Final = range(11)  # 0–10, as the follow-up of a case asks whether it helped
MAX_TEXT: Final = 1_000  # characters; a plan is read at a meeting, not studied


@dataclass(frozen=True)
class Score:
    """How far a sign had come on a day."""

    day: date
    value: int


@dataclass(frozen=True)
class Sign:
    """One thing that can be seen when it helps: with whom, who looks for it, and how it has gone."""

    id: str
    who: Who
    text: str
    watcher: str = ""  # as `by` of an effort, never a name
    often: str = ""
    scores: tuple[Score, ...] = ()

    @property
    def latest(self) -> int | None:
        """The last score, or None before the first."""
        return self.scores[-1].value if self.scores else None


@dataclass(frozen=True)
class Goal:
    """A change that we want to see, for one unmet need."""

    id: str
    need: str  # the need's id
    text: str
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True)
class Need:
    """Something that the child lacks, in words that the family can read."""

    id: str
    text: str


@dataclass(frozen=True)
class Effort:
    """What somebody does, for which need, from and until when. `by` is a profession's id, the child or the family.

    What was agreed at a meeting has its day and its end there: the plan only shows them (`source.as_agreed`).
    """

    id: str
    need: str
    text: str
    by: str
    starts: date
    ends: date | None = None
    done: date | None = None
    agreed: str = ""  # where it was agreed: an agreement of a meeting, or a decision of the team; "" for here


@dataclass(frozen=True)
class Baton:
    """Who keeps the threads together. The one who has it keeps it until the next says yes."""

    keeper: str | None = None  # a person id
    offered: str | None = None
    asked_by: str | None = None  # who waits for the answer of the one who is offered it


@dataclass(frozen=True)
class Plan:
    """The one plan of one case. `shared_with` are functions that the consent covers."""

    id: str
    case_id: str
    wish: str = ""  # the child's, in their own words
    works: str = ""
    needs: tuple[Need, ...] = ()
    goals: tuple[Goal, ...] = ()
    efforts: tuple[Effort, ...] = ()
    family: str = ""  # what the family does and wants
    baton: Baton = field(default_factory=Baton)
    shared_with: tuple[str, ...] = ()
    follow_up: date | None = None
    learned: str = ""
    status: Status = "open"
    revision: int = 0

    def need(self, need_id: str) -> Need | None:
        """The need with this id, or None."""
        return next((need for need in self.needs if need.id == need_id), None)

    def signs(self) -> Iterator[Sign]:
        """Every sign of every goal, in order."""
        return (sign for goal in self.goals for sign in goal.signs)


def scored(plan: Plan, sign_id: str, score: Score) -> Plan:
    """The plan with one more score; a day has one score, and the last word of a day stands."""

    def on(sign: Sign) -> Sign:
        if sign.id != sign_id:
            return sign
        kept = [old for old in sign.scores if old.day != score.day]
        return replace(sign, scores=tuple(sorted((*kept, score), key=lambda one: one.day)))

    goals = tuple(replace(goal, signs=tuple(on(sign) for sign in goal.signs)) for goal in plan.goals)
    return replace(plan, goals=goals)


def followed_on(plan: Plan) -> tuple[date, ...]:
    """The days when somebody looked at the signs, the first one first."""
    return tuple(sorted({score.day for sign in plan.signs() for score in sign.scores}))
