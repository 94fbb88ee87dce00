"""A question that names who shall have it: the sharing guide offers just that for a yes, and reads no list aloud."""

from __future__ import annotations

import pytest

from dialogs.guides.directory import Directory
from dialogs.law.named import named_in, recipients_of
from tests.app.kit import Chat, House
from tests.core.form_kit import danish

DIRECTORY: Directory = danish().directory
WALK = ("Ingen af delene", "Ja eller måske, og de skal bruge det")


def asked(text: str) -> Chat:
    """The guide that a typed question opens, as far as who shall have it."""
    chat = Chat(House())
    chat.says(text)
    for press in WALK:
        chat.presses(press)
    return chat


def test_whom_the_question_names_is_offered_for_a_yes() -> None:
    chat = asked("kan jeg ringe til egen læge om barnet")
    assert "Du nævnte egen læge. Er det dem, der skal have det at vide?" in chat.text
    assert choices(chat)[0] == "Egen læge, ja, kun dem"
    assert "Kommunens folk om børn" in choices(chat), "another answer is one press away"
    chat.presses("Egen læge, ja, kun dem")
    assert chat.asked == "Har I et samtykke, der gælder?"


@pytest.mark.parametrize(
    ("press", "then"),
    [
        ("SFO’en, ja, i mit eget hus", "Ja, med dine egne kolleger"),
        ("SFO’en et andet sted, eller andre af kommunens folk", "Har I et samtykke, der gælder?"),
        ("Andre", "Har I et samtykke, der gælder?"),
    ],
)
def test_of_a_colleague_only_the_house_is_asked(press: str, then: str) -> None:
    chat = asked("må jeg fortælle sfo'en at mor er flyttet")
    assert "Du nævnte SFO’en. Hører de til i dit eget hus?" in chat.text
    chat.presses(press)
    assert then in chat.text


def test_in_the_circle_of_the_law_there_is_room_for_more_than_the_one_that_was_named() -> None:
    chat = asked("må jeg fortælle sundhedsplejersken det")
    assert choices(chat)[0] == "Sundhedsplejersken, eller også andre af kommunens folk"


def choices(chat: Chat) -> list[str]:
    """What may be answered, in its order."""
    entry = chat.reply.cards[-1].entry
    return [one.label for one in entry.choices] if entry is not None else []


@pytest.mark.parametrize(
    "text", ["må jeg dele det", "må jeg fortælle socialrådgiveren det", "må jeg sige det til politiet"]
)
def test_where_nobody_is_named_or_the_law_hangs_on_who_it_is_the_question_stands(text: str) -> None:
    assert "Hvem skal have det at vide?" in asked(text).text


def test_two_that_are_named_are_none() -> None:
    assert named_in(DIRECTORY, "må jeg sige det til sfo og klubben") == ""
    assert named_in(DIRECTORY, "må jeg sige det til klubben") == "KLUB"


def test_everybody_who_is_offered_stands_in_the_circle_or_outside_as_the_law_says() -> None:
    offered = {one.id: recipients_of(one) for one in DIRECTORY.professions.values()}
    assert {one for one, answer in offered.items() if answer == ("outside",)} == {
        "KLUB", "KUI", "LAEGE", "BLAEGE", "BUP", "FRIV", "TOLK", "VISO"
    }  # fmt: skip
    circle = {one for one, answer in offered.items() if "ssd" in answer}
    assert all(DIRECTORY.professions[one].exchange == "ja" for one in circle)
    assert {offered[one] for one in ("SOC", "POL", "ERGO", "FYS", "LET", "RUS", "NETV")} == {()}
