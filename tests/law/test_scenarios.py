"""Situations from school life, each pressed through the chat: the outcome, the source, the words and how many taps."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import pytest
from ruamel.yaml import YAML

from dialogs.danish.lix import EASY, lix
from dialogs.law.answer import answer, facts_of
from dialogs.law.taps import Situation, measure
from dialogs.words import fill
from tests.app.kit import WRITER, Chat, House, words_of
from tests.core.form_kit import danish
from tests.law.book import DAY, law

SHORT = 4  # words; a label of fewer can't be made plainer


@cache
def scenarios() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "scenarios.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe").load(text)["scenarios"]


def walked(scenario: dict[str, Any], who: str = WRITER) -> Chat:
    """The scenario in the chat, answer by answer, as the bot asks for them; in a house of its own, for a draft that
    another test left there would put its button on the answer."""
    chat = Chat(House(), who)
    chat.commands("dele")
    for question, option in scenario["svar"].items():
        asked = danish().form("sharing").question(question)
        assert asked is not None and chat.asked == asked.ask, (chat.asked, question)
        chat.fills(option)
    return chat


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one["situation"][:40])
def test_the_situation_gets_its_outcome_with_its_source_and_nothing_is_asked_after(scenario: dict[str, Any]) -> None:
    chat = walked(scenario)
    outcome = law().guide.outcomes[scenario["udfald"]]
    assert chat.asked == ""
    assert chat.reply.cards[0].title == outcome.title
    assert outcome.do in chat.text or "{modtagelse}" in outcome.do
    found = answer(law().guide, law().table, facts_of(law().guide, scenario["svar"]), DAY)
    assert found is not None and found.outcome.id == scenario["udfald"]
    assert scenario["kilde"] in found.decision.sources
    assert "Endnu ikke læst af jurist." in words_of(chat.reply.cards[1])
    assert "Din pligt til at underrette er din egen." in chat.text


NURSE = "solbaek-sundhed"


def test_each_piece_of_advice_is_read_in_the_chat_on_some_real_way() -> None:
    left = {flag.id: flag.text for flag in law().guide.flags}
    for who in (WRITER, NURSE):
        for scenario in scenarios():
            text = walked(scenario, who).text
            left = {one: said for one, said in left.items() if fill(said, {"modtagelse": "modtagelsen"}) not in text}
    assert left == {}


def test_what_would_change_the_answer_is_folded_below_what_to_do() -> None:
    scenario = next(one for one in scenarios() if one["udfald"] == "E1")
    first, behind = walked(scenario).reply.cards[:2]
    assert "Det kan ændre svaret:" not in first.text + behind.text
    assert "Det kan ændre svaret:" in behind.detail
    assert behind.faint and behind.buttons, "that nobody has read the law, and the ways on, stay in sight"


LEADS = {
    "acute": "Det her skal et menneske tage sig af",
    "report": "Skal jeg underrette?",
    "draft": "Udkast til underretning",
    "paper": "Samtykke",
    "register": "Møde uden samtykke",
    "anonymous": "Tænk højt uden navn",
    "who": "Hvem kan hjælpe?",
}


@pytest.mark.parametrize("outcome", law().guide.outcomes)
def test_every_way_on_from_an_answer_leads_somewhere(outcome: str) -> None:
    scenario = next(one for one in scenarios() if one["udfald"] == outcome)
    found = answer(law().guide, law().table, facts_of(law().guide, scenario["svar"]), DAY)
    assert found is not None
    for act in found.acts:
        chat = walked(scenario)
        chat.presses(chat.house.content.words(f"sharing.acts.{act}"))
        said = "\n".join(words_of(card) for card in chat.reply.cards)
        assert LEADS.get(act, "") in said, (act, said)
        assert chat.reply.cards[0].kind != "problem"


def test_there_are_sixty_of_them_and_every_outcome_is_among_them() -> None:
    assert len(scenarios()) >= 60
    assert len({one["situation"] for one in scenarios()}) == len(scenarios())
    assert {one["udfald"] for one in scenarios()} == set(law().guide.outcomes)


def test_most_people_are_done_in_six_taps() -> None:
    asked = [Situation(one["situation"], one["svar"], one["udfald"]) for one in scenarios()]
    found = measure(danish().form("sharing"), law(), asked, DAY)
    assert found.wrong == ()
    assert found.middle <= 4
    assert found.share_of_few >= 0.95
    assert (max(found.taps), found.longest_way) == (7, 7)


def test_every_text_of_every_situation_is_easy_to_read() -> None:
    for scenario in scenarios():
        for card in walked(scenario).reply.cards:
            for text in (card.text, card.title, card.faint):
                assert len(text.split()) < SHORT or lix(text) <= EASY, (lix(text), text)


def test_an_answer_costs_less_than_twenty_milliseconds() -> None:
    costs: list[float] = []
    for scenario in scenarios():
        facts = facts_of(law().guide, scenario["svar"])
        began = process_time()
        found = answer(law().guide, law().table, facts, DAY)
        assert found is not None
        fill(found.outcome.do, {"modtagelse": "modtagelsen"})
        costs.append(process_time() - began)
    assert median(costs) <= 0.02
