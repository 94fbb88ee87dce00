"""Anonymous sparring: the text is looked at and forgotten, until one press makes it a worry."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import build
from bot.settings import Settings
from tests.bare import bare
from tests.core.form_kit import danish
from tests.migrated import migrated
from tests.web.demo_house import TEACHER, Guest

CANARY = "Kanariefuglen Zyxwvut synger for sig selv i krogen"


@pytest.fixture
async def guest(tmp_path: Path) -> Guest:
    """Maja in a demo on a database of its own."""
    house = build(Settings(database_url=migrated(tmp_path / "demo.db")), practice=True, content=danish())
    return await Guest(house=house).become(TEACHER)


def everything_on_disk(folder: Path) -> bytes:
    """The database with its write-ahead log and all that lies beside it."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def stored(guest: Guest) -> str:
    """What the store itself gives back: sealed columns are opened here, so a hidden copy would show."""

    def read(uow: object) -> str:
        parts = [
            uow.conversations.get(TEACHER),  # type: ignore[attr-defined]  # the kit reads every repository
            uow.drafts.open_of(TEACHER),  # type: ignore[attr-defined]
            [uow.cases.entries(case.id) for case in uow.cases.of_writer(TEACHER)],  # type: ignore[attr-defined]
            uow.outbox.listing(["pending", "sent", "dropped"], 1_000),  # type: ignore[attr-defined]
        ]
        return repr(parts)

    return bare(guest.house).run(read)


async def test_a_text_that_was_looked_at_is_stored_nowhere(
    guest: Guest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="check", text=f"{CANARY}. Freja går i 7.B.")
    assert CANARY in page.words, "the writer keeps her own words in sight"
    assert "Skriv kun, om det er en af de små, de mellemste eller de store" in page.words
    assert page.headers["cache-control"] == "no-store"
    disk = everything_on_disk(tmp_path)
    assert len(disk) > 10_000
    assert CANARY.encode() not in disk
    assert "Zyxwvut" not in stored(guest)
    assert "Zyxwvut" not in caplog.text
    assert bare(guest.house).run(lambda uow: uow.receipts.get(guest.own["key"])) is None


async def test_deleting_gives_an_empty_page_and_says_that_it_was_never_kept(guest: Guest, tmp_path: Path) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="delete", text=CANARY)
    assert "Den var aldrig gemt" in page.words
    assert CANARY not in page.html
    assert CANARY.encode() not in everything_on_disk(tmp_path)


async def test_one_press_makes_it_a_worry_and_only_then_is_it_kept(guest: Guest) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="worry", text=CANARY)
    assert page.status == 200
    assert "Først det vigtigste" in page.words, "the chat stands at the first question of the new worry"
    drafts = bare(guest.house).run(lambda uow: uow.drafts.open_of(TEACHER))
    assert [draft.answers.get("q05_set") for draft in drafts] == [CANARY]


@pytest.mark.parametrize("text", ["Karen Jensen er alene", "Barnet er 010112-1234", "", "x" * 5_000])
async def test_what_no_worry_may_hold_makes_none_and_the_words_stay_on_the_page(guest: Guest, text: str) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="worry", text=text)
    assert page.status == 422
    assert text in page.html
    assert bare(guest.house).run(lambda uow: uow.drafts.open_of(TEACHER)) == []


async def test_nothing_found_is_no_promise_and_people_are_asked(guest: Guest) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="check", text="Et barn er tit alene. Hvad gør jeg?")
    assert "Jeg fandt ikke noget" in page.words
    assert "En maskine ved ikke" in page.words
    assert "Kender nogen af dem" in page.words


async def test_a_danger_is_heard_here_too(guest: Guest) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="check", text="Han siger, at han vil dø.")
    assert "vent ikke på sparring" in page.words
    assert "/hjaelp" in page.links


@pytest.mark.parametrize("text", ["Hun siger, at hendes far slog hende i går.", "En stille pige på mellemtrinnet."])
async def test_no_line_leads_home_where_somebody_may_hurt_the_child(guest: Guest, text: str) -> None:
    await guest.get("/sparring")
    page = await guest.post("/sparring", act="check", text=text)
    assert "kontakt ikke forældrene. Du skal i stedet underrette." in page.words
    assert ("forældrene først" in page.words) == ("slog" not in text)
