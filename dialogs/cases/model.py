"""A worry that has been sent: its state, its timeline, and what may happen next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, cast, get_args

from dialogs.facts import PARENTS_WAIT, parents_wait
from dialogs.values import Value

CaseState = Literal[
    "sent",  # indsendt: stored at the team
    "waiting",  # mangler_oplysninger: the team has asked the writer
    "planned",  # på_dagsorden
    "discussed",  # drøftet
    "local_effort",  # lokal_indsats
    "school_team",  # skoleteam
    "taken_home",  # tages_med_hjem (PPR/social)
    "notified",  # underretning_sendt
    "no_action",  # ingen_handling
    "follow_up",  # opfølgning
    "closed",  # afsluttet
]
Outcome = Literal["local_effort", "school_team", "taken_home", "notified", "no_action"]
Light = Literal["green", "yellow", "red", "none"]
RouteName = Literal["trio", "leader", "superior"]
EntryKind = Literal[
    "sent", "stored", "opened", "asked", "replied", "added", "planned", "discussed", "decided", "answered",
    "lowering_proposed", "lowering_refused", "lowered", "raised", "followed_up", "closed", "reopened", "owner",
    "consent", "told", "exchange", "plan", "meeting",
]  # fmt: skip

DENIED: Final = "denied"  # of words that the bot heard, and of which the writer said that they are no danger


@dataclass(frozen=True)
class Colour:
    """The light of this worry at one time: what was suggested and why, and what the people made of it."""

    suggested: Light
    now: Light
    locked: bool = False
    acute: bool = False
    flow: str | None = None
    because: tuple[str, ...] = ()
    child: Light = "none"
    care: Light = "none"
    rule: str = ""
    writer_says: Literal["agree", "higher", "lower", ""] = ""
    writer_reason: str = ""
    lowering_by: str | None = None  # who proposed to lower red, waiting for another role
    lowering_reason: str = ""


@dataclass(frozen=True)
class Case:
    """One worry at one school's team. `answers` is the writer's snapshot; additions are entries, never edits."""

    id: str
    code: str
    school_id: str
    writer_id: str
    draft_id: str
    form_id: str
    form_version: int
    answers: Mapping[str, Value]
    colour: Colour
    band: str
    route: RouteName
    excluded: tuple[str, ...]  # people who must not see it (conflict of interest)
    state: CaseState
    sent_at: datetime
    stored_at: datetime
    opened_at: datetime | None = None
    planned_for: date | None = None
    answered_at: datetime | None = None  # the writer got an answer that says what happens and why
    closed_at: datetime | None = None
    owner_id: str | None = None
    follow_up: date | None = None
    changed_at: datetime | None = None
    revision: int = 0


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, append-only. `at` is when it was written, `event_at` when it happened."""

    case_id: str
    kind: EntryKind
    actor_id: str
    at: datetime
    event_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    seq: int = 0


OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
UNDECIDED: Final[tuple[CaseState, ...]] = ("sent", "waiting", "planned", "discussed")
DECIDED: Final[tuple[CaseState, ...]] = (*OUTCOMES, "follow_up")
# How much a light weighs. No colour stands above green: what nobody knows enough about is never the least worry.
WEIGHT: Final[Mapping[Light, int]] = {"green": 0, "none": 1, "yellow": 2, "red": 3}


# --- what the timeline tells; nothing here is stored twice ---


def last_of(entries: Sequence[Entry], *kinds: EntryKind) -> Entry | None:
    """The latest line of any of these kinds, or None."""
    return next((entry for entry in reversed(entries) if entry.kind in kinds), None)


def must_wait(case: Case) -> bool:
    """Whether nobody may ask this family now: the authority says who talks with them."""
    return parents_wait(case.answers) or case.colour.flow in PARENTS_WAIT


def doubted(case: Case) -> bool:
    """Whether the bot heard words of the kind that keeps the family waiting, and the writer said that it is not so."""
    return any(f"{DENIED}:{flow}" in case.colour.because for flow in PARENTS_WAIT)


def open_question(entries: Sequence[Entry]) -> Entry | None:
    """The team's latest question that the writer has not answered, or None; closing a case withdraws it."""
    latest = last_of(entries, "asked", "replied", "closed")
    return latest if latest is not None and latest.kind == "asked" else None


def first_light(case: Case, entries: Sequence[Entry]) -> Light:
    """The colour that the case was sent with."""
    changed = next((entry for entry in entries if entry.kind in ("lowered", "raised")), None)
    return cast(Light, changed.data["from"]) if changed is not None else case.colour.now


def offered_to(entries: Sequence[Entry]) -> str | None:
    """The person who is asked to take over and has not said yes: the holder keeps the case until then."""
    latest = last_of(entries, "owner", "decided", "closed", "reopened")
    return cast(str | None, latest.data.get("offered")) if latest is not None and latest.kind == "owner" else None
