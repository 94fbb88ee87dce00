"""The plan as a paper: word for word as it was read and found good, and a tagged PDF of the same."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from bot.documents import Press
from dialogs.papers.documents import Paper, as_text
from dialogs.plans import acts
from dialogs.plans.example import history
from dialogs.plans.model import CHILD, FAMILY, Plan
from dialogs.plans.moves import move
from dialogs.plans.paper import Around, paper_of
from tests.core.form_kit import danish
from tests.documents.test_press import structure

GOLDEN = Path(__file__).parent / "golden"
START, TODAY = date(2026, 10, 6), date(2026, 11, 24)


def example() -> Plan:
    plan = Plan("p", "c")
    for day, act in history("peter", START, TODAY, TODAY + timedelta(days=2)):
        step = move(plan, act, day)
        assert step.problems == ()
        plan = step.plan
    return plan


def paper(plan: Plan, *, hidden: bool = False, shared: tuple[str, ...] = ("Psykologen fra PPR",)) -> Paper:
    content = danish()
    doers = {one: content.plans(f"doer.{one}") for one in (FAMILY, CHILD)}
    doers |= {card.id: card.name for card in content.directory.professions.values()}
    return paper_of(plan, Around(content.plans, doers, shared, "W6RB-Eng", TODAY, hidden))


def closed(plan: Plan) -> Plan:
    return move(plan, acts.CloseIt("En voksen ved lågen var nok."), TODAY).plan


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("plan", lambda: paper(example())),
        ("plan_tom", lambda: paper(Plan("p", "c"), shared=())),
        ("plan_uden_behov", lambda: paper(move(example(), acts.Drop("demobehov1"), TODAY).plan)),
        ("plan_skjult_slut", lambda: paper(closed(example()), hidden=True)),
    ],
)
def test_a_plan_reads_as_it_was_agreed(name: str, made: object) -> None:
    assert callable(made)
    text = as_text(made())
    assert text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert "{" not in text


@pytest.mark.process
def test_the_pdf_is_tagged_and_every_need_is_a_heading_with_its_table() -> None:
    found = pypdf.PdfReader(BytesIO(asyncio.run(Press().make(paper(example()), "pdf"))))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(structure(found.trailer["/Root"]["/StructTreeRoot"]))
    text = "".join(page.extract_text() for page in found.pages)
    assert "Går ind i klassen, før klokken ringer" in text
    assert "Tallene over tid: 2" in text
