"""What the pages about papers and plans need from the use cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.app.guides.lawbasis import Basis
from bot.app.guides.sparring import Checked, Made
from bot.app.papers.consenting import Asking
from bot.app.papers.consentviews import ConsentPage
from bot.app.papers.dossiers import Bundle, Kind
from bot.app.papers.exchanging import ExchangePage
from bot.app.papers.reportclock import ReportRow
from bot.app.plans.views import PlanPage
from dialogs.access import Actor
from dialogs.cases.feedback import Ticks
from dialogs.papers.consents import Act as ConsentAct
from dialogs.papers.documents import Format, Paper
from dialogs.papers.exchanges import Act as ExchangeAct
from dialogs.papers.exchanges import Plan as ExchangePlan
from dialogs.plans.acts import Act as PlanAct
from dialogs.plans.source import Taking
from dialogs.types import Problem


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
        self, actor: Actor, case_id: str, plan: ExchangePlan, key: str | None, *, case_runs: bool
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


class Press(Protocol):
    async def make(self, paper: Paper, form: Format) -> bytes:
        """The paper as a file. Raises NoPaper when a PDF can't be made; text and DOCX always can."""
        ...
