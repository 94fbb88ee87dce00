"""What holds of every draft, whatever a person does and whatever an editor wrote: over shipped and made-up forms."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dialogs.compiled import compile_condition
from dialogs.conditions import Condition, holds
from dialogs.drafts import Reconciled, reconcile
from dialogs.engine import advance, view
from dialogs.fitting import prune
from dialogs.position import locate, options_of
from dialogs.types import Answer, Back, Discard, Draft, Event, Form, Help, Question, Submit, Submitted
from dialogs.values import Picked, Value, note_of, picks_of
from tests.core.form_kit import danish, draft, through_the_store
from tests.properties.generated_forms import Edition, conditions, drafts, editions, events, forms

EVENTS = 12  # of each working spell: hypothesis is slow to choose rules and quick to draw events
ANY_TEXT = st.text() | st.text(alphabet="1234 ,;og\n:-jaei") | st.just("\ud800")


class DraftMachine(RuleBasedStateMachine):
    """One person and one draft; after each event everything that was promised is looked at."""

    form: Form
    draft: Draft

    @initialize(form=forms())
    def begin(self, form: Form) -> None:
        self.form, self.draft, self.sent = form, draft(form), 0

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        if self.draft.status != "open":
            assert self.sent <= 1
            self.draft, self.sent = draft(self.form), 0
        for _ in range(EVENTS):
            self.do(data.draw(events(self.form, self.draft)))
            self.what_is_shown_is_visible_and_on_offer()

    @rule(text=ANY_TEXT, note=st.none() | st.text(max_size=8))
    def type_anything(self, text: str, note: str | None) -> None:
        current = view(self.form, self.draft).current
        if current is not None:
            self.do(Answer(current.id, text, note), stored=text.isprintable())

    @rule(really=st.booleans(), keep=st.booleans())
    def end(self, really: bool, keep: bool) -> None:
        before, could = self.draft, view(self.form, self.draft).can_submit
        if really:
            self.do(Submit() if keep else Discard())
        if really and keep and before.status == "open":
            assert (self.draft.status == "submitted") == could
            if could:
                assert set(self.draft.answers) == set(locate(self.form, before).values)

    def do(self, event: Event, stored: bool = True) -> None:
        before = self.draft
        step = advance(self.form, before, event)
        if step.problems or isinstance(event, Help):
            assert step.draft is before
            assert (step.effects, step.changes.dropped) == ((), ())
            return
        self.sent += sum(isinstance(effect, Submitted) for effect in step.effects)
        assert step.draft.revision == before.revision + 1
        assert step.view == view(self.form, step.draft)
        if step.draft.status == "open":
            self.nothing_else_is_lost(event, before, step.draft, step.changes.dropped)
        self.draft = step.draft
        if stored:
            assert through_the_store(self.draft) == self.draft

    def nothing_else_is_lost(self, event: Event, before: Draft, after: Draft, dropped: tuple[str, ...]) -> None:
        aimed = getattr(event, "question", "")
        for name, value in before.answers.items():
            if name == aimed or after.answers.get(name) == value:
                continue
            question = self.form.question(name)
            assert question is not None
            assert name in dropped or (question.kind == "each" and question.of == aimed)
            if question.kind != "each":
                on_show = {o.id for o in options_of(question, locate(self.form, after).values)}
                assert not set(picks_of(value)) <= on_show, "an answer that fits was let go"
                assert not isinstance(value, Picked) or note_of(after.answers.get(name)) == (value.note or "")

    @invariant()
    def what_is_shown_is_visible_and_on_offer(self) -> None:
        if not hasattr(self, "form"):
            return
        at, seen = locate(self.form, self.draft), view(self.form, self.draft)
        visible = {q.id for q in at.visible}
        assert {given.question.id for given in seen.answered} <= visible
        assert set(seen.missing) <= visible
        assert set(at.values) <= visible
        assert seen.current is None or seen.current.id in visible
        assert self.sent <= 1
        if self.draft.status == "open":
            assert prune(self.form, self.draft)[1] == ()
            for question in at.visible:
                if question.kind in ("one", "many", "yesno", "person_role"):
                    on_show = {o.id for o in options_of(question, at.values)}
                    assert set(picks_of(at.values.get(question.id))) <= on_show

    @invariant()
    def hidden_answers_decide_nothing(self) -> None:
        if hasattr(self, "form"):
            awake = locate(self.form, self.draft).values
            assert view(self.form, replace(self.draft, answers=dict(awake))) == view(self.form, self.draft)


class WorryMachine(DraftMachine):
    """The same person in the form that is shipped."""

    @initialize(form=st.just("worry"), red=st.booleans())
    def begin(self, form: str, red: bool = False) -> None:
        self.form = danish().form(form)
        start: dict[str, Value] = {"q04_sikkerhed": "ja"} if red else {"q04_sikkerhed": "nej", "q00_udgave": "hele"}
        self.draft, self.sent = draft(self.form, start), 0


class LightMachine(DraftMachine):
    """The same person at the traffic light."""

    @initialize(form=st.just("light"), age=st.sampled_from(["b1", "b2", "b3", "b4"]))
    def begin(self, form: str, age: str = "b3") -> None:
        self.form = danish().form(form)
        self.draft, self.sent = draft(self.form, {"l_alder": age}), 0


DraftMachine.TestCase.settings = settings(max_examples=120, stateful_step_count=12)
WorryMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=12)
LightMachine.TestCase.settings = settings(max_examples=8, stateful_step_count=12)
TestDraftMachine = DraftMachine.TestCase
TestWorryMachine = WorryMachine.TestCase
TestLightMachine = LightMachine.TestCase


# --- a draft on later content ---


@st.composite
def later(draw: st.DrawFn) -> tuple[Draft, Edition]:
    form = draw(forms())
    return draw(drafts(form)), draw(editions(form))


def followed(edition: Edition, question: Question, old: Value) -> set[str]:
    return {edition.options[question.id, p] for p in picks_of(old) if (question.id, p) in edition.options}


@settings(max_examples=120)
@given(later(), st.data())
def test_a_draft_comes_through_to_later_content(world: tuple[Draft, Edition], data: st.DataObject) -> None:
    comes_home(world, data)


def comes_home(world: tuple[Draft, Edition], data: st.DataObject) -> None:
    """T22: each answer is kept, asked again or named as gone; twice is once, and the draft goes on."""
    old, edition = world
    found = reconcile(edition.form, old)
    for name, value in old.answers.items():
        if name in edition.questions:
            comes_through(found, edition, edition.questions[name], value)
        else:
            assert name in found.gone
    assert set(found.draft.answers) <= {edition.questions[name] for name in old.answers if name in edition.questions}
    nothing_more_happens_the_second_time(edition.form, found.draft)
    assert view(edition.form, through_the_store(found.draft)) == view(edition.form, found.draft)
    advance(edition.form, found.draft, data.draw(events(edition.form, found.draft)))


def comes_through(found: Reconciled, edition: Edition, place: str, value: Value) -> None:
    """An answer is kept or asked again, never comes to mean something else, and its words stay."""
    question = edition.form.question(place)
    assert question is not None
    kept = found.draft.answers.get(place)
    assert kept is not None or place in found.again
    if isinstance(value, Picked) and value.note:
        assert note_of(kept) == value.note
    if kept is not None and kept != value:
        assert set(picks_of(kept)) <= followed(edition, question, value) | set(picks_of(value))


def nothing_more_happens_the_second_time(form: Form, once: Draft) -> None:
    assert reconcile(form, once).draft is once
    twice = reconcile(form, replace(once, form_digest="before"))
    assert (twice.draft.answers, twice.draft.skipped, twice.gone, twice.moved) == (once.answers, once.skipped, (), ())


# --- the compiled conditions and the time of a turn ---


@settings(max_examples=150)
@given(conditions((("a", ("a", "ja")), ("b", ("b",)))), st.data())
def test_compiled_conditions_say_what_the_plain_ones_say(condition: Condition, data: st.DataObject) -> None:
    value = st.sampled_from(["a", "ja", 3, ("a", "b"), (), Picked(("b",), None)])
    values = data.draw(st.dictionaries(st.sampled_from(["a", "b"]), value))
    assert compile_condition(condition)(values, bool) == holds(condition, values, bool)


LONG = ["1 " * 2_000, "ja," * 1_300, " " * 4_000, "x" * 4_000, "venner og " * 400, "9" * 4_000]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:3])
def test_a_turn_takes_five_milliseconds_whatever_is_written(text: str) -> None:
    worry = danish().form("worry")
    start: dict[str, Value] = {"q04_sikkerhed": "nej", "q00_udgave": "hele", "q02_alder": "k46"}
    full = draft(worry, start | {"q06_omraader": ("venner", "humoer"), "q16_proevet": ("a",) * 8})
    for question in locate(worry, full).visible:
        spent: list[float] = []
        for _ in range(5):
            began = time.process_time()
            advance(worry, full, Answer(question.id, text))
            spent.append(time.process_time() - began)
        assert statistics.median(spent) < 0.005, question.id


def test_going_back_from_the_end_always_reaches_the_first_question() -> None:
    worry = danish().form("worry")
    at = draft(worry, {"q04_sikkerhed": "ja", "q04_hvad": "other", "q04_mere": "send"})
    steps = 0
    while not (step := advance(worry, at, Back())).problems:
        at, steps = step.draft, steps + 1
    assert 0 < steps <= len(worry.questions)
