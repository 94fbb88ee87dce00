"""Words that are refused stand in their field again, to be put right; they are stored nowhere and lost nowhere."""

from __future__ import annotations

import pytest

from bot.app.turns.incoming import Filled
from bot.web import kept
from bot.web.kept import NOTHING, Written
from bot.web.site import Form
from dialogs.replies import Card, Choice, Entry, Reply
from tests.web import fakes
from tests.web.visitor import Page, Visitor

WRITER = "laerke-laerer"
HTMX = {"hx-request": "true"}
NAME = "Mikkel 010101-1234"


async def at(number: int) -> Visitor:
    """A visitor at one of the questions."""
    visitor = await Visitor().become(WRITER)
    visitor.chat.place[WRITER] = number - 1
    await visitor.get("/chat")
    return visitor


def fields(page: Page) -> str:
    """The fields of the page with their values, without the spaces of the template."""
    return " ".join(page.html.split())


@pytest.mark.parametrize("headers", [None, HTMX], ids=["without scripts", "with scripts"])
async def test_a_refused_text_stands_in_its_field_again(headers: dict[str, str] | None) -> None:
    visitor = await at(1)
    page = await visitor.post("/chat", headers=headers, form="f:1", text=NAME)
    assert page.status == (200 if headers else 422)  # scripts draw what comes with 200 only
    assert "Jeg har ikke gemt det" in page.words
    assert f">{NAME}</textarea>" in page.html
    assert 'aria-invalid="true"' in page.html
    assert visitor.chat.answers == {}


async def test_the_page_without_scripts_can_be_sent_from_again() -> None:
    visitor = await at(1)
    await visitor.post("/chat", form="f:1", text=NAME)
    page = await visitor.post("/chat", form="f:1", text="Mikkel")
    assert page.status == 200
    assert visitor.chat.answers == {WRITER: {0: "Mikkel"}}
    assert "1234" not in page.html


async def test_looking_again_shows_nothing_of_a_refused_text() -> None:
    visitor = await at(1)
    await visitor.post("/chat", form="f:1", text=NAME)
    assert "1234" not in (await visitor.get("/chat")).html


@pytest.mark.parametrize("headers", [None, HTMX], ids=["without scripts", "with scripts"])
async def test_refused_words_beside_a_choice_keep_the_choice(headers: dict[str, str] | None) -> None:
    visitor = await at(5)
    page = await visitor.post("/chat", headers=headers, form="f:5", pick="delvist", note=NAME)
    assert f">{NAME}</textarea>" in page.html
    assert 'value="delvist" checked' in fields(page)
    assert fields(page).count(" checked") == 1


@pytest.mark.parametrize("headers", [None, HTMX], ids=["without scripts", "with scripts"])
async def test_what_was_said_freely_stands_in_the_free_field(headers: dict[str, str] | None) -> None:
    visitor = await at(2)
    page = await visitor.post("/chat", headers=headers, say=NAME)
    assert f">{NAME}</textarea>" in page.html
    assert page.html.count(NAME) == 1


async def test_words_for_a_question_that_is_gone_are_shown_to_be_copied() -> None:
    visitor = await at(2)
    page = await visitor.post("/chat", form="f:1", text=NAME)
    assert "Din tekst. Den er IKKE gemt." in page.words
    assert f"readonly data-kept>{NAME}</textarea>" in page.html
    assert page.html.count(NAME) == 1


async def test_a_refused_text_is_shown_as_text() -> None:
    visitor = await at(1)
    page = await visitor.post("/chat", form="f:1", text="</textarea><script>1234</script>")
    assert "<script>1234" not in page.html
    assert "&lt;/textarea&gt;" in page.html


async def test_a_taken_answer_is_kept_nowhere_on_the_page() -> None:
    visitor = await at(1)
    data = {**visitor.own, "form": "f:1", "text": "Muslingen"}
    response = await visitor.client.post("/chat", data=data)
    assert (response.status_code, response.headers["location"]) == (303, "/chat#nu")
    assert [deed[1] for deed in visitor.chat.done] == [Filled("f:1", (), "Muslingen")]


# --- the rule itself ---


def card(act: str) -> Card:
    """A question that waits for words."""
    choices = (Choice("ja", "Ja"), Choice("nej", "Nej", on=True))
    return Card("question", "Hvad?", entry=Entry("choice", act, "Hvad?", choices=choices, note="Ord", value="før"))


@pytest.mark.parametrize(
    ("reply", "lost"),
    [
        (Reply((fakes.NAME,)), False),
        (Reply((fakes.PROBLEM, fakes.NAME)), True),
        (Reply((fakes.ACUTE,), refused=True), True),
        (Reply((fakes.ACUTE,)), False),
    ],
)
def test_a_problem_or_a_refusal_means_that_nothing_was_taken(reply: Reply, lost: bool) -> None:
    assert kept.not_taken(reply) is lost


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"form": ("f:1",), "text": (" Ord ",)}, Written("f:1", (), "Ord")),
        ({"form": ("f:1",), "pick": ("ja",), "text": ("",), "note": ("Ord",)}, Written("f:1", ("ja",), "Ord")),
        ({"say": ("Ord",)}, Written(said="Ord")),
        ({"form": ("f:1",), "pick": ("ja",)}, NOTHING),
        ({"form": ("f:1",), "text": (" \n",)}, NOTHING),
        ({"act": ("e:1",)}, NOTHING),
    ],
)
def test_only_a_persons_own_words_are_worth_keeping(form: dict[str, tuple[str, ...]], words: Written) -> None:
    assert kept.written(Form(form)) == words


@pytest.mark.parametrize(
    ("now", "then", "same"),
    [
        ("f:d1:4:q05_set", "f:d1:3:q05_set", True),
        ("f:d1:4:q05_set", "f:d1:4:q10_styrker", False),
        ("f:d2:4:q05_set", "f:d1:4:q05_set", False),
        ("f:d1:4:q05_set", "", False),
        ("f:d1:4:q05_set", "vrøvl", False),
    ],
)
def test_words_belong_to_one_question_of_one_draft_at_any_revision(now: str, then: str, same: bool) -> None:
    assert kept.at_home(card(now), Written(then, (), "Ord")) is same


def test_words_have_no_home_without_a_question() -> None:
    assert not kept.at_home(None, Written("f:1", (), "Ord"))
    assert not kept.at_home(fakes.LIGHT, Written("f:1", (), "Ord"))
    assert not kept.at_home(card("f:1"), NOTHING)


def test_words_and_ticks_are_put_back_as_they_were() -> None:
    back = kept.put_back(card("f:1"), Written("f:1", ("ja",), "Ord"))
    assert back is not None
    assert back.entry is not None
    assert back.entry.value == "Ord"
    assert [choice.id for choice in back.entry.choices if choice.on] == ["ja"]
    assert kept.put_back(fakes.LIGHT, NOTHING) == fakes.LIGHT
