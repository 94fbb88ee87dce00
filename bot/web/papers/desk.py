"""The use cases behind the paper pages, each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from bot.app.cases import telling
from bot.app.cases.filing import Room
from bot.app.guides import lawbasis, sparring
from bot.app.guides.lawbasis import Basis
from bot.app.guides.sparring import Checked, Made
from bot.app.papers import consenting, consentviews, dossiers, exchanging, reportclock, reporting
from bot.app.papers.consenting import Asking
from bot.app.papers.consentviews import ConsentPage
from bot.app.papers.exchanging import ExchangePage
from bot.app.papers.reportclock import ReportRow
from bot.web.desk import DeskOfCase, Refusals
from dialogs.access import Actor
from dialogs.cases.feedback import Ticks
from dialogs.papers import consents, exchanges
from dialogs.papers.consentpaper import form_of
from dialogs.papers.documents import Paper
from dialogs.papers.exchangepaper import note_of
from dialogs.words import Words

T = TypeVar("T")


class PaperDesk(DeskOfCase):
    """The Papers port of a real store."""

    def words(self, key: str) -> str:
        """A text about papers."""
        return self.world.content.papers(key)

    def law(self, name: str) -> Basis:
        """What one paper rests on, and how well it has been read."""
        content, today = self.world.content, self.world.handbook.today(self.clock.now())
        return lawbasis.of_paper(content, name, today, content.papers(f"law.{name}"))

    @property
    def books(self) -> tuple[Words, ...]:
        """A paper's problems are in papers.yaml."""
        return (self.world.content.papers,)

    async def report(self, actor: Actor, case_id: str) -> Paper | None:
        """The draft of a report from a case that this person may see."""
        return await self.ask(actor, lambda uow, me, now: reporting.of_case(self.world, uow, me, case_id, now))

    async def report_of_draft(self, actor: Actor, draft_id: str) -> Paper | None:
        """The same from an unsent worry of their own."""
        return await self.ask(actor, lambda uow, me, now: reporting.of_draft(self.world, uow, me, draft_id, now))

    async def consent_page(self, actor: Actor, case_id: str) -> ConsentPage | None:
        """All about consent on one case."""
        return await self.look(actor, case_id, consentviews.page)

    async def consent_form(self, actor: Actor, case_id: str, consent_id: str, municipality: str) -> Paper | None:
        """The form to sign, with the house and the municipality that keep what is written on it."""

        def look(room: Room) -> Paper | None:
            filing = room.filed("consent", consent_id)
            if filing is None:
                return None
            house = room.uow.people.school(room.scene.case.school_id)
            keeper = f"{house.name}, {municipality}" if house is not None else municipality
            return form_of(self.world.content.papers, consents.load(filing), room.scene.case.code, keeper)

        return await self.look(actor, case_id, look)

    async def ask_consent(self, actor: Actor, case_id: str, asking: Asking, key: str | None) -> Refusals | None:
        """File a consent that is being asked for, once a key."""
        return await self.deed(actor, case_id, key, lambda room: consenting.ask(room, asking))

    async def act_on_consent(
        self, actor: Actor, case_id: str, consent_id: str, act: consents.Act, key: str | None
    ) -> Refusals | None:
        """Write down an answer or a withdrawal, once a key."""
        return await self.deed(actor, case_id, key, lambda room: consenting.act(room, consent_id, act))

    async def report_clock(self, actor: Actor, case_id: str) -> tuple[ReportRow, ...]:
        """This person's own reports about the case, and when what is due."""
        return await self.look(actor, case_id, reportclock.rows) or ()

    async def report_sent(self, actor: Actor, case_id: str, at: datetime, key: str | None) -> Refusals | None:
        """Note that this person has sent a report."""
        return await self.deed(actor, case_id, key, lambda room: reportclock.register(room, at))

    async def receipt_came(
        self, actor: Actor, case_id: str, report_id: str, day: date, key: str | None
    ) -> Refusals | None:
        """Note that its receipt came."""
        return await self.deed(actor, case_id, key, lambda room: reportclock.receive(room, report_id, day))

    async def exchange_page(self, actor: Actor, case_id: str) -> ExchangePage | None:
        """The register of the child of one case."""
        return await self.look(actor, case_id, exchanging.page)

    async def exchange_note(self, actor: Actor, case_id: str, exchange_id: str) -> Paper | None:
        """The sharing note of one meeting, for the team only."""

        def look(room: Room) -> Paper | None:
            filing = room.filed("exchange", exchange_id)
            if filing is None or room.seen_as != "member":
                return None
            return note_of(self.world.content.papers, exchanges.load(filing), room.scene.case.code)

        return await self.look(actor, case_id, look)

    async def plan_exchange(
        self, actor: Actor, case_id: str, plan: exchanges.Plan, key: str | None, *, case_runs: bool
    ) -> Refusals | None:
        """Register a meeting before it is held."""
        return await self.deed(actor, case_id, key, lambda room: exchanging.plan(room, plan, case_runs=case_runs))

    async def act_on_exchange(
        self, actor: Actor, case_id: str, exchange_id: str, act: exchanges.Act, key: str | None
    ) -> Refusals | None:
        """The leader's yes, the note, or that it was called off."""
        return await self.deed(actor, case_id, key, lambda room: exchanging.act(room, exchange_id, act))

    async def same_child(self, actor: Actor, case_id: str, code: str, key: str | None) -> Refusals | None:
        """Tie another case about the same child to this one."""
        return await self.deed(actor, case_id, key, lambda room: exchanging.same_child(room, code))

    @property
    def told_words(self) -> Mapping[str, str]:
        """The sentences that an authority may choose from."""
        return self.world.handbook.words.told

    async def may_tell(self, actor: Actor, case_id: str) -> str | None:
        """The case's code for whoever may speak for the authority there; None for everybody else."""
        return await self.look(actor, case_id, lambda room: room.scene.case.code if telling.may_tell(room) else None)

    async def tell(self, actor: Actor, case_id: str, ticks: Ticks, key: str | None) -> Refusals | None:
        """Tell the writer what was ticked, and nothing else."""
        return await self.deed(actor, case_id, key, lambda room: telling.tell(room, ticks))

    async def handing(self, actor: Actor, case_id: str) -> tuple[str, bool] | None:
        """The case's code, and whether this person may answer for it to the family; None when they hand out nothing."""
        return await self.look(actor, case_id, dossiers.may_hand_out)

    async def bundle(self, actor: Actor, kind: dossiers.Kind, case_id: str) -> dossiers.Bundle | None:
        """All that is held about a case, to hand out; written down before it leaves."""
        return await self.ask(actor, lambda uow, me, now: dossiers.make(self.world, uow, kind, me, case_id, now))

    def check_anonymous(self, text: str) -> Checked:
        """Hold a text against the checklist; nothing is stored."""
        return sparring.check(self.world, text)

    async def worry_of(self, actor: Actor, text: str) -> Made:
        """Make a worry of a text that was only looked at until now."""
        made = await self.ask(actor, lambda uow, me, now: sparring.make_worry(self.world, uow, me, text, now))
        return made or Made()
