"""What a hurried answer means: doubt is never no, a class or an age finds its option, one slip is forgiven."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.parsing import match_option, parse
from dialogs.types import Option, Problem, Question
from tests.core.form_kit import danish

SAFETY = danish().form("worry").question("q04_sikkerhed")
AGE = danish().form("worry").question("q02_alder")
ABOUT = danish().form("worry").question("q04_hvad")


def _picked(question: Question | None, text: str) -> str | None:
    assert question is not None
    found = match_option(question, question.options, text)
    return found.id if found is not None else None


@pytest.mark.parametrize(
    "text",
    [
        "ved ikke",
        "ved ikke, tror det ikke",
        "det ved jeg ikke",
        "er i tvivl",
        "måske lidt",
        "usikker",
    ],
)
def test_doubt_about_safety_is_maybe(text: str) -> None:
    assert _picked(SAFETY, text) == "maaske"


@pytest.mark.parametrize("text", ["nej, det tror jeg ikke", "Næh det tror jeg ikk", "nej, er ikke sikker"])
def test_a_no_with_doubt_in_it_is_asked_about_and_not_guessed(text: str) -> None:
    assert _picked(SAFETY, text) is None
    assert parse(SAFETY, SAFETY.options, text, None, None, ()) == Problem("no_or_doubt", SAFETY.id)


@pytest.mark.parametrize(
    ("text", "picked"), [("ja", "ja"), ("nej", "nej"), ("nope", "nej"), ("jeg er ikke i tvivl", None)]
)
def test_a_plain_answer_stays_plain(text: str, picked: str | None) -> None:
    assert _picked(SAFETY, text) == picked


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("tredje klase", "k03"),
        ("3. kl", "k03"),
        ("3.b", "k03"),
        ("børnehaveklasse", "k03"),
        ("8 år", "k03"),
        ("otte år", "k03"),
        ("8 årig i sfo", "sfo"),
        ("klub, 11 år", "klub"),
        ("sjette klasse", "k46"),
        ("niende", "k79"),
        ("13-årig", "k79"),
        ("4 år", "d35"),
        ("vuggestue", "d02"),
        ("18 år", None),
        ("25. klasse", None),
        ("den lyse", None),
    ],
)
def test_a_class_or_an_age_finds_its_option(text: str, picked: str | None) -> None:
    assert _picked(AGE, text) == picked


def test_one_slip_is_forgiven_where_one_option_is_near() -> None:
    assert _picked(ABOUT, "kontroll") == "control"
    assert _picked(ABOUT, "xontroxx") is None


def test_beside_a_field_for_words_nothing_is_guessed() -> None:
    assert SAFETY is not None
    options = (Option("maaske", "Måske"), Option("nej", "Nej"))
    noted = Question(id="q", kind="one", ask="?", note="Skriv", options=options)
    assert match_option(noted, options, "jeg tror det ikke") is None


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    assert _picked(AGE, text) in {None, *(one.id for one in AGE.options)} if AGE else False
