"""From a View to the card of the open question: the words, the choices, and where to press. Pure, and channel-free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.acts import DraftAct, DraftVerb, Go, encode
from dialogs.answers import answer_text
from dialogs.channels import WORDS
from dialogs.firstwords import begun
from dialogs.replies import Button, Card, Choice, Entry, EntryKind, Row
from dialogs.types import Form, Option, Problem, Question, View
from dialogs.values import Picked, Value, note_of, picks_of
from dialogs.words import Words

_ENTRY: dict[str, EntryKind] = {
    "text": "text",
    "list": "list",
    "date": "date",
    "number": "number",
    "many": "choices",
    "one": "choice",
    "yesno": "choice",
    "person_role": "choice",
    "each": "choice",
}


def question_card(words: Words, view: View, *, own_words: bool = True) -> Card:
    """The open question with everything a person needs to answer, pass, go back, get help or get out.

    Without `own_words` nothing that the person wrote is shown: for a channel that may not carry it.
    """
    question = view.current
    if question is None:
        raise ValueError("there is no open question")
    lines = [_ask(words, view, question, own_words=own_words)]
    if view.phase == "note":
        lines.append(words("question.chosen", picks=_labels(question, picks_of(view.answer))))
        lines.append(words("question.note_must" if _must_say(view, question) else "question.note"))
    else:
        lines += [question.help, *_now(words, view, question, own_words=own_words)]
        if own_words and (waiting := begun(question, view.answer)):
            lines.append(words("question.begun", answer=waiting))
        if view.can_skip:
            lines.append(words("question.optional"))
    return Card(
        kind="question",
        text="\n\n".join(line for line in lines if line),
        entry=_entry(view, question, own_words=own_words),
        buttons=tuple(_buttons(words, view, question)),
        at=view.progress.at,
        of=view.progress.of,
        detail_title=words("question.why_title"),
        detail=_detail(words, question),
        data_class=WORDS if own_words and (view.item or _shows_words(view.answer)) else 0,
    )


def _shows_words(value: Value | None) -> bool:
    return bool(note_of(value))


def _must_say(view: View, question: Question) -> bool:
    return view.phase == "note" and bool(set(picks_of(view.answer)) & set(question.note_must))


def _ask(words: Words, view: View, question: Question, *, own_words: bool) -> str:
    if view.phase == "note" and question.note:
        return question.note
    return f"{words('question.each', item=view.item)} {question.ask}" if view.item and own_words else question.ask


def _now(words: Words, view: View, question: Question, *, own_words: bool) -> Iterator[str]:
    if (
        own_words
        and view.editing
        and view.answer is not None
        and question.kind != "each"
        and not begun(question, view.answer)
    ):
        yield words("question.now", answer=answer_text(question, view.answer, {question.id: view.answer}))
    if question.kind == "many" and question.limits.max_picks is not None:
        yield words("question.pick_left", n=len(view.marks), max=question.limits.max_picks)


def _detail(words: Words, question: Question) -> str:
    parts = [
        words("question.why", why=question.why) if question.why else "",
        words("question.example", example=question.example) if question.example else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _labels(question: Question, picks: Sequence[str]) -> str:
    labels = {o.id: o.label for o in question.options}
    return ", ".join(labels.get(pick, pick) for pick in picks)


def _act(view: View, verb: DraftVerb, question: str = "", option: str = "") -> str:
    return encode(DraftAct(verb, view.draft_id, view.revision, question, option))


def _entry(view: View, question: Question, *, own_words: bool) -> Entry:
    fill = _act(view, "fill", question.id)
    limits = question.limits
    if view.phase == "note":
        return Entry("text", fill, question.note or question.ask, max_length=limits.max_length)
    return Entry(
        kind=_ENTRY[question.kind],
        act=fill,
        label=question.ask,
        choices=tuple(_choice(view, question, option) for option in view.options),
        note=question.note,
        value=_written(question, view.answer) if own_words else "",
        max_length=limits.max_length,
        max_picks=limits.max_picks,
        required=question.required,
    )


def _written(question: Question, value: Value | None) -> str:
    """The words that the field starts with when an answer is edited."""
    if isinstance(value, int):
        return str(value)
    return note_of(value) if question.kind in ("text", "list", "date") or isinstance(value, Picked) else ""


def _choice(view: View, question: Question, option: Option) -> Choice:
    if question.kind == "many":
        on = option.id in view.marks
        verb: DraftVerb = "clear" if on else "mark"
        return Choice(option.id, option.label, _act(view, verb, question.id, option.id), on, option.exclusive)
    on = question.kind != "each" and option.id in picks_of(view.answer)
    return Choice(option.id, option.label, _act(view, "answer", question.id, option.id), on, option.exclusive)


def _buttons(words: Words, view: View, question: Question) -> Iterator[tuple[Button, ...]]:
    if question.kind == "many" and view.phase == "pick":
        yield (Button(words("question.done"), _act(view, "done", question.id), "primary"),)
    passing: list[Button] = []
    if _must_say(view, question):  # the words can't be passed over, but the choice may be another one
        others = (option for option in view.options if option.id not in picks_of(view.answer))
        passing += [Button(option.label, _act(view, "answer", question.id, option.id)) for option in others]
    elif view.phase == "note":
        passing.append(Button(words("question.skip_note"), _act(view, "skip", question.id)))
    elif view.can_skip:
        passing.append(Button(words("question.skip"), _act(view, "skip", question.id)))
        if not any(option.id == "ved_ikke" for option in view.options):
            passing.append(Button(words("question.unknown"), _act(view, "unknown", question.id)))
    if begun(question, view.answer):
        passing.append(Button(words("question.take"), _act(view, "keep", question.id), "primary"))
    elif view.editing and view.answer is not None and view.phase == "pick":
        passing.append(Button(words("question.keep"), _act(view, "keep", question.id)))
    if passing:
        yield tuple(passing)
    moving = [Button(words("question.help"), _act(view, "help", question.id), "quiet")]
    if view.can_back:
        moving.insert(0, Button(words("question.back"), _act(view, "back"), "quiet"))
    yield tuple(moving)
    yield (
        Button(words("question.save"), _act(view, "save"), "quiet"),
        Button(words("question.acute"), encode(Go("acute")), "danger"),
    )


def history(form: Form, view: View, words: Words) -> tuple[Row, ...]:
    """What has been answered so far, each line with the press that changes it."""
    values = {given.question.id: given.value for given in view.answered if given.value is not None}
    return tuple(
        Row(
            label=given.question.summary or given.question.ask,
            text=answer_text(given.question, given.value, values)
            if given.value is not None
            else words(f"skipped.{given.skipped or 'later'}"),
            act=_act(view, "edit", given.question.id),
        )
        for given in view.answered
    )


def problem_card(words: Words, problem: Problem) -> Card:
    """Why something was not taken, in words that say what to do."""
    return Card(kind="problem", text=words(f"problems.{problem.code}", **dict(problem.params)))


def names_of(form: Form, question_ids: Sequence[str]) -> str:
    """The short names of questions, for sentences about what came and went."""
    found = [form.question(i) for i in question_ids]
    return ", ".join(f"«{q.summary or q.ask}»" for q in found if q)
