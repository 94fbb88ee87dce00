"""The guide in the chat asks what the table needs and no more, and says what it must; whatever a jurist has relaxed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod

import pytest

from dialogs.conditions import All, Is
from dialogs.law.answer import Answer, answer, facts_of
from dialogs.law.asked import misfits, over_table
from dialogs.law.taps import walks
from dialogs.tables import Rule, Table, decide, reach, same_outcomes
from dialogs.tables.deciding import truth
from tests.core.form_kit import danish
from tests.law.book import DAY, law, switch_sets

Asked = tuple[tuple[tuple[str, str], ...], str]  # the answers so far, and the question


def said(facts: Mapping[str, str], table: Table | None = None, **more: object) -> Answer:
    found = answer(law().guide, table or law().table, facts, DAY, **more)  # type: ignore[arg-type]
    assert found is not None, facts
    return found


def every_answer() -> Iterator[tuple[Mapping[str, str], Answer]]:
    for given in walks(danish().form("sharing")):
        facts = facts_of(law().guide, given)
        yield facts, said(facts)


def text_of(found: Answer) -> str:
    lines = (found.outcome.title, found.outcome.do, *found.next, *found.write, *found.flags)
    return "\n".join((*lines, *(f"{if_} {then}" for if_, then in found.turns)))


def test_the_questions_are_those_of_the_table() -> None:
    form = danish().form("sharing")
    bare = replace(form, questions=tuple(replace(q, show_if=None) for q in form.questions))
    assert list(misfits(bare, law().guide.steps)) == []
    facts = list(law().table.facts)
    asked = [step_facts(step.gives) for step in law().guide.steps]
    assert sorted(fact for settled in asked for fact in settled) == sorted(facts), "each is settled by one question"
    first = [min(map(facts.index, settled)) for settled in asked]
    assert first == sorted(first), "asked in the order of the law"


def step_facts(gives: Mapping[str, Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(fact for facts in gives.values() for fact in facts))


@pytest.mark.parametrize("chosen", switch_sets(), ids=lambda chosen: "+".join(chosen) or "none")
def test_every_way_through_the_questions_ends_with_an_outcome(chosen: tuple[str, ...]) -> None:
    table = law().relaxed(chosen).table
    form = over_table(danish().form("sharing"), table, law().guide.steps)
    for given in walks(form):
        assert decide(table, facts_of(law().guide, given), DAY, explain=False).outcome is not None, given


@pytest.mark.parametrize("chosen", switch_sets(), ids=lambda chosen: "+".join(chosen) or "none")
def test_every_walk_says_what_the_table_says_whatever_the_questions_that_were_not_asked_would_have_told(
    chosen: tuple[str, ...],
) -> None:
    """Each walk as a rule over what it knows: they share the combinations out, and each of them gets its own rule."""
    table = law().relaxed(chosen).table
    form = over_table(danish().form("sharing"), table, law().guide.steps)
    rules = [walked(table, given, f"w{number}") for number, given in enumerate(walks(form))]
    shared = replace(table, hit="unique", rules=tuple(rules))
    by_rule = replace(table, rules=tuple(replace(rule, outcome=rule.id) for rule in table.rules))
    assert sum(reach(shared, DAY).values()) == prod(map(len, table.facts.values()))
    assert same_outcomes(shared, by_rule, DAY)


def walked(table: Table, given: Mapping[str, str], name: str) -> Rule:
    """A walk as a rule of its own, which holds wherever its answers do and leads to the rule that it was told."""
    facts = facts_of(law().guide, given)
    told = decide(table, facts, DAY, explain=False)
    when = All(tuple(Is(fact, value) for fact, value in facts.items()))
    return replace(table.rules[0], id=name, when=when, outcome=told.rules[0] if told.outcome else "refused")


def test_what_is_said_beside_the_outcome_hangs_on_nothing_that_was_not_asked() -> None:
    """Save one doubt: where there is danger or violence, nobody is asked whether they also doubt about support."""
    for given in walks(danish().form("sharing")):
        facts = facts_of(law().guide, given)
        found = said(facts)
        known = {**facts, "outcome": found.outcome.id, "role": "", "leader_first": "no"}
        grave = given["now"] in ("acute", "abuse")
        lines = [*found.outcome.next, *found.outcome.write, *found.outcome.acts]
        left = {line.text for line in lines if line.when is not None and truth(line.when, known) is None}
        left |= {flag.id for flag in law().guide.flags if truth(flag.when, known) is None}
        assert left <= ({"F-UNSURE", UNSURE} if grave else set()), (given, left)


UNSURE = "Er du i tvivl om støtte, så lad tvivlen komme barnet til gode."


def test_no_question_is_asked_whose_answer_could_not_change_the_outcome() -> None:
    """At every question of every walk, some answer leads another way than some other answer."""
    table, guide = law().table, law().guide
    children: dict[Asked, dict[str, set[object]]] = {}
    for given in walks(danish().form("sharing")):
        answers = tuple(given.items())
        outcome = decide(table, facts_of(guide, given), DAY, explain=False).outcome
        for place, (question, option) in enumerate(answers):
            child = children.setdefault((answers[:place], question), {}).setdefault(option, set())
            child.add((answers[place + 1 :], outcome))
    for asked, by_option in children.items():
        assert len({frozenset(child) for child in by_option.values()}) > 1, asked


def test_acute_ends_it_at_once() -> None:
    assert said(facts_of(law().guide, {"now": "acute"})).outcome.id == "A1"
    assert [given for given in walks(danish().form("sharing")) if given["now"] == "acute"] == [{"now": "acute"}]


# --- what must and must not be said ---

HOME = ("orældre", "hjemmet", "familien")
KEEP_OUT = "Kontakt ikke forældrene. Vent, til myndigheden har sagt, hvem der taler med dem og hvornår."


def test_with_suspicion_of_abuse_nothing_points_to_the_home() -> None:
    seen = Counter[str]()
    for facts, found in every_answer():
        if facts.get("abuse") != "yes":
            continue
        seen[found.outcome.id] += 1
        text = text_of(found).replace(KEEP_OUT, "").replace("At forældrene ikke har fået besked, og hvorfor.", "")
        text = text.replace("Tal heller ikke med slægt, venner af familien eller tolke, der kender den.", "")
        assert not [word for word in HOME if word in text], (found.outcome.id, text)
        assert not any("samtykke, der gælder" in if_ for if_, _ in found.turns)
        assert not {"consent", "paper"} & set(found.acts)
    assert {"R1", "X7", "S1", "C1", "K1", "B1", "P2", "X1", "N1"} <= seen.keys()


def test_abuse_that_is_not_reported_says_that_the_parents_wait() -> None:
    found = said({"age": "u18", "acute": "no", "abuse": "yes", "reported": "no"})
    assert found.outcome.id == "R1"
    assert found.next[0] == KEEP_OUT


def test_no_outcome_suggests_sending_named_material_ahead() -> None:
    for outcome in ("E1", "E2"):
        lines = [line.text for line in law().guide.outcomes[outcome].next]
        assert "Send ikke noget om barnet rundt før mødet." in lines


def test_police_doctor_and_hospital_never_come_by_way_of_the_one_meeting() -> None:
    for facts, found in every_answer():
        if found.outcome.id in ("E1", "E2"):
            assert facts["recipient"] == "ssd"
    form = danish().form("sharing")
    recipient = form.question("recipient")
    assert recipient is not None and "egen læge eller en klub" in recipient.help


def test_the_leader_says_yes_first_where_the_municipality_wants_it_and_always_before_a_follow_up() -> None:
    facts = facts_of(law().guide, {**MEETING, "meeting": "none"})
    assert "Din leder skal sige ja først." not in said(facts).next
    assert said(facts, leader_first=True).next[0] == "Din leder skal sige ja først."
    again = said(facts_of(law().guide, {**MEETING, "meeting": "special"}))
    assert (again.outcome.id, again.next[0]) == ("E2", "Din leder skal sige ja først.")


MEETING = {"now": "none", "seen": "needed", "recipient": "ssd", "consent": "refused", "private": "no_case"}


def test_what_would_change_the_answer_is_true_and_is_never_the_answer_that_stands() -> None:
    told = 0
    for facts, found in every_answer():
        for if_, then in found.turns:
            (turn,) = [one for one in law().guide.turns if one.if_ == if_]
            other = decide(law().table, {**facts, **turn.facts}, DAY, explain=False).outcome
            assert other is not None and other != found.outcome.id
            assert law().guide.outcomes[other].short == then
            told += 1
    assert told > 100


def test_each_piece_of_advice_comes_where_it_belongs_and_only_there() -> None:
    flags = {flag.text: flag.id for flag in law().guide.flags}
    where: dict[str, set[str]] = {}
    for _, found in every_answer():
        for text in found.flags:
            where.setdefault(flags[text], set()).add(found.outcome.id)
    assert where["F-15"] <= {"C1", "Q1", "X5", "X6"}
    assert where["F-15PCT"] == where["F-UNBORN"] == {"R2"}
    assert where["F-FRI"] == {"R1", "R2"}
    assert "F-HEALTH" not in where
    nurse = said(facts_of(law().guide, {**MEETING, "meeting": "none"}), role="health_visitor")
    assert [flags[text] for text in nurse.flags] == ["F-HEALTH"]
    unsure = said({"age": "u18", "acute": "no", "abuse": "no", "need": "unsure", "ident": "no"})
    assert [flags[text] for text in unsure.flags] == ["F-UNSURE"]
