"""The words of a case: status and promise for the writer, labels for the team, ready answers and refusals."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypeVar, get_args
from zoneinfo import ZoneInfo

from dialogs.cases.acts import ACTS, ActType
from dialogs.cases.feedback import KINDS, LENGTHS, STARTED
from dialogs.cases.glass import CAUSES, Cause
from dialogs.cases.model import OUTCOMES, Case, CaseState, Entry, EntryKind, Light, Outcome, RouteName, last_of
from dialogs.people import ROLES, Role
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document, read
from dialogs.types import Problem

FILE: Final = Path(__file__).parents[1] / "content" / "da" / "cases.yaml"
Name = TypeVar("Name", bound=str)

WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS: Final = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_SPECIAL: Final = (
    "sent_new",
    "sent_new_red",
    "sent_new_flow",
    "sent_seen",
    "sent_seen_red",
    "sent_again",
    "sent_replied",
    "sent_replied_red",
)
STATUS_KEYS: Final = (*_SPECIAL, "waiting", "planned", "discussed", *OUTCOMES, "follow_up", "follow_up_done", "closed")
# A line kind of the timeline has its words under its own name, but for these, which tell two stories.
LINE_KEYS: Final = (
    *get_args(EntryKind),
    *("watchdog_same", "watchdog_deputy", "watchdog_climb", "offered", "told_to_writer", "postponed"),
)
_TEAM_STATES: Final = (*get_args(CaseState), "sent_seen", "sent_again")
_EXCHANGE: Final = ("proposed", "planned", "held", "cancelled")
_MEETING: Final = ("called", "moved", "cancelled", "held")
_PLAN: Final = ("made", "closed", "reopened", "keeper")
_TOLD: Final = (
    "received",
    *(f"started_{one}" for one in STARTED),
    *(f"kind_{one}" for one in KINDS),
    *(f"length_{one}" for one in LENGTHS),
    "special",
)
_CONSENT: Final = ("asked", "given", "refused", "withdrawn")
_INSTEAD: Final = ("unopened", "promise", "closed", "due_closed")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_STATUS_PLACES: Final = frozenset({"skole", "modtagere", "frist", "dag", "ansvarlig", "hvem"})
_BESIDE: Final = ("agreed", "agreed_limited", "lowering")  # said beside the banner of a case
_LINE_PLACES: Final = frozenset({"navn", "rolle", "tekst", "dag", "farve", "udfald", "ansvarlig", "virkning"})
_NOW_PLACES: Final = frozenset({"navn", "modtagelse"})
NOW: Final = ("parents_wait", "staff", "suicide", "other")  # what the team does about red, by what it is about
_PURPOSES: Final = ("own_worry", "case_work", "information", "emergency", "oversight", "access", "journal")
_ALARMS: Final = ("many", "night", "left", "server", "operator")
_PROBLEM_PLACES: Final = frozenset({"mest", "dage", "tilstand"})


Banner = Literal[
    "nameless", "nameless_outside", "told", "named", "covered", "consent_ended",
    "parents_wait", "closed_circle", "informed", "glass", "glass_wait",
]  # fmt: skip
BANNERS: Final[tuple[Banner, ...]] = get_args(Banner)


@dataclass(frozen=True)
class Status:
    """What the writer reads about a case: the short word, what has happened, and what happens next and by when."""

    title: str
    text: str
    next: str
    late: bool = False  # what was promised has not happened: she is given the way to ask


@dataclass(frozen=True)
class ActWords:
    label: str
    hint: str


@dataclass(frozen=True)
class Ready:
    """An answer that the team may give as it stands."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class CaseWords:
    """cases.yaml, read and checked."""

    duty: str
    bands: Mapping[str, str]
    roles: Mapping[Role, str]
    the_roles: Mapping[Role, str]
    who: Mapping[RouteName, str]
    lights: Mapping[Light, str]
    states: Mapping[str, Status]
    instead: Mapping[str, str]
    team_states: Mapping[str, str]
    asks: Mapping[str, str]
    outcomes: Mapping[Outcome, str]
    acts: Mapping[str, ActWords]
    lines: Mapping[str, Mapping[str, str]]
    banners: Mapping[str, str]
    consent: Mapping[str, str]
    exchange: Mapping[str, str]
    plan: Mapping[str, str]
    meeting: Mapping[str, str]
    told: Mapping[str, str]
    now: Mapping[str, tuple[str, ...]]
    now_nameless: Mapping[str, str]
    purposes: Mapping[str, str]
    alarms: Mapping[str, str]
    causes: Mapping[Cause, str]
    ready: Mapping[Outcome, tuple[Ready, ...]]
    problems: Mapping[str, str]

    def status(self, case: Case, entries: Sequence[Entry], places: Mapping[str, str]) -> Status:
        """The writer's status, filled with `places`: skole, hvem, modtagere, frist, dag, ansvarlig."""
        words = self.states[status_key(case, entries)]
        return Status(words.title, fill(words.text, places), fill(words.next, places))

    def team_state(self, case: Case, entries: Sequence[Entry]) -> str:
        """The state in a few words for the team, which tells the new from the opened and the opened again."""
        if case.state == "sent" and case.opened_at is not None:
            return self.team_states["sent_again" if last_of(entries, "reopened") else "sent_seen"]
        return self.team_states[case.state]

    def problem(self, problem: Problem) -> str:
        """Why something was refused, in a sentence that also says what to do."""
        params = dict(problem.params)
        state = self.team_states.get(str(params.get("state")), "")
        return fill(
            self.problems[problem.code],
            {"mest": str(params.get("most", "")), "dage": str(params.get("days", "")), "tilstand": state},
        )


