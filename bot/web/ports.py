"""What the web needs from the use cases; bootstrap hands it in, tests hand in a scripted one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.app.cases.seen import Report, Watch
from bot.app.cases.views import CasePage, Inbox, MyCase, MyCaseRow, SeenRow
from bot.app.guides.lawbasis import Basis
from bot.app.guides.library import AcuteHelp, ProfilePage
from bot.app.guides.sparring import Checked, Made
from bot.app.papers.consenting import Asking
from bot.app.papers.consentviews import ConsentPage
from bot.app.papers.dossiers import Bundle, Kind
from bot.app.papers.exchanging import ExchangePage
from bot.app.papers.reportclock import ReportRow
from bot.app.plans.views import PlanPage
from bot.app.turns.incoming import Incoming
from bot.identity.sessions import ANYWHERE, Place
from bot.identity.ways import Ways
from bot.ports import Clock
from bot.web.entry.rollport import RollKeeper
from bot.web.meetings.ports import Meetings, Networks, Reminders
from bot.web.once import Done
from dialogs.access import Actor
from dialogs.access.glass import Verdict
from dialogs.cases.acts import Act
from dialogs.cases.digest import Digest
from dialogs.cases.feedback import Ticks
from dialogs.guides.directory import Profession
from dialogs.guides.knowledge import Knowledge
from dialogs.identity import OPENS_CASES, Assurance
from dialogs.papers.consents import Act as ConsentAct
from dialogs.papers.documents import Format, Paper
from dialogs.papers.exchanges import Act as ExchangeAct
from dialogs.papers.exchanges import Plan as ExchangePlan
from dialogs.people import Person, Role
from dialogs.plans.acts import Act as PlanAct
from dialogs.plans.source import Taking
from dialogs.replies import Reply, Row
from dialogs.types import Problem
from dialogs.words import Words

# --- the chat ---


class ChatPage(Protocol):
    """A whole conversation as it stands: what has been answered, and what the bot says now."""

    @property
    def reply(self) -> Reply: ...

    @property
    def history(self) -> tuple[Row, ...]:
        """Answered questions: label = the short question, text = the answer, act = where to change it."""
        ...

    @property
    def title(self) -> str:
        """What the conversation is about, e.g. "Bekymring · K7RT-Måge"; "" for nothing."""
        ...

    @property
    def drafts(self) -> int: ...


class Chat(Protocol):
    async def handle(self, actor: Actor, incoming: Incoming, key: str | None = None) -> Reply:
        """Do one thing once; the same key gets the same reply. Raises StorageBusy when nothing was saved."""
        ...

    async def chat_page(self, actor: Actor) -> ChatPage: ...
    async def urgent(self, actor: Actor, incoming: Incoming) -> bool: ...


# --- who is here ---


@dataclass(frozen=True)
class DemoPerson:
    """One of the fictional people that a demo lets you be."""

    person_id: str
    name: str
    role: str  # in words: "lærer", "socialrådgiver"
    school: str


@dataclass(frozen=True)
class SignedIn:
    person: Person
    minutes_left: int  # until the session ends by itself
    assurance: Assurance = "practice"  # how sure we are that it is this person
    shared: bool = False  # a computer that others use too
    until: datetime | None = None  # the moment it ends if nothing more is done
    session: str = ""  # what the log calls this session: never the token, never its stored hash

    @property
    def opens_cases(self) -> bool:
        """Whether what is written about a child may be shown and taken here."""
        return self.assurance in OPENS_CASES


@dataclass(frozen=True)
class Device:
    """One open session, as its owner sees it."""

    id: str  # not the token and not its stored hash: it can end the session, and nothing else
    device: str
    since: datetime
    seen: datetime
    shared: bool
    here: bool


class Doors(Protocol):
    """Browser sessions. Tokens are secrets of ≥ 128 bits; only their hashes are stored."""

    async def who(self, token: str, *, touch: bool = True) -> SignedIn | None:
        """Whose session this is; `touch` counts as activity. None when it has ended or never was."""
        ...

    async def redeem(self, code: str, place: Place = ANYWHERE) -> str | None:
        """Use an invitation up and start a session: its token, or None when the code is no good."""
        ...

    async def devices(self, token: str) -> Sequence[Device]:
        """The open sessions of whoever this token signs in, this one first."""
        ...

    async def end_device(self, token: str, device_id: str) -> bool:
        """End one of the person's other sessions; False when there is no such one."""
        ...

    async def end_others(self, token: str) -> None:
        """End all of the person's sessions but this one."""
        ...

    async def be(self, person_id: str, place: Place = ANYWHERE) -> str | None:
        """Start a session as a demo person: its token. None for anybody else, and always None outside a demo."""
        ...

    async def end(self, token: str) -> None: ...

    async def demo_people(self) -> Sequence[DemoPerson]:
        """The people of the demo; nobody outside a demo."""
        ...


