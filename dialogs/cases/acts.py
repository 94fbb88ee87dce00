"""What can be done to a case, by whom, and what comes of it: plain data on both sides of `casemoves.move`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from dialogs.cases.model import Case, Entry, Light, Outcome
from dialogs.people import Role
from dialogs.types import Problem

Side = Literal["writer", "team"]


@dataclass(frozen=True)
class Mover:
    """The person who acts: on whose side of the case, and in which one role (the hat, when they have several)."""

    person_id: str
    side: Side
    role: Role


# --- acts ---


@dataclass(frozen=True)
class Open:
    """A responsible reader has the case in front of them."""


@dataclass(frozen=True)
class Ask:
    text: str


@dataclass(frozen=True)
class Reply:
    text: str


@dataclass(frozen=True)
class Add:
    """The writer adds or corrects something, also after closing; what was sent stays as it was."""

    text: str
    event_at: datetime


@dataclass(frozen=True)
class Plan:
    day: date
    again: bool = False  # a meeting had it and did not come to it


@dataclass(frozen=True)
class Discuss:
    pass


@dataclass(frozen=True)
class Decide:
    """`reason` is for the file, `words` are what the writer is told; `follow_up` is when somebody looks again."""

    outcome: Outcome
    owner_id: str
    reason: str
    words: str
    follow_up: date | None


@dataclass(frozen=True)
class ProposeLowering:
    to: Light
    reason: str


@dataclass(frozen=True)
class ConfirmLowering:
    pass


@dataclass(frozen=True)
class RefuseLowering:
    reason: str


@dataclass(frozen=True)
class Raise:
    reason: str
    to: Light = "red"


@dataclass(frozen=True)
class FollowUp:
    """How it went: `effect` 0–10 or unknown, and when to look again, if at all."""

    effect: int | None
    note: str
    next: date | None = None


@dataclass(frozen=True)
class Close:
    words: str


@dataclass(frozen=True)
class Reopen:
    reason: str


@dataclass(frozen=True)
class GiveTo:
    owner_id: str


@dataclass(frozen=True)
class AcceptBaton:
    pass


Talk = Ask | Reply | Add
Course = Open | Plan | Discuss | Decide | FollowUp | Close | Reopen
Recolour = ProposeLowering | ConfirmLowering | RefuseLowering | Raise
Baton = GiveTo | AcceptBaton
Act = Talk | Course | Recolour | Baton
ActType = type[Talk] | type[Course] | type[Recolour] | type[Baton]
ACTS: tuple[ActType, ...] = (
    *get_args(Talk),
    *get_args(Course),
    *get_args(Recolour),
    *get_args(Baton),
)


# --- what comes of it ---

# "team": those responsible now. "red_team": whom red is for at once. "second": those who may judge a lowering.
Audience = Literal["writer", "team", "red_team", "owner", "second"]


@dataclass(frozen=True)
class Tell:
    """A wish that somebody hears of it: who, and by which notice. Never what it says."""

    to: Audience
    template: str


@dataclass(frozen=True)
class CaseStep:
    """The result of one act: the case, new lines of its timeline, wishes; or the very same case and problems."""

    case: Case
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    tells: tuple[Tell, ...] = ()
