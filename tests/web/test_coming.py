"""The page of coming reminders: put one off, turn one off, and what can't be."""

from __future__ import annotations

from dialogs.people import Reminding
from tests.bare import bare
from tests.told import notices_of
from tests.web.demo_house import PSYCHOLOGIST, Guest, demo_house


async def test_a_reminder_is_turned_off_once_and_stays_so() -> None:
    guest = await Guest(house=demo_house()).become(PSYCHOLOGIST)
    page = await guest.get("/paamindelser")
    assert "Husk mødet" in page.words
    assert "Du får den, fordi" in page.words
    rows = bare(guest.house).run(lambda uow: notices_of(uow, PSYCHOLOGIST))
    soon = next(row for row in rows if row.wish.template == "meeting_soon")
    assert (await guest.post("/paamindelser", id=str(soon.id), act="turn_off")).status == 200
    row = bare(guest.house).run(lambda uow: uow.outbox.get(soon.id))
    assert (row.state, row.reason) == ("dropped", "turned_off")
    await guest.get("/paamindelser")
    for wrong in (str(soon.id), "0", "x", "9" * 40):
        assert (await guest.post("/paamindelser", id=wrong, act="turn_off")).status == 422


async def test_a_press_on_the_page_chooses_how_to_be_reminded() -> None:
    guest = await Guest(house=demo_house()).become(PSYCHOLOGIST)
    page = await guest.get("/paamindelser")
    assert "Sådan vil du mindes om tingene" in page.words
    assert "Kl. 9" not in page.words
    page = await guest.post("/paamindelser", told="daily")
    assert page.status == 200
    assert "Du får én besked kl. 8" in page.words
    page = await guest.post("/paamindelser", told="h9")
    assert "Du får én besked kl. 9" in page.words
    await guest.post("/paamindelser", told="findes-ikke")
    told = bare(guest.house).run(lambda uow: uow.people.get(PSYCHOLOGIST).reminding)
    assert told == Reminding("daily", 9)
