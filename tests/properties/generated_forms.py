"""Valid random forms, drafts half filled in, and later editions of a form: what an editor might make of it one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from dialogs.conditions import All, Answered, AnyOf, Compare, Condition, Is, Not, Some
from dialogs.engine import advance, view
from dialogs.forms import digest
from dialogs.types import Answer, Back, Draft, Edit, Event, Form, Kind, Limits, Mark, Option, Question, Skip
from tests.core.form_kit import draft as new_draft

OPTION_IDS = ("a", "b", "c", "d", "ja", "nej")
KINDS: tuple[Kind, ...] = ("one", "many", "yesno", "text", "list", "date", "number", "person_role", "each")
TEXTS = ["", "a", "1", "1 2", "a, b", "b: ord", "ja", "ordene her", "x\ny", "z", "3.11.2026", "7", "y\nx\nz", "  "]


@cache
def conditions(earlier: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """Conditions that name only earlier questions."""
    ids, values = st.sampled_from(earlier), st.sampled_from(OPTION_IDS)
    leaves: st.SearchStrategy[Condition] = st.one_of(
        st.builds(Is, ids, values),
        st.builds(AnyOf, ids, st.lists(values, min_size=1, max_size=3, unique=True).map(tuple)),
        st.builds(Answered, ids),
        st.builds(Compare, ids, st.sampled_from(["over", "under", "least", "most"]), st.integers(0, 9)),
    )
    return st.recursive(
        leaves,
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(All, st.lists(part, min_size=1, max_size=2).map(tuple)),
            st.builds(Some, st.lists(part, min_size=1, max_size=2).map(tuple)),
        ),
        max_leaves=3,
    )


@cache
def maybe(earlier: tuple[str, ...]) -> st.SearchStrategy[Condition | None]:
    """Mostly no condition, as in real forms."""
    return st.none() if not earlier else st.one_of(st.none(), st.none(), conditions(earlier))


TRUE_OR_FALSE = st.booleans()
ONE_OF_KINDS = {True: st.sampled_from(KINDS), False: st.sampled_from(KINDS[:-1])}
LENGTHS, MOST_PICKS = st.sampled_from([5, 40]), st.sampled_from([None, 1, 2])
IDS_OF_OPTIONS = st.lists(st.sampled_from(OPTION_IDS), min_size=1, max_size=4, unique=True)


@st.composite
def questions(draw: st.DrawFn, question_id: str, earlier: list[Question]) -> Question:
    """A question of any kind, perhaps shown only after some answer; ratings rate an earlier list."""
    ids = tuple(q.id for q in earlier)
    lists = [q.id for q in earlier if q.kind == "list"]
    kind = draw(ONE_OF_KINDS[bool(lists)])
    picked = draw(IDS_OF_OPTIONS)
    closed = kind in ("one", "many", "yesno", "person_role", "each")
    options = tuple(Option(i, i.upper(), exclusive=draw(TRUE_OR_FALSE), show_if=draw(maybe(ids))) for i in picked)
    noted = kind in ("one", "many", "person_role") and draw(TRUE_OR_FALSE)
    return Question(
        id=question_id,
        kind=kind,
        ask=f"{question_id}?",
        options=options if closed or draw(TRUE_OR_FALSE) else (),
        show_if=draw(maybe(ids)),
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
    ids = tuple(q.id for q in made)
    return sealed(Form("made", 1, "Made", tuple(made), send_early=draw(maybe(ids)), hold_if=draw(maybe(ids))))


DEEDS = st.sampled_from(["press", "press", "press", "type", "type", "mark", "skip", "edit", "back", "done", "words"])
TYPED, PLACES = st.sampled_from(TEXTS), st.integers(0, 9)


@st.composite
def events(draw: st.DrawFn, form: Form, draft: Draft) -> Event:
    """An event that a person might cause now; most aim at the open question, and most of those fit."""
    current = view(form, draft).current
    some = form.questions[draw(PLACES) % len(form.questions)]
    aim = some if current is None or draw(PLACES) == 0 else current
    ids = [o.id for o in aim.options] or ["a"]
    option = ids[draw(PLACES) % len(ids)]
    match draw(DEEDS):
        case "press":
            return Answer(aim.id, tuple(dict.fromkeys((option, ids[draw(PLACES) % len(ids)]))))
        case "type":
            return Answer(aim.id, draw(TYPED))
        case "words":
            return Answer(aim.id, (option,), draw(TYPED))
        case "mark":
            return Mark(aim.id, option, draw(TRUE_OR_FALSE))
        case "skip":
            return Skip(aim.id, "unknown")
        case "edit":
            return Edit(some.id)
        case "back":
            return Back()
        case _:
            return Answer(aim.id, None)


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
