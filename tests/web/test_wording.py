"""Texts become markup without becoming anything else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.wording import callable_prose, clean, prose, upper_first


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("", ""),
        ("En linje", "<p>En linje</p>"),
        ("En\nto", "<p>En<br>to</p>"),
        ("En\r\n\r\nto", "<p>En</p><p>to</p>"),
        ("Gør:\n- ring\n• gå", "<p>Gør:</p><ul><li>ring</li><li>gå</li></ul>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("- <b>x</b>", "<ul><li>&lt;b&gt;x&lt;/b&gt;</li></ul>"),
        ("\n\n \n", ""),
    ],
)
def test_prose_has_paragraphs_and_lists(text: str, markup: str) -> None:
    assert prose(text) == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("1. Ring\n2. Gå\n✗ Vent", '<ol><li>Ring</li><li>Gå</li></ol><ul class="dont"><li>Vent</li></ul>'),
        ("Gør:\n- ring", "<p>Gør:</p><ul><li>ring</li></ul>"),
        ("1. <b>x</b>", "<ol><li>&lt;b&gt;x&lt;/b&gt;</li></ol>"),
    ],
)
def test_the_bots_own_steps_become_lists(text: str, markup: str) -> None:
    assert callable_prose(text) == markup


def test_what_a_person_numbered_keeps_its_numbers() -> None:
    assert prose("3. Det tredje") == "<p>3. Det tredje</p>"


@pytest.mark.parametrize(("text", "shown"), [("", ""), ("læreren", "Læreren"), ("PPR-psykologen", "PPR-psykologen")])
def test_a_first_letter_is_made_large_and_no_other_is_touched(text: str, shown: str) -> None:
    assert upper_first(text) == shown


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 112.", ["112"]),
        ("Ring 112 nu, ellers 114", ["112", "114"]),
        ("BørneTelefonen 116 111", ["116111"]),
        ("Vagten: 99 45 45 45.", ["99454545"]),
        ("Der var 1124 børn og 3.112 voksne", []),
        ("Side 112.5", []),
        ("K112", []),
    ],
)
def test_numbers_to_ring_become_links(text: str, numbers: list[str]) -> None:
    assert re.findall(r'href="tel:(\d+)"', callable_prose(text)) == numbers


@given(st.text())
def test_no_text_can_open_a_tag_of_its_own(text: str) -> None:
    for markup in (prose(text), callable_prose(text)):
        assert set(re.findall(r"<\s*/?\s*(\w+)", markup)) <= {"p", "br", "ul", "ol", "li", "a"}
        assert "\x00" not in markup


def test_marks_that_turn_or_hide_text_are_taken_out_and_letters_stay() -> None:
    assert clean("\u202eæ\u2066ø\x00å\x1b\n") == "æøå\n"
