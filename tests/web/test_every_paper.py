"""Every kind of paper as it leaves the house: a PDF to be read aloud and at twice its size, and a Word file on A4."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO

import docx
import pytest

from tests.documents.layout import too_hard
from tests.documents.ua import breaches
from tests.web import test_consent as consent
from tests.web import test_exchange as exchange
from tests.web.demo_house import LEADER, PEDAGOGUE, QUIET, TEACHER, Guest
from tests.web.test_handing import handed
from tests.web.test_network import called
from tests.web.test_plan import PATH, filled

pytestmark = pytest.mark.process
A4 = (210, 297)  # millimetres


async def plan() -> tuple[Guest, str]:
    guest = await Guest().become(TEACHER)
    await guest.get(PATH)
    await guest.post(PATH, act="make")
    await filled(guest)
    return guest, PATH


async def letter() -> tuple[Guest, str]:
    guest = await Guest().become(TEACHER)
    return guest, f"/moede/{await called(guest)}/brev"


async def report() -> tuple[Guest, str]:
    return await Guest().become(TEACHER), f"/sag/{QUIET}/underretning"


async def consent_form() -> tuple[Guest, str]:
    guest = await Guest().become(PEDAGOGUE)
    await consent.ask(guest)
    page = await guest.get(consent.PATH)
    return guest, f"{consent.PATH}/{page.hidden['consent']}"


async def exchange_note() -> tuple[Guest, str]:
    guest = await Guest().become(LEADER)
    await exchange.plan(guest)
    await exchange.hold(guest)
    return guest, f"{exchange.PATH}/{exchange.meeting(guest, 'held')}"


PAPERS: dict[str, Callable[[], Awaitable[tuple[Guest, str]]]] = {
    "plan": plan,
    "letter": letter,
    "report": report,
    "consent": consent_form,
    "exchange": exchange_note,
}


@pytest.mark.parametrize("kind", PAPERS)
async def test_a_paper_can_be_read_aloud_and_printed(kind: str) -> None:
    guest, path = await PAPERS[kind]()
    made = await guest.file(f"{path}.pdf")
    assert made.status_code == 200
    assert breaches(made.content) == []
    assert too_hard(made.content) == []
    word = docx.Document(BytesIO((await guest.file(f"{path}.docx")).content))
    sizes = {(round(part.page_width.mm), round(part.page_height.mm)) for part in word.sections}
    assert sizes == {A4}
    heads = [one.text for one in word.paragraphs if one.style and one.style.name == "Heading 1"]
    assert len(heads) == 1


@pytest.mark.parametrize("kind", ["access", "journal"])
async def test_what_is_handed_out_can_be_read_aloud(kind: str) -> None:
    _, files = await handed(LEADER, kind)
    pdfs = [content for name, content in files.items() if name.endswith(".pdf")]
    assert len(pdfs) == 1
    assert breaches(pdfs[0]) == []
    assert too_hard(pdfs[0]) == []
