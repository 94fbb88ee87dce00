"""Drafts that once lay in the store (*.json) must still be usable on the content of today."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from dialogs.content import Content
from dialogs.drafts import dump, load, reconcile
from dialogs.engine import advance, view
from dialogs.render import history, question_card
from dialogs.types import Draft, Form, Help
from dialogs.values import note_of
from dialogs.worry import light_alone, summarise
from tests.museum.collecting import FOLDER, file_of


@cache
def rooms() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))


# Questions that were asked together with others since, and so have other answers now. A guide's draft lives for a day,
# and it is asked anew: an old answer must not come to mean what the person did not say.
ASKED_ANEW = {
    ("sharing", 1): {"age", "situation", "ident", "necessary", "info", "case_open", "form", "meetings"},
}
DRAFTS = [
    pytest.param(shown["draft"], id=f"{room['form']} {shown['stage']}") for room in rooms() for shown in room["drafts"]
]


def usable(content: Content, form: Form, one: Draft) -> None:
    """Everything that a person, or a team, looks at can be drawn from this draft."""
    seen = view(form, one)
    assert seen.done or question_card(content.words, seen).text
    assert len(history(form, seen, content.words)) == len(seen.answered)
    assert advance(form, one, Help("")).draft is one
    assert light_alone(content, form, one.answers) if form.id == "light" else summarise(content, form, one).lines


@pytest.mark.parametrize("stored", DRAFTS)
def test_an_old_draft_comes_home_with_every_answer(stored: dict[str, Any], content: Content) -> None:
    old, form = load(stored), content.form(stored["form"])
    found = reconcile(form, replace(old, form_digest="before"))
    usable(content, form, found.draft)
    anew = ASKED_ANEW.get((form.id, old.form_version), set())
    assert set(found.gone) == anew & old.answers.keys(), "give the question that took over a `formerly:`"
    kept = len(found.draft.answers) + len(set(found.again) - set(found.draft.answers))
    assert kept == len(old.answers) - len(found.gone)
    if anew:
        assert not anew & {question.id for question in form.questions}, "a new question needs a new id"
    words = {note_of(value) for value in old.answers.values() if " " in note_of(value)}
    assert words <= {note_of(value) for value in found.draft.answers.values()}


@pytest.mark.parametrize("stored", DRAFTS)
def test_what_the_store_once_held_is_still_read_and_written_alike(stored: dict[str, Any]) -> None:
    assert dump(load(stored)) == stored


def test_every_version_of_every_form_is_in_the_museum(content: Content) -> None:
    missing = [file_of(form).name for form in content.forms.values() if not file_of(form).exists()]
    assert missing == [], "run `python -m tests.museum`"


def test_no_question_ever_changes_its_kind(content: Content) -> None:
    """A question of another kind is another question: an old pick would be read as words, or words as a pick."""
    changed = [
        (room["form"], question.id)
        for room in rooms()
        for question in content.form(room["form"]).questions
        if room["kinds"].get(question.id, question.kind) != question.kind
    ]
    assert changed == []
