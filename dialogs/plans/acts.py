"""What can be done to a plan: plain data, one act at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.plans.model import Effort, Goal, Need, Score, Sign

Text = Literal["wish", "works", "family"]


@dataclass(frozen=True)
class Write:
    """One of the plan's own texts, in whole."""

    part: Text
    text: str


@dataclass(frozen=True)
class PutNeed:
    need: Need


@dataclass(frozen=True)
class PutGoal:
    """A goal, new or worded anew; it keeps the signs that it has."""

    goal: Goal


@dataclass(frozen=True)
class PutSign:
    """A sign, new or worded anew; it keeps the scores that it has."""

    goal: str
    sign: Sign


@dataclass(frozen=True)
class PutEffort:
    effort: Effort


@dataclass(frozen=True)
class Drop:
    """Take a need, goal, sign or effort out; what pointed to it stays, and the gaps say so."""

    about: str


@dataclass(frozen=True)
class ScoreIt:
    sign: str
    score: Score


@dataclass(frozen=True)
class DoneIt:
    """An effort is over, as agreed or not."""

    effort: str
    day: date


@dataclass(frozen=True)
class Share:
    """Whom the plan is shared with: receivers that a valid consent covers."""

    functions: tuple[str, ...]


@dataclass(frozen=True)
class LookAgain:
    day: date


@dataclass(frozen=True)
class CloseIt:
    learned: str


@dataclass(frozen=True)
class OpenAgain:
    pass


@dataclass(frozen=True)
class Offer:
    """Ask somebody to keep the threads; the one who has them keeps them until that one says yes."""

    person_id: str
    by: str | None = None  # who asks, and hears the answer


@dataclass(frozen=True)
class Accept:
    person_id: str


@dataclass(frozen=True)
class Decline:
    person_id: str


@dataclass(frozen=True)
class TakeBack:
    """The question is withdrawn before it was answered."""


Wording = Write | PutNeed | PutGoal | PutSign | PutEffort | Drop
Course = ScoreIt | DoneIt | Share | LookAgain | CloseIt | OpenAgain
Relay = Offer | Accept | Decline | TakeBack
Act = Wording | Course | Relay
