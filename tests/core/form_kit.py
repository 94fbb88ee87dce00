"""Small forms, drafts and plays for the tests of the engine. All people here are made up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dialogs.content import Content, load_content
from dialogs.drafts import dump, load
from dialogs.engine import advance
from dialogs.forms import digest
from dialogs.reading.issues import Issue
from dialogs.reading.parts import Parts
from dialogs.types import Draft, Event, Form, Kind, Limits, Option, Question, Step
from dialogs.values import Value

STARTED = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)


PARTS = Parts()  # what is made of content here is never changed


@cache
def danish() -> Content:
    """The shipped content, read once for all tests; whether it is free of issues is for the tests of content."""
    found, _ = overlaid()
    assert found is not None
    return found


def overlaid(folder: Path | None = None) -> tuple[Content | None, list[Issue]]:
    """The shipped content with an overlay, and its issues; what the overlay leaves alone is made once."""
    return load_content(overlay=folder, parts=PARTS)


def ask(
    question_id: str, kind: Kind, *ids: str | Option, limits: Mapping[str, int] | None = None, **more: Any
) -> Question:
    """A question; options are given by id, or whole."""
    shown = tuple(i if isinstance(i, Option) else Option(i, i.upper()) for i in ids)
    return Question(question_id, kind, f"{question_id}?", options=shown, limits=Limits(**(limits or {})), **more)


def form(*questions: Question, **more: Any) -> Form:
    """A form of these questions, with its true digest."""
    built = Form("small", 1, "Small", questions, **{"purpose": "worry", **more})
    return replace(built, digest=digest(built))


def draft(of: Form, answers: Mapping[str, Value] | None = None, **more: Any) -> Draft:
    """A new draft of a form, perhaps with answers already in it."""
    return Draft(
        id="d1",
        form_id=of.id,
        form_version=of.version,
        form_digest=of.digest,
        owner="p1",
        code="UGLE",
        started_at=STARTED,
        expires_at=STARTED + timedelta(days=of.retention_days),
        answers=dict(answers or {}),
        **more,
    )


def through_the_store(one: Draft) -> Draft:
    """The draft as it comes back from the store: written as JSON text and read again."""
    return load(json.loads(json.dumps(dump(one))))


def play(of: Form, start: Draft, *events: Event) -> Step:
    """Play events one by one, each of which must be taken, and give the last step."""
    step: Step | None = None
    for event in events:
        step = advance(of, start, event)
        assert step.problems == (), f"{event} was refused: {step.problems}"
        start = through_the_store(step.draft)
    assert step is not None
    return step


def refused(of: Form, start: Draft, event: Event) -> str:
    """The code of a refusal; a refusal gives back the very same draft and wishes for nothing."""
    step = advance(of, start, event)
    assert step.draft is start
    assert step.effects == ()
    assert step.view.problems == step.problems
    (problem,) = step.problems
    return problem.code
