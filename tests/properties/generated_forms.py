"""Valid random forms, drafts half filled in, and later editions of a form: what an editor might make of it one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from dialogs.conditions import All, Answered, AnyOf, Compare, Condition, Is, Not, Some
from dialogs.engine import advance
from dialogs.forms import digest
from dialogs.position import locate
from dialogs.types import (
    Answer,
    Back,
    Draft,
    Edit,
    Event,
    Form,
    Help,
    Keep,
    Kind,
    Limits,
    Mark,
    Option,
    Question,
    Skip,
)
from tests.core.form_kit import draft as new_draft

OPTION_IDS = ("a", "b", "c", "ja")
KINDS: tuple[Kind, ...] = ("one", "many", "one", "many", "list", "text", "yesno", "date", "number", "person_role")
TEXTS = ["", "a", "1", "1 2", "a, b", "b: ord", "ja", "ordene her", "x\ny", "z", "3.11.2026", "7", "y\nx\nz", "  "]
FITTING = {
    "text": ["ordene her", "kort"],
    "list": ["x\ny", "y\nx", "x", "x\nz"],
    "date": ["3.11.2026"],
    "number": ["7", "2"],
}
Known = tuple[tuple[str, tuple[str, ...]], ...]  # the earlier questions with their options


@cache
def conditions(earlier: Known) -> st.SearchStrategy[Condition]:
    """Conditions that name only earlier questions, and mostly what can be answered there."""
    answers = st.sampled_from([(name, option) for name, ids in earlier for option in ids or OPTION_IDS[:1]])
    names = st.sampled_from([name for name, _ in earlier])
    leaves: st.SearchStrategy[Condition] = st.one_of(
        answers.map(lambda pair: Is(*pair)),
        answers.map(lambda pair: AnyOf(pair[0], (pair[1], "x"))),
        st.builds(Answered, names),
        st.builds(Compare, names, st.sampled_from(["over", "under", "least", "most"]), st.integers(0, 9)),
    )
    part = st.one_of(leaves, leaves, leaves.map(Not))
    return st.one_of(part, part, st.lists(part, min_size=1, max_size=2).map(tuple).map(joined))


def joined(parts: tuple[Condition, ...]) -> Condition:
    """All of them when the first is a plain `is`, else one of them: both kinds of joint are met often enough."""
    return All(parts) if isinstance(parts[0], Is) else Some(parts)


@cache
def maybe(earlier: Known) -> st.SearchStrategy[Condition | None]:
    """No condition, or one: about evenly, so that answers often hang on each other."""
    return st.none() if not earlier else st.none() | conditions(earlier)


TRUE_OR_FALSE, PLACES = st.booleans(), st.integers(0, 9)
ONE_OF_KINDS = {True: st.sampled_from((*KINDS, "each", "each", "each", "each")), False: st.sampled_from(KINDS)}
LENGTHS, MOST_PICKS = st.sampled_from([5, 40]), st.sampled_from([None, 1, 2])
IDS_OF_OPTIONS = st.lists(st.sampled_from(OPTION_IDS), min_size=1, max_size=4, unique=True)


def known_of(questions: list[Question]) -> Known:
    """What conditions may name."""
    return tuple((q.id, tuple(o.id for o in q.options)) for q in questions)


@st.composite
def questions(draw: st.DrawFn, question_id: str, earlier: list[Question]) -> Question:
    """A question of any kind, perhaps shown only after some answer; ratings rate an earlier list."""
    known = known_of(earlier)
    lists = [q.id for q in earlier if q.kind == "list"]
    kind = draw(ONE_OF_KINDS[bool(lists)])
    picked = draw(IDS_OF_OPTIONS)
    closed = kind in ("one", "many", "yesno", "person_role", "each")
    options = tuple(Option(i, i.upper(), exclusive=draw(PLACES) == 0, show_if=draw(maybe(known))) for i in picked)
    noted = kind in ("one", "many", "person_role") and draw(TRUE_OR_FALSE)
    return Question(
        id=question_id,
        kind=kind,
        ask=f"{question_id}?",
        options=options if closed or draw(TRUE_OR_FALSE) else (),
        show_if=draw(maybe(known)),
        required=draw(TRUE_OR_FALSE),
        limits=Limits(max_length=draw(LENGTHS), max_picks=draw(MOST_PICKS), max_items=3),
        note="Hvad mere?" if noted else None,
        note_for=(picked[0],) if noted and draw(TRUE_OR_FALSE) else (),
        of=draw(st.sampled_from(lists)) if kind == "each" else None,
    )


def sealed(form: Form) -> Form:
    """The form with its true fingerprint."""
    return replace(form, digest=digest(form))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of two to seven questions."""
    made: list[Question] = []
    for place in range(draw(st.integers(2, 7))):
        made.append(draw(questions(f"q{place}", made)))
    known = known_of(made)
    return sealed(
        Form("made", 1, "Made", tuple(made), "worry", send_early=draw(maybe(known)), hold_if=draw(maybe(known)))
    )