def and_words(words: Sequence[str]) -> str:
    """A list as people say it: "lederen, PPR-psykologen og socialrådgiveren"."""
    return " og ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def status_key(case: Case, entries: Sequence[Entry]) -> str:
    """Which status words fit the case now."""
    red = case.colour.now == "red"
    if case.state == "follow_up":
        return "follow_up" if case.follow_up else "follow_up_done"
    if case.state != "sent":
        return case.state
    if case.opened_at is None:
        return "sent_new_flow" if case.route != "trio" else "sent_new_red" if red else "sent_new"
    latest = last_of(entries, "reopened", "replied")
    if latest is not None and latest.kind == "reopened":
        return "sent_again"
    found = "sent_seen" if latest is None else "sent_replied"
    return f"{found}_red" if red or case.route != "trio" else found


def act_name(act: ActType) -> str:
    """The name of an act in content and in forms: ProposeLowering is propose_lowering."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", act.__name__).lower()


def fill(text: str, places: Mapping[str, str]) -> str:
    """Put values in the named places, once: a place inside a value stays as it was written."""
    return _PLACE.sub(lambda found: places.get(found[1], found[0]), text)


def day_words(day: date) -> str:
    """A date as people say it: "tirsdag den 24. november"."""
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]}"


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """A date and a time as people say them: "tirsdag den 24. november kl. 9.05"."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())} kl. {local.hour}.{local.minute:02}"


def day_said(day: date, today: date) -> str:
    """A date as people say it on `today`: "i går", "i dag", "i morgen", or the whole date."""
    near = {-1: "i går", 0: "i dag", 1: "i morgen"}
    return near.get((day - today).days) or day_words(day)


