"""One function moves a draft on: `advance(form, draft, event) -> Step`. Facts are stored, the position is computed.

Rules (architecture § 5): conditions look back only, so one pass in document order settles what is visible; answers
to hidden questions decide nothing; a refused event returns the very same draft; user input never raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from dialogs.conditions import holds
from dialogs.facts import reader
from dialogs.parsing import parse
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


@dataclass(frozen=True)
class Position:
    """What one pass over the form finds: the visible questions, their live values, and where the person is."""

    visible: tuple[Question, ...]
    values: Mapping[str, Value]
    current: Question | None
    editing: bool

    def sees(self, question_id: str) -> Question | None:
        """The visible question with this id, or None."""
        return next((q for q in self.visible if q.id == question_id), None)


def locate(form: Form, draft: Draft) -> Position:
    """One pass in document order: what is visible, which answers count, and which question is open."""
    values: dict[str, Value] = {}
    fact = reader(values)
    shown: list[Question] = []
    current: Question | None = None
    for question in form.questions:
        if question.show_if is not None and not holds(question.show_if, values, fact):
            continue
        shown.append(question)
        value = draft.answers.get(question.id)
        if value is not None:
            values[question.id] = value
        if current is None and not settled(question, value, draft, values):
            current = question
    focused = next((q for q in shown if q.id == draft.focus), None)
    editing = focused is not None and focused is not current
    return Position(tuple(shown), values, focused or current, editing)


def settled(question: Question, value: Value | None, draft: Draft, values: Mapping[str, Value]) -> bool:
    """Whether this question needs nothing more: answered in full, or passed over."""
    if value is None:
        return question.id in draft.skipped
    if question.kind == "each":
        return len(picks_of(value)) >= len(items_of(question, values))
    if isinstance(value, Picked):
        return bool(value.picks) and value.note is not None
    return True


def items_of(question: Question, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The list that an each-question rates, item by item."""
    return picks_of(values.get(question.of)) if question.of else ()


def options_of(question: Question, values: Mapping[str, Value]) -> tuple[Option, ...]:
    """The options on show, given the answers before."""
    fact = reader(values)
    return tuple(o for o in question.options if o.show_if is None or holds(o.show_if, values, fact))


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
        can_back=current is None or place > 1,
        can_submit=_can_submit(form, at, missing),
        editing=at.editing,
        done=current is None,
        problems=problems,
    )


def _phase(current: Question | None, value: Value | None) -> Phase:
    waits_for_words = current is not None and isinstance(value, Picked) and bool(value.picks) and value.note is None
    return "note" if waits_for_words else "pick"


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
    held = form.hold_if is not None and holds(form.hold_if, at.values, reader(at.values))
    return not held and (not missing or _may_send_early(form, at))


def _may_send_early(form: Form, at: Position) -> bool:
    return form.send_early is not None and holds(form.send_early, at.values, reader(at.values))


def advance(form: Form, draft: Draft, event: Event) -> Step:  # noqa: C901 - one plain arm per event
    """Move the draft on by one event. Never raises; a refusal returns the same draft object and says why."""
    at = locate(form, draft)
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


def _accept(form: Form, before: Position, draft: Draft) -> Step:
    """The changed draft, one revision on, with what came, what went, and which answers no longer fit."""
    draft, dropped = prune(form, draft)
    draft = replace(draft, revision=draft.revision + 1)
    after = locate(form, draft)
    was, now = [q.id for q in before.visible], [q.id for q in after.visible]
    changes = Changes(
        shown=tuple(i for i in now if i not in was),
        hidden=tuple(i for i in was if i not in now and (i in draft.answers)),
        dropped=dropped,
    )
    return Step(draft, view(form, draft, at=after), changes)