DEEDS = st.sampled_from(
    [*["fit"] * 8, "two", "words", "type", "mark", "mark", "done", "skip", "edit", "back", "keep", "help"]
)


@st.composite
def events(draw: st.DrawFn, form: Form, draft: Draft) -> Event:
    """An event that a person might cause now; most answer the open question, or change an earlier answer."""
    at = locate(form, draft)
    current, place = at.current, draw(PLACES)
    among = at.visible if place and at.visible else form.questions  # now and then one that is hidden
    some = among[place % len(among)]
    aim = some if current is None or draw(PLACES) < 3 else current
    ids = [o.id for o in aim.options] or ["a"]
    option = ids[draw(PLACES) % len(ids)]
    deed = draw(DEEDS)
    if deed == "fit" and aim.kind in FITTING:
        return Answer(aim.id, FITTING[aim.kind][place % len(FITTING[aim.kind])])
    simple: dict[str, Event] = {
        "fit": Answer(aim.id, (option,)),
        "two": Answer(aim.id, tuple(dict.fromkeys((option, ids[place % len(ids)])))),
        "words": Answer(aim.id, (option,), TEXTS[place]),
        "type": Answer(aim.id, TEXTS[-place]),
        "mark": Mark(aim.id, option, on=place > 3),
        "done": Answer(aim.id, None),
        "skip": Skip(aim.id, "unknown"),
        "edit": Edit(some.id),
        "keep": Keep(aim.id),
        "help": Help(aim.id),
        "back": Back(),
    }
    return simple[deed]


@st.composite
def drafts(draw: st.DrawFn, form: Form, most: int = 12) -> Draft:
    """A draft of this form that a person has worked on for a while."""
    draft = new_draft(form)
    for _ in range(draw(st.integers(0, most))):
        draft = advance(form, draft, draw(events(form, draft))).draft
    return draft


FATES = st.sampled_from(["keep", "keep", "rename", "drop"])


@dataclass(frozen=True)
class Edition:
    """A later form and what became of ids: `questions` old → new, `options` (new question, old option) → new."""

    form: Form
    questions: dict[str, str]
    options: dict[tuple[str, str], str]


@st.composite
def editions(draw: st.DrawFn, form: Form) -> Edition:
    """The form after a few honest edits: renamed with `formerly`, taken out, added, made required, made shorter."""
    made: list[Question] = []
    renamed: dict[str, str] = {}
    options: dict[tuple[str, str], str] = {}
    for place, question in enumerate(form.questions):
        if draw(PLACES) < 2:
            made.append(Question(f"new{place}", "text", "Ny?", required=draw(TRUE_OR_FALSE)))
        if draw(PLACES) == 0:
            continue
        new_id = f"{question.id}x" if draw(PLACES) < 3 else question.id
        renamed[question.id] = new_id
        kept: list[Option] = []
        for option in question.options:
            fate = draw(FATES)
            if fate == "drop" and len(question.options) > 1:
                continue
            name = f"{option.id}2" if fate == "rename" else option.id
            options[new_id, option.id] = name
            kept.append(replace(option, id=name, formerly=(option.id,) if fate == "rename" else ()))
        made.append(
            replace(
                question,
                id=new_id,
                formerly=(question.id,) if new_id != question.id else (),
                options=tuple(kept),
                required=draw(TRUE_OR_FALSE),
                of=renamed.get(question.of, "gone") if question.of else None,
                limits=replace(question.limits, max_length=draw(LENGTHS)),
                note="Hvad mere?" if question.kind == "one" and draw(TRUE_OR_FALSE) else question.note,
            )
        )
    if not made:
        made.append(Question("only", "text", "Ny?"))
    return Edition(sealed(replace(form, version=2, questions=tuple(made))), renamed, options)
