"""Every answer as a file to read (tests/law/golden): outcomes, duty cards, professions, knowledge, forums, papers.

The files are for a jurist and a teacher, so they say what the chat shows, and what it says in other situations. Rewrite
them with `pytest tests/law/test_golden_answers.py --update-golden`, and read the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.app.guides.lawbasis import of_paper
from dialogs.acts import Go, encode
from dialogs.conditions import Condition
from dialogs.guides.directory import Profession
from dialogs.law.answer import answer
from dialogs.law.telling import said
from dialogs.replies import Card
from tests.app.kit import WRITER, Chat, House, Press
from tests.core.form_kit import danish
from tests.law.book import DAY, law
from tests.law.test_scenarios import scenarios, walked
from tests.law.test_sharing_guide import every_answer

GOLDEN = Path(__file__).parent / "golden"
OUTCOMES = tuple(law().guide.outcomes)
CARDS = tuple(law().report.cards)
KNOWLEDGE = tuple(danish().shelf.cards)
PAPERS = tuple(law().papers)
PROFESSIONS = tuple(danish().directory.professions.values())
OUTCOME = re.compile(r"( og )?outcome er en af [A-Z0-9, ]+")
IN_WORDS = {
    "ikke (abuse = yes)": "uden mistanke om overgreb",
    "abuse = yes": "med mistanke om overgreb",
    "age = u18": "når barnet er under 18",
    "age = adult": "når den unge er fyldt 18",
    "need = unsure": "når du er i tvivl om støtte",
    "consent = refused": "når de har sagt nej",
    "consent = unsafe_to_ask": "når det ikke var sikkert at spørge",
    "leader_first = yes": "når kommunen vil have lederens ja først",
    "leader_first = no": "når kommunen ikke kræver lederens ja først",
    "role = health_visitor": "når du er i sundhedsplejen",
}


def shown(card: Card) -> Iterator[str]:
    """A card in the order in which it is read; what folds out stands under its label."""
    if card.title:
        yield f"# {card.title}"
    yield from (
        text.strip() for text in (card.text, *(f"{row.label}\n{row.text}" for row in card.rows)) if text.strip()
    )
    if card.faint:
        yield f"(med gråt) {card.faint}"
    if card.detail:
        yield f"(fold ud: {card.detail_title or 'mere'})\n{card.detail.strip()}"
    if card.buttons:
        yield " ".join(f"[{button.label}]" for row in card.buttons for button in row)


def read_aloud(first: Sequence[str], cards: Sequence[Card], last: Sequence[str] = ()) -> str:
    parts = [*first, *(part for card in cards for part in shown(card)), *last]
    return "\n\n".join(parts) + "\n"


def holds(name: str, text: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--update-golden", default=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    assert text == path.read_text(encoding="utf-8")


def situation(scenario: dict[str, Any]) -> str:
    """The situation, and what was answered to each question in the words of the chat."""
    form, lines = danish().form("sharing"), [f"Situation: {scenario['situation']}"]
    for question_id, option_id in scenario["svar"].items():
        question = form.question(question_id)
        assert question is not None
        (label,) = [option.label for option in question.options if option.id == option_id]
        lines.append(f"- {question.ask} {label}")
    return "\n".join(lines)


def plainly(condition: Condition) -> str:
    """A condition as the reader would say it; the outcome is known here, for the file is about one."""
    text = OUTCOME.sub("", said(condition))
    for fact, words in IN_WORDS.items():
        text = text.replace(fact, words)
    assert "=" not in text, f"say this in plain words: {text}"
    return text


@cache
def advice_with() -> Mapping[str, frozenset[str]]:
    """The pieces of advice that each outcome can have beside it, whoever asks and whatever was answered."""
    found: dict[str, set[str]] = {}
    for facts, _ in every_answer():
        for role in ("", "health_visitor"):
            one = answer(law().guide, law().table, facts, DAY, role=role)
            assert one is not None
            found.setdefault(one.outcome.id, set()).update(one.flags)
    return {outcome: frozenset(texts) for outcome, texts in found.items()}


def other_words(outcome_id: str) -> Iterator[str]:
    """What the same outcome says in some situations only."""
    guide = law().guide
    outcome = guide.outcomes[outcome_id]
    lines = [(line.text, line.when) for line in (*outcome.next, *outcome.write)]
    lines += [(flag.text, flag.when) for flag in guide.flags if flag.text in advice_with()[outcome_id]]
    some = [f"- {text} ({plainly(when) or 'altid'})" for text, when in lines if when is not None]
    if some:
        yield "Det her afhænger af situationen:\n" + "\n".join(some)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_answer_reads_as_it_is_written(outcome: str, request: pytest.FixtureRequest) -> None:
    scenario = next(one for one in scenarios() if one["udfald"] == outcome)
    text = read_aloud((situation(scenario),), walked(scenario).reply.cards, tuple(other_words(outcome)))
    holds(f"udfald/{outcome}", text, request)


@pytest.mark.parametrize("card_id", CARDS)
def test_the_card_about_the_duty_reads_as_it_is_written(card_id: str, request: pytest.FixtureRequest) -> None:
    chat = Chat(House())
    chat.presses_old(Press("", encode(Go("duty", card_id))))
    holds(f"underretning/{card_id}", read_aloud((), chat.reply.cards[:2]), request)


@pytest.mark.parametrize("card", PROFESSIONS, ids=lambda card: card.id)
def test_the_card_of_a_profession_reads_as_it_is_written(card: Profession, request: pytest.FixtureRequest) -> None:
    chat = Chat(House(), WRITER)
    chat.presses_old(Press("", encode(Go("prof", card.id))))
    holds(f"fag/{card.id}", read_aloud((), chat.reply.cards), request)


@pytest.mark.parametrize("card_id", KNOWLEDGE)
def test_the_card_of_knowledge_reads_as_it_is_written(card_id: str, request: pytest.FixtureRequest) -> None:
    chat = Chat(House(), WRITER)
    chat.presses_old(Press("", encode(Go("know", card_id))))
    holds(f"viden/{card_id}", read_aloud((), chat.reply.cards), request)


def test_the_ladder_of_forums_reads_as_it_is_written(request: pytest.FixtureRequest) -> None:
    chat = Chat(House(), WRITER)
    chat.presses_old(Press("", encode(Go("forum"))))
    holds("fora/trappen", read_aloud((), chat.reply.cards), request)


@pytest.mark.parametrize("name", PAPERS)
def test_the_law_behind_a_paper_reads_as_it_is_written(name: str, request: pytest.FixtureRequest) -> None:
    basis = of_paper(danish(), name, DAY, danish().papers(f"law.{name}"))
    holds(f"papirer/{name}", f"{basis.text}\n\n(med gråt) {basis.faint}\n", request)


def test_no_file_is_left_of_an_answer_that_is_gone() -> None:
    wanted = {f"udfald/{one}" for one in OUTCOMES} | {f"underretning/{one}" for one in CARDS}
    wanted |= {f"fag/{card.id}" for card in PROFESSIONS} | {f"viden/{one}" for one in KNOWLEDGE}
    wanted |= {f"papirer/{one}" for one in PAPERS} | {"fora/trappen"}
    found = {path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.txt")}
    assert found == wanted
