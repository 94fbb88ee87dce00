"""The conversation in a browser, with and without scripts."""

from __future__ import annotations

import re

import pytest

from bot.app.turns.incoming import Command, Filled, Pressed, Said
from bot.web import cards
from bot.web.chat import incoming_of
from bot.web.site import Form
from dialogs.replies import Button, Card, Choice, Entry, Reply, Row
from tests.web import fakes
from tests.web.visitor import Visitor

WRITER = "laerke-laerer"
HTMX = {"hx-request": "true"}


async def started() -> Visitor:
    visitor = await Visitor().become(WRITER)
    await visitor.post("/chat", act="m:ny")
    return visitor


async def test_a_worry_is_written_without_scripts() -> None:
    visitor = await started()
    await visitor.post("/chat", form="f:1", text="Elev 3B-2")
    await visitor.post("/chat", form="f:2", pick="B3")
    page = await visitor.post("/chat", form="f:3", pick=["venner", "humor"])
    assert "3 af 6" not in page.words
    assert "4 af 6" in page.words
    await visitor.post("/chat", act="s:skip")
    await visitor.post("/chat", form="f:5", pick="delvist", note="Mor er også bekymret.")
    page = await visitor.post("/chat", form="f:6", text="Ny plads\nMorgenhilsen")
    assert "Det har du skrevet" in page.words
    assert "Venner, Humør" in page.words
    assert "Send til TRIO" in page.words


async def test_after_a_form_the_browser_is_sent_to_where_the_talk_is() -> None:
    visitor = await started()
    response = await visitor.client.post("/chat", data={**visitor.own, "command": "akut"})
    assert (response.status_code, response.headers["location"]) == (303, "/chat#nu")


async def test_the_ways_out_stand_on_every_step() -> None:
    visitor = await started()
    for _ in range(6):
        page = visitor.page
        assert page is not None
        assert all(f">{word}</span>" in page.html for word in ("Tilbage", "Hjælp", "Gem", "Akut"))
        assert page.html.count('value="akut"') == 1
        await visitor.post("/chat", act="s:skip")


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        ({"form": ("f:2",), "pick": ("B3",)}, Filled("f:2", ("B3",))),
        ({"form": ("f:5",), "pick": ("ja",), "text": ("",), "note": ("Ord",)}, Filled("f:5", ("ja",), "", "Ord")),
        ({"act": ("e:1",)}, Pressed("e:1")),
        ({"command": ("gem",)}, Command("gem")),
        ({"say": ("Hvem kan hjælpe?",)}, Said("Hvem kan hjælpe?", beside=True)),
        ({"say": ("",)}, Said("", beside=True)),
        ({}, None),
        ({"noget": ("andet",)}, None),
    ],
)
def test_a_form_means_one_thing(fields: dict[str, tuple[str, ...]], meant: object) -> None:
    assert incoming_of(Form(fields)) == meant


async def test_a_form_that_is_not_ours_is_refused() -> None:
    visitor = await started()
    assert (await visitor.post("/chat", noget="andet")).status == 400


async def test_the_same_form_twice_is_one_deed() -> None:
    visitor = await started()
    data = {**visitor.own, "form": "f:1", "text": "Elev 3B-2"}
    for _ in range(3):
        await visitor.client.post("/chat", data=data)
    assert len([deed for deed in visitor.chat.done if isinstance(deed[1], Filled)]) == 1


async def test_two_buttons_of_one_old_page_are_two_deeds() -> None:
    visitor = await started()
    own = visitor.own
    for press in ("s:skip", "m:light"):
        await visitor.client.post("/chat", data={**own, "act": press})
    assert [deed[1] for deed in visitor.chat.done][1:] == [Pressed("s:skip"), Pressed("m:light")]


async def test_with_scripts_only_the_tail_of_the_log_travels() -> None:
    visitor = await started()
    await visitor.post("/chat", form="f:1", text="Elev 3B-2")
    page = await visitor.post("/chat", headers=HTMX, form="f:2", pick="B3")
    assert "<html" not in page.html
    assert "Elev 3B-2" not in page.html
    assert "6–12 år" in page.words
    assert "Hvad handler det mest om?" in page.words
    assert 'id="dock"' in page.html
    assert 'hx-swap-oob="true"' in page.html
    assert "hx-retarget" not in page.headers


async def test_when_an_earlier_answer_changed_the_log_is_drawn_anew() -> None:
    visitor = await started()
    await visitor.post("/chat", form="f:1", text="Elev 3B-2")
    await visitor.post("/chat", act="e:0")
    page = await visitor.post("/chat", headers=HTMX, form="f:1", text="Muslingen")
    assert page.headers["hx-retarget"] == "#turns"
    assert page.headers["hx-reswap"] == "innerHTML"
    assert "Muslingen" in page.words
    assert "Elev 3B-2" not in page.html


async def test_every_turn_brings_fresh_keys() -> None:
    visitor = await started()
    first = visitor.own["key"]
    page = await visitor.post("/chat", headers=HTMX, command="akut")
    assert page.hidden["key"] != first
    assert len(set(re.findall(r'name="key" value="([^"]+)"', page.html))) == 1


