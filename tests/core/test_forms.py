"""From a form file to a form: what an editor may write, and that every mistake is named with its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dialogs.conditions import Answered, Fact, Is
from dialogs.forms import build_form, digest
from dialogs.reading import yamlio
from dialogs.reading.fields import Node
from dialogs.reading.issues import Issue
from dialogs.types import DataClass, Form, Limits, Option, Question
from tests.core.form_kit import ask, form

HEAD = "id: small\nversion: 3\ntitle: Lille\npurpose: worry\n"
FULL = (
    HEAD
    + """intro: Hej
retention_days: 7
outcomes: [trio]
send_early: {fact: red_lane}
hold_if: {a: x}
bands: {d02: B1}
questions:
  - id: a
    kind: one
    ask: Hvad?
    summary: Kort
    help: Hjælp
    example: Sådan
    why: Derfor
    required: true
    data_class: 1
    formerly: [old]
    note: Mere?
    note_for: [x]
    limits: {max_length: 20, max_picks: 2}
    options:
      - {id: x, label: X, number: 12, exclusive: true, formerly: [z]}
      - {id: y, label: Y, show_if: {answered: q}}
  - id: b
    kind: each
    ask: Hvordan?
    of: a
    show_if: {a: x}
    options_from: {some: thing}
"""
)


def from_elsewhere(node: Node) -> Sequence[Option]:
    if "bad" in node.entries():
        raise node.error("from_bad", "Det findes ikke.")
    return (Option("made", "Lavet"),)


def rows(entries: dict[str, Node]) -> Sequence[Question]:
    return (ask("r1", "text"), ask("r2", "text", summary=entries["ask"].text()))


def built(text: str) -> tuple[Form | None, list[Issue]]:
    return build_form(yamlio.parse(text, "small.yaml"), from_elsewhere, rows)


def whole(text: str) -> Form:
    one, issues = built(text)
    assert issues == []
    assert one is not None
    return one


def test_everything_an_editor_may_write_arrives_in_the_form() -> None:
    one = whole(FULL)
    assert (one.id, one.version, one.title, one.intro, one.retention_days) == ("small", 3, "Lille", "Hej", 7)
    assert (one.outcomes, dict(one.bands)) == (("trio",), {"d02": "B1"})
    assert (one.send_early, one.hold_if) == (Fact("red_lane"), Is("a", "x"))
    a, b = one.questions
    assert (a.ask, a.summary, a.help, a.example, a.why) == ("Hvad?", "Kort", "Hjælp", "Sådan", "Derfor")
    assert (a.required, a.data_class, a.formerly, a.note, a.note_for) == (True, 1, ("old",), "Mere?", ("x",))
    assert a.limits == Limits(max_length=20, max_picks=2)
    assert a.options[0] == Option("x", "X", exclusive=True, formerly=("z",), number=12)
    assert a.options[1].show_if == Answered("q")
    assert (b.of, b.show_if, b.options) == ("a", Is("a", "x"), (Option("made", "Lavet"),))


def test_what_is_not_said_has_a_careful_default() -> None:
    (question,) = whole(HEAD + "questions: [{id: a, kind: text, ask: Hvad}]").questions
    assert (question.data_class, question.required, question.note, question.limits) == (
        DataClass.PERSONAL,
        False,
        None,
        Limits(),
    )


def test_rows_stand_for_several_questions() -> None:
    one = whole(HEAD + "questions: [{rows_from: {x: y}, ask: Række}]")
    assert [q.id for q in one.questions] == ["r1", "r2"]
    assert one.questions[1].summary == "Række"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("{id: a, kind: text}", "missing_key"),
        ("{id: a, kind: text, ask: Hvad, extra: x}", "unknown_key"),
        ("{id: a, kind: novel, ask: Hvad}", "unknown_value"),
        ("{id: 1a, kind: text, ask: Hvad}", "bad_id"),
        ("{id: aaaaaaaaaaaaaaaaaaaaa, kind: text, ask: Hvad}", "bad_id"),
        ("{id: a, kind: one, ask: Hvad}", "no_options"),
        ("{id: a, kind: one, ask: Hvad, options: []}", "not_list"),
        ("{id: a, kind: one, ask: Hvad, options: [{id: x}]}", "missing_key"),
        ("{id: a, kind: one, ask: Hvad, options: [{id: 'x y', label: X}]}", "bad_id"),
        ("{id: a, kind: text, ask: Hvad, required: maybe}", "not_flag"),
        ("{id: a, kind: text, ask: Hvad, data_class: 3}", "bad_class"),
        ("{id: a, kind: text, ask: Hvad, limits: {max_len: 3}}", "unknown_key"),
        ("{id: a, kind: text, ask: Hvad, limits: {max_length: mange}}", "not_number"),
        ("{id: a, kind: text, ask: Hvad, show_if: {a: x, b: y}}", "condition_keys"),
        ("{id: a, kind: one, ask: Hvad, options_from: {bad: x}}", "from_bad"),
        ("just text", "not_mapping"),
    ],
)
def test_a_mistake_in_a_question_is_named_with_its_line(question: str, code: str) -> None:
    _, issues = built(HEAD + "questions:\n  - " + question)
    assert code in [issue.code for issue in issues]
    assert {(issue.file, issue.line) for issue in issues} <= {("small.yaml", 5), ("small.yaml", 6)}
    assert all(issue.text.endswith(".") for issue in issues)


def test_all_mistakes_come_at_once() -> None:
    _, issues = built(
        "id: small\nversion: to\ntitle: Lille\npurpose: other\nretention_days: ja\nhold_if: ja\n"
        "questions:\n  - {id: a, kind: text}\n  - {id: b, kind: text, ask: Hvad, required: 1}\n"
    )
    assert [(issue.line, issue.code) for issue in sorted(issues, key=lambda i: i.line)] == [
        (2, "not_number"),
        (4, "unknown_value"),
        (5, "not_number"),
        (6, "not_mapping"),
        (8, "missing_key"),
        (9, "not_flag"),
    ]


@pytest.mark.parametrize("text", ["[]", "", "title: Lille", "just text"])
def test_what_is_no_form_gives_none_and_says_why(text: str) -> None:
    one, issues = built(text)
    assert one is None
    assert issues


def test_a_form_that_does_not_say_what_it_is_for_is_no_form() -> None:
    """Taken for a worry, a form of another kind would become a case at the team."""
    one, issues = built(HEAD.replace("purpose: worry\n", "") + "questions: [{id: a, kind: text, ask: Hvad}]")
    assert one is None
    assert [(issue.line, issue.code, issue.text) for issue in issues] == [(1, "missing_key", "«purpose» mangler.")]


def test_a_name_that_no_form_has_is_an_issue() -> None:
    _, issues = built(HEAD + "questions: [{id: a, kind: text, ask: Hvad}]\nmore: x")
    assert [issue.code for issue in issues] == ["unknown_key"]


# --- the fingerprint ---

BASE = form(
    ask("a", "one", Option("x", "X"), Option("y", "Y")),
    ask("b", "each", "p", of="c", note=None, limits={"max_length": 9}),
    ask("t", "text"),
)


def changed(place: int, **more: object) -> Form:
    questions = list(BASE.questions)
    questions[place] = replace(questions[place], **more)
    return replace(BASE, questions=tuple(questions))


@pytest.mark.parametrize(
    "other",
    [
        changed(0, ask="Anderledes?", help="Ny", why="Ny", example="Ny", summary="Ny"),
        changed(0, options=(Option("x", "Andet"), Option("y", "Y"))),
        replace(BASE, title="Ny", intro="Ny", version=2, retention_days=9, outcomes=("x",)),
    ],
)
def test_new_wording_asks_nobody_again(other: Form) -> None:
    assert digest(other) == BASE.digest


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, questions=BASE.questions[:2]),
        replace(BASE, questions=BASE.questions[::-1]),
        replace(BASE, send_early=Fact("red_lane")),
        replace(BASE, hold_if=Is("a", "x")),
        changed(0, kind="many"),
        changed(0, required=True),
        changed(0, show_if=Is("b", "p")),
        changed(0, formerly=("z",)),
        changed(0, note="Mere?"),
        changed(0, note_for=("x",)),
        changed(0, limits=Limits(max_picks=1)),
        changed(0, options=(Option("x", "X"),)),
        changed(0, options=(Option("x", "X", exclusive=True), Option("y", "Y"))),
        changed(0, options=(Option("x", "X", number=1), Option("y", "Y"))),
        changed(0, options=(Option("x", "X", formerly=("z",)), Option("y", "Y"))),
        changed(0, options=(Option("x", "X", show_if=Is("b", "p")), Option("y", "Y"))),
        changed(1, of="d"),
    ],
)
def test_all_that_changes_what_an_answer_means_changes_the_fingerprint(other: Form) -> None:
    assert digest(other) != BASE.digest
