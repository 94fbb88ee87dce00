"""Words by key: holes are filled once, and every code of the core has its Danish words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from dialogs.reading import yamlio
from dialogs.reading.yamlio import ContentError
from dialogs.types import SkipReason
from dialogs.words import Words, fill, holes, load_words
from tests.core.form_kit import danish

CORE = Path(__file__).parents[2] / "dialogs"


def test_holes_are_filled_with_what_the_caller_gives() -> None:
    assert fill("{a} og {b}", {"a": "en", "b": 2}) == "en og 2"


def test_a_hole_without_a_value_stays_to_be_found() -> None:
    assert fill("{a} {b}", {"a": "x"}) == "x {b}"


def test_a_value_that_looks_like_a_hole_is_not_filled_again() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


@pytest.mark.parametrize("text", ["{a.b}", "{0}", "{A}", "{a!r}", "{{}}", "%s", "{}"])
def test_format_tricks_are_plain_text(text: str) -> None:
    assert fill(text, {"a": "x"}) == text


def test_holes_are_named() -> None:
    assert holes("{navn} og {dato}, {navn}") == {"navn", "dato"}


def test_a_key_that_content_lacks_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        Words({})("nowhere")


def test_a_nested_file_becomes_dotted_keys() -> None:
    words = load_words(yamlio.parse("a:\n  b: Hej\n  c:\n    d: '{navn}'\ne: Farvel\n"))
    assert dict(words.texts) == {"a.b": "Hej", "a.c.d": "{navn}", "e": "Farvel"}
    assert (words.has("a.b"), words.has("a")) == (True, False)
    assert words("a.c.d", navn="Uglen") == "Uglen"


@pytest.mark.parametrize("text", ["a: 3", "a: ", "a: [x]", "a: true", "- x", "a: {}"])
def test_anything_but_text_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        load_words(yamlio.parse(text))


def test_every_problem_of_the_core_has_danish_words() -> None:
    sources = [(CORE / f"{name}.py").read_text(encoding="utf-8") for name in ("engine", "parsing")]
    codes = {code for source in sources for code in re.findall(r'Problem\(\s*"(\w+)"', source)}
    codes |= {code for code in ("nothing_picked", "not_an_option")}
    assert len(codes) >= 14
    assert [code for code in sorted(codes) if not danish().words.has(f"problems.{code}")] == []


@pytest.mark.parametrize("reason", get_args(SkipReason))
def test_every_reason_to_pass_over_has_danish_words(reason: str) -> None:
    assert danish().words.has(f"skipped.{reason}")
