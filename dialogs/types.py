"""The core types: forms as data, drafts as facts, events in and steps out. Frozen and JSON-safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

from dialogs.conditions import Condition
from dialogs.values import Picked, Value

Kind = Literal["one", "many", "yesno", "text", "list", "date", "number", "person_role", "each"]
CLOSED_KINDS: frozenset[Kind] = frozenset({"one", "many", "yesno", "person_role", "each"})


class DataClass(IntEnum):
    """What a text may hold (the classes of docs/privacy.md), written as numbers in code and content."""

    GUIDANCE = 0
    PSEUDONYMOUS = 1
    PERSONAL = 2
    REFUSED = 3


@dataclass(frozen=True)
class Option:
    """One choice. Its identity is the id, never the label; `number` is what the choice counts as (weeks, say)."""

    id: str
    label: str
    exclusive: bool = False
    formerly: tuple[str, ...] = ()
    number: int | None = None
    show_if: Condition | None = None


@dataclass(frozen=True)
class Limits:
    """Named bounds of an answer; hitting one is an ordinary outcome, told in words."""

    min_length: int = 1
    max_length: int = 4_000  # characters; the longest answer that a team will read in a meeting
    max_picks: int | None = None
    max_items: int = 8
    low: int = 0
    high: int = 100


@dataclass(frozen=True, eq=False)  # content is itself: compared and cached by identity
class Question:
    """One question. `note` labels the words that may stand beside a choice; `of` names the list that `each` rates.

    A text question may have options: short answers that can be pressed instead of written.
    """

    id: str
    kind: Kind
    ask: str
    help: str = ""
    example: str = ""
    why: str = ""
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    required: bool = False
    limits: Limits = field(default_factory=Limits)
    data_class: DataClass = DataClass.PERSONAL
    formerly: tuple[str, ...] = ()
    note: str | None = None
    note_for: tuple[str, ...] = ()  # the picks that ask for words; empty: all of them
    note_must: tuple[str, ...] = ()  # the picks that are no answer without words
    of: str | None = None
    summary: str = ""  # short label in lists and summaries

    def lacks_words(self, value: Picked) -> bool:
        """Whether this choice still waits for the words beside it; an empty text is enough for most, not for all."""
        return value.note is None or (not value.note and bool(set(value.picks) & set(self.note_must)))


# What becomes of the answers: a case at the team, a colour, an answer about sharing, or words to a meeting.
Purpose = Literal["worry", "light", "sharing", "preparation"]


@dataclass(frozen=True, eq=False)
class Form:
    """A form as data.

    `send_early` tells when missing answers no longer block sending (the red fast lane); `hold_if` when the form is
    whole but not yet to be sent (the short version); `bands` maps the options of the age question to sign bands;
    `table` names the law table that decides which questions are asked.
    """

    id: str
    version: int
    title: str
    questions: tuple[Question, ...]
    purpose: Purpose
    intro: str = ""
    outcomes: tuple[str, ...] = ()
    retention_days: int = 30
    send_early: Condition | None = None
    hold_if: Condition | None = None
    bands: Mapping[str, str] = field(default_factory=dict[str, str])
    table: str = ""
    digest: str = ""

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)


SkipReason = Literal["later", "unknown", "irrelevant"]
DraftStatus = Literal["open", "submitted", "discarded"]


@dataclass(frozen=True)
class Draft:
    """What one person has answered so far: facts by question id. Where they are is computed, never stored."""

    id: str
    form_id: str
    form_version: int
    form_digest: str
    owner: str
    code: str
    started_at: datetime
    expires_at: datetime
    answers: Mapping[str, Value] = field(default_factory=dict[str, Value])
    skipped: Mapping[str, SkipReason] = field(default_factory=dict[str, SkipReason])
    focus: str | None = None
    marks: tuple[str, ...] | None = None  # ticks of the open many-question, not an answer before "Færdig"
    left_out: tuple[str, ...] = ()  # roles that must not get it (conflict of interest); routing, not an answer
    about: str = ""  # the case that a guide was asked about; its registers answer what they can
    heard: tuple[str, ...] = ()  # what was answered of words that sounded like danger: verdict, flow and digest
    filled: tuple[str, ...] = ()  # the questions that they have answered, read anew at every turn
    named: str = ""  # the profession that the question named which led here; its answer is offered for a yes
    status: DraftStatus = "open"
    revision: int = 0


# --- events: what the person did, whatever the channel ---


@dataclass(frozen=True)
class Answer:
    """Typed text, or picked option ids, for one question; `note` are the words beside a choice."""

    question: str
    raw: str | tuple[str, ...] | None
    note: str | None = None


@dataclass(frozen=True)
class Mark:
    """Set or clear one tick of a many-question; set/clear, never flip, so that a double press does no harm."""

    question: str
    option: str
    on: bool


@dataclass(frozen=True)
class Skip:
    question: str
    reason: SkipReason = "later"


@dataclass(frozen=True)
class Edit:
    question: str


@dataclass(frozen=True)
class Keep:
    """Leave an answer as it is and go on to the next open question."""

    question: str


@dataclass(frozen=True)
class Back:
    pass


@dataclass(frozen=True)
class Help:
    question: str


@dataclass(frozen=True)
class Submit:
    pass


@dataclass(frozen=True)
class Discard:
    pass


Event = Answer | Mark | Skip | Edit | Keep | Back | Help | Submit | Discard


# --- what comes out ---


@dataclass(frozen=True)
class Problem:
    """A refusal. The code is API and is never renamed; the Danish words live in messages.yaml."""

    code: str
    question: str | None = None
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True)
class Given:
    """One answered or passed-over question, for lists and summaries."""

    question: Question
    value: Value | None
    skipped: SkipReason | None = None


@dataclass(frozen=True)
class Progress:
    at: int
    of: int


Phase = Literal["pick", "note"]


@dataclass(frozen=True)
class View:
    """The one document that every channel renders."""

    form_id: str
    draft_id: str
    revision: int
    current: Question | None
    options: tuple[Option, ...]
    phase: Phase
    marks: tuple[str, ...]
    answer: Value | None
    item: str | None  # the list item that an each-question is asking about now
    answered: tuple[Given, ...]
    missing: tuple[str, ...]  # visible required questions without an answer
    progress: Progress
    can_skip: bool
    can_back: bool
    can_submit: bool
    editing: bool
    done: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What an event did besides its answer: questions that came, went, or lost an answer that no longer fits."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submitted:
    draft_id: str


@dataclass(frozen=True)
class Forget:
    draft_id: str


Effect = Submitted | Forget


@dataclass(frozen=True)
class Step:
    """The result of one event: a new draft (or the very same when refused), its view, and wishes with ids only."""

    draft: Draft
    view: View
    changes: Changes = Changes()
    problems: tuple[Problem, ...] = ()
    effects: tuple[Effect, ...] = ()
