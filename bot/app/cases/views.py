"""What the team and the writer see of a case: plain data in Danish words, for any page or chat to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dialogs.cases.model import CaseState, Colour, Light, Outcome
from dialogs.cases.words import ActWords, Ready, Status
from dialogs.local import Forum
from dialogs.meetings.model import Kind


@dataclass(frozen=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True)
class InboxRow:
    """One line of the inbox; `asks` says in words what the row needs next, "" when nothing."""

    case_id: str
    code: str
    colour: Light
    colour_words: str
    state: str
    waiting_days: int
    deadline: date | None
    overdue: bool
    new: bool
    changed: bool
    band: str
    areas: str
    owner: str
    asks: str
    informed: bool
    waits: str = ""  # a state in words, for a row that asks nothing of the reader
    due: str = ""  # the deadline as people say it


@dataclass(frozen=True)
class Inbox:
    school_id: str
    school: str
    rows: tuple[InboxRow, ...]
    next_meeting: datetime
    meeting_id: str = ""  # its own page, where it is planned
    schools: tuple[Named, ...] = ()  # every school whose team this person sits in
    running_id: str = ""  # the meeting that has begun and has not been ended


@dataclass(frozen=True)
class AnswerLine:
    question: str
    label: str
    text: str


@dataclass(frozen=True)
class TimelineRow:
    """One line. `late` when it was written on another day than it happened; then both times are shown."""

    at: datetime
    event_at: datetime
    kind: str
    who: str
    text: str
    late: bool
    new: bool = False


@dataclass(frozen=True)
class Message:
    """One question, reply or addition of the thread."""

    who: str
    at: datetime
    text: str
    mine: bool
    kind: str


@dataclass(frozen=True)
class SeenRow:
    """One reading in words: when, in which function, why; by whom only for whoever watches over privacy."""

    at: datetime
    who: str
    why: str
    name: str = ""
    until: datetime | None = None  # the last of several readings in one sitting
    times: int = 1


@dataclass(frozen=True)
class ActChoice:
    """One act that this person can do now. `name` is propose_lowering, give_to …, as in cases.yaml."""

    name: str
    words: ActWords


@dataclass(frozen=True)
class MeetingLine:
    """A meeting about the case: where its page is, what it is, and when."""

    meeting_id: str
    kind: Kind
    starts: datetime
    over: bool


@dataclass(frozen=True)
class CasePage:
    """The case as a team member works with it. `hidden` are the labels of answers that are kept back, and why."""

    case_id: str
    code: str
    colour: Colour
    colour_words: str
    state_id: CaseState
    state: str
    band: str
    banner: str
    answers: tuple[AnswerLine, ...]
    hidden: tuple[str, ...]
    timeline: tuple[TimelineRow, ...]
    thread: tuple[Message, ...]
    acts: tuple[ActChoice, ...]
    owners: tuple[Named, ...]
    outcomes: tuple[tuple[Outcome, str, tuple[Ready, ...]], ...]
    owner: str
    waiting_days: int
    deadline: date | None
    overdue: bool
    next_meeting: datetime
    lowering: str  # the waiting proposal in words, "" when none
    locked: bool
    informed: bool
    duty: str
    writer: str
    tells: bool = False  # whether this reader may tell the writer what the law allows
    forum: Forum | None = None  # where the case is discussed now; None where it waits for no meeting
    next_forum: Forum | None = None  # the next step of the ladder
    reasons: tuple[str, ...] = ()  # why the colour was suggested, in words
    due: str = ""  # the deadline as people say it
    lowering_to: str = ""  # the colour that is proposed, in words
    alone: str = ""  # why nobody can let this red worry rest alone, and what to do instead
    now: tuple[str, ...] = ()  # what this reader does about a red worry, in order
    hands_out: bool = False  # whether this reader may hand out the case: to the journal, or to the family
    seen_by: tuple[SeenRow, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
    agreed: str = ""  # what the consent that opens it is for, in words
    emergency: str = ""  # until when it is open in an emergency; "" when the reader is on the case


@dataclass(frozen=True)
class MyCaseRow:
    """One of the writer's own cases in her list."""

    case_id: str
    code: str
    colour: Light
    colour_words: str
    title: str
    next: str
    changed: bool
    asked: bool
    closed: bool
    sent_at: datetime


@dataclass(frozen=True)
class MyCase:
    """The writer's own case: her words, what has happened, and what happens next."""

    case_id: str
    code: str
    colour: Colour
    colour_words: str
    status: Status
    answers: tuple[AnswerLine, ...]
    timeline: tuple[TimelineRow, ...]
    thread: tuple[Message, ...]
    question: str  # the open question, "" when none
    acts: tuple[ActChoice, ...]
    owners: tuple[Named, ...]
    duty: str
    seen_by: tuple[SeenRow, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
