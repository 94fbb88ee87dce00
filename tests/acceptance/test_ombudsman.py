"""The Ombudsman 2018-28 test: the duty to report holds when the municipality is already involved, and is never the
leader's; and every decision, also not to act, stands with its reason.

Schools rarely reported when the social service was already in the family; notes and journals failed, and nobody could
explain afterwards. Left to a later issue: the export to the journal.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dialogs.cases.acts import Close, Decide, Discuss, FollowUp, Open, Plan
from dialogs.cases.model import OUTCOMES
from tests.app.kit import YELLOW, Chat, House

WORDS = "Tak, fordi du skrev. Vi ser klassen i to frikvarterer."


def planned() -> tuple[House, str, Chat]:
    """A yellow case that the team has opened and put on today's agenda."""
    house = House()
    chat = Chat(house)
    chat.stands_at("q08_hvortit", {**YELLOW, "q19_farve": "enig"})
    chat.fills("dagligt")
    chat.presses("Send")
    (case,) = house.cases()
    house.team_opens("laerke-leder", case.id)
    assert house.team_does("laerke-leder", case.id, Plan(house.clock.now().date())).problems == ()
    assert house.team_does("laerke-leder", case.id, Discuss()).problems == ()
    return house, case.id, chat


def decision(house: House, outcome: str, **changes: Any) -> Decide:
    day = house.clock.now().date() + timedelta(days=42)
    usual = {"owner_id": "laerke-psykolog", "reason": "Det kan løses her.", "words": WORDS, "follow_up": day}
    return Decide(outcome, **{**usual, **changes})  # type: ignore[arg-type]  # every outcome is tried


QUESTIONS = [
    "skal jeg underrette?",
    "skal jeg underrette, når kommunen allerede er inde over?",
    "må min leder sige nej til at jeg underretter?",
    "er underretningspligten min egen?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_guide_says_that_the_duty_holds_though_the_municipality_is_in_already(question: str) -> None:
    chat = Chat(House())
    chat.says(question)
    assert "Pligten er din egen." in chat.text
    assert "når din leder er uenig" in chat.text
    assert "når kommunen allerede er inde over" in chat.text


def test_the_same_answer_comes_in_the_middle_of_a_worry_and_the_worry_waits() -> None:
    chat = Chat(House())
    draft = chat.stands_at("q02_alder", {key: YELLOW[key] for key in ("q04_sikkerhed", "q00_udgave", "q01_barn")})
    asked = chat.asked
    chat.says("skal jeg underrette?")
    assert "når kommunen allerede er inde over" in chat.text and chat.asked == asked and chat.draft() == draft


def test_what_surrounds_the_child_is_asked_so_that_help_already_given_is_known() -> None:
    question = House().content.form("worry").question("q15_omkring")
    assert question is not None and "støtte, der allerede er i gang" in question.help


@pytest.mark.parametrize("missing", ["reason", "words", "owner_id", "follow_up"])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_decision_stands_without_its_reason_an_owner_a_day_and_words_for_the_writer(
    outcome: str, missing: str
) -> None:
    house, case_id, _ = planned()
    empty = None if missing == "follow_up" else ""
    done = house.team_does("laerke-leder", case_id, decision(house, outcome, **{missing: empty}))
    assert [problem.code for problem in done.problems] == [f"{missing.removesuffix('_id')}_missing"]
    (case,) = house.cases()
    assert (case.state, case.owner_id, case.follow_up) == ("discussed", None, None)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_decision_is_in_the_timeline_with_who_when_why_and_reaches_the_writer(outcome: str) -> None:
    house, case_id, chat = planned()
    assert house.team_does("laerke-leder", case_id, decision(house, outcome)).problems == ()
    decided = [e for e in house.run(lambda uow: uow.cases.entries(case_id)) if e.kind == "decided"]
    assert [(e.actor_id, e.at) for e in decided] == [("laerke-leder", house.clock.now())]
    assert "Det kan løses her." in repr(decided[0].data) and outcome in repr(decided[0].data)
    chat.commands("sager")
    (case,) = house.cases()
    chat.presses(case.code)
    assert WORDS in chat.text
    assert "Din pligt til at underrette er din egen" in chat.text, "the team's decision is not hers"


def test_a_case_does_not_end_in_silence() -> None:
    house = House()
    chat = Chat(house)
    chat.stands_at("q08_hvortit", {**YELLOW, "q19_farve": "enig"})
    chat.fills("dagligt")
    chat.presses("Send")
    (case,) = house.cases()
    house.team_opens("laerke-leder", case.id)
    assert house.team_does("laerke-leder", case.id, Open()).problems == ()
    assert house.team_does("laerke-leder", case.id, Close("Farvel")).problems, "never before there is an answer"
    assert house.cases()[0].state != "closed"


def test_a_case_that_ends_keeps_how_it_went() -> None:
    house, case_id, _ = planned()
    assert house.team_does("laerke-leder", case_id, decision(house, OUTCOMES[0])).problems == ()
    house.wait(days=43)
    assert house.team_does("laerke-psykolog", case_id, FollowUp(7, "Det går bedre.")).problems == ()
    assert [p.code for p in house.team_does("laerke-leder", case_id, Close("")).problems] == ["words_missing"]
    assert house.team_does("laerke-leder", case_id, Close("Tak for nu. Det går bedre.")).problems == ()
    kinds = [entry.kind for entry in house.run(lambda uow: uow.cases.entries(case_id))]
    assert kinds[:3] == ["sent", "stored", "opened"] and {"decided", "followed_up", "closed"} <= set(kinds)
    seqs = [entry.seq for entry in house.run(lambda uow: uow.cases.entries(case_id))]
    assert seqs == list(range(1, len(seqs) + 1)), "no line can be taken out unseen"
