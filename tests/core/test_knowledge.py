"""Knowledge cards: found by typed words, each with a source, easy to read, and shown whole in the chat."""

from __future__ import annotations

import pytest

from dialogs.guides.knowledge import find, load_shelf
from dialogs.reading.yamlio import ContentError, parse
from tests.app.kit import YELLOW, Chat, House
from tests.core.form_kit import danish

SHELF = danish().shelf
CARD = """cards:
  - {id: a, title: A, short: B, points: [C], ask: [D], source: E, words: [f], checked: "2026-11-22",
     reviewed_by: null, see: []}
"""
ORDINARY = parse("words: [hus]", "ordinary_words.yaml")


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("hvad er tværprofessionelt samarbejde", "former"),
        ("seks temaer", "temaer"),
        ("krav til ledelsen", "ledelse"),
        ("grænsekrydsende ledelse", "paa-tvaers"),
        ("chefen besøger", "besoeg"),
        ("hvem betaler", "bundlinje"),
        ("samlet forvaltning", "samme-hus"),
        ("skal barnet med til mødet", "deltagelse"),
        ("mle", "mle"),
        ("tidlig indsats", "tidlig"),
        ("dokumentationens værdi", "dokumentation"),
    ],
)
def test_typed_words_find_each_card(text: str, card: str) -> None:
    found = find(SHELF, text)
    assert found is not None and found.id == card


@pytest.mark.parametrize("text", ["", "han stammer", "det handler ikke om forebyggelse"])
def test_other_words_find_none(text: str) -> None:
    assert find(SHELF, text) is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("see: []", "see: [b]", "unknown_value"), ("2026-11-22", "i går", "not_date"), ("[f]", "['..']", "bad_phrase")],
)
def test_a_mistake_is_named(old: str, new: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_shelf(parse(CARD.replace(old, new), "knowledge.yaml"), ORDINARY)
    assert caught.value.code == code


def test_every_card_is_shown_whole_in_the_chat() -> None:
    chat = Chat(House())
    chat.commands("viden")
    for press in [one for one in chat.presses_shown if one.act.startswith("go:know:")]:
        chat.presses_old(press)
        card = SHELF.cards[press.act.removeprefix("go:know:")]
        assert all(text in chat.text for text in (card.title, card.short, *card.points, *card.ask, card.source))


def test_a_card_is_opened_by_typed_words_and_one_press_leads_back() -> None:
    chat = Chat(House())
    before = chat.stands_at("q09_hvor", YELLOW)
    question = chat.asked
    chat.commands("viden")
    chat.says("skal barnet med til mødet")
    assert "Når barn og forældre skal være med" in chat.text
    chat.presses(f"Tilbage til {before.code}")
    assert chat.asked == question and chat.draft() == before


def test_a_question_about_a_profession_opens_its_card() -> None:
    chat = Chat(House())
    chat.says("hvad laver en logopæd?")
    assert chat.reply.cards[-1].title == "Tale-hørelærer"
    assert "Sådan får du fat i dem" in chat.text
