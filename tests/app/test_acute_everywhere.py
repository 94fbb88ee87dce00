"""The acute guard listens wherever a person can write, keeps what was written, asks once, and takes any answer."""

from __future__ import annotations

import pytest

from dialogs.values import note_of, picks_of
from tests.app.kit import YELLOW, Chat, House

DANGER = {
    "violence": "far slår ham derhjemme",
    "sexual": "far har rørt hende i skridtet",
    "suicide": "han vil ikke leve mere",
    "control": "de vil gifte hende bort",
    "danger": "far er påvirket og vil hente ham",
}
WRITTEN = [  # every question that takes words, and where its words are beside a choice
    "q01_barn", "q03_rolle", "q05_set", "q07_hvornaar", "q09_hvor", "q10_styrker", "q11_barnets_ord",
    "q12_barnets_oenske", "q13_foraeldre", "q14_samtykke", "q15_omkring", "q16_proevet", "q18_hjaelp", "q19_farve",
]  # fmt: skip


def alerted(chat: Chat) -> bool:
    """Whether the bot shows an action card and asks about it."""
    return any(press.act == "go:alert:nej" for press in chat.presses_shown)


def test_the_list_names_every_question_that_takes_words() -> None:
    form = House().content.form("worry")
    takes_words = [q.id for q in form.questions if q.kind in ("text", "list") or q.note]
    assert sorted(WRITTEN) == sorted(takes_words)


@pytest.mark.parametrize("flow", DANGER)
@pytest.mark.parametrize("question", WRITTEN)
def test_danger_is_heard_at_every_question_and_the_words_are_kept(question: str, flow: str) -> None:
    chat = Chat(House())
    named = question == "q01_barn"  # what is no nickname waits as a suggestion for what was seen and heard
    chat.stands_at(question, {key: value for key, value in YELLOW.items() if not (named and key == "q05_set")})
    chat.says(DANGER[flow])
    assert alerted(chat), chat.text
    assert "Din tekst er gemt" in chat.text
    assert DANGER[flow] in repr(chat.draft().answers)


@pytest.mark.parametrize("flow", DANGER)
def test_after_no_the_same_danger_is_not_asked_about_again(flow: str) -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", YELLOW)
    chat.says(DANGER[flow])
    chat.says("nej")
    assert not alerted(chat)
    assert chat.draft().answers["q04_sikkerhed"] == "nej"
    chat.commands("tilbage")
    for _ in range(3):
        chat.commands("tilbage")
    chat.presses("Ret") if any(p.label == "Ret" for p in chat.presses_shown) else chat.says("ret")
    chat.presses("Omkring barnet")
    chat.says(DANGER[flow])
    assert not alerted(chat)
    other = DANGER["suicide" if flow != "suicide" else "violence"]
    chat.says("ret")
    chat.presses("Styrker")
    chat.says(other)
    assert alerted(chat), "another danger is another question"


@pytest.mark.parametrize(("word", "kept"), [("ja", "ja"), ("j", "ja"), ("måske", "maaske"), ("ved ikke", "maaske")])
@pytest.mark.parametrize("flow", DANGER)
def test_yes_or_perhaps_makes_it_red_and_every_answer_stays(flow: str, word: str, kept: str) -> None:
    chat = Chat(House())
    before = chat.stands_at("q15_omkring", YELLOW)
    chat.says(DANGER[flow])
    chat.says(word)
    after = chat.draft().answers
    assert (after["q04_sikkerhed"], after["q04_hvad"]) == (kept, flow)
    changed = {"q04_sikkerhed", "q19_farve"}  # a colour that is another one now is asked about again
    assert {key: after.get(key) for key in before.answers if key not in changed} == {
        key: value for key, value in before.answers.items() if key not in changed
    }
    chat.says("send")
    assert "Tegner godt." in chat.text, "what was answered before goes along"


@pytest.mark.parametrize(("first", "second"), [("violence", "danger"), ("sexual", "suicide"), ("control", "danger")])
def test_a_second_danger_never_makes_the_first_one_smaller(first: str, second: str) -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", {"q04_sikkerhed": "ja", "q04_hvad": first, "q04_hvem": "home", "q01_barn": "Uglen"})
    chat.says(DANGER[second])
    chat.says("måske")
    answers = chat.draft().answers
    assert (answers["q04_sikkerhed"], answers["q04_hvad"]) == ("ja", first)


@pytest.mark.parametrize("flow", DANGER)
def test_danger_in_a_question_to_the_bot_is_heard_first(flow: str) -> None:
    chat = Chat(House())
    question = f"skal jeg underrette, når {DANGER[flow]}?"
    chat.says(question)
    assert alerted(chat) and "gemt" not in chat.text, "nothing was kept, so nothing says so"
    chat = Chat(House())
    chat.stands_at("q02_alder", YELLOW)
    chat.says(question)
    assert alerted(chat)
    chat = Chat(House())
    chat.stands_at("q05_set", YELLOW)
    chat.says(question)
    assert alerted(chat)
    assert note_of(chat.draft().answers["q05_set"]) == question, "in doubt it is kept as the answer"


@pytest.mark.parametrize("flow", DANGER)
def test_what_is_refused_is_heard_all_the_same(flow: str) -> None:
    for ceiling, text in ((2, f"{DANGER[flow]}, cpr 010110-4321"), (1, DANGER[flow])):
        chat = Chat(House(), channel="telegram", ceiling=ceiling)
        chat.stands_at("q05_set", YELLOW)
        chat.says(text)
        assert chat.reply.refused and alerted(chat)
        assert "q05_set" not in chat.draft().answers


@pytest.mark.parametrize("question", [*WRITTEN, "q02_alder", "q08_hvortit", "q06_tegn"])
def test_the_way_out_is_on_every_step_and_leads_back(question: str) -> None:
    chat = Chat(House())
    chat.stands_at(question, YELLOW)
    before, asked = chat.draft(), chat.asked
    chat.presses("Akut")
    assert "112" in chat.text
    chat.presses("Fare lige nu")
    assert "Din pligt til at underrette er din egen" in chat.text
    chat.presses("Tilbage til skemaet")
    assert (chat.asked, chat.draft().answers) == (asked, before.answers)


@pytest.mark.parametrize("flow", DANGER)
def test_no_media_is_taken_in_an_acute_flow(flow: str) -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", YELLOW)
    chat.says(DANGER[flow])
    before = chat.house.everything()
    chat.sends_media()
    assert "Billeder af børn må aldrig sendes her." in chat.text and alerted(chat)
    assert picks_of(chat.draft().answers["q04_sikkerhed"]) == ("nej",)
    assert before.count("Picked") == chat.house.everything().count("Picked")


def test_an_alert_waits_for_its_answer_whatever_is_said_meanwhile() -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", YELLOW)
    chat.says(DANGER["violence"])
    for look in (chat.opens, lambda: chat.says("hvad mener du"), lambda: chat.commands("fortsaet")):
        look()
        assert alerted(chat)
    chat.presses_old(next(press for press in chat.presses_shown if press.act == "go:alert:ja"))
    assert not alerted(chat) and chat.draft().answers["q04_hvad"] == "violence"
