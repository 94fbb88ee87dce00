"""Reading content: text stays text, every value knows its line, and nothing but plain data is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reading.yamlio import MAX_BYTES, MAX_DEPTH, ContentError, Plain, parse, read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("10:30", "10:30"),
        ("2026-01-01", "2026-01-01"),
        ("1.5", "1.5"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12", 12),
        ("-3", -3),
        ("'12'", "12"),
        ("1234567890", "1234567890"),
        ("~", None),
        ("null", None),
        ("", None),
        ("''", ""),
        ("NaN", "NaN"),
        ("«Måske»", "«Måske»"),
        ("|\n  to\n  linjer\n", "to\nlinjer\n"),
    ],
)
def test_a_scalar_is_what_the_editor_wrote(written: str, value: Plain) -> None:
    assert parse(f"a: {written}").data == {"a": value}


def test_every_value_knows_its_line() -> None:
    document = parse("a:\n  - x\n  - b: y\n\nc: z\n")
    assert document.data == {"a": ["x", {"b": "y"}], "c": "z"}
    assert (document.line("a"), document.line("a", 1, "b"), document.line("c")) == (1, 3, 5)


def test_a_value_that_is_not_there_has_the_line_of_its_nearest_parent() -> None:
    document = parse("a:\n  b: x\n")
    assert document.line("a", "b", "gone", 3) == 2
    assert document.line("gone") == 1
    assert parse("").line("gone") == 1


def test_an_empty_file_holds_nothing() -> None:
    assert parse("").data is None
    assert parse("# kun en bemærkning\n").data is None


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: x\na: y\n", "double_key", 2),
        ("a: &x 1\nb: *x\n", "alias", 1),
        ("a: x\n? [b]\n: c\n", "bad_key", 2),
        ("a: 'x\n", "not_yaml", None),
        ("a: x\n  b: y\n", "not_yaml", None),
        ("--- a\n--- b\n", "not_yaml", None),
        ("a: \x00", "not_yaml", 1),
        ("a: \ud800", "not_yaml", 1),
        ("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "too_deep", 1),
    ],
)
def test_anything_but_plain_data_is_refused_with_its_line(text: str, code: str, line: int | None) -> None:
    with pytest.raises(ContentError) as caught:
        parse(text, "x.yaml")
    assert (caught.value.code, caught.value.file) == (code, "x.yaml")
    assert caught.value.line == line or (line is None and caught.value.line >= 1)
    assert str(caught.value).startswith("x.yaml:")
    assert caught.value.text.endswith(".")


def test_a_tag_runs_nothing_and_makes_no_object() -> None:
    assert parse("a: !!python/object/apply:os.system [x]").data == {"a": ["x"]}
    assert parse("a: !!binary eA==").data == {"a": "eA=="}


def test_a_merge_key_is_a_name_like_any_other() -> None:
    assert parse("'<<': x").data == {"<<": "x"}


def test_a_file_is_named_as_the_reader_says(tmp_path: Path) -> None:
    path = tmp_path / "æøå.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read(path, "forms/æøå.yaml")
    assert caught.value.file == "forms/æøå.yaml"
    path.write_text("a: Æblegrød", encoding="utf-8")
    assert (read(path).file, read(path).data) == ("æøå.yaml", {"a": "Æblegrød"})


def test_a_file_that_is_not_utf8_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: æ".encode("latin-1"))
    with pytest.raises(ContentError, match="not_utf8"):
        read(path)
    path.write_bytes(b"a: " + b"x" * MAX_BYTES)
    with pytest.raises(ContentError, match="too_large"):
        read(path)


@given(st.text(st.sampled_from("ab:-{}[]'\"&*&*!|>?%#\n \t~,x\x00\ud800é")))
def test_no_text_gives_anything_but_data_or_a_content_error(text: str) -> None:
    try:
        parse(text)
    except ContentError as error:
        assert error.line >= 1
