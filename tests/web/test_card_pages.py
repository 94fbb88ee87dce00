"""The pages of knowledge and professions: all readable, and a note is the profession's own, dated and never lost."""

from __future__ import annotations

import pytest

from dialogs.guides.localnotes import MAX_NOTE
from tests.core.form_kit import danish
from tests.web.visitor import Visitor

NOTE = "Her på skolen er jeg hver tirsdag, lokale 12."


async def the(person: str, path: str) -> Visitor:
    visitor = await Visitor().become(person)
    await visitor.get(path)
    return visitor


@pytest.mark.parametrize("path", ["/viden", "/fag"])
async def test_every_card_is_one_press_from_its_list(path: str) -> None:
    visitor = await the("laerke-laerer", path)
    assert visitor.page is not None
    for link in [one for one in visitor.page.links if one.startswith(f"{path}/")]:
        page = await visitor.get(link)
        assert page.status == 200 and page.headings[0] == 1


async def test_a_card_says_its_source_and_that_nobody_of_the_field_has_read_it() -> None:
    visitor = await the("laerke-laerer", "/viden/deltagelse")
    assert visitor.page is not None
    assert "Kilde:" in visitor.page.words and "Ingen fra faget" in visitor.page.words


@pytest.mark.parametrize("path", ["/viden/findes-ikke", "/fag/FINDES", "/fag/x%20y"])
async def test_what_is_not_there_is_not_found(path: str) -> None:
    visitor = await the("laerke-laerer", path)
    assert visitor.page is not None and visitor.page.status == 404


async def test_the_profession_writes_its_own_note_and_older_ones_stay() -> None:
    visitor = await the("laerke-psykolog", "/fag/PSY")
    await visitor.post("/fag/PSY", text=NOTE)
    page = await visitor.get("/fag/PSY")
    assert NOTE in page.words and "Skrevet af en" in page.words
    await visitor.post("/fag/PSY", text="Ring til mig i stedet.")
    page = await visitor.get("/fag/PSY")
    assert NOTE in page.words and "Ring til mig" in page.words and "Tidligere noter" in page.words
    await visitor.post("/fag/PSY", text="")
    page = await visitor.get("/fag/PSY")
    assert "Ingen har skrevet noget endnu" in page.words and NOTE in page.words


async def test_a_colleague_reads_it_and_may_not_write() -> None:
    visitor = await the("laerke-psykolog", "/fag/PSY")
    await visitor.post("/fag/PSY", text=NOTE)
    await visitor.become("laerke-laerer")
    page = await visitor.get("/fag/PSY")
    assert NOTE in page.words and "Gem noten" not in page.words
    page = await visitor.post("/fag/PSY", text="Noget andet")
    assert page.status == 404
    await visitor.become("fjord-laerer")
    page = await visitor.get("/fag/PSY")
    assert NOTE not in page.words


async def test_the_leader_may_correct_any_card() -> None:
    visitor = await the("laerke-leder", "/fag/TAND")
    await visitor.post("/fag/TAND", text="Tandbussen kommer i uge 12.")
    page = await visitor.get("/fag/TAND")
    assert "Tandbussen" in page.words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Barnet har nummer 010203-4321", "CPR"),
        ("Spørg efter Karla Vestergaard Holm", "navn"),
        ("x" * (MAX_NOTE + 1), "plads til 400"),
    ],
)
async def test_what_must_not_be_stored_is_refused_and_stands_in_the_field(text: str, why: str) -> None:
    visitor = await the("laerke-psykolog", "/fag/PSY")
    page = await visitor.post("/fag/PSY", text=text)
    assert page.status == 422 and why in page.words and text in page.html
    page = await visitor.get("/fag/PSY")
    assert text not in page.html


async def test_the_same_form_twice_is_one_version() -> None:
    visitor = await the("laerke-psykolog", "/fag/PSY")
    own = dict(visitor.own)
    for _ in range(2):
        await visitor.post("/fag/PSY", text=NOTE, **own)
    page = await visitor.get("/fag/PSY")
    assert page.words.count(NOTE) == 2  # shown once, and once in the field to change it


def test_every_profession_has_a_card_with_a_duty() -> None:
    assert all(card.duty and card.ask for card in danish().directory.professions.values())