def moment_said(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A date and a time as people say them at `now`: "i dag kl. 14", "i morgen kl. 9.05"."""
    local = at.astimezone(zone)
    minute = f".{local.minute:02}" if local.minute else ""
    return f"{day_said(local.date(), now.astimezone(zone).date())} kl. {local.hour}{minute}"


# --- reading the file ---


def standard() -> CaseWords:
    """The Danish words that come with the program."""
    return load(FILE)


def load(path: Path) -> CaseWords:
    """Read cases.yaml; raise ContentError, with file and line, for a missing name or an unknown place."""
    return build(read(path))


def build(document: Document) -> CaseWords:
    """The words in a parsed cases.yaml; raise ContentError as `load` does."""
    top = root(document).fields("version", *(section.name for section in fields(CaseWords)))
    return CaseWords(
        duty=top["duty"].text(),
        bands={name: node.text() for name, node in top["bands"].entries().items()},
        roles=_texts(top["roles"], ROLES),
        the_roles=_texts(top["the_roles"], ROLES),
        who=_texts(top["who"], get_args(RouteName)),
        lights=_texts(top["lights"], get_args(Light)),
        states={name: _status(node) for name, node in top["states"].fields(*STATUS_KEYS).items()},
        instead={name: _placed(node, _STATUS_PLACES) for name, node in top["instead"].fields(*_INSTEAD).items()},
        team_states=_texts(top["team_states"], _TEAM_STATES),
        asks={name: _maybe(node) for name, node in top["asks"].entries().items()},
        outcomes=_texts(top["outcomes"], OUTCOMES),
        acts={name: _act(node) for name, node in top["acts"].fields(*map(act_name, ACTS)).items()},
        lines={name: _line(node) for name, node in top["lines"].fields(*LINE_KEYS).items()},
        banners={
            name: _placed(node, _LINE_PLACES)
            for name, node in top["banners"].fields(*BANNERS, "agreed", "agreed_limited", "lowering").items()
        },
        now={
            name: tuple(_placed(i, _NOW_PLACES) for i in top["now"].fields(*NOW)[name].items(some=True)) for name in NOW
        },
        now_nameless=_texts(top["now_nameless"], (*NOW, "writer")),
        consent=_texts(top["consent"], _CONSENT),
        exchange=_texts(top["exchange"], _EXCHANGE),
        plan=_texts(top["plan"], _PLAN),
        meeting=_texts(top["meeting"], _MEETING),
        told=_texts(top["told"], _TOLD),
        purposes=_texts(top["purposes"], _PURPOSES),
        alarms=_texts(top["alarms"], _ALARMS),
        causes=_texts(top["causes"], CAUSES),
        ready={outcome: _ready(node) for outcome, node in _by(top["ready"], OUTCOMES).items()},
        problems={name: _placed(node, _PROBLEM_PLACES) for name, node in top["problems"].entries().items()},
    )


def _by(node: Node, names: Collection[Name]) -> dict[Name, Node]:
    found = node.fields(*names)
    return {name: found[name] for name in names}


def _texts(node: Node, names: Collection[Name]) -> dict[Name, str]:
    return {name: child.text() for name, child in _by(node, names).items()}


def _maybe(node: Node) -> str:
    return "" if node.value == "" else node.text()


def _placed(node: Node, places: Collection[str]) -> str:
    text = node.text()
    for name in _PLACE.findall(text):
        if name not in places:
            raise node.error("unknown_place", f"{{{name}}} kendes ikke her. Brug: {', '.join(sorted(places))}.")
    return text


def _status(node: Node) -> Status:
    found = node.fields("title", "text", "next")
    return Status(found["title"].text(), _placed(found["text"], _STATUS_PLACES), _placed(found["next"], _STATUS_PLACES))


def _act(node: Node) -> ActWords:
    found = node.fields("label", optional=("hint",))
    return ActWords(found["label"].text(), found["hint"].text() if "hint" in found else "")


def _line(node: Node) -> dict[str, str]:
    found = node.fields("team", optional=("writer",))
    return {name: _placed(child, _LINE_PLACES) for name, child in found.items()}


def _ready(node: Node) -> tuple[Ready, ...]:
    found = [item.fields("id", "title", "text") for item in node.items(some=True)]
    return tuple(Ready(f["id"].text(), f["title"].text(), f["text"].text()) for f in found)
