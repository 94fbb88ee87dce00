"""The linter: our own content is clean, and every kind of mistake is found, with its line and a way to mend it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from dialogs.conditions import All, Answered, AnyOf, Compare, Is
from dialogs.content import DANISH, load_content, options_from, rows_from
from dialogs.forms import build_form
from dialogs.light.cards import load_cards
from dialogs.light.signs import read_signs
from dialogs.lint import lint_form, lint_texts
from dialogs.lint.cards import card_safety, sign_cards
from dialogs.lint.reach import fact_reads, unreachable
from dialogs.lint.wording import load_plain_words
from dialogs.reading.files import NEEDED, read_files
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import parse, read
from dialogs.types import Form, Limits, Option, Question
from tests.core.form_kit import danish

BANDS = ("B1", "B2", "B3", "B4")
SIGNS = read_signs(DANISH)
PLAIN = load_plain_words(read(DANISH / "plain_words.yaml"))


def test_our_own_content_has_no_issue() -> None:
    content, issues = load_content()
    assert [str(issue) for issue in issues] == []
    assert content is not None


# --- one small form that is right, and one mistake at a time ---

FORM = """id: small
version: 1
title: Lille skema
purpose: worry
bands: {a1: B1}
questions:
  - id: a
    kind: one
    ask: Hvor er det?
    help: Vælg et sted.
    example: «Ude»
    why: Så ved vi hvor.
    required: true
    options: [{id: a1, label: Ude}, {id: a2, label: Inde}]
  - id: b
    kind: many
    ask: Hvad ser du?
    show_if: {a: a1}
    note: Skriv mere
    note_for: [b1]
    limits: {max_picks: 1}
    options: [{id: b1, label: Leg}, {id: b2, label: Ro}, {id: b3, label: Intet, exclusive: true}]
  - id: c
    kind: list
    ask: Hvad er prøvet?
  - id: d
    kind: each
    of: c
    ask: Virkede det?
    options: [{id: d1, label: Ja}, {id: d2, label: Nej, show_if: {a: a2}}]