async def test_a_busy_database_is_told_and_the_words_stay_and_can_be_sent_again() -> None:
    visitor = await started()
    visitor.chat.busy = True
    page = await visitor.post("/chat", form="f:1", text="Elev 3B-2")
    assert page.status == 503
    assert "Det er IKKE gemt" in page.words
    assert ">Elev 3B-2</textarea>" in page.html
    assert visitor.chat.answers == {}
    visitor.chat.busy = False
    await visitor.post("/chat", **page.hidden)
    assert visitor.chat.answers[WRITER] == {0: "Elev 3B-2"}


async def test_news_are_counted_without_counting_as_activity() -> None:
    visitor = await Visitor().become(WRITER)
    touched = visitor.doors.touched
    page = await visitor.get("/nyt")
    assert "1 ny besked" in page.words
    assert visitor.doors.touched == touched
    visitor.notices.rows = []
    assert (await visitor.get("/nyt")).words.strip() == ""


async def test_the_end_of_a_session_is_told_before_and_after() -> None:
    visitor = await Visitor().become(WRITER)
    visitor.doors.minutes = 2
    assert "Du bliver logget ud om 2 minutter" in (await visitor.get("/nyt")).words
    visitor.doors.sessions.clear()
    assert "Du er logget ud" in (await visitor.get("/nyt")).words


async def test_a_link_to_a_draft_offers_it_and_changes_nothing() -> None:
    visitor = await Visitor().become(WRITER)
    page = await visitor.get("/chat?kladde=abc123")
    assert 'value="go:resume:abc123"' in page.html
    assert visitor.chat.done == []
    assert "go:resume" not in (await visitor.get("/chat?kladde=<b>")).html


async def test_numbers_to_ring_are_links() -> None:
    visitor = await Visitor().become(WRITER)
    assert 'href="tel:112"' in (await visitor.get("/chat")).html


# --- which buttons a browser draws ---


def test_the_card_that_asks_is_the_last_one_with_a_place_to_answer() -> None:
    assert cards.asking(Reply((fakes.NAME, fakes.AGE, fakes.LIGHT))) == fakes.AGE
    assert cards.asking(Reply((fakes.LIGHT,))) is None


def test_buttons_that_stand_elsewhere_on_the_page_are_not_drawn_twice() -> None:
    entry = Entry("choice", "f:d1:3:q02", "Alder", choices=(Choice("B1", "0–2 år", "a:d1:3:q02:B1"),))
    rows = (
        (Button("0–2 år", "a:d1:3:q02:B1"),),
        (Button("Færdig", "d:d1:3:q02"), Button("Spring over", "s:d1:3:q02")),
        (Button("Tilbage", "b:d1:3"), Button("Hjælp", "h:d1:3:q02")),
        (Button("Gem til senere", "g:d1:3"), Button("Akut", "go:acute")),
    )
    card = Card("question", "Hvor gammelt?", buttons=rows, entry=entry)
    assert [[b.label for b in row] for row in cards.buttons_of(card)] == [["Spring over"]]


def test_a_summary_keeps_its_own_save_button_and_a_list_has_one_button_per_row() -> None:
    summary = Card("summary", "Læs", buttons=((Button("Send", "x:d1:9"), Button("Gem", "g:d1:9")),))
    assert [[b.label for b in row] for row in cards.buttons_of(summary)] == [["Send", "Gem"]]
    listed = Card("list", "", rows=(Row("K7RT", "i går", "go:case:1"),), buttons=((Button("Se", "go:case:1"),),))
    assert cards.buttons_of(listed) == ()


def test_one_press_is_the_whole_answer_only_when_no_words_belong_to_it() -> None:
    assert cards.one_press(fakes.AGE)
    assert not cards.one_press(fakes.PARENTS)
    assert not cards.one_press(fakes.ABOUT)
    assert not cards.one_press(fakes.LIGHT)


@pytest.mark.parametrize("mark", ["", "x", "9.abc", "-1.abc", "1.", "²."])
def test_a_mark_that_fits_no_page_means_drawing_all(mark: str) -> None:
    assert cards.added_since((Row("a", "b"),), mark) is None


def test_what_came_after_the_mark_is_all_that_is_new() -> None:
    rows = tuple(Row(str(i), f"svar {i}") for i in range(4))
    assert cards.added_since(rows, cards.mark_of(rows[:2])) == rows[2:]
    assert cards.added_since(rows, cards.mark_of(rows)) == ()
    changed = (Row("0", "andet"), *rows[1:])
    assert cards.added_since(changed, cards.mark_of(rows[:2])) is None


async def test_a_question_for_words_may_have_a_ready_answer_beside_it() -> None:
    visitor = await Visitor().become(WRITER)
    entry = Entry("text", "f:6", "Barnets ord", choices=(Choice("ikke_spurgt", "Ikke spurgt endnu"),), required=True)
    visitor.chat.place[WRITER] = Card("question", "Hvad siger barnet selv?", entry=entry)
    page = await visitor.get("/chat")
    assert re.search(r'<button[^>]*name="pick" value="ikke_spurgt" formnovalidate', page.html)
    assert '<textarea id="text"' in page.html