# --- cases ---


class Team(Protocol):
    """The team's and the writer's cases. None always means "not found" to this person."""

    async def inbox(self, actor: Actor, school_id: str) -> Inbox | None: ...
    async def case_page(self, actor: Actor, case_id: str) -> CasePage | None: ...
    async def my_cases(self, actor: Actor) -> Sequence[MyCaseRow]: ...
    async def my_case(self, actor: Actor, case_id: str) -> MyCase | None: ...

    async def act(self, actor: Actor, case_id: str, act: Act, key: str | None) -> Done | None:
        """Do it once per key. Raises StorageBusy when nothing was saved."""
        ...

    def refusal(self, problem: Problem) -> str:
        """A problem in words."""
        ...


# --- papers ---


class Papers(Protocol):
    """Papers about cases and drafts. None always means "not found" to this person."""

    def words(self, key: str) -> str:
        """A text about papers, in Danish."""
        ...

    def law(self, name: str) -> Basis:
        """What one paper rests on, and how well it has been read."""
        ...

    async def report(self, actor: Actor, case_id: str) -> Paper | None: ...
    async def report_of_draft(self, actor: Actor, draft_id: str) -> Paper | None: ...

    def refusals(self, problems: tuple[Problem, ...]) -> tuple[str, ...]:
        """Problems in words."""
        ...

    async def consent_page(self, actor: Actor, case_id: str) -> ConsentPage | None: ...
    async def consent_form(self, actor: Actor, case_id: str, consent_id: str, municipality: str) -> Paper | None: ...
    async def ask_consent(
        self, actor: Actor, case_id: str, asking: Asking, key: str | None
    ) -> tuple[str, ...] | None: ...
    async def act_on_consent(
        self, actor: Actor, case_id: str, consent_id: str, act: ConsentAct, key: str | None
    ) -> tuple[str, ...] | None: ...

    async def report_clock(self, actor: Actor, case_id: str) -> tuple[ReportRow, ...]: ...
    async def report_sent(
        self, actor: Actor, case_id: str, at: datetime, key: str | None
    ) -> tuple[str, ...] | None: ...
    async def receipt_came(
        self, actor: Actor, case_id: str, report_id: str, day: date, key: str | None
    ) -> tuple[str, ...] | None: ...
    async def exchange_page(self, actor: Actor, case_id: str) -> ExchangePage | None: ...
    async def exchange_note(self, actor: Actor, case_id: str, exchange_id: str) -> Paper | None: ...
    async def plan_exchange(
        self, actor: Actor, case_id: str, plan: ExchangePlan, case_runs: bool, key: str | None
    ) -> tuple[str, ...] | None: ...
    async def act_on_exchange(
        self, actor: Actor, case_id: str, exchange_id: str, act: ExchangeAct, key: str | None
    ) -> tuple[str, ...] | None: ...
    async def same_child(self, actor: Actor, case_id: str, code: str, key: str | None) -> tuple[str, ...] | None: ...

    @property
    def told_words(self) -> Mapping[str, str]: ...

    async def may_tell(self, actor: Actor, case_id: str) -> str | None: ...
    async def tell(self, actor: Actor, case_id: str, ticks: Ticks, key: str | None) -> tuple[str, ...] | None: ...

    async def handing(self, actor: Actor, case_id: str) -> tuple[str, bool] | None: ...
    async def bundle(self, actor: Actor, kind: Kind, case_id: str) -> Bundle | None:
        """All that is held about a case, to hand out."""
        ...

    def check_anonymous(self, text: str) -> Checked:
        """Hold a text against the checklist; nothing is stored."""
        ...

    async def worry_of(self, actor: Actor, text: str) -> Made: ...


class Plans(Protocol):
    """The one plan of a case. None always means "not found" to this person."""

    def words(self, key: str) -> str:
        """A text about plans, in Danish."""
        ...

    def refusals(self, problems: Sequence[Problem]) -> tuple[str, ...]: ...
    async def page(self, actor: Actor, case_id: str) -> PlanPage | None: ...
    async def paper(self, actor: Actor, case_id: str) -> Paper | None: ...
    async def make(self, actor: Actor, case_id: str, key: str | None) -> tuple[str, ...] | None: ...
    async def do(self, actor: Actor, case_id: str, acts: Sequence[PlanAct], key: str | None) -> tuple[str, ...] | None:
        """Do these acts, all or none, once a key; the reasons why not."""
        ...

    async def take(self, actor: Actor, case_id: str, wanted: Taking, key: str | None) -> tuple[str, ...] | None:
        """Take something agreed elsewhere into the plan, once a key; the reasons why not."""
        ...


