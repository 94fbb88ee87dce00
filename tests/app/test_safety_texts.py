"""Where home may be the danger, no text anywhere says to contact the parents, and the whole team never gets it first.

And wherever a result is shown, the personal duty to report stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.demo import PEOPLE
from dialogs.people import TRIO
from tests.app.kit import YELLOW, Chat, House, words_of

FLOWS = ["violence", "sexual", "control"]
SUSPECTS = ["unknown", "home", "adult", "child", "staff", "leader"]
DUTY = "Din pligt til at underrette er din egen"
# Ways to send somebody to the parents. "Kontakt ikke …", "ring ikke hjem" and "tal ikke med …" are none of them.
TO_THE_PARENTS = re.compile(
    r"""\b(
        (tal(e|er|t)?|snak\w*)\ ((?!ikke\ )\w+\ ){0,3}?med\ (barnet\ og\ )?(forældrene|familien|far|mor|hjemmet)
      | spørg(er)?\ (altid\ |først\ )?(forældrene|familien|far|mor)
      | (kontakt|inddrag|inviter|informer|orienter)\ (straks\ |altid\ )?(forældrene|familien|hjemmet)
      | ring\ (straks\ |nu\ )?(hjem|til\ (forældrene|familien|far|mor))
      | skriv\ (hjem|til\ (forældrene|familien|far|mor))
      | bed\ (forældrene|familien)
      | tag\ dem\ med\ fra\ start
      | har\ forældrene\ sagt\ ja
      | hvad\ siger\ (far|mor|forældrene)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
QUESTIONS = [
    "må jeg dele det her?", "hvad er samtykke?", "skal jeg underrette?", "hvem kan hjælpe med vold?",
    "hvem hjælper med søvn?", "hvad kan du hjælpe med?",
]  # fmt: skip


def shown(chat: Chat) -> str:
    """All that stands on the screen: texts, what folds out, choices and buttons."""
    return "\n".join([*(words_of(card) for card in chat.reply.cards), *(p.label for p in chat.presses_shown)])


def safe(chat: Chat) -> None:
    """Nothing on the screen sends anybody to the parents. The bot may say that the authority says who talks to them."""
    text = re.sub(r"[^.\n]*(siger, hvem der taler med|har sagt, hvem der taler med)[^.\n]*", "", shown(chat))
    assert not (found := TO_THE_PARENTS.search(text)), found and text[max(0, found.start() - 80) : found.end() + 40]


def test_the_pattern_tells_a_danger_from_a_warning() -> None:
    for bad in (
        "Spørg forældrene først, når det er trygt for barnet.",
        "Har du talt med forældrene?",
        "Ring til mor.",
        "Bed forældrene om et ja.",
    ):
        assert TO_THE_PARENTS.search(bad), bad
    for good in (
        "Kontakt ikke forældrene.",
        "ring ikke hjem",
        "Tal ikke med hjemmet først.",
        "Ingen skriver eller ringer hjem nu",
    ):
        assert not TO_THE_PARENTS.search(good), good


def walk_the_red_lane(chat: Chat, flow: str, suspect: str, *, questions: bool = False) -> Iterator[str]:
    """The whole red lane with all of the rest answered, up to the case; gives the ids of the questions asked."""
    chat.commands("ny")
    chat.fills("ja")
    chat.fills(flow)
    chat.fills(suspect)
    for _ in range(40):
        entry = next((card.entry for card in reversed(chat.reply.cards) if card.entry), None)
        if entry is None:
            if not any(press.label == "Svar på resten først" for press in chat.presses_shown):
                return
            chat.presses("Svar på resten først")
            continue
        question = entry.act.split(":")[3]
        yield question
        if questions:
            chat.says("hjælp")
            yield question
            ask_in_the_middle(chat, QUESTIONS[len(question) % len(QUESTIONS)])
            yield question
            and_back(chat)
            chat.opens()
        fill(chat, question)
    raise AssertionError("the red lane does not end")


def ask_in_the_middle(chat: Chat, text: str) -> None:
    chat.says(text)
    if any(press.label == "Nej, det er ikke det" for press in chat.presses_shown):
        safe(chat)
        chat.presses("Nej, det er ikke det")
        chat.says(
            text
        )  # the guard heard another danger than the one named: it asks once, then the question is answered
    if any(press.label == "Det er et spørgsmål" for press in chat.presses_shown):
        chat.presses("Det er et spørgsmål")


def and_back(chat: Chat) -> None:
    """From a guide that the question opened to what was open before."""
    back = next((press.label for press in chat.presses_shown if press.label.startswith("Tilbage til")), "")
    if back and not any(card.entry for card in chat.reply.cards):
        chat.presses(back)


def fill(chat: Chat, question: str) -> None:
    """A calm answer to whatever is asked."""
    entry = next(card.entry for card in reversed(chat.reply.cards) if card.entry)
    if question in ("q06_tegn", "q06_omsorg"):
        chat.says("spring over")
    elif question == "q11_barnets_ord":
        chat.fills("ikke_spurgt")
    elif entry.kind in ("text", "list"):
        chat.fills(text="Hun tegner meget.")
    elif question == "q06_omraader":
        chat.fills("familie", "humoer")
    else:
        chat.fills(entry.choices[0].id)


@pytest.mark.parametrize("suspect", SUSPECTS)
@pytest.mark.parametrize("flow", FLOWS)
def test_nothing_in_the_whole_red_lane_sends_anybody_to_the_parents(flow: str, suspect: str) -> None:
    chat = Chat(House())
    asked = set[str]()
    for question in walk_the_red_lane(chat, flow, suspect):
        asked.add(question)
        safe(chat)
    assert {"q05_set", "q11_barnets_ord", "q18_hjaelp", "q19_farve"} <= asked, "the whole lane was walked"
    assert not asked & {"q13_foraeldre", "q14_samtykke"}
    safe(chat)
    chat.presses("Ret")
    safe(chat)
    chat.presses("Tilbage til skemaet")
    chat.presses("Send")
    safe(chat)
    chat.presses("Se sagen")
    safe(chat)


@pytest.mark.parametrize("flow", FLOWS)
def test_neither_help_nor_a_question_in_the_middle_does(flow: str) -> None:
    chat = Chat(House())
    for _ in walk_the_red_lane(chat, flow, "home", questions=True):
        safe(chat)
    for question in QUESTIONS:
        chat.says("ret")
        chat.presses("Set og hørt")
        ask_in_the_middle(chat, question)
        safe(chat)
        and_back(chat)


@pytest.mark.parametrize("sign", ["B3CR10", "B3CR11", "B3PR8"])
def test_a_ticked_sign_closes_the_circle_as_well(sign: str) -> None:
    chat = Chat(House())
    question = "q06_omsorg" if sign[2] == "P" else "q06_tegn"
    chat.stands_at(question, {**YELLOW, "q06_omraader": ("familie", "fritid_net"), "q06_tegn": ()})
    chat.fills(sign)
    safe(chat)
    answers = chat.draft().answers
    assert sign in repr(answers)
    chat.says("ret")
    chat.presses("Set og hørt")
    for text in QUESTIONS[:2]:
        ask_in_the_middle(chat, text)
        safe(chat)
        and_back(chat)


@pytest.mark.parametrize("suspect", SUSPECTS)
@pytest.mark.parametrize("flow", [*FLOWS, "suicide", "danger", "other"])
def test_the_whole_team_never_gets_it_first(flow: str, suspect: str) -> None:
    house = House()
    chat = Chat(house)
    chat.stands_at("q05_set", {"q04_sikkerhed": "ja", "q04_hvad": flow, "q04_hvem": suspect, "q01_barn": "Uglen"})
    chat.presses("Se den, og send nu")
    told = [one.name for one in PEOPLE if one.name in chat.text]
    chat.presses("Send")
    (case,) = house.cases()
    heard = {wish.recipient for wish in house.wishes() if wish.due_at == house.clock.now()} - {case.writer_id}
    assert len(heard) == 1 and len(told) == 1
    assert case.route != "trio"
    roles = {m.role for person in heard for m in house.person(person).memberships}
    closed = flow in FLOWS and suspect in ("staff", "leader")  # the question is asked in these flows only
    assert roles == ({"superior"} if closed else {"leader"})
    assert not roles & (set(TRIO) - {"leader"})


def test_a_leader_who_is_a_party_is_nobody_to_go_to() -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", {"q04_sikkerhed": "ja", "q04_hvad": "violence", "q04_hvem": "leader"})
    chat.presses("Se den, og send nu")
    assert "Din leder får den ikke." in chat.text and "Gå til lederens chef i dag." in chat.text
    assert "Gå til din leder" not in chat.text
    assert "• Leder" not in chat.text and "Birgit" not in chat.text
    chat.presses("Send")
    assert "Gå selv til din leder" not in chat.text and "Henrik Juul" in chat.text


def results() -> Iterator[tuple[str, Chat]]:
    """A chat at every kind of result."""
    yellow, red, short, light = (Chat(House()) for _ in range(4))
    yellow.stands_at("q08_hvortit", YELLOW)
    yellow.fills("dagligt")
    yield "the summary of a yellow worry", yellow
    red.stands_at("q05_set", {"q04_sikkerhed": "ja", "q04_hvad": "danger"})
    red.presses("Se den, og send nu")
    yield "the summary of a red worry", red
    short.stands_at("q18_hjaelp", {**YELLOW, "q00_udgave": "kort"})
    short.fills("raad")
    yield "the short version", short
    light.commands("trafiklys")
    light.fills("b3")
    light.fills("venner")
    light.fills("B3CY2")
    for _ in range(4):
        light.says("spring over")
    yield "the traffic light alone", light
    for number, chat in enumerate((yellow, red), 1):
        chat.presses("Send")
        yield f"receipt {number}", chat
        chat.presses("Se sagen")
        yield f"case {number}", chat


def test_every_result_shows_the_personal_duty() -> None:
    seen = 0
    for name, chat in results():
        cards = [card for card in chat.reply.cards if card.kind in ("light", "summary", "receipt")]
        cards += [card for card in chat.reply.cards if card.rows and card.kind == "say"]
        assert cards, f"{name} shows no result:\n{chat.text}"
        assert shown(chat).count(DUTY) == 1, f"{name}: said twice it is read by nobody"
        seen += 1
    assert seen == 8


def test_the_colour_is_never_said_of_the_child() -> None:
    for name, chat in results():
        for card in chat.reply.cards:
            if card.kind == "light":
                assert "Den siger ikke, hvem barnet er." in card.text, name
        assert not re.search(
            r"\b(barnet|uglen) er (rød|gul|grøn)\b|\b(rødt|gult|grønt) barn\b", chat.text, re.IGNORECASE
        )
