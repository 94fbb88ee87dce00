"""What a red worry tells its writer to do is what the sharing table answers for the same situation."""

from __future__ import annotations

import pytest

from bot.app.drafts.acute import FLOWS
from dialogs.facts import PARENTS_WAIT
from dialogs.tables import decide
from tests.app.kit import Chat, House
from tests.law.book import DAY, combos, law

MUST, CARD = "Du skal underrette i dag. Mistanke er nok.", "Send også en underretning i dag. Mistanke er nok."
SAID = {"q04_sikkerhed": "ja", "q01_barn": "Uglen", "q02_alder": "k46", "q03_rolle": "laerer"}


def outcome(flow: str) -> str | None:
    """The table's answer for a child under 18 when nothing is reported and nobody is in danger of life now."""
    facts = next(combos())
    abuse = "yes" if flow in PARENTS_WAIT else "no"
    asked = {**facts, "age": "u18", "acute": "no", "abuse": abuse, "need": "unsure", "reported": "no", "ident": "yes"}
    return decide(law().written, asked, DAY).outcome


@pytest.mark.parametrize("flow", FLOWS)
def test_the_worry_and_the_sharing_table_say_the_same_about_reporting(flow: str) -> None:
    chat = Chat(House())
    suspect = {"q04_hvem": "home"} if flow in PARENTS_WAIT else {}
    chat.stands_at("q05_set", {**SAID, "q04_hvad": flow, **suspect})
    shown = chat.says("Hun sad alene hele dagen.")
    assert "Rød – handl i dag" in shown
    assert (MUST in shown) == (outcome(flow) == "R1")
    assert ("Find ud af, om du skal underrette." in shown) == (outcome(flow) != "R1")


@pytest.mark.parametrize("suspect", ["unknown", "home", "adult", "child", "staff", "leader"])
@pytest.mark.parametrize("flow", sorted(PARENTS_WAIT))
def test_every_action_card_of_a_known_danger_says_report(flow: str, suspect: str) -> None:
    chat = Chat(House())
    chat.stands_at("q04_hvem", {"q04_sikkerhed": "ja", "q04_hvad": flow})
    assert outcome(flow) == "R1"
    assert CARD in chat.fills(suspect)


def test_the_reason_of_red_is_told_in_the_answers_own_words() -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", {**SAID, "q04_hvad": "violence", "q04_hvem": "home"})
    assert "Du har svaret: vold." in chat.says("Der er mærker på armen.")