class Figures(Protocol):
    async def of(self, actor: Actor, school_id: str, month: date) -> Digest | None:
        """One school's month that is over, with what is below five withheld; None where it may not be seen."""
        ...


class Press(Protocol):
    async def make(self, paper: Paper, form: Format) -> bytes:
        """The paper as a file. Raises NoPaper when a PDF can't be made; text and DOCX always can."""
        ...


# --- who looks, emergencies, oversight ---


class Oversight(Protocol):
    """Who has looked, and opening a case in an emergency. What is not this person's raises Forbidden or is None."""

    def causes(self) -> Sequence[tuple[str, str]]: ...
    async def break_glass(self, actor: Actor, code: str, cause: str, words: str) -> tuple[str, str]:
        """The opened case's id, or "" and why not in words."""
        ...

    async def report(self, actor: Actor, case_id: str) -> Report | None: ...
    async def watch(self, actor: Actor) -> Watch: ...
    async def watched_case(self, actor: Actor, case_id: str) -> tuple[str, Sequence[SeenRow]] | None: ...
    async def ask(self, actor: Actor, code: str) -> tuple[str, str]: ...
    async def judge(self, actor: Actor, emergency_id: str, verdict: Verdict) -> bool: ...


# --- the web inbox of one person ---


@dataclass(frozen=True)
class Notice:
    """One content-free notice, as it was or would have been sent; new until what it is about has been looked at."""

    text: str
    when: str  # in words: "mandag den 23. november kl. 9.12"
    act: str  # the label of the link
    path: str
    new: bool


class Notices(Protocol):
    async def unread(self, actor: Actor) -> int: ...

    async def listing(self, actor: Actor) -> Sequence[Notice]:
        """The person's notices, newest first."""
        ...


@dataclass(frozen=True)
class Way:
    """Somebody was let in: the session's token, and what the link or the button leads to."""

    token: str
    person_id: str
    kind: str
    id: str


class Secure(Protocol):
    """The secure page, where what Telegram may not carry is written."""

    async def by_link(self, secret: str, place: Place) -> Way | None:
        """Use a one-time link up. None when it is used, old or never was."""
        ...

    async def by_app(self, init_data: str, arg: str, place: Place) -> Way | None:
        """Let in whom Telegram vouches for, once for each proof."""
        ...

    async def link_by_app(self, init_data: str, arg: str) -> str | None:
        """A fresh link for whom Telegram vouches for: the page is a frame, and what is written needs a browser."""
        ...

    async def write(self, actor: Actor, incoming: Incoming, key: str | None) -> Reply:
        """One turn of the conversation, after which the Telegram chat goes on."""
        ...


class Library(Protocol):
    """The cards that can be read: of the professions and of knowledge."""

    @property
    def professions(self) -> Sequence[Profession]: ...

    @property
    def knowledge(self) -> Mapping[str, Knowledge]: ...

    @property
    def acute(self) -> Sequence[AcuteHelp]: ...

    async def profile(self, actor: Actor, profession: str) -> ProfilePage | None: ...
    async def write(self, actor: Actor, profession: str, text: str, key: str | None) -> tuple[str, ...] | None:
        """Store the note once per key; the reasons why not, or None where this person may not write."""
        ...


class Health(Protocol):
    async def ready(self) -> Mapping[str, bool]:
        """Every part that must work, by name."""
        ...

    async def warnings(self) -> Sequence[str]:
        """What works and still wants somebody's eyes: codes, no names."""
        ...


@dataclass(frozen=True)
class WebSettings:
    """What the pages need to know about the place that they run in."""

    secret: bytes
    zone: ZoneInfo
    demo: bool = False
    https: bool = False
    municipality: str = "Solbæk Kommune"
    roles: Mapping[Role, str] = field(default_factory=dict)  # "lærer": what a person without a name is called
    origin: str = ""  # the address that people use, such as https://trivsel.kommune.example
    oidc_name: str = ""  # what the municipality's own sign-in is called; "" where there is none
    telegram: bool = False  # whether there is a bot to bind a chat to
    bot_name: str = ""
    proxies: frozenset[str] = frozenset()  # who may say for whom they ask
    contact: str = ""  # who answers for accessibility: an address or a phone number
    intake: str = "modtagelsen"
    intake_phone: str = ""


@dataclass(frozen=True)
class Ports:
    """Everything the web is given."""

    chat: Chat
    doors: Doors
    ways: Ways
    team: Team
    papers: Papers
    meetings: Meetings
    reminders: Reminders
    plans: Plans
    figures: Figures
    networks: Networks
    press: Press
    notices: Notices
    library: Library
    oversight: Oversight
    roll: RollKeeper
    health: Health
    clock: Clock
    settings: WebSettings
    words: Words  # what the pages say that belongs to no area
    secure: Secure | None = None  # None: this house has no way from Telegram
