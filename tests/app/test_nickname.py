"""The name field holds a nickname: a class or a story is refused with the reason, and nothing is cut in silence."""

from __future__ import annotations

import pytest

from dialogs.values import Value, note_of
from dialogs.worry import known_as
from tests.app.kit import Chat, House

STORY = "Oliver fra 3.b, han er så sur hele tiden og slog en pige"
BEFORE = {"q04_sikkerhed": "nej", "q00_udgave": "hele"}


def at_the_name(**telegram: object) -> Chat:
    chat = Chat(House(), **telegram)  # type: ignore[arg-type]
    chat.stands_at("q01_barn", BEFORE)
    return chat


def asks_for_the_name(chat: Chat) -> bool:
    return "Hvad skal vi kalde barnet her?" in chat.asked


@pytest.mark.parametrize("code", ["Oliver fra 3.b", "Oliver 3B"])
def test_a_name_with_its_class_is_refused_with_the_reason_and_asked_again(code: str) -> None:
    chat = at_the_name()
    assert "Der står måske en klasse i navnet." in chat.fills(text=code)
    assert asks_for_the_name(chat) and "q01_barn" not in chat.draft().answers


@pytest.mark.parametrize(
    ("code", "hint"),
    [("Elev 3B-2", True), ("3.b dreng", True), ("Uglen", False), ("Kode 7", False), ("Den lille med huen", False)],
)
def test_a_nickname_or_a_code_is_taken_and_a_class_in_it_is_asked_about(code: str, hint: bool) -> None:
    chat = at_the_name()
    assert ("Der står måske en klasse" in chat.says(code)) == hint
    assert chat.draft().answers["q01_barn"] == code


def test_a_story_waits_as_a_suggestion_for_what_was_seen_and_heard() -> None:
    chat = at_the_name()
    shown = chat.fills(text=STORY)
    assert "Her skal kun stå et kaldenavn." in shown and "Der står måske en klasse" in shown
    answers = chat.draft().answers
    assert "q01_barn" not in answers and note_of(answers["q05_set"]) == STORY
    chat.says("Uglen")
    assert chat.draft().answers["q01_barn"] == "Uglen", "the correction is for the same question"


def test_danger_in_the_name_field_is_heard_and_kept() -> None:
    chat = at_the_name()
    told = "Far slår ham med bæltet, når han er fuld."
    chat.fills(text=told)
    assert any(press.label == "Nej, det er ikke det" for press in chat.presses_shown)
    assert note_of(chat.draft().answers["q05_set"]) == told


def test_a_second_story_is_put_below_the_first_and_a_given_answer_is_left_alone() -> None:
    chat = at_the_name()
    chat.fills(text="Han sidder altid alene i hjørnet.")
    chat.fills(text="Han spiser ikke sin mad mere.")
    words = note_of(chat.draft().answers["q05_set"])
    assert words == "Han sidder altid alene i hjørnet.\nHan spiser ikke sin mad mere."
    chat = Chat(House())
    chat.stands_at("q01_barn", {**BEFORE, "q05_set": "Han tegner."})
    assert "Jeg har ikke gemt det som navn." in chat.fills(text="Han spiser ikke sin mad mere.")
    assert chat.draft().answers["q05_set"] == "Han tegner."


def test_her_own_lists_begin_with_her_nickname_on_our_pages_and_hold_the_code_alone_in_other_channels() -> None:
    house = House()
    web = Chat(house)
    web.stands_at("q01_barn", BEFORE)
    web.fills(text="Storken")
    code = web.draft().code
    assert f"Storken ({code}) · " in web.commands("kladder")
    elsewhere = Chat(house, channel="telegram", ceiling=1).commands("kladder")
    assert code in elsewhere and "Storken" not in elsewhere


@pytest.mark.parametrize("called", [None, "", "T002-Sten"])
def test_a_case_without_a_nickname_is_its_code(called: str | None) -> None:
    answers: dict[str, Value] = {} if called is None else {"q01_barn": called}
    assert known_as("T002-Sten", answers) == "T002-Sten"
    assert known_as("T002-Sten", {"q01_barn": "Uglen"}) == "Uglen (T002-Sten)"
