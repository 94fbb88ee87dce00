"""Scripted cases for the team's pages: one for the meeting, one red, one for information."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.app.cases.views import (
    ActChoice,
    AnswerLine,
    CasePage,
    Inbox,
    InboxRow,
    Message,
    MyCase,
    MyCaseRow,
    Named,
    TimelineRow,
)
from bot.web.once import Done
from dialogs.access import Actor
from dialogs.cases.acts import Act, Ask
from dialogs.cases.model import OUTCOMES, Colour
from dialogs.cases.words import Status, standard
from dialogs.types import Problem

WORDS = standard()
NOW = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
MEETING = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)
TEAM = ("laerke-leder", "laerke-psykolog", "laerke-raadgiver")
ALL_ACTS = tuple(name for name in WORDS.acts if name not in ("open", "reply", "add"))


def row(case_id: str, code: str, **changes: object) -> InboxRow:
    """One line of the inbox."""
    base = InboxRow(
        case_id, code, "yellow", "gul", "Ny", 3, date(2026, 11, 25), False, True, False, "6–12 år", "Venner, humør", "",
        "Sæt på dagsordenen", False,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests name real fields


INBOX = Inbox(
    "laerke",
    "Lærkeskolen",
    (
        row("sag2", "P4LN-Ravn", colour="red", colour_words="rød", waiting_days=0, areas="Krop", asks="Åbn den nu"),
        row("sag1", "K7RT-Måge", owner="Sara Lund", new=False, changed=True, overdue=True),
        row(
            "sag3", "T9BX-Lærke", colour="green", colour_words="grøn", deadline=None, new=False, informed=True, asks=""
        ),
        row("sag4", "H2CV-Svale", colour="none", colour_words="ingen farve", areas="", asks=""),
    ),
    MEETING,
)
ANSWERS = (
    AnswerLine("q01_barn", "Barnet kaldes", "Elev 3B-2"),
    AnswerLine("q05_set", "Set og hørt", "Han sad alene i alle frikvarterer i denne uge.\n\nI går græd han i timen."),
    AnswerLine("q08_hvortit", "Hvor tit", "Flere gange om ugen. Det bliver mere."),
    AnswerLine("q10_styrker", "Styrker", "Han tegner godt. Han hjælper de små."),
    AnswerLine("q11_barnets_ord", "Barnets ord", "«Der er ikke nogen, der gider.»"),
    AnswerLine("q16_proevet", "Prøvet", "- Ny plads\n- Morgenhilsen"),
    AnswerLine("q18_hjaelp", "Ønske", "Råd om frikvartererne."),
)
TIMELINE = (
    TimelineRow(NOW, NOW, "sent", "Anna Birk", "Anna Birk sendte den.", late=False),
    TimelineRow(NOW, NOW, "stored", "Anna Birk", "Den er gemt hos teamet.", late=False),
    TimelineRow(
        NOW, datetime(2026, 11, 19, 12, tzinfo=UTC), "added", "Anna Birk", "Skrev til: Han kom ikke.", True, True
    ),
)
THREAD = (
    Message("Sara Lund", NOW, "Hvem leger han med?", mine=False, kind="asked"),
    Message("Anna Birk", NOW, "Ingen lige nu.", mine=True, kind="replied"),
)
OWNERS = (Named("laerke-leder", "Mette Holm"), Named("laerke-raadgiver", "Sara Lund"))
CASE = CasePage(
    case_id="sag1",
    code="K7RT-Måge",
    colour=Colour("yellow", "yellow", child="yellow", care="green", writer_says="agree"),
    colour_words="gul",
    state_id="sent",
    state="Ny",
    band="6–12 år",
    banner=WORDS.banners["nameless"],
    answers=ANSWERS,
    hidden=("Omkring barnet",),
    timeline=TIMELINE,
    thread=THREAD,
    acts=tuple(ActChoice(name, WORDS.acts[name]) for name in ALL_ACTS),
    owners=OWNERS,
    outcomes=tuple((outcome, WORDS.outcomes[outcome], WORDS.ready[outcome]) for outcome in OUTCOMES),
    owner="",
    waiting_days=3,
    deadline=date(2026, 11, 25),
    overdue=False,
    next_meeting=MEETING,
    lowering="",
    locked=False,
    informed=False,
    duty=WORDS.duty,
    writer="Anna Birk",
)
MINE = MyCase(
    case_id="sag1",
    code="K7RT-Måge",
    colour=CASE.colour,
    colour_words="gul",
    status=Status(
        "Teamet spørger dig", "Teamet vil gerne vide lidt mere.", "Svar kort her, så de kan bruge det onsdag."
    ),
    answers=ANSWERS,
    timeline=TIMELINE,
    thread=THREAD,
    question="Hvem leger han med?",
    acts=tuple(ActChoice(name, WORDS.acts[name]) for name in ("reply", "add")),
    owners=(),
    duty=WORDS.duty,
)
MY_ROW = MyCaseRow(
    "sag1", "K7RT-Måge", "yellow", "gul", "Teamet spørger dig", "Svar kort her.", False, True, False, NOW
)


@dataclass
class FakeTeam:
    """Lærkeskolen's team sees `case` as sag1; Anna Birk has written it; for everybody else it does not exist."""

    case: CasePage = CASE
    mine: MyCase = MINE
    danger: str = ""  # what is heard in the next deeds
    acted: list[tuple[str, str, Act, str | None]] = field(default_factory=list)

    async def inbox(self, actor: Actor, school_id: str) -> Inbox | None:
        return INBOX if actor.person_id in TEAM and school_id == "laerke" else None

    async def case_page(self, actor: Actor, case_id: str) -> CasePage | None:
        return self.case if actor.person_id in TEAM and case_id == "sag1" else None

    async def my_cases(self, actor: Actor) -> Sequence[MyCaseRow]:
        return (MY_ROW,) if actor.person_id == "laerke-laerer" else ()

    async def my_case(self, actor: Actor, case_id: str) -> MyCase | None:
        return self.mine if actor.person_id == "laerke-laerer" and case_id == "sag1" else None

    async def act(self, actor: Actor, case_id: str, act: Act, key: str | None) -> Done | None:
        if case_id != "sag1" or actor.person_id not in (*TEAM, "laerke-laerer"):
            return None
        if isinstance(act, Ask) and not act.text.strip():
            return Done((self.refusal(Problem("text_missing")),))
        if all(key != done[3] for done in self.acted):
            self.acted.append((actor.person_id, case_id, act, key))
        return Done(danger=self.danger)

    def refusal(self, problem: Problem) -> str:
        return WORDS.problem(problem)