def prune(form: Form, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """Let visible answers go that no longer fit: a pick that is not on show, ratings of a list that changed length.

    Returns the draft and the ids of the questions that lost something. Answers to hidden questions sleep untouched.
    """
    dropped: list[str] = []
    answers = dict(draft.answers)
    while True:
        at = locate(form, replace(draft, answers=answers))
        broken = next((q for q in at.visible if q.id in answers and not _fits(q, answers[q.id], at.values)), None)
        if broken is None:
            break
        dropped.append(broken.id)
        kept = _what_fits(broken, answers.pop(broken.id), at.values)
        if kept is not None:
            answers[broken.id] = kept
    if not dropped:
        return draft, ()
    return replace(draft, answers=answers), tuple(dropped)


def _fits(question: Question, value: Value, values: Mapping[str, Value]) -> bool:
    if question.kind == "each":
        return len(picks_of(value)) <= len(items_of(question, values))
    if question.kind in ("one", "many", "yesno", "person_role") or isinstance(value, Picked):
        on_show = {o.id for o in options_of(question, values)}
        return set(picks_of(value)) <= on_show
    return True


def _what_fits(question: Question, value: Value, values: Mapping[str, Value]) -> Value | None:
    """The part of a broken answer that still stands: the picks left on show, and always the person's own words."""
    if question.kind == "each":
        return None
    on_show = {o.id for o in options_of(question, values)}
    left = tuple(p for p in picks_of(value) if p in on_show)
    if isinstance(value, Picked):
        return Picked(left, value.note) if left or value.note else None
    return left or None if question.kind == "many" else None


def _answer(form: Form, draft: Draft, at: Position, event: Answer) -> Step:
    question = at.sees(event.question)
    if question is None:
        return _refuse(form, draft, at, Problem("not_here", event.question))
    before = draft.answers.get(question.id)
    raw = event.raw
    if raw is None and question.kind == "many" and event.note is None:
        raw = draft.marks if draft.marks is not None else picks_of(before)
    note = event.note
    if question.note and isinstance(before, Picked) and before.picks and isinstance(raw, str) and note is None:
        as_choice = parse(question, options_of(question, at.values), raw, None, None, ())
        if not (isinstance(as_choice, Picked) and as_choice.picks):
            raw, note = None, raw  # the choice is made; what is typed now are the words beside it
    parsed = parse(question, options_of(question, at.values), raw, note, before, items_of(question, at.values))
    if isinstance(parsed, Problem):
        return _refuse(form, draft, at, parsed)
    if isinstance(parsed, Picked) and parsed.note is None and isinstance(before, Picked) and before.note:
        parsed = replace(parsed, note=before.note)  # a new choice does not throw the old words away
    changed = replace(
        draft,
        answers={**draft.answers, question.id: parsed},
        skipped={k: v for k, v in draft.skipped.items() if k != question.id},
        marks=None,
    )
    done = settled(question, parsed, changed, {**at.values, question.id: parsed})
    return _accept(form, at, replace(changed, focus=None if done else question.id))


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
    if isinstance(value, Picked) and value.picks and value.note is None:  # pass over the words, keep the choice
        answers = {**draft.answers, question.id: replace(value, note="")}
        return _accept(form, at, replace(draft, answers=answers, focus=None, marks=None))
    if question.required:
        return _refuse(form, draft, at, Problem("required", question.id))
    answers = {k: v for k, v in draft.answers.items() if k != question.id}
    skipped = {**draft.skipped, question.id: event.reason}
    return _accept(form, at, replace(draft, answers=answers, skipped=skipped, focus=None, marks=None))


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
    if form.hold_if is not None and holds(form.hold_if, at.values, reader(at.values)):
        return _refuse(form, draft, at, Problem("rest_missing"))
    if missing and not _may_send_early(form, at):
        return _refuse(form, draft, at, Problem("missing", missing[0], (("count", len(missing)),)))
    awake = {q.id: draft.answers[q.id] for q in at.visible if q.id in draft.answers}
    return _finish(form, replace(draft, answers=awake, status="submitted"), at, Submitted(draft.id))


def _finish(form: Form, draft: Draft, at: Position, effect: Effect) -> Step:
    done = replace(draft, focus=None, marks=None, revision=draft.revision + 1)
    return Step(done, view(form, done, at=at), effects=(effect,))