"""


def issues_of(text: str) -> list[Issue]:
    document = parse(text, "forms/small.yaml")
    sources = (partial(options_from, SIGNS, {}), partial(rows_from, SIGNS, {}))
    form, found = build_form(document, *sources)
    assert form is not None
    return [*found, *lint_form(document, form, BANDS)]


def test_the_small_form_is_right() -> None:
    assert issues_of(FORM) == []


MISTAKES = [
    ("{a: a1}", "{nowhere: a1}", "unknown_question", 18),
    ("{a: a1}", "{c: x}", "looks_ahead", 18),
    ("{a: a1}", "{b: b1}", "looks_ahead", 18),
    ("{a: a1}", "{fact: moon}", "unknown_fact", 18),
    ("{a: a1}", "{a: a9}", "unknown_answer", 18),
    ("{a: a2}}]", "{a: [a1, a9]}}]", "unknown_answer", 30),
    ("{a: a1}", "{all: [{a: a1}, {a: a2}]}", "unreachable", 18),
    ("show_if: {a: a2}", "show_if: {all: [{a: a1}, {a: a2}]}", "unreachable", 30),
    ("- id: c\n", "- id: b\n", "double_question", 23),
    ("{id: b2,", "{id: b1,", "double_option", 22),
    ("{id: a2, label: Inde}", "{id: a2, label: Inde, exclusive: true}", "exclusive", 14),
    ("max_picks: 1", "max_picks: 2", "max_picks", 21),
    ("max_picks: 1", "max_picks: 0", "max_picks", 21),
    ("    of: c\n", "", "of", 26),
    ("of: c", "of: a", "of", 28),
    ("of: c", "of: x", "of", 28),
    ("note_for: [b1]", "note_for: [b9]", "note_for", 20),
    ("    note: Skriv mere\n", "", "note_for", 19),
    ("    help: Vælg et sted.\n", "", "no_help", 7),
    ("    example: «Ude»\n", "", "no_example", 7),
    ("    why: Så ved vi hvor.\n", "", "no_why", 7),
    ("bands: {a1: B1}", "bands: {a1: B9}", "unknown_band", 1),
    ("bands: {a1: B1}", "bands: {x1: B1}", "unknown_band", 1),
    ("- id: c\n", "- id: c\n    formerly: [a]\n", "formerly", 24),
    ("{id: b2, label: Ro}", "{id: b2, label: Ro, formerly: [b1]}", "formerly", 22),
    ("- id: c\n", "- id: c_much_longer_than_20\n", "bad_id", 23),
    ("- id: c\n", "- id: cæ\n", "bad_id", 23),
    ("label: Leg", f"label: {'leg ' * 20}", "label_long", 22),
    ("ask: Hvad ser du?", f"ask: {'ser du ' * 50}?", "ask_long", 17),
    ("help: Vælg et sted.", f"help: {'et sted ' * 70}", "card_long", 10),
    ("title: Lille skema", "title: Lille skema\nsend_early: {x: y}", "unknown_question", 1),
    ("title: Lille skema", "title: Lille skema\nhold_if: {a: a9}", "unknown_answer", 1),
    ("kind: list", "kind: lists", "unknown_value", 24),
    ("title: Lille skema", "title: Lille skema\ncolour: red", "unknown_key", 4),
    ("options: [{id: a1, label: Ude}, {id: a2, label: Inde}]", "options: []", "not_list", 14),
]


@pytest.mark.parametrize(("old", "new", "code", "line"), MISTAKES)
def test_a_mistake_in_a_form_is_found_on_its_line(old: str, new: str, code: str, line: int) -> None:
    assert old in FORM
    found = [issue for issue in issues_of(FORM.replace(old, new, 1)) if issue.code == code]
    assert [(issue.file, issue.line) for issue in found][:1] == [("forms/small.yaml", line)]
    assert all(issue.text.endswith(".") and issue.id for issue in found)


def test_a_number_can_reach_a_question_only_within_its_limits() -> None:
    number = Question("n", "number", "?", limits=Limits(low=0, high=5))
    above, beyond = (one(name, "x", show_if=Compare("n", "over", limit)) for name, limit in (("b", 4), ("c", 5)))
    assert unreachable(Form("f", 1, "", (number, above, beyond), "worry")) == [("c", "")]


def test_a_form_too_wide_to_try_out_is_let_pass() -> None:
    never = All((Is("a0", "x"), Is("a0", "y"), *(Answered(f"a{n}") for n in range(12))))
    wide = tuple(one(f"a{n}", "x", "y", "z") for n in range(12))
    assert unreachable(Form("f", 1, "", (*wide, one("b", "x", show_if=never)), "worry")) == []


def test_a_slip_in_one_field_does_not_take_the_question_away() -> None:
    found = issues_of(FORM.replace("help: Vælg", "hjælp: Vælg"))
    assert [(issue.code, issue.line) for issue in found] == [("unknown_key", 10), ("no_help", 7)]


def test_a_form_without_its_questions_is_no_form() -> None:
    document = parse("id: x\nversion: 1\n", "forms/x.yaml")
    form, found = build_form(document, partial(options_from, SIGNS, {}), partial(rows_from, SIGNS, {}))
    assert form is None
    assert [issue.code for issue in found] == ["missing_key"] * 3


def test_a_fact_that_reads_what_comes_later_is_found() -> None:
    text = FORM.replace("- id: c\n", "- id: q04_sikkerhed\n").replace("of: c", "of: q04_sikkerhed")
    found = issues_of(text.replace("{a: a1}", "{fact: red_lane}"))
    assert "looks_ahead" in {issue.code for issue in found}


def test_ids_that_do_not_fit_on_a_button_are_found() -> None:
    long = Option("o" * 23, "Ja")
    form = Form("f", 1, "", (Question("q" * 23, "one", "?", options=(long,)),), "worry")
    assert "code_long" in {issue.code for issue in lint_form(parse("id: f", "forms/f.yaml"), form, BANDS)}


# --- reachability ---


def one(name: str, *options: str, **rest: object) -> Question:
    return Question(name, "one", "?", options=tuple(Option(o, o) for o in options), **rest)  # type: ignore[arg-type]


def test_a_question_behind_a_hidden_question_is_unreachable() -> None:
    form = Form(
        "f",
        1,
        "",
        (
            one("a", "x", "y"),
            one("b", "x", show_if=Is("a", "none of these")),
            one("c", "x", show_if=Answered("b")),
            one("d", "x", show_if=Is("a", "y")),
        ),
        "worry",
    )
    assert unreachable(form) == [("b", ""), ("c", "")]


def test_two_ticks_together_can_reach_a_question() -> None:
    both = AnyOf("m", ("x",)), AnyOf("m", ("y",))
    many = Question("m", "many", "?", options=(Option("x", "x"), Option("y", "y")))
    assert unreachable(Form("f", 1, "", (many, one("b", "x", show_if=All(both))), "worry")) == []
    assert unreachable(Form("f", 1, "", (one("m", "x", "y"), one("b", "x", show_if=All(both))), "worry")) == [("b", "")]


def test_a_fact_tells_which_questions_it_reads() -> None:
    worry = danish().form("worry")
    assert fact_reads("full_version", worry) == {"q00_udgave", "q04_mere"}
    assert fact_reads("parents_wait", worry) == {"q04_sikkerhed", "q04_hvad"}


# --- the words ---


def words_of(text: str, file: str = "messages.yaml") -> list[tuple[str, int]]:
    return [(issue.code, issue.line) for issue in lint_texts({file: parse(text, file)}, PLAIN)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kommunikationsproblematikker forudsætter samarbejdsmodeller overalt", "hard"),
        ("Skriv, såfremt du vil.", "heavy_word"),
        ("Send en anmeldelse nu.", "wrong_word"),
        ("Skriv en rapport nu.", "wrong_word"),
        ("Se § 153 her.", "paragraph"),
        ("Det er 🔴 nu", "colour_alone"),
        ("Her er et rødt barn.", "colour_on_child"),
        ("Nu er barnet er gul.", "colour_on_child"),
        ("Hej {stranger}.", "unknown_hole"),
        ("Hej { du.", "unknown_hole"),
        ("Hej {{ du }}.", "unknown_hole"),
    ],
)
def test_a_hard_or_wrong_text_is_found_on_its_line(text: str, code: str) -> None:
    found = words_of(f"first:\n  one: Hej.\n  two: {text!r}\n")
    assert (code, 3) in found


@pytest.mark.parametrize("text", ["Det er 🔴 rød nu.", "Kom.", "Samarbejdsmodeller overalt.", "Skriv om barnet."])
def test_a_plain_text_is_let_pass(text: str) -> None:
    assert words_of(f"one: {text!r}\n") == []


def test_a_hole_counts_as_a_short_word() -> None:
    assert words_of("drafts:\n  discard: Vil du slette {code}?\n") == []


def test_ids_and_patterns_are_no_texts() -> None:
    text = 'topics:\n  - {id: i1, name: x, phrases: ["såfremt anmeldelse"], first: [{id: A, why: "såfremt."}]}\n'
    assert words_of(text, "topics.yaml") == [("heavy_word", 2)]


def test_a_row_template_may_have_its_own_hole_and_no_other() -> None:
    text = "questions:\n  - rows_from: {signs: child}\n    ask: 'Om {row}?'\n    help: 'Om {row}.'\n"
    assert words_of(text, "forms/x.yaml") == [("unknown_hole", 4)]


# --- cards ---

CARDS = read(DANISH / "cards.yaml")


def cards_with(old: str, new: str) -> list[str]:
    text = (DANISH / "cards.yaml").read_text(encoding="utf-8")
    assert old in text
    document = parse(text.replace(old, new), "cards.yaml")
    return sorted({issue.code for issue in card_safety(document, load_cards(document))})


def test_a_step_toward_a_home_that_may_be_the_danger_is_found() -> None:
    assert cards_with("Aftal med {modtagelse}, hvor barnet skal være i dag.", "Ring til forældrene.") == ["card_home"]


def test_a_card_that_forgets_to_keep_the_home_out_is_found() -> None:
    kept = "Kontakt ikke forældrene. Vent, til myndigheden har sagt, hvem der taler med dem og hvornår."
    assert cards_with(kept, "Vent lidt.") == ["card_keep_out"]


def test_a_card_without_anyone_to_call_is_found() -> None:
    text = (DANISH / "cards.yaml").read_text(encoding="utf-8").replace("112", "nu").replace("{modtagelse}", "nogen")
    document = parse(text, "cards.yaml")
    assert "card_number" in {issue.code for issue in card_safety(document, load_cards(document))}


def test_a_sign_that_opens_no_card_is_found_on_its_line() -> None:
    files, _ = read_files(DANISH)
    book = load_cards(files["cards.yaml"])
    less = {key: card for key, card in book.cards.items() if key != "fravaer"}
    found = list(sign_cards(files, SIGNS, replace(book, cards=less)))
    assert found
    assert {issue.code for issue in found} == {"unknown_card"}
    assert all("fravaer" in files[issue.file].data.__repr__() and issue.line > 1 for issue in found)


# --- whole folders ---


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DANISH, tmp_path / "da"))


def test_every_file_that_is_missing_is_named(tmp_path: Path) -> None:
    content, issues = load_content(tmp_path)
    assert content is None
    assert sorted(issue.file for issue in issues) == sorted(NEEDED)
    assert {issue.code for issue in issues} == {"missing_file"}


def test_without_the_list_of_plain_words_the_rest_still_works(folder: Path) -> None:
    (folder / "plain_words.yaml").unlink()
    content, issues = load_content(folder)
    assert content is not None
    assert [(issue.file, issue.code) for issue in issues] == [("plain_words.yaml", "missing_file")]


def test_the_mistakes_of_many_files_come_back_at_once(folder: Path) -> None:
    def spoil(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    spoil("cards.yaml", "contact_parents: after_authority", "contact_parents: at_once")
    spoil("signs/B2.yaml", "subject: child", "subject: kid")
    spoil("notices.yaml", "class: alert", "class: loud")
    spoil("notices.yaml", "class: reminder", "class: soft")
    spoil("routes.yaml", "guide: report", "guide: court")
    spoil("guards/acute.yaml", "flow: violence", "flow: boredom")
    spoil("guards/judging.yaml", "remarks:", "remark:")
    (folder / "messages.yaml").write_text("a: [b\n", encoding="utf-8")
    content, issues = load_content(folder)
    assert content is None
    assert {issue.file for issue in issues} == {
        *("cards.yaml", "signs/B2.yaml", "notices.yaml", "routes.yaml", "messages.yaml"),
        *("guards/acute.yaml", "guards/judging.yaml"),
    }
    assert len([issue for issue in issues if issue.file == "notices.yaml"]) == 2
    assert issues == sorted(issues)
    assert all(issue.line >= 1 and issue.text for issue in issues)


def test_broken_plain_words_are_an_issue_and_no_crash(folder: Path) -> None:
    (folder / "plain_words.yaml").write_text("heavy: [a]\nwrong: {b: c}\n", encoding="utf-8")
    assert [(i.file, i.code) for i in load_content(folder)[1]] == [("plain_words.yaml", "not_mapping")]


def test_without_the_two_forms_that_the_program_knows_there_is_no_content(folder: Path) -> None:
    path = folder / "forms" / "light.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: light", "id: other", 1), encoding="utf-8")
    content, issues = load_content(folder)
    assert content is None
    assert [(issue.id, issue.code) for issue in issues] == [("light", "missing_form")]
