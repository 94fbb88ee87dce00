"""What only sounds like danger gets no card about danger, in the guard, in the routes and in the whole conversation."""

import pytest

from dialogs.guides.corpora import Row, rows_of
from dialogs.guides.routing import route
from tests.app.kit import Chat, House
from tests.content.test_guard_corpus import HERE
from tests.core.form_kit import danish

CARD = "Det her skal et menneske tage sig af"
CALM = [row for row in rows_of(HERE / "acute_corpus.yaml") if row["flow"] == "none"]
JOKES = [
    "haha jeg dør af grin, ungerne i 4.b slår mig ihjel i dag",
    "han sagde at matematik slår ham ihjel, og så lo vi alle",
    "det her regneark er selvmord for øjnene haha",
    "hun spiser pænt med kniv og gaffel",
    "han tog livet af stilheden med sin tromme",
    "drengen er vild med våben og ridderborge og bygger dem i lego",
]


def _text(row: Row) -> str:
    return str(row["text"])


def test_the_routes_cry_danger_no_oftener_than_the_guard() -> None:
    heard = danish().guards.scan
    wrong = [_text(row) for row in CALM if not heard(_text(row)).acute and _route(_text(row)) == "acute"]
    assert wrong == []
    assert len(CALM) > 900
    assert sum(_route(_text(row)) == "acute" for row in CALM) / len(CALM) <= 0.03


def _route(text: str) -> str:
    return route(danish().routes, text).guide


@pytest.mark.parametrize("text", JOKES)
def test_a_joke_at_the_menu_gets_no_card_about_danger(text: str) -> None:
    chat = Chat(House())
    chat.opens()
    chat.says(text)
    assert CARD not in chat.text
    assert "Fare lige nu" not in chat.text
    assert any(press.label == "Akut" for press in chat.presses_shown), "the way out stands all the same"


@pytest.mark.parametrize("text", JOKES)
def test_a_joke_in_an_answer_is_kept_and_nothing_is_asked_about_it(text: str) -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", {"q04_sikkerhed": "nej", "q00_udgave": "hele"})
    chat.says(text)
    assert text in repr(chat.draft().answers)
    assert "Er du bange for" not in chat.text


@pytest.mark.parametrize("text", ["akut", "det er akut!!", "der er fare nu", "brug for hjælp nu", "nødsituation"])
def test_who_calls_for_help_gets_the_card_and_may_say_that_it_was_not_meant(text: str) -> None:
    chat = Chat(House())
    chat.opens()
    chat.says(text)
    assert CARD in chat.text
    if text != "akut":  # the command has the way back that its button has
        chat.presses("Nej, det er ikke det")
        assert "Hvad vil du?" in chat.text


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("hun er sammen med en på 25", "seksuelle overgreb"),
        ("hun går i 7. og har mødt en fyr i klubben, og nu er hun sammen med en på 25", "seksuelle overgreb"),
        ("han flygter over på biblioteket fordi han ikke tør gå hjem", "vold"),
        ("hun tør næsten ikke cykle hjem til sin mor om fredagen", "vold"),
    ],
)
def test_danger_in_calm_words_is_asked_about(text: str, about: str) -> None:
    chat = Chat(House())
    chat.opens()
    chat.says(text)
    assert f"kan handle om {about}" in chat.text


@pytest.mark.parametrize("text", ["vejret i morgen", "qwerty asdf"])
def test_what_is_not_understood_leaves_the_way_out_open(text: str) -> None:
    chat = Chat(House())
    chat.opens()
    chat.says(text)
    assert "Er du bange for, at et barn er i fare, så tryk «Akut»." in chat.text
    chat.presses("Akut")
    assert CARD in chat.text


@pytest.mark.parametrize("word", ["stop", "tilbage", "menu"])
def test_the_card_about_danger_can_be_put_aside_and_taken_back(word: str) -> None:
    chat = Chat(House())
    chat.opens()
    chat.says("far slår ham")
    chat.says(word)
    assert "Jeg har lagt kortet om vold væk." in chat.text
    assert "Hvad vil du?" in chat.text
    chat.presses("Vis kortet igen")
    assert "Vold, måske fra en i hjemmet" in chat.text
    chat.says("far slår ham")
    assert "kan handle om vold" in chat.text, "to put it aside is no answer"


def test_stop_in_a_form_puts_the_card_aside_and_keeps_the_answer() -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", {"q04_sikkerhed": "nej", "q00_udgave": "hele"})
    chat.says("far slår ham om aftenen")
    chat.says("stop")
    assert "Alt er gemt" in chat.text
    assert "Vis kortet igen" in [press.label for press in chat.presses_shown]
    assert "far slår ham om aftenen" in repr(chat.house.drafts())


def test_the_question_on_the_card_fits_its_three_answers() -> None:
    chat = Chat(House())
    chat.opens()
    chat.says("hun skærer i sig selv")
    assert "Selvskade eller ord om at dø" in chat.text
    assert "Er du bange for, at et barn er i fare?" in chat.text
    assert [press.label for press in chat.presses_shown] == ["Ja", "Måske", "Nej, det er ikke det"]
