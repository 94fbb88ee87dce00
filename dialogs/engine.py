"""One function moves a draft on: `advance(form, draft, event) -> Step`. Facts are stored, the position is computed.

Rules (architecture § 5): conditions look back only, so one pass in document order settles what is visible; answers
to hidden questions decide nothing; a refused event returns the very same draft; user input never raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from dialogs.compiled import test_of
from dialogs.facts import Reader
from dialogs.fitting import carry_ratings, prune
from dialogs.parsing import parse
from dialogs.position import Position, items_of, locate, options_of, settled
from dialogs.types import (
    Answer,
    Back,
    Changes,
    Discard,
    Draft,
    Edit,
    Effect,
    Event,
    Forget,
    Form,
    Given,
    Help,
    Keep,
    Mark,
    Option,
    Phase,
    Problem,
    Progress,
    Question,
    Skip,
    Step,
    Submit,
    Submitted,
    View,
)
from dialogs.values import Picked, Value, picks_of


def view(form: Form, draft: Draft, problems: tuple[Problem, ...] = (), at: Position | None = None) -> View:
    """The one document that all channels render."""
    at = at or locate(form, draft)
    current = at.current if draft.status == "open" else None
    value = draft.answers.get(current.id) if current else None
    missing = _missing(at, draft)
    place = at.visible.index(current) + 1 if current else len(at.visible)
    return View(
        form_id=form.id,
        draft_id=draft.id,
        revision=draft.revision,
        current=current,
        options=options_of(current, at.values) if current else (),
        phase=_phase(current, value),
        marks=_marks(current, draft, value),
        answer=value,
        item=_item(current, value, at.values),
        answered=tuple(_given(at, draft)),
        missing=missing,
        progress=Progress(place, len(at.visible)),
        can_skip=current is not None and not current.required and value is None,
        can_back=draft.status == "open" and (current is None or place > 1),
        can_submit=draft.status == "open" and _can_submit(form, at, missing),
        editing=current is not None and at.editing,
        done=current is None,
        problems=problems,
    )


def _phase(current: Question | None, value: Value | None) -> Phase:
    if current is None or not isinstance(value, Picked) or not value.picks:
        return "pick"
    return "note" if current.lacks_words(value) else "pick"


def _marks(current: Question | None, draft: Draft, value: Value | None) -> tuple[str, ...]:
    if current is None or current.kind != "many":
        return ()
    return draft.marks if draft.marks is not None else picks_of(value)


def _item(current: Question | None, value: Value | None, values: Mapping[str, Value]) -> str | None:
    if current is None or current.kind != "each":
        return None
    items, done = items_of(current, values), len(picks_of(value))
    return items[done] if done < len(items) else (items[0] if items else None)


def _given(at: Position, draft: Draft) -> list[Given]:
    return [
        Given(q, draft.answers.get(q.id), draft.skipped.get(q.id) if q.id not in draft.answers else None)
        for q in at.visible
        if q.id in draft.answers or q.id in draft.skipped
    ]


def _missing(at: Position, draft: Draft) -> tuple[str, ...]:
    return tuple(q.id for q in at.visible if q.required and not settled(q, draft.answers.get(q.id), draft, at.values))


def _can_submit(form: Form, at: Position, missing: tuple[str, ...]) -> bool:
    return not _held(form, at) and (not missing or _may_send_early(form, at))


def _held(form: Form, at: Position) -> bool:
    return form.hold_if is not None and test_of(form.hold_if)(at.values, Reader(at.values))


def _may_send_early(form: Form, at: Position) -> bool:
    return form.send_early is not None and test_of(form.send_early)(at.values, Reader(at.values))


def advance(  # noqa: C901 - one plain arm per event
    form: Form, draft: Draft, event: Event, at: Position | None = None
) -> Step:
    """Move the draft on by one event. Never raises; a refusal returns the same draft object and says why.

    `at` is where the draft stands on this form, when the caller has looked already.
    """
    at = at or locate(form, draft)
    if draft.status != "open":
        return _refuse(form, draft, at, Problem("closed"))
    match event:
        case Answer():
            return _answer(form, draft, at, event)
        case Mark():
            return _mark(form, draft, at, event)
        case Skip():
            return _skip(form, draft, at, event)
        case Edit():
            return _edit(form, draft, at, event.question)
        case Keep():
            return _keep(form, draft, at, event.question)
        case Back():
            return _back(form, draft, at)
        case Help():
            return Step(draft, view(form, draft, at=at))
        case Submit():
            return _submit(form, draft, at)
        case Discard():
            return _finish(form, replace(draft, status="discarded"), at, Forget(draft.id))
        case _:
            assert_never(event)


def _refuse(form: Form, draft: Draft, at: Position, problem: Problem) -> Step:
    return Step(draft, view(form, draft, (problem,), at), problems=(problem,))


def _accept(form: Form, before: Position, draft: Draft, lost: tuple[str, ...] = ()) -> Step:
    """The changed draft, one revision on, with what came, what went, and which answers no longer fit."""
    draft, dropped, after = prune(form, replace(draft, revision=draft.revision + 1))
    was, now = [q.id for q in before.visible], [q.id for q in after.visible]
    changes = Changes(
        shown=tuple(i for i in now if i not in was),
        hidden=tuple(i for i in was if i not in now and i in draft.answers),
        dropped=tuple(dict.fromkeys((*lost, *dropped))),
    )
    return Step(draft, view(form, draft, at=after), changes)


def _answer(form: Form, draft: Draft, at: Position, event: Answer) -> Step:
    question = at.sees(event.question)
    if question is None:
        return _refuse(form, draft, at, Problem("not_here", event.question))
    before = draft.answers.get(question.id)
    options = options_of(question, at.values)
    raw, note = event.raw, event.note
    if isinstance(raw, str) and note is None and _are_words(question, options, raw, before):
        raw, note = None, raw
    standing = _marks(question, draft, before) if question is at.current and draft.marks is not None else before
    parsed = parse(question, options, raw, note, standing, items_of(question, at.values))
    if isinstance(parsed, Problem):
        return _refuse(form, draft, at, parsed)
    parsed = _with_old_words(question, parsed, before)
    answers, lost = carry_ratings(form, question, parsed, {**draft.answers, question.id: parsed}, before)
    changed = replace(
        draft,
        answers=answers,
        skipped={k: v for k, v in draft.skipped.items() if k != question.id},
        marks=None,
    )
    done = settled(question, parsed, changed, {**at.values, question.id: parsed})
    return _accept(form, at, replace(changed, focus=None if done else question.id), lost)


def _with_old_words(question: Question, value: Value, before: Value | None) -> Value:
    """A new choice does not throw the old words away, unless they belong to the old choice (when or why it was so)."""
    if not isinstance(value, Picked) or value.note is not None or not isinstance(before, Picked) or not before.note:
        return value
    another = bool(before.picks) and set(value.picks) != set(before.picks)
    return value if question.note_for and another else replace(value, note=before.note)


def _are_words(question: Question, options: tuple[Option, ...], text: str, before: Value | None) -> bool:
    """Whether a typed text is the words beside a choice already made, and not a new choice."""
    if not question.note or not isinstance(before, Picked) or not before.picks or not text.strip():
        return False
    if question.lacks_words(before):
        return True  # just now the words are asked for: "2 år" or "nej, aldrig" names no option
    as_choice = parse(question, options, text, None, None, ())
    return not (isinstance(as_choice, Picked) and as_choice.picks)


def _mark(form: Form, draft: Draft, at: Position, event: Mark) -> Step:
    question = at.current
    if question is None or question.id != event.question or question.kind != "many":
        return _refuse(form, draft, at, Problem("not_here", event.question))
    options = {o.id: o for o in options_of(question, at.values)}
    if event.option not in options:
        return _refuse(form, draft, at, Problem("not_an_option", question.id))
    marks = _marks(question, draft, draft.answers.get(question.id))
    left = [m for m in marks if m != event.option]
    if event.on:
        if options[event.option].exclusive:
            left = []
        left = [m for m in left if m in options and not options[m].exclusive]
        limit = question.limits.max_picks
        if limit is not None and len(left) >= limit:
            return _refuse(form, draft, at, Problem("too_many_picks", question.id, (("max", limit),)))
        left.append(event.option)
    ordered = tuple(i for i in options if i in left)
    return _accept(form, at, replace(draft, marks=ordered))


def _skip(form: Form, draft: Draft, at: Position, event: Skip) -> Step:
    question = at.sees(event.question)
    if question is None:
        return _refuse(form, draft, at, Problem("not_here", event.question))
    value = draft.answers.get(question.id)
    if (
        isinstance(value, Picked) and value.picks and question.lacks_words(value)
    ):  # pass over the words, keep the choice
        if set(value.picks) & set(question.note_must):
            return _refuse(form, draft, at, Problem("reason_needed", question.id))
        answers = {**draft.answers, question.id: replace(value, note="")}
        return _accept(form, at, replace(draft, answers=answers, focus=None, marks=None))
    if question.required:
        return _refuse(form, draft, at, Problem("required", question.id))
    left = {k: v for k, v in draft.answers.items() if k != question.id}
    answers, lost = carry_ratings(form, question, None, left, value)
    skipped = {**draft.skipped, question.id: event.reason}
    return _accept(form, at, replace(draft, answers=answers, skipped=skipped, focus=None, marks=None), lost)


def _edit(form: Form, draft: Draft, at: Position, question_id: str) -> Step:
    if at.sees(question_id) is None:
        return _refuse(form, draft, at, Problem("not_here", question_id))
    return _accept(form, at, replace(draft, focus=question_id, marks=None))


def _keep(form: Form, draft: Draft, at: Position, question_id: str) -> Step:
    if at.current is None or at.current.id != question_id or not at.editing:
        return _refuse(form, draft, at, Problem("not_here", question_id))
    return _accept(form, at, replace(draft, focus=None, marks=None))


def _back(form: Form, draft: Draft, at: Position) -> Step:
    place = at.visible.index(at.current) if at.current else len(at.visible)
    if place == 0:
        return _refuse(form, draft, at, Problem("at_start"))
    return _accept(form, at, replace(draft, focus=at.visible[place - 1].id, marks=None))


def _submit(form: Form, draft: Draft, at: Position) -> Step:
    missing = _missing(at, draft)
    if _held(form, at):
        return _refuse(form, draft, at, Problem("rest_missing"))
    if missing and not _may_send_early(form, at):
        return _refuse(form, draft, at, Problem("missing", missing[0], (("count", len(missing)),)))
    awake = {q.id: draft.answers[q.id] for q in at.visible if q.id in draft.answers}
    return _finish(form, replace(draft, answers=awake, status="submitted"), at, Submitted(draft.id))


def _finish(form: Form, draft: Draft, at: Position, effect: Effect) -> Step:
    done = replace(draft, focus=None, marks=None, revision=draft.revision + 1)
    return Step(done, view(form, done, at=at), effects=(effect,))
